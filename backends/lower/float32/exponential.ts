// exp and expm1: x = k·log 2 + r with |r| ≤ (log 2)/2, and a polynomial in r. All polynomials here and beside are
// minimax fits of the functions named (weighted least squares at Chebyshev nodes with Lawson's weights, in forty
// digits), their coefficients rounded to single precision one after another, the rest fitted again each time.
import type { Builder, Expr } from '../expression.ts'
import { difference, nearest, product } from './exact.ts'
import { powerOfTwo, shifted, timesPower } from './scale.ts'
import {
  atLeast, choose, from, fromBits, infinity, isNaNBits, isNegative, magnitude, bitsOf, plus, polynomial, quietNaN,
  single, smaller, toBits, type Expansion,
} from './words.ts'

/** (eʳ − 1 − r)/r². */
const expRest = [0.5, 0.16666543, 0.041666403, 0.00836659, 0.001394066] as const

/** log 2 in two parts; the first has 14 bits, so that its product with an exponent is exact. */
export const logTwo = { high: 0.693115234375, low: Math.LN2 - 0.693115234375 } as const

export interface Reduced {
  /** The whole number k. */
  readonly integer: Expr
  /** r = high − low. */
  readonly high: Expr
  readonly low: Expr
}

/** x less its multiple of log 2, for |x| < 200. */
export const reduced = (b: Builder, x: Expr): Reduced => {
  const k = nearest(b, b.mul(x, single(b, Math.LOG2E)))
  const high = difference(b, x, product(b, k.number, single(b, logTwo.high)))
  return { integer: k.integer, high, low: b.mul(k.number, single(b, logTwo.low)) }
}

/** eʳ − 1. */
const expm1Of = (b: Builder, { high, low }: Reduced): Expr => {
  const r = difference(b, high, low)
  return b.add(high, b.sub(b.mul(b.mul(r, r), polynomial(b, r, expRest)), low))
}

/** eˣ where it is a normal number. */
export const expNormal = (b: Builder, x: Expr): Expr => {
  const r = reduced(b, x)
  return fromBits(b, shifted(b, b.add(single(b, 1), expm1Of(b, r)), r.integer))
}

export const exp: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const r = reduced(b, x)
  const e = timesPower(b, b.add(single(b, 1), expm1Of(b, r)), r.integer)
  return fromBits(b, choose(b, [
    [smaller(b, m, 104), e], [isNaNBits(b, m), quietNaN], [isNegative(b, x), 0],
  ], infinity))
}

/** The greatest number whose exponential is finite. */
const greatest = 0x42b17217

/** 2^k·(eʳ − 1 + (1 − 2^−k)). */
export const expm1: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const r = reduced(b, x)
  const isLarge = from(b, plus(b, r.integer, 64), 64 + 60)
  const power = powerOfTwo(b, b.bit('bitSub', b.bits(0), r.integer))
  const inverse = fromBits(b, b.select(isLarge, b.bits(0), toBits(b, power)))
  const value = shifted(b, b.add(expm1Of(b, r), difference(b, single(b, 1), inverse)), r.integer)
  return fromBits(b, choose(b, [
    [smaller(b, m, 2 ** -25), toBits(b, x)],
    [isNaNBits(b, m), quietNaN],
    [b.and(isNegative(b, x), atLeast(b, m, 18)), bitsOf(-1)],
    [from(b, m, greatest + 1), infinity],
  ], value))
}
