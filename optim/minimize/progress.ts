// What `onIteration` is told. Tensors are handed out on demand, so that storage which nobody has asked for can be recycled.
import type { Progress } from '../types.ts'
import type { Checkpoint } from './checkpoint.ts'

export const progress = (
  now: Checkpoint, seconds: number, pin: (...structures: readonly unknown[]) => void,
): Progress<unknown> => ({
  get params() {
    pin(now.point.params)
    return now.point.params
  },
  get grad() {
    pin(now.point.grad)
    return now.point.grad
  },
  value: now.point.height,
  gradientNorm: now.point.norm,
  iterations: now.iterations,
  evaluations: now.evaluations,
  seconds,
})
