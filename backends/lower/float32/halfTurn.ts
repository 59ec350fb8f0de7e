// sin πy and cos πy, for reflections: exact in the whole number that y is next to.
import type { Builder, Expr } from '../expression.ts'
import { difference, quickTwoSum, sum, type Pair } from './exact.ts'
import { fromBits, magnitude, polynomial, single, smaller } from './words.ts'

/** (sin πt/πt − 1)/t² and (cos πt − 1)/t² for |t| ≤ ¼, in t². */
const sinRest = [-1.6449329, 0.8116271, -0.18759876] as const
const cosRest = [-4.934802, 4.0586963, -1.334735, 0.22872467] as const

/** With d = y − round(y) and t = |d| or ½ − |d|, the lesser of the two. */
export interface HalfTurn {
  readonly d: Expr
  /** Whether t = |d|. */
  readonly isNear: Expr
  /** |sin πy|, divided by π if `isNear`. */
  readonly base: Pair
  /** |cos πy|, and |sin πy| divided by π if not `isNear`. */
  readonly other: Pair
}

/** For 0 ≤ y < 2^23. */
export const turnOf = (b: Builder, y: Expr): HalfTurn => {
  const shift = single(b, 2 ** 23)
  const d = difference(b, y, difference(b, sum(b, y, shift), shift))
  const size = fromBits(b, magnitude(b, d))
  const isNear = smaller(b, magnitude(b, d), 0.25)
  const t = b.select(isNear, size, b.sub(single(b, 0.5), size))
  const z = b.mul(t, t)
  const sin = quickTwoSum(b, t, b.mul(b.mul(t, z), polynomial(b, z, sinRest)))
  const cos = quickTwoSum(b, single(b, 1), b.mul(z, polynomial(b, z, cosRest)))
  const either = (p: Pair, q: Pair): Pair =>
    ({ high: b.select(isNear, p.high, q.high), low: b.select(isNear, p.low, q.low) })
  return {
    d, isNear,
    base: either(sin, cos),
    other: either(cos, sin),
  }
}
