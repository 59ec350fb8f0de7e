// xʸ = 2^(y·log₂ x), the logarithm as a pair of numbers: y·log₂ x can be 128, and all its digits count.
import type { Builder, Expr } from '../expression.ts'
import { difference, nearest, pair, quickTwoSum, twoProduct, type Pair } from './exact.ts'
import { decomposed, timesPower } from './scale.ts'
import {
  and, atLeast, below, bitsOf, choose, from, fromBits, infinity, is, isNaNBits, isNegative, magnitude, one, or,
  plus, polynomial, quietNaN, right, same, sign, signBit, single, smaller, toBits, type BinaryExpansion,
} from './words.ts'

/** (atanh s − s)/s³ in s², and (2ʳ − 1)/r. */
const atanhRest = [0.33333334, 0.19999029, 0.14484143] as const
const powerRest = [0.6931472, 0.2402265, 0.05550405, 0.009618087, 0.0013337961, 0.00015452174, 1.4324591e-5] as const

/** log₂ of a positive number: e + log₂ c + (2/log 2)·atanh((z − c)/(z + c)), where z is close to c, 1 or 1.5. */
const logTwo = (b: Builder, m: Expr): Pair => {
  const { mantissa, exponent } = decomposed(b, m)
  const bits = toBits(b, mantissa)
  const isHigh = atLeast(b, bits, Math.sqrt(3)) // halved, it is close to 1
  const isMiddle = b.and(atLeast(b, bits, Math.sqrt(1.5)), b.not(isHigh))
  const z = fromBits(b, b.select(isHigh, plus(b, bits, -(1 << 23)), bits))
  const e = b.bit('bitsToNumber', plus(b, b.select(isHigh, plus(b, exponent, 1), exponent), -127))
  const c = b.select(isMiddle, single(b, 1.5), single(b, 1))
  const base = pair(b, Math.log2(1.5))
  const centre = (x: Expr): Expr => b.select(isMiddle, x, single(b, 0))
  // s = (z − c)/(z + c) with what its division rounds off
  const top = difference(b, z, c) // exact
  const bottom = quickTwoSum(b, c, z)
  const s = b.bit('rounded', b.bit('quotient', top, bottom.high))
  const back = twoProduct(b, s, bottom.high)
  const remainder = b.sub(b.sub(difference(b, top, back.high), back.low), b.mul(s, bottom.low))
  const z2 = b.mul(s, s)
  const rest = b.add(b.bit('quotient', remainder, bottom.high), b.mul(b.mul(s, z2), polynomial(b, z2, atanhRest)))
  const half = quickTwoSum(b, s, rest)
  const unit = pair(b, 2 * Math.LOG2E)
  const p = twoProduct(b, half.high, unit.high)
  const low = b.add(p.low, b.add(b.mul(half.low, unit.high), b.mul(half.high, unit.low)))
  const whole = quickTwoSum(b, e, centre(base.high))
  const all = quickTwoSum(b, whole.high, p.high)
  return quickTwoSum(b, all.high, b.add(b.add(all.low, b.add(whole.low, centre(base.low))), low))
}

/** 2^(high + low) in bits, for a sum between −300 and 300. */
const twoTo = (b: Builder, { high, low }: Pair): Expr => {
  const k = nearest(b, high)
  const r = b.add(difference(b, high, k.number), low)
  return timesPower(b, b.add(single(b, 1), b.mul(r, polynomial(b, r, powerRest))), k.integer)
}

/** Whether a number is whole, and odd, given the bits of its magnitude. */
const wholeness = (b: Builder, m: Expr): { readonly isWhole: Expr; readonly isOdd: Expr } => {
  const places = b.bit('bitSub', b.bits(150), right(b, m, 23)) // of the fraction
  const digits = or(b, and(b, m, 0x007fffff), b.bits(0x00800000))
  const mask = plus(b, b.bit('shiftLeft', b.bits(1), places), -1)
  const noFraction = is(b, b.bit('bitAnd', digits, mask), 0)
  const lastBit = is(b, and(b, b.bit('shiftRight', digits, places), 1), 1)
  const inside = b.and(from(b, m, one), smaller(b, m, 2 ** 24))
  return {
    isWhole: b.or(atLeast(b, m, 2 ** 24), b.and(inside, noFraction)),
    isOdd: b.and(inside, b.and(noFraction, lastBit)),
  }
}

export const pow: BinaryExpansion = (b, x, y) => {
  const [m, n] = [magnitude(b, x), magnitude(b, y)]
  const { isWhole, isOdd } = wholeness(b, n)
  const [xNegative, yNegative] = [isNegative(b, x), isNegative(b, y)]
  const log = logTwo(b, m)
  // Beyond |y| = 2^31 every power of a number other than 1 is 0 or infinite.
  const exponent = fromBits(b, or(b, b.select(atLeast(b, n, 2 ** 31), b.bits(bitsOf(2 ** 31)), n), sign(b, y)))
  const p = twoProduct(b, exponent, log.high)
  const e = quickTwoSum(b, p.high, b.add(p.low, b.mul(exponent, log.low)))
  const size = magnitude(b, e.high)
  const general = choose(b, [
    [smaller(b, size, 250), twoTo(b, e)], [isNegative(b, e.high), 0],
  ], infinity)
  const isBelow = below(b, m, one)
  const infiniteIf = (test: Expr): Expr => b.select(test, b.bits(infinity), b.bits(0))
  const extreme = choose(b, [[is(b, m, one), quietNaN]], infiniteIf(same(b, isBelow, yNegative)))
  const power = choose(b, [
    [is(b, n, infinity), extreme],
    [b.or(is(b, m, 0), is(b, m, infinity)), infiniteIf(same(b, is(b, m, 0), yNegative))],
    [b.and(xNegative, b.not(isWhole)), quietNaN],
  ], general)
  const signed = or(b, power, b.select(b.and(xNegative, isOdd), b.bits(signBit), b.bits(0)))
  return fromBits(b, choose(b, [
    [is(b, n, 0), one], [b.or(isNaNBits(b, m), isNaNBits(b, n)), quietNaN],
  ], signed))
}
