// Two functions timed side by side in one process, in the order A B B A, so that whatever drifts (clock, heat, load)
// cancels in the ratio of each round; and what can be said about the ratio after several processes.
import Benchmark from 'benchmark'
import type { Timing } from './row.ts'

let consumed: unknown

/** Results go where the optimiser has to assume that somebody reads them. */
export const consume = (): unknown => consumed

const secondsPerCall = (run: () => unknown, seconds: number): number => {
  const test = (): void => {
    consumed = run()
  }
  const options = { maxTime: seconds, minTime: seconds / 4, minSamples: 2, async: false }
  const finished = new Benchmark(test, options)
  // `setup` and `teardown` stay out: with them the library pastes the function's source text elsewhere.
  finished.run({ async: false })
  if (finished.error !== undefined) throw finished.error
  return median(finished.stats.sample)
}

/** The ratio time(a)/time(b) of each round. */
export const pairedRatios = (a: () => unknown, b: () => unknown, { rounds, seconds }: Timing): readonly number[] =>
  Array.from({ length: rounds }, (_, round) => {
    const first = round % 2 === 0 ? a : b
    const second = first === a ? b : a
    const [x, y] = [secondsPerCall(first, seconds), secondsPerCall(second, seconds)]
    return first === a ? x / y : y / x
  })

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((p, q) => p - q)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** A small linear congruential generator: the same samples give the same interval. */
const dice = (): ((sides: number) => number) => {
  let state = 1
  return (sides) => {
    state = (state * 48271) % 2147483647
    return state % sides
  }
}

export interface Estimate {
  readonly ratio: number
  readonly low: number
  readonly high: number
}

/**
 * The median over processes of the median over rounds, with a 95 % bootstrap interval that draws processes first and
 * rounds within them second: an unlucky compilation shifts a whole process.
 */
export const estimate = (processes: readonly (readonly number[])[]): Estimate => {
  const roll = dice()
  const draw = <T>(values: readonly T[]): readonly T[] => values.map(() => values[roll(values.length)]!)
  const center = (groups: readonly (readonly number[])[]): number => median(groups.map(median))
  const redrawn = Array.from({ length: 999 }, () => center(draw(processes).map(draw))).sort((p, q) => p - q)
  return { ratio: center(processes), low: redrawn[24]!, high: redrawn[974]! }
}
