// asinh, acosh and atanh as log1p of an argument that is right to its last digits.
import type { Builder, Expr } from '../expression.ts'
import { difference, twoSum } from './exact.ts'
import { logOf, logPair } from './logarithm.ts'
import { rootOf } from './root.ts'
import {
  below, choose, fromBits, infinity, is, magnitude, one, or, quietNaN, sign, single, smaller, toBits, type Expansion,
} from './words.ts'

const log1pOf = (b: Builder, v: Expr): Expr => {
  const s = twoSum(b, single(b, 1), v)
  return logOf(b, s.high, s.low)
}

/** From here on asinh x and acosh x are log 2x. */
const remote = 2 ** 13

const logTwice = (b: Builder, m: Expr): Expr => {
  const l = logPair(b, m, single(b, Math.LN2))
  return b.add(l.high, l.low)
}

/** log1p(x + x²/(1 + √(1 + x²))). */
export const asinh: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const a = fromBits(b, m)
  const z = b.mul(a, a)
  const excess = b.bit('quotient', z, b.add(single(b, 1), rootOf(b, b.add(single(b, 1), z))))
  const size = choose(b, [
    [smaller(b, m, 2 ** -12), m], [smaller(b, m, remote), toBits(b, log1pOf(b, b.add(a, excess)))],
    [below(b, m, infinity), toBits(b, logTwice(b, m))], [is(b, m, infinity), infinity],
  ], quietNaN)
  return fromBits(b, or(b, size, sign(b, x)))
}

/** log1p(t + √(t·(t + 2))) with t = x − 1. */
export const acosh: Expansion = (b, x) => {
  const u = toBits(b, x)
  const t = difference(b, x, single(b, 1))
  const near = log1pOf(b, b.add(t, rootOf(b, b.mul(t, b.add(t, single(b, 2))))))
  return fromBits(b, choose(b, [
    [below(b, u, one), quietNaN], [is(b, u, one), 0], [smaller(b, u, remote), toBits(b, near)],
    [below(b, u, infinity), toBits(b, logTwice(b, u))], [is(b, u, infinity), infinity],
  ], quietNaN))
}

/** ½·log1p(2x + 2x·x/(1 − x)). */
export const atanh: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const a = fromBits(b, m)
  const twice = b.add(a, a)
  const near = log1pOf(b, b.add(twice, b.bit('quotient', b.mul(twice, a), b.sub(single(b, 1), a))))
  const size = choose(b, [
    [smaller(b, m, 2 ** -12), m], [below(b, m, one), toBits(b, b.mul(single(b, 0.5), near))], [is(b, m, one), infinity],
  ], quietNaN)
  return fromBits(b, or(b, size, sign(b, x)))
}
