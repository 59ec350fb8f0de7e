// Random programs, run some way and on the reference.
import fc from 'fast-check'
import type { DType } from '../../../core/dtype.ts'
import { Choices } from './choices.ts'
import { compare, fill, type Way } from './compare.ts'
import { generate } from './generate.ts'

export interface Computing {
  readonly ways: readonly Way[]
  /** The relative rounding error of a dtype; its own if absent. */
  readonly epsilon?: (dtype: DType) => number
  /** A number as it is held; all numbers are if absent. */
  readonly round?: (x: number) => number
  /** After so long no further program is begun. */
  readonly seconds?: number
}

/**
 * Agreement on `runs` programs of about `count` steps. AGREE_RUNS says how many instead, without a limit of time, and
 * AGREE_SEED which.
 * @throws an error with the smallest program found that is computed wrongly.
 */
export const programs = (count: number, runs: number, { ways, epsilon, round, seconds }: Computing): void => {
  const numbers = fc.array(fc.nat({ max: 5039 }), { minLength: 4, maxLength: 10 * count, size: 'max' })
  const asked = process.env['AGREE_RUNS']
  const limit = asked === undefined && seconds !== undefined ? { interruptAfterTimeLimit: 1000 * seconds } : {}
  const fixed = { numRuns: Number(asked ?? runs), seed: Number(process.env['AGREE_SEED'] ?? 2), ...limit }
  fc.assert(fc.property(numbers, fc.nat(1000), (choices, seed) => {
    const { draft, outputs } = generate(new Choices(choices), count, epsilon)
    const program = draft.program(outputs)
    const inputs = fill(program, draft.ranges, seed, round)
    for (const way of ways) compare(program, inputs, outputs.map((t) => 20 * t.error), way)
  }), { ...fixed, includeErrorInReport: true })
}
