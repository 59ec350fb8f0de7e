// Inverse trigonometric functions.
import type { Builder, Expr } from '../expression.ts'
import { difference, pair, quotient } from './exact.ts'
import { divided } from './quotient.ts'
import { rootOf } from './root.ts'
import {
  bitsOf, choose, fromBits, infinity, is, isNaNBits, isNegative, magnitude, one, or, polynomial, quietNaN, sign,
  single, smaller, toBits, atLeast, type BinaryExpansion, type Expansion,
} from './words.ts'

/** (atan t − t)/t³ for |t| ≤ 1 and (asin t − t)/t³ for |t| ≤ ½, in t². */
const atanRest = [
  -0.33333302, 0.19998628, -0.14265127, 0.10956954, -0.08417638, 0.058203284, -0.031424403, 0.011047528, -0.0018234019,
] as const
const asinRest = [0.16666754, 0.0749525, 0.045476526, 0.024148885, 0.042218436] as const

/** t³·P(t²). */
const cubic = (b: Builder, t: Expr, z: Expr, c: readonly number[]): Expr => b.mul(b.mul(t, z), polynomial(b, z, c))

/** c − (x + y) for a constant and |x| ≥ |y|. */
const lessThan = (b: Builder, c: number, x: Expr, y: Expr): Expr => {
  const k = pair(b, c)
  return b.sub(k.high, b.add(x, difference(b, y, k.low)))
}

interface Arc { readonly leading: Expr; readonly rest: Expr }

/** asin √z, for 0 < z ≤ ¼, as a sum. */
const ofRoot = (b: Builder, z: Expr): Arc => {
  const s = rootOf(b, z)
  return { leading: s, rest: cubic(b, s, z, asinRest) }
}

const twice = (b: Builder, { leading, rest }: Arc): Arc =>
  ({ leading: b.add(leading, leading), rest: b.add(rest, rest) })

/** (1 − a)/2: asin a is π/2 − 2·asin of its root. */
const halfGap = (b: Builder, a: Expr): Expr => b.mul(single(b, 0.5), b.sub(single(b, 1), a))

export const asin: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const a = fromBits(b, m)
  const near = b.add(a, cubic(b, a, b.mul(a, a), asinRest))
  const far = twice(b, ofRoot(b, halfGap(b, a)))
  const size = choose(b, [
    [smaller(b, m, 2 ** -12), m], [smaller(b, m, 0.5), toBits(b, near)],
    [smaller(b, m, 1), toBits(b, lessThan(b, Math.PI / 2, far.leading, far.rest))],
    [is(b, m, one), bitsOf(Math.PI / 2)],
  ], quietNaN)
  return fromBits(b, or(b, size, sign(b, x)))
}

export const acos: Expansion = (b, x) => {
  const [u, m] = [toBits(b, x), magnitude(b, x)]
  const near = lessThan(b, Math.PI / 2, x, cubic(b, x, b.mul(x, x), asinRest))
  const far = twice(b, ofRoot(b, halfGap(b, fromBits(b, m))))
  const ends = b.select(isNegative(b, x), lessThan(b, Math.PI, far.leading, far.rest), b.add(far.leading, far.rest))
  return fromBits(b, choose(b, [
    [smaller(b, m, 2 ** -26), bitsOf(Math.PI / 2)], [smaller(b, m, 0.5), toBits(b, near)],
    [smaller(b, m, 1), toBits(b, ends)], [is(b, u, one), 0], [is(b, m, one), bitsOf(Math.PI)],
  ], quietNaN))
}

/** Beyond |x| = 1 it is π/2 − atan(1/x). */
export const atan: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const a = fromBits(b, m)
  const isFar = atLeast(b, m, 1)
  const t = b.select(isFar, b.bit('quotient', single(b, 1), a), a)
  const rest = cubic(b, t, b.mul(t, t), atanRest)
  const value = b.select(isFar, lessThan(b, Math.PI / 2, t, rest), b.add(t, rest))
  const size = choose(b, [
    [smaller(b, m, 2 ** -12), m], [smaller(b, m, 2 ** 26), toBits(b, value)], [isNaNBits(b, m), quietNaN],
  ], bitsOf(Math.PI / 2))
  return fromBits(b, or(b, size, sign(b, x)))
}

/** The angle of the smaller side over the greater, reflected into its octant. */
export const atan2: BinaryExpansion = (b, y, x) => {
  const [m, n] = [magnitude(b, y), magnitude(b, x)]
  const isSteep = b.bit('bitLess', n, m)
  const [least, most] = [b.select(isSteep, n, m), b.select(isSteep, m, n)]
  const ratio = choose(b, [
    [is(b, least, 0), 0], [is(b, least, infinity), one], [is(b, most, infinity), 0],
  ], divided(b, least, most, quotient))
  const t = fromBits(b, ratio)
  const rest = cubic(b, t, b.mul(t, t), atanRest)
  const isLeft = isNegative(b, x)
  const straight = choose(b, [[smaller(b, ratio, 2 ** -12), ratio]], toBits(b, b.add(t, rest)))
  const upper = b.select(isSteep,
    toBits(b, b.select(isLeft, b.add(single(b, Math.PI / 2), b.add(t, rest)), lessThan(b, Math.PI / 2, t, rest))),
    b.select(isLeft, toBits(b, lessThan(b, Math.PI, t, rest)), straight))
  return fromBits(b, b.select(b.or(isNaNBits(b, m), isNaNBits(b, n)), b.bits(quietNaN), or(b, upper, sign(b, y))))
}
