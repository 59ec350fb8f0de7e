// Where intermediate values lie. Values that are never alive at the same time share storage: one arena for each kind of
// typed array, laid out once per program and kept between runs.
import type { DType } from '../../core/dtype.ts'
import { reads, writes, type Plan } from './kernel.ts'

export type StorageKind = 'float64' | 'float32' | 'int32' | 'bool'

export const storageKind = (d: DType): StorageKind =>
  d === 'complex128' ? 'float64' : d === 'complex64' ? 'float32' : d

export type Place =
  | { readonly kind: 'input'; readonly input: number }
  /** Handed to the caller: fresh at each run. */
  | { readonly kind: 'result'; readonly result: number }
  | { readonly kind: 'arena'; readonly storage: StorageKind; readonly offset: number }

export interface Layout {
  readonly places: readonly Place[]
  /** Lengths of the arenas, in numbers. */
  readonly arenas: Readonly<Record<StorageKind, number>>
  /** The buffers that are results, in order of first appearance. */
  readonly results: readonly number[]
}

interface Gap { offset: number; length: number }

/** Numbers between neighbours, so that vectors start on cache lines. */
const alignment = 8

/** First-fit free lists, with neighbours joined. */
class Arena {
  readonly #gaps: Gap[] = []
  length = 0
  take(wanted: number): number {
    const size = Math.ceil(Math.max(wanted, 1) / alignment) * alignment
    const at = wanted === 1 ? -1 : this.#gaps.findIndex((g) => g.length >= size)
    if (at < 0) {
      this.length += wanted === 1 ? 1 : size
      if (wanted !== 1) return this.length - size
      return this.length - 1
    }
    const gap = this.#gaps[at]!
    const offset = gap.offset
    gap.offset += size
    gap.length -= size
    if (gap.length === 0) this.#gaps.splice(at, 1)
    return offset
  }
  give(offset: number, used: number): void {
    if (used === 1) return // scalars keep their place
    const size = Math.ceil(used / alignment) * alignment
    const next = this.#gaps.findIndex((g) => g.offset > offset)
    const at = next < 0 ? this.#gaps.length : next
    this.#gaps.splice(at, 0, { offset, length: size })
    for (const k of [at, at - 1]) {
      const [p, q] = [this.#gaps[k], this.#gaps[k + 1]]
      if (p !== undefined && q !== undefined && p.offset + p.length === q.offset) {
        p.length += q.length
        this.#gaps.splice(k + 1, 1)
      }
    }
  }
}

export const layOut = (plan: Plan): Layout => {
  const last = new Int32Array(plan.buffers.length).fill(-1)
  plan.steps.forEach((step, t) => { for (const b of [...reads(step), ...writes(step)]) last[b] = t })
  const results = [...new Set(plan.outputs)].filter((b) => plan.buffers[b]!.input < 0)
  const resultAt = new Map(results.map((b, k) => [b, k]))
  const arenas: Record<StorageKind, Arena> = { float64: new Arena(), float32: new Arena(), int32: new Arena(), bool: new Arena() }
  const places: (Place | undefined)[] = plan.buffers.map((b, k) => {
    const result = resultAt.get(k)
    return b.input >= 0 ? { kind: 'input', input: b.input } : result === undefined ? undefined : { kind: 'result', result }
  })
  const dying: number[][] = plan.steps.map(() => [])
  last.forEach((t, b) => { if (t >= 0 && places[b] === undefined) dying[t]!.push(b) })
  plan.steps.forEach((step, t) => {
    for (const b of writes(step)) {
      if (places[b] !== undefined) continue
      const storage = storageKind(plan.buffers[b]!.dtype)
      places[b] = { kind: 'arena', storage, offset: arenas[storage].take(plan.buffers[b]!.length) }
    }
    for (const b of dying[t]!) {
      const place = places[b]
      if (place?.kind === 'arena') arenas[place.storage].give(place.offset, plan.buffers[b]!.length)
    }
  })
  return {
    // What is left is never written: empty, but still of its kind.
    places: places.map((p, b) => p ?? { kind: 'arena', storage: storageKind(plan.buffers[b]!.dtype), offset: 0 }),
    arenas: { float64: arenas.float64.length, float32: arenas.float32.length, int32: arenas.int32.length, bool: arenas.bool.length },
    results,
  }
}
