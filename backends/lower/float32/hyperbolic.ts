// sinh, cosh and tanh. With |x| = k·log 2 + r the first two are made of sinh r and cosh r by the addition theorems, and
// nothing cancels or overflows on the way.
import type { Builder, Expr } from '../expression.ts'
import { difference, sum } from './exact.ts'
import { expNormal, reduced } from './exponential.ts'
import { powerOfTwo, shifted } from './scale.ts'
import {
  atLeast, below, bitsOf, choose, from, fromBits, infinity, isNaNBits, magnitude, or, plus, polynomial, quietNaN,
  sign, single, smaller, toBits, type Expansion,
} from './words.ts'

/** (sinh r − r)/r³, (cosh r − 1 − r²/2)/r⁴ and (tanh x − x)/x³ in the squares. */
const sinhRest = [0.16666667, 0.008333176, 0.00019973042] as const
const coshRest = [0.041666456, 0.0013935823] as const
const tanhRest = [-0.33333284, 0.13331479, -0.053742174, 0.020645581, -0.0057108393] as const

/** The greatest number whose hyperbolic sine is finite. */
const greatest = bitsOf(89.415985)

/** 2^(k − 1)·(e^r ∓ 2^−2k·e^−r), in bits: sinh for `odd`. */
const half = (b: Builder, a: Expr, odd: boolean): Expr => {
  const { integer, high, low } = reduced(b, a)
  const r = difference(b, high, low)
  const z = b.mul(r, r)
  const s = b.add(high, b.sub(b.mul(b.mul(r, z), polynomial(b, z, sinhRest)), low))
  const c = b.mul(z, b.add(single(b, 0.5), b.mul(z, polynomial(b, z, coshRest)))) // cosh r − 1
  const twice = b.bit('bitSub', b.bits(0), b.bit('bitAdd', integer, integer))
  const p = fromBits(b, b.select(below(b, integer, 30), toBits(b, powerOfTwo(b, twice)), b.bits(0)))
  const [more, less] = [sum(b, single(b, 1), p), difference(b, single(b, 1), p)]
  const [leading, other] = odd ? [less, more] : [more, less]
  return shifted(b, b.add(leading, b.add(b.mul(c, leading), b.mul(s, other))), plus(b, integer, -1))
}

export const sinh: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const size = choose(b, [
    [smaller(b, m, 2 ** -12), m], [isNaNBits(b, m), quietNaN], [from(b, m, greatest + 1), infinity],
  ], half(b, fromBits(b, m), true))
  return fromBits(b, or(b, size, sign(b, x)))
}

export const cosh: Expansion = (b, x) => {
  const m = magnitude(b, x)
  return fromBits(b, choose(b, [
    [isNaNBits(b, m), quietNaN], [from(b, m, greatest + 1), infinity],
  ], half(b, fromBits(b, m), false)))
}

/** A polynomial, and 1 − 2/(e^2x + 1) further out. */
export const tanh: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const a = fromBits(b, m)
  const z = b.mul(a, a)
  const near = b.add(a, b.mul(b.mul(a, z), polynomial(b, z, tanhRest)))
  const e = expNormal(b, b.add(a, a))
  const far = b.sub(single(b, 1), b.bit('quotient', single(b, 2), b.add(e, single(b, 1))))
  const size = choose(b, [
    [smaller(b, m, 2 ** -12), m], [smaller(b, m, 0.625), toBits(b, near)], [isNaNBits(b, m), quietNaN],
    [atLeast(b, m, 9.03), bitsOf(1)],
  ], toBits(b, far))
  return fromBits(b, or(b, size, sign(b, x)))
}
