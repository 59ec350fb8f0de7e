// Multiples of updates, by a number or by a schedule.
import { OptionError } from '../core/errors.ts'
import type { StatelessF } from './chain.ts'
import { scaled } from './scaled.ts'
import { define } from './transformation.ts'
import type { Transformation, TransformationF } from './types.ts'

/** A number for each step, counted from 0. */
export type Schedule = (count: number) => number

export interface CountF extends TransformationF { readonly State: { readonly count: number } }

const finite = (operation: string, x: number): number => {
  if (Number.isFinite(x)) return x
  throw new OptionError(`${operation}: the factor must be a finite number, got ${x}`)
}

/**
 * factor · updates.
 *
 * @throws OptionError unless the factor is finite
 * @example
 * ```ts
 * import { scale, tensor } from 'wirtinger'
 * const x = tensor([1, 2])
 * console.log(scale(-0.5).update(x, null, x)[0].toArray()) // [ -0.5, -1 ]
 * ```
 */
export const scale = (factor: number): Transformation<StatelessF> => {
  finite('scale', factor)
  return define({ init: () => null, run: (updates, state) => [scaled(updates, factor), state], lets: true })
}

/**
 * schedule(k) · updates, with k = 0, 1, 2, … the number of steps made.
 *
 * @throws OptionError when the schedule gives no finite number
 * @example
 * ```ts
 * import { scaleBySchedule, tensor } from 'wirtinger'
 * const t = scaleBySchedule((k) => -1 / (k + 1))
 * const x = tensor([4])
 * const [, second] = t.update(x, t.init(x), x)
 * console.log(t.update(x, second, x)[0].toArray()) // [ -2 ]
 * ```
 */
export const scaleBySchedule = (schedule: Schedule): Transformation<CountF> => define<CountF>({
  init: () => ({ count: 0 }),
  run: (updates, state) => {
    const { count } = state as { readonly count: number } // what init and this function return
    return [scaled(updates, finite('scaleBySchedule', schedule(count))), { count: count + 1 }]
  },
  lets: true,
})

/**
 * −rate · updates, the sign that descends; the rate is a number or a schedule.
 *
 * @throws OptionError unless the rate is finite
 * @example
 * ```ts
 * import { scaleByLearningRate, tensor } from 'wirtinger'
 * const t = scaleByLearningRate(0.5)
 * const x = tensor([1, 2])
 * console.log(t.update(x, t.init(x), x)[0].toArray()) // [ -0.5, -1 ]
 * ```
 */
export const scaleByLearningRate = (rate: number | Schedule): Transformation<CountF> => {
  if (typeof rate === 'number') finite('scaleByLearningRate', rate)
  return scaleBySchedule(typeof rate === 'number' ? () => -rate : (count) => -rate(count))
}
