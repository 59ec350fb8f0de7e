// How the arrays of a transform lie in memory, and what runs over them.

/** An n × inner array of interleaved complex numbers: n rows, to be transformed along its columns. */
export interface Layout {
  readonly n: number
  readonly inner: number
  /** Columns transformed at a time: the pitch of the scratch arrays. */
  readonly width: number
  readonly inverse: boolean
}

export type Storage = Float32Array | Float64Array

/** Transforms `outer` arrays that lie one after the other. Source and target may be the same. */
export type Transform = (source: Storage, target: Storage, outer: number) => void
