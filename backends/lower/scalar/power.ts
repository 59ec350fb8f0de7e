// Powers with a general exponent: the principal exp(b·log a), with 0^0 = 1 and 0^b = 0 for Re b > 0.
import type { Builder, Expr, Value } from '../expression.ts'
import { complexExp } from './exponential.ts'
import { logarithm } from './logarithm.ts'
import { inRange, rescale } from './modulus.ts'
import {
  choose, complexProduct, half, isFinite, isInfinite, isZero, scaleBy, sumOfSquares, usually,
} from './product.ts'
import type { Limits } from './limits.ts'
import { limitsOf, number, real, type Complex, type ScalarRule } from './rule.ts'

/** C's and NumPy's real power: unlike JavaScript's, 1 to any power is 1, and so is (−1)^±∞. */
const realPower = (b: Builder, x: Expr, y: Expr): Expr => {
  const p = b.binary('pow', x, y)
  const one = b.constant(1)
  const isOne = b.or(b.equal(x, one), b.and(b.equal(b.abs(x), one), isInfinite(b, y)))
  return b.select(b.equal(p, p), p, b.select(isOne, one, p))
}

const constant = (b: Builder, re: number, im = 0): Complex => ({ re: b.constant(re), im: b.constant(im) })

/** z^y with y real: |z|^y turned by y·arg z, where |z|^y is (|z|²)^(y/2). */
const complexToReal = (b: Builder, z: Complex, y: Expr, limits: Limits): Complex => {
  const s = sumOfSquares(b, z)
  const r = b.binary('pow', s, half(b, y))
  const angle = b.mul(y, b.binary('atan2', z.im, z.re))
  const [cos, sin] = [b.unary('cos', angle), b.unary('sin', angle)]
  const common = { re: b.mul(r, cos), im: b.mul(r, sin) }
  const zero = b.constant(0)
  const h = b.select(inRange(b, s, limits), b.binary('pow', s, b.mul(b.constant(0.25), y)), farRoot(b, z, s, y, limits))
  const far = { re: b.mul(b.mul(h, cos), h), im: b.select(isZero(b, angle), angle, b.mul(b.mul(h, sin), h)) }
  const atZero = choose(b, b.less(zero, y), constant(b, 0), constant(b, Infinity, Number.NaN)) // y is not 0
  const rare = choose(b, isZero(b, y), constant(b, 1), choose(b, isZeroNumber(b, z), atZero, far))
  return usually(b, b.and(inRange(b, s, limits), b.less(r, b.constant(Infinity))), common, rare)
}

/** |z|^(y/2) where |z|² is out of range: beyond |y| = 4 the power of such a z is too, which keeps 0·∞ away. */
const farRoot = (b: Builder, z: Complex, s: Expr, y: Expr, limits: Limits): Expr => {
  const e = b.max(b.constant(-4), b.min(y, b.constant(4)))
  const scaled = rescale(b, z, s, limits)
  const shift = b.mul(b.select(scaled.isSmall, b.constant(-limits.scale / 2), b.constant(limits.scale / 2)), e)
  const root = b.binary('pow', sumOfSquares(b, scaled.z), b.mul(b.constant(0.25), e))
  return b.mul(root, b.binary('pow', b.constant(2), shift))
}

const isZeroNumber = (b: Builder, z: Value): Expr =>
  z.im === null ? isZero(b, z.re) : b.and(isZero(b, z.re), isZero(b, z.im))

/** a^w with w complex. The logarithm of a negative real number is complex: log|a| + iπ. */
const toComplex = (b: Builder, a: Value, w: Complex, limits: Limits): Complex => {
  const zero = b.constant(0)
  const log = a.im === null
    ? { re: b.unary('log', b.abs(a.re)), im: b.select(b.less(a.re, zero), b.constant(Math.PI), zero) }
    : logarithm(b, { re: a.re, im: a.im }, limits)
  const exponent = a.im === null ? negativeBase(b, w, log, a.re) : complexProduct(b, w, log)
  const power = complexExp(b, exponent, limits)
  const atZero = choose(b, b.less(zero, w.re), constant(b, 0), constant(b, Number.NaN, Number.NaN))
  const rare = choose(b, isZeroNumber(b, w), constant(b, 1), choose(b, isZeroNumber(b, a), atZero, power))
  const common = a.im === null
    ? b.and(b.not(isZero(b, a.re)), isFinite(b, log.re))
    : inRange(b, sumOfSquares(b, { re: a.re, im: a.im }), limits)
  return usually(b, common, power, rare)
}

/** w·log a for a real a: for a positive one the angle takes no part. */
const negativeBase = (b: Builder, w: Complex, log: Complex, a: Expr): Complex =>
  choose(b, b.less(a, b.constant(0)), complexProduct(b, w, log), scaleBy(b, w, log.re))

const pow: ScalarRule = (b, args, c) => {
  const [x, y] = [number(b, args, c, 0), number(b, args, c, 1)]
  const [p, q] = [args[0]!.im, args[1]!.im]
  if (q !== null) return toComplex(b, { re: x, im: p }, { re: y, im: q }, limitsOf(c))
  return p === null ? real(realPower(b, x, y)) : complexToReal(b, { re: x, im: p }, y, limitsOf(c))
}

export const powerRules = { pow } as const
