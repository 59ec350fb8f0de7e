// What is sorted, and where it goes.
import type { ArrayUse } from '../../dispatch.ts'
import type { Sizes } from '../elements.ts'

/** Where sorted pairs go: statements for the pair (`key`, `place`) that is number `at` of line `line`. */
export interface Sink {
  readonly arrays: readonly ArrayUse[]
  readonly sizes: Sizes
  readonly write: string
}

export interface Pairs {
  readonly lines: number
  readonly n: number
  /** What keys are made of. */
  readonly arrays: readonly ArrayUse[]
  readonly declarations: string
  readonly sizes: Sizes
  /** Statements from element `i` of lines · n to `line` and `place`, so that neighbours in memory are neighbours. */
  readonly locate: string
  /** Statements once for a `line`: what `key` and the sink need. */
  readonly start: string
  /** Key number i of the line, as text. */
  readonly key: (i: string) => string
}

export const allArrays = (p: Pairs, sink: Sink): readonly ArrayUse[] =>
  [...p.arrays, ...sink.arrays.filter((a) => !p.arrays.some((b) => a.name === b.name))]
