// Logarithms: x = 2^e·(1 + f) with √½ ≤ 1 + f < √2, and log(1 + f) = f − f²/2 + f³·P(f).
import type { Builder, Expr } from '../expression.ts'
import { difference, product, quickTwoSum, split, twoSum, type Pair } from './exact.ts'
import { logTwo } from './exponential.ts'
import { normalized } from './scale.ts'
import {
  and, below, choose, fromBits, infinity, is, isNaNBits, magnitude, plus, polynomial, quietNaN, right, signBit, single,
  toBits, bitsOf, from, type Expansion,
} from './words.ts'

/** (log(1 + f) − f + f²/2)/f³. */
const logRest = [
  0.3333331, -0.24999987, 0.20002225, -0.16669251, 0.14218676, -0.12384346, 0.11872895, -0.11789833, 0.06915528,
] as const

interface Parts {
  /** The exponent e, a whole number. */
  readonly exponent: Expr
  readonly f: Expr
  /** f²/2 and f³·P(f). */
  readonly square: Expr
  readonly cube: Expr
}

const rootHalf = 0x3f3504f3

/** Of the bits of a positive number. */
const parts = (b: Builder, m: Expr): Parts => {
  const { bits, shift } = normalized(b, m)
  const n = plus(b, bits, 0x3f800000 - rootHalf)
  const exponent = b.bit('bitsToNumber', b.bit('bitSub', plus(b, right(b, n, 23), -127), shift))
  const f = difference(b, fromBits(b, plus(b, and(b, n, 0x007fffff), rootHalf)), single(b, 1))
  const z = b.mul(f, f)
  return { exponent, f, square: b.mul(single(b, 0.5), z), cube: b.mul(b.mul(f, z), polynomial(b, f, logRest)) }
}

/** log x + `correction` for the bits of a positive x, as a sum: the high part is a multiple of that of log 2. */
export const logPair = (b: Builder, m: Expr, correction: Expr | null = null): Pair => {
  const { exponent, f, square, cube } = parts(b, m)
  const rest = b.add(b.sub(cube, square), b.mul(exponent, single(b, logTwo.low)))
  return {
    high: b.mul(exponent, single(b, logTwo.high)),
    low: b.add(f, correction === null ? rest : b.add(rest, correction)),
  }
}

/** log(high + low) for a positive number. */
export const logOf = (b: Builder, high: Expr, low: Expr | null = null): Expr => {
  const l = logPair(b, toBits(b, high), low === null ? null : b.bit('quotient', low, high))
  return b.add(l.high, l.low)
}

/** What all logarithms have in common. */
const guarded = (b: Builder, x: Expr, value: Expr): Expr => {
  const u = toBits(b, x)
  return fromBits(b, choose(b, [
    [is(b, magnitude(b, x), 0), signBit + infinity], [from(b, u, infinity + 1), quietNaN],
    [is(b, u, infinity), infinity],
  ], toBits(b, value)))
}

export const log: Expansion = (b, x) => guarded(b, x, logOf(b, x))

/** e·two + log(1 + f)·unit, the terms doubled where their sum is rounded. */
const inBase = (two: Pair | null, unit: number): Expansion => (b, x) => {
  const { exponent, f, square, cube } = parts(b, toBits(b, x))
  const high = split(b, b.sub(f, square)).high
  const low = b.add(difference(b, difference(b, f, high), square), cube)
  const scale = { high: split12(unit), low: unit - split12(unit) }
  const rest = b.add(b.mul(low, single(b, scale.high)), b.mul(b.add(high, low), single(b, scale.low)))
  const leading = product(b, high, single(b, scale.high)) // exact
  const twos = two === null ? exponent : product(b, exponent, two.high)
  const sum = quickTwoSum(b, twos, leading)
  const all = two === null ? rest : b.add(rest, b.mul(exponent, two.low))
  return guarded(b, x, b.add(sum.high, b.add(sum.low, all)))
}

/** The leading 12 bits of a number near 1. */
const split12 = (x: number): number => Math.floor(x * 2 ** 11) / 2 ** 11

export const log2 = inBase(null, Math.LOG2E)
/** log10 2 with 14 bits, and the rest. */
const decimal = 0.301025390625
export const log10: Expansion = (b, x) =>
  inBase({ high: single(b, decimal), low: single(b, Math.log10(2) - decimal) }, Math.LOG10E)(b, x)

/** log(1 + x), where what the sum rounds off is put back. */
export const log1p: Expansion = (b, x) => {
  const [u, m] = [toBits(b, x), magnitude(b, x)]
  const s = twoSum(b, single(b, 1), x)
  return fromBits(b, choose(b, [
    [below(b, m, bitsOf(2 ** -24) + 1), u], [is(b, u, infinity), infinity], [isNaNBits(b, m), quietNaN],
    [is(b, u, bitsOf(-1)), signBit + infinity], [from(b, u, bitsOf(-1) + 1), quietNaN],
  ], toBits(b, logOf(b, s.high, s.low))))
}
