// Division. The device's own is relied upon only far from overflow and underflow: elsewhere mantissas are divided and
// exponents subtracted.
import type { Builder, Expr } from '../expression.ts'
import { decomposed, timesPower } from './scale.ts'
import {
  and, below, choose, fromBits, infinity, is, isNaNBits, magnitude, or, plus, quietNaN, signBit, toBits, 
  type BinaryExpansion,
} from './words.ts'

const plain: BinaryExpansion = (b, x, y) => b.bit('quotient', x, y)

/** The bits of m/n for the bits of two positive numbers. */
export const divided = (b: Builder, m: Expr, n: Expr, divide = plain): Expr => {
  const [p, q] = [decomposed(b, m), decomposed(b, n)]
  return timesPower(b, divide(b, p.mantissa, q.mantissa), b.bit('bitSub', p.exponent, q.exponent))
}

/** Whether 2^−60 ≤ |x| < 2^60. */
const isOrdinary = (b: Builder, m: Expr): Expr => below(b, plus(b, m, -(67 << 23)), 120 << 23)

export const div: BinaryExpansion = (b, x, y) => {
  const [m, n] = [magnitude(b, x), magnitude(b, y)]
  const negative = and(b, b.bit('bitXor', toBits(b, x), toBits(b, y)), signBit)
  const zeros = b.and(is(b, m, 0), is(b, n, 0))
  const infinities = b.and(is(b, m, infinity), is(b, n, infinity))
  const rare = choose(b, [
    [b.or(b.or(isNaNBits(b, m), isNaNBits(b, n)), b.or(zeros, infinities)), quietNaN],
    [b.or(is(b, m, infinity), is(b, n, 0)), or(b, negative, b.bits(infinity))],
    [b.or(is(b, m, 0), is(b, n, infinity)), negative],
  ], or(b, negative, divided(b, m, n)))
  const ordinary = b.and(isOrdinary(b, m), isOrdinary(b, n))
  return fromBits(b, b.select(ordinary, toBits(b, b.bit('quotient', x, y)), rare))
}
