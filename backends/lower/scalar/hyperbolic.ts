// sinh, cosh, tanh, and by rotation sin, cos, tan: for odd functions i·f(y + ix) exchanges the parts.
import type { Builder, Expr } from '../expression.ts'
import { half, isFinite, isInfinite, isZero, square, usually } from './product.ts'
import { analytic, type Complex, type ComplexFunction } from './rule.ts'

/** f(iz)/i for an odd f that commutes with conj: f(y + ix) with its parts exchanged. */
export const rotated = (f: ComplexFunction): ComplexFunction => (b, { re, im }, limits) => {
  const w = f(b, { re: im, im: re }, limits)
  return { re: w.im, im: w.re }
}

/** e^|x|/2 times a number of modulus at most 1, without overflow on the way. */
const halfExp = (b: Builder, x: Expr, factor: Expr): Expr => {
  const h = b.unary('exp', half(b, b.abs(x)))
  return b.mul(b.mul(half(b, h), factor), h)
}

const signed = (b: Builder, x: Expr, y: Expr): Expr => b.mul(b.copySign(b.constant(1), x), y)

const isOrdinary = (b: Builder, { re: x, im: y }: Complex, limit: number): Expr =>
  b.and(b.less(b.abs(x), b.constant(limit)), isFinite(b, y))

/** sinh x·cos y + i·cosh x·sin y. */
const complexSinh: ComplexFunction = (b, z, limits) => {
  const { re: x, im: y } = z
  const [cos, sin] = [b.unary('cos', y), b.unary('sin', y)]
  const lost = b.and(isInfinite(b, x), b.not(isFinite(b, y)))
  return usually(b, isOrdinary(b, z, limits.exponent),
    { re: b.mul(b.unary('sinh', x), cos), im: b.mul(b.unary('cosh', x), sin) },
    {
      re: b.select(b.or(isZero(b, x), lost), x, signed(b, x, halfExp(b, x, cos))),
      im: b.select(isZero(b, y), y, halfExp(b, x, sin)),
    })
}

/** cosh x·cos y + i·sinh x·sin y. */
const complexCosh: ComplexFunction = (b, z, limits) => {
  const { re: x, im: y } = z
  const [cos, sin] = [b.unary('cos', y), b.unary('sin', y)]
  const lost = b.and(isInfinite(b, x), b.not(isFinite(b, y)))
  return usually(b, isOrdinary(b, z, limits.exponent),
    { re: b.mul(b.unary('cosh', x), cos), im: b.mul(b.unary('sinh', x), sin) },
    {
      re: b.select(lost, b.constant(Infinity), halfExp(b, x, cos)),
      im: b.select(isZero(b, y), signed(b, x, y), b.select(isZero(b, x), x, signed(b, x, halfExp(b, x, sin)))),
    })
}

/** (β·ρ·s + i·t)/(1 + β·s²) with s = sinh x, t = tan y, β = 1 + t², ρ = √(1 + s²) (Kahan). */
const complexTanh: ComplexFunction = (b, z, limits) => {
  const { re: x, im: y } = z
  const one = b.constant(1)
  const [s, t] = [b.unary('sinh', x), b.unary('tan', y)]
  const beta = b.add(one, square(b, t))
  const d = b.add(one, b.mul(beta, square(b, s)))
  const rho = b.sqrt(b.add(one, square(b, s)))
  const common = { re: b.div(b.mul(b.mul(beta, rho), s), d), im: b.div(t, d) }
  // Where tanh x is ±1, 4·sin y·cos y·e^(−2|x|) is left of the imaginary part.
  const saturated = b.lessEqual(b.constant(limits.saturated), b.abs(x))
  const e = b.unary('exp', b.neg(b.abs(x)))
  const turn = b.mul(b.mul(b.constant(4), b.mul(b.unary('sin', y), b.unary('cos', y))), b.mul(e, e))
  const isKnown = b.and(saturated, b.or(isFinite(b, y), isInfinite(b, x)))
  const lost = b.and(isInfinite(b, x), b.not(isFinite(b, y)))
  return usually(b, isOrdinary(b, z, limits.saturated), common, {
    re: b.select(isKnown, b.copySign(one, x), b.select(isZero(b, x), x, b.constant(Number.NaN))),
    im: b.select(isZero(b, y), y, b.select(lost, b.constant(0), turn)),
  })
}

/** cos z = cosh(iz). */
const complexCos: ComplexFunction = (b, { re, im }, limits) => {
  const w = complexCosh(b, { re: im, im: re }, limits)
  return { re: w.re, im: b.neg(w.im) }
}

export const hyperbolicRules = {
  sinh: analytic('sinh', complexSinh),
  cosh: analytic('cosh', complexCosh),
  tanh: analytic('tanh', complexTanh),
  sin: analytic('sin', rotated(complexSinh)),
  cos: analytic('cos', complexCos),
  tan: analytic('tan', rotated(complexTanh)),
} as const
