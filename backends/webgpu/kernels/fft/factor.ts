// Decides how a length is transformed: the passes over the data, and the radices of the stages inside each.
import type { Target } from '../../dispatch.ts'
import { product, range } from './text.ts'
import { wide } from './tiling.ts'

/** The radices of the stages of one pass; their product is the pass's own radix. */
export type Pass = readonly number[]

/** The largest prime that is transformed as it stands; lengths with larger ones go through a convolution. */
const largestPrime = 13

type Costs = readonly (readonly [radix: number, cost: number])[]

/**
 * Lengths of straight-line transforms, and what a stage of each costs for one number: its way through memory, then
 * arithmetic. Where a processor plays the device the way through memory is nearly all, and every radix means kernels
 * that take long to compile, so there are few.
 */
const onHardware: Costs = [
  [2, 1.1], [3, 1.2], [4, 1.15], [5, 1.3], [6, 1.35], [7, 1.5], [8, 1.35], [9, 1.5], [10, 1.5], [11, 2], [12, 1.5],
  [13, 2.2], [15, 1.7], [16, 1.6],
]
const onSoftware: Costs = [[2, 1], [3, 1], [4, 1.05], [5, 1.1], [7, 1.2], [8, 1.15], [11, 1.3], [13, 1.4], [16, 1.3]]

interface Stages {
  readonly radices: Pass
  readonly cost: number
}

/** The cheapest stages for n, which has no prime factor above `largestPrime`; larger radices first. */
const cheapest = (costs: Costs): ((n: number) => Stages) => {
  const known = new Map<number, Stages>([[1, { radices: [], cost: 0 }]])
  const stages = (n: number): Stages => {
    const before = known.get(n)
    if (before) return before
    const choices = costs.filter(([radix]) => n % radix === 0).map(([radix, cost]) => {
      const rest = stages(n / radix)
      return { radices: [radix, ...rest.radices].sort((a, b) => b - a), cost: cost + rest.cost }
    })
    const best = choices.reduce((a, b) => (b.cost < a.cost ? b : a))
    known.set(n, best)
    return best
  }
  return stages
}
const [hardwareStages, softwareStages] = [cheapest(onHardware), cheapest(onSoftware)]

const largestFactor = (n: number): number => {
  let rest = n
  let largest = 1
  for (let prime = 2; prime * prime <= rest; prime++) {
    for (; rest % prime === 0; rest /= prime) largest = prime
  }
  return Math.max(largest, rest)
}

/** Splits n into `parts` factors of nearly equal size, none above `most`; undefined where there are none. */
const split = (n: number, parts: number, most: number): readonly number[] | undefined => {
  if (parts === 1) return n <= most ? [n] : undefined
  const ideal = n ** (1 / parts)
  const divisors = range(2, most + 1).filter((d) => n % d === 0)
    .sort((a, b) => Math.abs(Math.log(a / ideal)) - Math.abs(Math.log(b / ideal)))
  for (const d of divisors) {
    const rest = split(n / d, parts - 1, most)
    if (rest) return [d, ...rest].sort((a, b) => b - a)
  }
  return undefined
}

/**
 * Rows that fit in a workgroup: of the only pass, and of one of several. Where columns lie side by side, four of them
 * fill a sector of 32 bytes, two are the least.
 */
const mostRows = ({ workgroupBytes }: Target, inner: number): readonly [only: number, oneOfSeveral: number] => {
  const numbers = workgroupBytes / 8
  const gaps = 17 // of tiles in which columns lie one by one; see tile.ts
  return [inner < wide ? numbers - gaps : numbers / (numbers < 4096 ? 2 : 4), numbers / 4 - gaps]
}

/** The passes for n rows of `inner` neighbouring columns; n has no large prime factors. */
const passesOf = (n: number, inner: number, target: Target): readonly Pass[] => {
  if (target.isSoftware) return softwareStages(n).radices.map((radix) => [radix])
  const { radices } = hardwareStages(n)
  const [only, several] = mostRows(target, inner)
  if (n <= only || radices.length === 1) return [radices]
  for (let parts = 2; ; parts++) {
    const factors = split(n, parts, several)
    if (factors) return factors.map((factor) => hardwareStages(factor).radices)
  }
}

/** What the passes of a convolution cost, the way of one number through memory being 1. */
const convolutionCost = (passes: readonly Pass[]): number => {
  const m = product(passes.map(product))
  return m * (2 * passes.length - 1 + 0.3 * passes.reduce((sum, pass) => sum + hardwareStages(product(pass)).cost, 0))
}

/** The passes of the cheapest convolution that holds 2n - 1 numbers. In software, a power of two: few kernels. */
const convolution = (n: number, inner: number, target: Target): readonly Pass[] => {
  const candidates: (readonly Pass[])[] = []
  for (let fives = 1; fives < 4 * n; fives *= 5) {
    for (let odd = fives; odd < 4 * n; odd *= 3) {
      const m = odd * 2 ** Math.max(0, Math.ceil(Math.log2((2 * n - 1) / odd)))
      if (odd === 1 || !target.isSoftware) candidates.push(passesOf(m, inner, target))
    }
  }
  return candidates.reduce((best, passes) => (convolutionCost(passes) < convolutionCost(best) ? passes : best))
}

export interface Factored {
  /** Whether the passes are those of a convolution of at least 2n - 1 numbers. */
  readonly convolved: boolean
  readonly passes: readonly Pass[]
}

/** How n > 1 rows of `inner` neighbouring columns are transformed. */
export const factor = (n: number, inner: number, target: Target): Factored =>
  largestFactor(n) <= largestPrime
    ? { convolved: false, passes: passesOf(n, inner, target) }
    : { convolved: true, passes: convolution(n, inner, target) }
