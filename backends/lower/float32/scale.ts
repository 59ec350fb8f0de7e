// Numbers as mantissa and exponent. Subnormal numbers are read as the integers that they are, so they count even where
// arithmetic takes them for zero; a subnormal result may still come out as zero there.
import type { Builder, Expr } from '../expression.ts'
import { and, below, choose, from, fromBits, infinity, left, one, or, plus, right, single, toBits } from './words.ts'

/** Smaller numbers are subnormal. */
export const leastNormal = 0x00800000

/** A positive number times 2^(23 + 126) if it is subnormal, and the exponent that this has to be made up by. */
export const normalized = (b: Builder, m: Expr): { readonly bits: Expr; readonly shift: Expr } => {
  const small = below(b, m, leastNormal)
  return {
    bits: b.select(small, toBits(b, b.bit('bitsToNumber', m)), m),
    shift: b.select(small, b.bits(149), b.bits(0)),
  }
}

/** A positive number as mantissa·2^exponent with 1 ≤ mantissa < 2; of the exponent, an integer, 127 more is given. */
export const decomposed = (b: Builder, m: Expr): { readonly mantissa: Expr; readonly exponent: Expr } => {
  const { bits, shift } = normalized(b, m)
  return {
    mantissa: fromBits(b, or(b, and(b, bits, 0x007fffff), b.bits(one))),
    exponent: b.bit('bitSub', right(b, bits, 23), shift),
  }
}

/** 2^k for an integer −127 < k < 128. */
export const powerOfTwo = (b: Builder, k: Expr): Expr => fromBits(b, left(b, plus(b, k, 127), 23))

/** The bits of x·2^k, provided that neither x nor the result leaves the normal numbers. */
export const shifted = (b: Builder, x: Expr, k: Expr): Expr => b.bit('bitAdd', toBits(b, x), left(b, k, 23))

/** The bits of x·2^k for a positive normal x and any integer |k| < 700. */
export const timesPower = (b: Builder, x: Expr, k: Expr): Expr => {
  const bias = 1024 // keeps exponents positive
  const exponent = b.bit('bitAdd', plus(b, right(b, toBits(b, x), 23), bias), k)
  const small = b.mul(fromBits(b, shifted(b, x, plus(b, k, 64))), single(b, 2 ** -64))
  return choose(b, [
    [from(b, exponent, bias + 255), infinity],
    [from(b, exponent, bias + 1), shifted(b, x, k)],
    [from(b, exponent, bias - 32), toBits(b, small)],
  ], 0)
}
