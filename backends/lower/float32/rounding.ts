// Rounding to whole numbers, by bits alone.
import type { Builder, Expr } from '../expression.ts'
import { difference, sum } from './exact.ts'
import {
  and, below, choose, from, fromBits, isNegative, magnitude, one, or, plus, right, sign, signBit, single, smaller,
  toBits, type Expansion,
} from './words.ts'

const exponentOf = (b: Builder, m: Expr): Expr => right(b, m, 23)

/** Towards −∞ (`down`) or +∞: away from zero the fraction is filled up, which may carry into the exponent. */
const directed = (down: boolean): Expansion => (b, x) => {
  const [u, m] = [toBits(b, x), magnitude(b, x)]
  const away = down ? isNegative(b, x) : b.not(isNegative(b, x))
  const places = b.bit('bitSub', exponentOf(b, m), b.bits(127))
  const mask = b.bit('shiftRight', b.bits(0x007fffff), places) // of the fraction
  const filled = b.select(away, b.bit('bitAdd', u, mask), u)
  const whole = b.bit('bitAnd', filled, b.bit('bitXor', mask, b.bits(0xffffffff)))
  const unit = b.select(b.and(away, from(b, m, 1)), or(b, sign(b, x), b.bits(one)), sign(b, x))
  return fromBits(b, choose(b, [[smaller(b, m, 1), unit], [smaller(b, m, 2 ** 23), whole]], u))
}

export const floor = directed(true)
export const ceil = directed(false)

/** To the nearest whole number, halves to even. */
export const roundEven: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const whole = difference(b, sum(b, fromBits(b, m), single(b, 2 ** 23)), single(b, 2 ** 23))
  const signed = or(b, toBits(b, whole), sign(b, x))
  return fromBits(b, choose(b, [[smaller(b, m, 2 ** 23), signed]], toBits(b, x)))
}

/** As bits: towards zero, modulo 2^32; 0 for what is not finite. */
export const toInt32: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const exponent = exponentOf(b, m)
  const digits = plus(b, and(b, m, 0x007fffff), 0x00800000)
  const size = choose(b, [
    [below(b, exponent, 127), 0],
    [below(b, exponent, 150), b.bit('shiftRight', digits, b.bit('bitSub', b.bits(150), exponent))],
    [below(b, exponent, 182), b.bit('shiftLeft', digits, plus(b, exponent, -150))],
  ], 0)
  return b.select(from(b, toBits(b, x), signBit), b.bit('bitSub', b.bits(0), size), size)
}
