// Decides how a length is transformed: the passes over the data, and the radices of the stages inside each.
import type { Target } from '../../dispatch.ts'
import { product, range } from './text.ts'

/** The radices of the stages of one pass; their product is the pass's own radix. */
export type Pass = readonly number[]

/** The largest prime that is transformed as it stands; lengths with larger ones go through a convolution. */
const largestPrime = 13

/** Lengths of straight-line transforms, and what a stage of each costs for one number: memory, then arithmetic. */
const stageCost: ReadonlyMap<number, number> = new Map([
  [2, 1.1], [3, 1.2], [4, 1.15], [5, 1.3], [6, 1.35], [7, 1.5], [8, 1.35], [9, 1.5], [10, 1.5], [11, 2], [12, 1.5], [13, 2.2],
  [15, 1.7], [16, 1.6],
])

const cheapest = new Map<number, { readonly radices: Pass, readonly cost: number }>([[1, { radices: [], cost: 0 }]])

/** The cheapest stages for n, which has no prime factor above `largestPrime`; larger radices first. */
const stages = (n: number): { readonly radices: Pass, readonly cost: number } => {
  const known = cheapest.get(n)
  if (known) return known
  const choices = [...stageCost].filter(([radix]) => n % radix === 0).map(([radix, cost]) => {
    const rest = stages(n / radix)
    return { radices: [radix, ...rest.radices].sort((a, b) => b - a), cost: cost + rest.cost }
  })
  const best = choices.reduce((a, b) => (b.cost < a.cost ? b : a))
  cheapest.set(n, best)
  return best
}

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

/** Rows that fit in a workgroup: of a pass that is the only one, and of one of several, whose columns should be several. */
const mostRows = ({ workgroupBytes }: Target, inner: number): readonly [only: number, oneOfSeveral: number] => {
  const numbers = workgroupBytes / 8
  return [Math.floor(inner >= 4 ? numbers / 2 : numbers * 0.98) - 17, Math.floor(numbers / 4) - 5]
}

/** The passes for n rows of `inner` neighbouring columns; n has no large prime factors. */
const passes = (n: number, inner: number, target: Target): readonly Pass[] => {
  if (target.isSoftware) return stages(n).radices.map((radix) => [radix])
  const [only, several] = mostRows(target, inner)
  if (n <= only || stages(n).radices.length === 1) return [stages(n).radices]
  for (let parts = 2; ; parts++) {
    const factors = split(n, parts, several)
    if (factors) return factors.map((factor) => stages(factor).radices)
  }
}

/** What the passes of a convolution of length m cost, in passes over n numbers. */
const convolutionCost = (m: number, list: readonly Pass[]): number =>
  m * (2 * list.length - 1 + 0.3 * list.reduce((sum, pass) => sum + stages(product(pass)).cost, 0))

/** The passes of the cheapest convolution that holds 2n - 1 numbers. */
const convolution = (n: number, inner: number, target: Target): readonly Pass[] => {
  const candidates: (readonly Pass[])[] = []
  for (let fives = 1; fives < 4 * n; fives *= 5) {
    for (let odd = fives; odd < 4 * n; odd *= 3) {
      candidates.push(passes(odd * 2 ** Math.max(0, Math.ceil(Math.log2((2 * n - 1) / odd))), inner, target))
    }
  }
  const cost = (list: readonly Pass[]): number => convolutionCost(product(list.map(product)), list)
  return candidates.reduce((best, list) => (cost(list) < cost(best) ? list : best))
}

export interface Factored {
  /** Whether the passes are those of a convolution of at least 2n - 1 numbers. */
  readonly convolved: boolean
  readonly passes: readonly Pass[]
}

/** How n > 1 rows of `inner` neighbouring columns are transformed. */
export const factor = (n: number, inner: number, target: Target): Factored =>
  largestFactor(n) <= largestPrime
    ? { convolved: false, passes: passes(n, inner, target) }
    : { convolved: true, passes: convolution(n, inner, target) }
