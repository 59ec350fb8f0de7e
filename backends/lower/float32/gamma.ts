// log|Γ|. From 3.5 on Stirling's series; between −½ and there Γ(2 + d) by a polynomial, times or divided by factors
// whose logarithm is added; further left by reflection. Relative to the value the error is a few units in the last
// place, but for the surroundings of the zeros left of −2: there, as everywhere, it is a few units of the terms that
// cancel.
import type { Builder, Expr } from '../expression.ts'
import { difference, product, sum } from './exact.ts'
import { turnOf } from './halfTurn.ts'
import { logOf, logPair } from './logarithm.ts'
import {
  atLeast, choose, from, fromBits, infinity, is, isNaNBits, isNegative, magnitude, one, polynomial, quietNaN,
  single, smaller, toBits, type Expansion,
} from './words.ts'

/** log Γ(2 + d)/d for |d| ≤ ½, log Γ(1 + d)/d for 0 ≤ d ≤ ½, and Stirling's series times x in 1/x². */
const ratio = [
  0.42278433, 0.32246703, -0.0673515, 0.020581104, -0.0074009257, 0.0028841998, -0.0010966485, 0.00055590656,
  -0.00042329024,
] as const
const ratioAtOne = [
  -0.5772157, 0.82246745, -0.40068236, 0.27034163, -0.20445894, 0.15294641, -0.092141636, 0.029975383,
] as const
const stirling = [0.083333336, -0.0027779315, 0.0007938689, -0.0005216724] as const

/** log|Γ(v)| for v > −½, given the bits of |v|. */
const direct = (b: Builder, v: Expr, m: Expr): Expr => {
  /** By the whole number next to v: 0, 1, 2 or 3. */
  const steps = (zero: Expr, first: Expr | number, second: Expr | number, third: Expr): Expr => fromBits(b, choose(b, [
    [smaller(b, m, 0.5), zero], [smaller(b, m, 1.5), first], [smaller(b, m, 2.5), second],
  ], third))
  const whole = (n: number): Expr => toBits(b, single(b, n))
  const d = b.sub(v, steps(whole(0), whole(1), whole(2), whole(3)))
  // Γ(v) = Γ(2 + d)/(v + v²), Γ(2 + d)/v, Γ(2 + d), Γ(2 + d)·(v − 1)
  const square = product(b, v, v)
  const high = sum(b, v, square)
  const low = b.sub(square, difference(b, high, v))
  const isTiny = smaller(b, m, 2 ** -60)
  const factor = steps(b.select(isTiny, m, magnitude(b, high)), m, one, toBits(b, b.sub(v, single(b, 1))))
  const correction = b.select(b.and(smaller(b, m, 0.5), b.not(isTiny)), b.bit('quotient', low, high), single(b, 0))
  const isBig = atLeast(b, m, 3.5)
  const log = logPair(b, b.select(isBig, m, toBits(b, factor)), b.select(isBig, single(b, 0), correction))
  const logarithm = b.add(log.high, log.low)
  const factors = b.select(smaller(b, m, 2.5), b.neg(logarithm), logarithm)
  // Just above 1 the two terms would cancel.
  const isAboveOne = b.and(from(b, m, one + 1), smaller(b, m, 1.5))
  const stepped = b.add(b.mul(d, polynomial(b, d, ratio)), factors)
  const near = b.select(isAboveOne, b.mul(d, polynomial(b, d, ratioAtOne)), stepped)
  const r = b.bit('quotient', single(b, 1), v)
  const series = b.add(single(b, 0.5 * Math.log(2 * Math.PI) - 0.5), b.mul(r, polynomial(b, b.mul(r, r), stirling)))
  const far = b.add(b.mul(b.sub(v, single(b, 0.5)), b.add(b.sub(log.high, single(b, 1)), log.low)), series)
  return b.select(isBig, far, near)
}

export const lgamma: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const isReflected = b.and(isNegative(b, x), atLeast(b, m, 0.5))
  const y = fromBits(b, m)
  const value = direct(b, b.select(isReflected, y, x), m)
  const turn = turnOf(b, y)
  // π/(y·|sin πy|)
  const top = b.select(turn.isNear, single(b, 1), single(b, Math.PI))
  const reflected = b.sub(logOf(b, b.bit('quotient', top, b.mul(y, turn.base.high))), value)
  const isPole = b.and(isNegative(b, x), b.or(atLeast(b, m, 2 ** 23), is(b, magnitude(b, turn.d), 0)))
  return fromBits(b, choose(b, [
    [isNaNBits(b, m), quietNaN], [b.or(is(b, m, 0), atLeast(b, m, 4.085003e36)), infinity],
    [b.and(isReflected, isPole), infinity],
  ], toBits(b, b.select(isReflected, reflected, value))))
}
