// The inverse functions, after Kahan: products of √(1 − z) and √(1 + z) whose terms never cancel, so that both parts
// keep their digits near the branch points and on the cuts. The sign of a zero imaginary part tells the sides of a cut.
import type { Builder, Expr } from '../expression.ts'
import { rotated } from './hyperbolic.ts'
import type { Limits } from './limits.ts'
import { logModulus } from './logarithm.ts'
import { eitherInfinite, modulus, complexSqrt } from './modulus.ts'
import { double, half, isInfinite, isZero, plus, square, sumOfSquares, times } from './product.ts'
import { analytic, type Complex, type ComplexFunction } from './rule.ts'

interface Roots {
  /** √(1 − z) and √(1 + z). */
  readonly minus: Complex
  readonly plus: Complex
  /** Im asin z = −Im acos z. */
  readonly im: Expr
  /** Whether z is so large that asin z is as good as the logarithm. */
  readonly isNear: Expr
}

const extent = (b: Builder, z: Complex): Expr => b.max(b.abs(z.re), b.abs(z.im))

const roots = (b: Builder, z: Complex, limits: Limits): Roots => {
  const one = b.constant(1)
  const p = complexSqrt(b, { re: b.sub(one, z.re), im: b.neg(z.im) }, limits)
  const q = complexSqrt(b, { re: b.add(one, z.re), im: z.im }, limits)
  const isNear = b.less(extent(b, z), b.constant(limits.remote))
  const near = b.unary('asinh', b.sub(times(b, p.re, q.im), times(b, p.im, q.re)))
  const far = b.copySign(b.add(logModulus(b, z, limits), b.constant(Math.LN2)), z.im)
  return { minus: p, plus: q, im: b.likely(isNear, near, far), isNear }
}

const complexAsin: ComplexFunction = (b, z, limits) => {
  const { minus: p, plus: q, im, isNear } = roots(b, z, limits)
  const near = b.binary('atan2', z.re, b.sub(times(b, p.re, q.re), times(b, p.im, q.im)))
  const far = b.select(isZero(b, z.re), z.re, b.binary('atan2', z.re, b.abs(z.im)))
  return { re: b.likely(isNear, near, far), im }
}

const complexAcos: ComplexFunction = (b, z, limits) => {
  const { minus: p, plus: q, im, isNear } = roots(b, z, limits)
  const far = b.select(isZero(b, z.re), b.constant(Math.PI / 2), b.binary('atan2', b.abs(z.im), z.re))
  return { re: b.likely(isNear, double(b, b.binary('atan2', p.re, q.re)), far), im: b.neg(im) }
}

/** ±i·acos z, on the side where the real part is not negative. */
const complexAcosh: ComplexFunction = (b, z, limits) => {
  const w = complexAcos(b, z, limits)
  return { re: b.abs(w.im), im: b.copySign(w.re, z.im) }
}

/** ¼·log1p(4x/((1 − x)² + y²)) + ½i·atan2(2y, (1 − x)(1 + x) − y²), with |x| for x in the real part. */
const complexAtanh: ComplexFunction = (b, z, limits) => {
  const one = b.constant(1)
  const [x, y] = [b.abs(z.re), z.im]
  const gap = { re: b.sub(one, x), im: y }
  const d = sumOfSquares(b, gap)
  const size = extent(b, z)
  const isNear = b.less(size, b.constant(limits.remote))
  const ratio = b.div(b.mul(b.constant(4), x), d)
  // Beside the poles 1 − z is all that is left, and its square may underflow.
  const atPole = half(b, b.sub(b.constant(Math.LN2), logModulus(b, gap, limits)))
  const near = b.likely(b.less(b.constant(limits.tiny), d), b.mul(b.constant(0.25), b.unary('log1p', ratio)), atPole)
  const angle = half(b, b.binary('atan2', double(b, y), b.sub(times(b, gap.re, plus(b, one, x)), square(b, y))))
  // Far out atanh z is ±iπ/2 + 1/z.
  const r = modulus(b, z, limits)
  const inverse = b.select(b.or(isZero(b, x), eitherInfinite(b, z)), b.constant(0), b.div(b.div(x, r), r))
  const quarter = b.copySign(b.constant(Math.PI / 2), y)
  const isKnown = b.or(isInfinite(b, y), b.equal(size, size))
  return {
    re: b.copySign(b.likely(isNear, near, inverse), z.re),
    im: b.likely(isNear, angle, b.select(isKnown, quarter, b.constant(Number.NaN))),
  }
}

export const inverseRules = {
  asin: analytic('asin', complexAsin),
  acos: analytic('acos', complexAcos),
  atan: analytic('atan', rotated(complexAtanh)),
  asinh: analytic('asinh', rotated(complexAsin)),
  acosh: analytic('acosh', complexAcosh),
  atanh: analytic('atanh', complexAtanh),
} as const
