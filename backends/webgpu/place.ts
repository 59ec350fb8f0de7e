// Where the buffers of a plan lie on the GPU. Small ones share a slab, which is new for each run, so that a kernel binds few
// storage buffers and the host reads many scalars at once; each large one has a block of its own.
import type { Buffer } from '../lower/kernel.ts'
import { bytesOf } from './array.ts'
import type { Dispatch } from './dispatch.ts'

export type Place =
  | { readonly kind: 'slab'; readonly offset: number }
  /** A large input, in the block that came with it. */
  | { readonly kind: 'input'; readonly index: number }
  /** A large result, in a new block that the caller gets. */
  | { readonly kind: 'result'; readonly index: number }
  /** A block for part of the run. */
  | { readonly kind: 'temporary'; readonly index: number }
  | { readonly kind: 'table'; readonly index: number }

export interface Layout {
  readonly places: readonly Place[]
  /** In words. The inputs stand first, so that one write brings those that come from the host. */
  readonly slab: number
  readonly inputWords: number
  /** Buffers of large results and of temporaries, by index. */
  readonly results: readonly number[]
  readonly temporaries: readonly { readonly buffer: number; readonly first: number; readonly last: number }[]
}

const smallBytes = 4096
/** Words between neighbours in the slab, so that every array begins at a multiple of 16 bytes. */
const alignment = 4

/** Whether a buffer lies in the slab, where all of them count as one binding. */
export const isSmall = (length: number): boolean => bytesOf(length) <= smallBytes

export interface Sizes {
  readonly buffers: readonly Buffer[]
  readonly outputs: readonly number[]
  /** Tables by buffer. */
  readonly tables: ReadonlyMap<number, number>
  readonly isRoot: (buffer: number) => boolean
}

export const place = ({ buffers, outputs, tables, isRoot }: Sizes, dispatches: readonly Dispatch[]): Layout => {
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  const atomics = new Set<number>()
  dispatches.forEach(({ arrays }, t) => {
    for (const { buffer, access } of arrays) {
      if (!first.has(buffer)) first.set(buffer, t)
      last.set(buffer, t)
      if (access === 'atomic') atomics.add(buffer)
    }
  })
  const isResult = new Set(outputs)
  const places = new Array<Place>(buffers.length)
  const results: number[] = []
  const temporaries: Layout['temporaries'][number][] = []
  let slab = 0
  const inSlab = (b: number): Place => {
    const offset = slab
    const words = isRoot(b) ? 3 : buffers[b]!.length
    slab += Math.ceil(Math.max(1, words) / alignment) * alignment
    return { kind: 'slab', offset }
  }
  buffers.forEach(({ input, length }, b) => {
    if (input >= 0) places[b] = isSmall(length) ? inSlab(b) : { kind: 'input', index: input }
  })
  const inputWords = slab
  buffers.forEach(({ input, length }, b) => {
    const table = tables.get(b)
    if (input >= 0) return
    if (table !== undefined) places[b] = { kind: 'table', index: table }
    else if (isSmall(length) && !atomics.has(b)) places[b] = inSlab(b)
    else if (isResult.has(b)) places[b] = { kind: 'result', index: results.push(b) - 1 }
    else {
      const index = temporaries.push({ buffer: b, first: first.get(b) ?? 0, last: last.get(b) ?? -1 }) - 1
      places[b] = { kind: 'temporary', index }
    }
  })
  return { places, slab, inputWords, results, temporaries }
}
