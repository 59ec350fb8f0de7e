// A device may be lost at any moment, and nothing can be read from it then. So from time to time the best point comes to
// the host, in a read that is made anyway.
import { DeviceArray, type Backend } from '../../core/backend.ts'
import type { HostArray } from '../../core/dtype.ts'
import { WirtingerError } from '../../core/errors.ts'
import { leaf, type Node } from '../../core/node.ts'
import { rebuilt, leavesOf } from '../ravel.ts'
import { fetching, settled, type Expected, type Steps } from '../effects.ts'
import type { Checkpoint, Iterate } from './checkpoint.ts'
import { seconds } from './clock.ts'

const failures: ReadonlySet<string> = new Set(['DeviceLostError', 'GpuValidationError', 'GpuOutOfMemoryError', 'MemoryBudgetError'])

/** The device has failed, which is nobody's mistake here. */
export const isDeviceFailure = (error: unknown): error is WirtingerError =>
  error instanceof WirtingerError && failures.has(error._tag)

const tensorsOf = ({ params, grad, value }: Iterate): readonly Node[] => [...leavesOf(params), ...leavesOf(grad), value]

/** The point on the host: `data` are the numbers of its tensors. */
const onHost = (point: Iterate, data: readonly HostArray[]): Iterate => {
  const copies = tensorsOf(point).map((x, k) => leaf(data[k]!, x.dtype, x.info))
  const count = leavesOf(point.params).length
  return {
    ...point, params: rebuilt(point.params, copies.slice(0, count)), grad: rebuilt(point.grad, copies.slice(count, -1)),
    value: copies.at(-1)!,
  }
}

/** From its best point one can go on, but with an optimizer that starts afresh. */
const fromBest = (at: Checkpoint, init: (params: unknown) => unknown, best: Iterate): Checkpoint => ({
  ...at, point: best, best, lowest: best.height, smallestNorm: best.norm, decrease: null, quiet: 0, level: best.height,
  state: init(best.params), isFresh: true,
})

export interface Keeper {
  /** What the next reading is to take along, if it is time for that. */
  readonly due: (now: Checkpoint) => Expected | null
  /** The best state that is, or can be brought, on the host. Null if there is none. */
  readonly rescued: (now: Checkpoint) => Steps<Checkpoint | null>
}

const idle: Keeper = { due: () => null, rescued: () => settled<Checkpoint | null>(null) }

/** Copies the best point to the host every so many seconds. */
export const keeper = (backend: Backend, every: number, init: (params: unknown) => unknown): Keeper => {
  if (backend.read === undefined) return idle
  let last = -Infinity
  let kept: Checkpoint | null = null
  return {
    due: (now) => {
      const time = seconds()
      if (time - last < every || now.best === kept?.best) return null
      last = time
      return { expected: tensorsOf(now.best), arrived: (data) => { kept = fromBest(now, init, onHost(now.best, data)) } }
    },
    *rescued(now) {
      if (tensorsOf(now.best).every((x) => !(x.data instanceof DeviceArray))) return fromBest(now, init, now.best)
      try {
        const best = yield* settled(fetching(tensorsOf(now.best), (data) => onHost(now.best, data)))
        return fromBest(now, init, best)
      } catch {
        return kept // the device does not answer any more
      }
    },
  }
}
