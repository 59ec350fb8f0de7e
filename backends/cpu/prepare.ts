// What every way of running a plan starts from: where its buffers lie, and its steps that are not loops, bound to their
// sizes.
import type { HostArray } from '../../core/dtype.ts'
import { reads, writes, type Plan, type Step } from '../lower/kernel.ts'
import { layOut, storageKind, type Place, type StorageKind } from '../lower/memory.ts'
import { bindStep, type Bound } from './library.ts'
import { constructors } from './pool.ts'

export type Run = (inputs: readonly HostArray[]) => readonly HostArray[]
export type Arenas = Readonly<Record<StorageKind, HostArray>>

/** A step that is not a loop nest: what it does, and the buffers on which it does it. */
export interface Call { readonly run: Bound; readonly args: readonly number[]; readonly results: readonly number[] }

export interface Prepared {
  readonly plan: Plan
  readonly places: readonly Place[]
  readonly arenas: Arenas
  /** What to obtain at each run, in the order of the places' `result`. */
  readonly results: readonly { readonly storage: StorageKind; readonly length: number }[]
  /** A buffer that lies in an arena, as an array of its own. */
  readonly view: (buffer: number) => HostArray
  readonly call: (step: Exclude<Step, { kind: 'loops' }>) => Call
}

export const prepare = (plan: Plan, codegen: boolean): Prepared => {
  const { places, arenas: lengths, results } = layOut(plan)
  const allocate = (kind: StorageKind): HostArray => new constructors[kind](lengths[kind])
  const arenas: Arenas = {
    float64: allocate('float64'), float32: allocate('float32'), int32: allocate('int32'), bool: allocate('bool'),
  }
  return {
    plan, places, arenas,
    results: results.map((b) => ({ storage: storageKind(plan.buffers[b]!.dtype), length: plan.buffers[b]!.length })),
    view: (buffer) => {
      const place = places[buffer]!
      if (place.kind !== 'arena') throw new Error(`buffer ${buffer} is an ${place.kind}: it has no arena`)
      return arenas[place.storage].subarray(place.offset, place.offset + plan.buffers[buffer]!.length)
    },
    call: (step) => ({ run: bindStep(step, plan.buffers, codegen), args: reads(step), results: writes(step) }),
  }
}
