// exp and what is made of it: expm1, the logistic function and its integral.
import type { Builder, Expr } from '../expression.ts'
import { double, half, isFinite, isInfinite, isZero, square } from './product.ts'
import { limitsOf, number, real, type Complex, type ComplexFunction, type ScalarRule, analytic } from './rule.ts'

/** e^x·cos y + i·e^x·sin y; past overflow of e^x it is applied as (e^(x/2)·cos y)·e^(x/2), and a real z stays real. */
export const complexExp: ComplexFunction = (b, { re: x, im: y }, limits) => {
  const e = b.unary('exp', x)
  const [cos, sin] = [b.unary('cos', y), b.unary('sin', y)]
  const common = b.less(b.abs(x), b.constant(limits.exponent))
  const far = farExp(b, { re: x, im: y })
  return { re: b.likely(common, b.mul(e, cos), far.re), im: b.likely(common, b.mul(e, sin), far.im) }
}

const farExp = (b: Builder, { re: x, im: y }: Complex): Complex => {
  const h = b.unary('exp', half(b, x))
  const turn = (op: 'cos' | 'sin'): Expr => b.mul(b.mul(h, b.unary(op, y)), h)
  // At x = ±∞ the angle may be unknown, and yet the modulus is known.
  const lost = b.and(isInfinite(b, x), b.not(isFinite(b, y)))
  const isZeroLimit = b.less(x, b.constant(0))
  return {
    re: b.select(lost, b.select(isZeroLimit, b.constant(0), b.constant(Infinity)), turn('cos')),
    im: b.select(isZero(b, y), y, b.select(b.and(lost, isZeroLimit), b.constant(0), turn('sin'))),
  }
}

/** expm1(x)·cos y − 2·sin²(y/2): the 1 is never formed. */
const complexExpm1: ComplexFunction = (b, { re: x, im: y }, limits) => {
  const common = b.less(b.abs(x), b.constant(limits.exponent))
  const far = farExp(b, { re: x, im: y })
  const versine = double(b, square(b, b.unary('sin', half(b, y))))
  const re = b.sub(b.mul(b.unary('expm1', x), b.unary('cos', y)), versine)
  return {
    re: b.likely(common, re, b.sub(far.re, b.constant(1))),
    im: b.likely(common, b.mul(b.unary('exp', x), b.unary('sin', y)), far.im),
  }
}

interface Logistic {
  /** e^−|x|. */
  readonly e: Expr
  /** (1 + e)·cos²(y/2) and (1 − e)·sin²(y/2): their sum is 1 + e·cos y, their difference e + cos y. */
  readonly p: Expr
  readonly q: Expr
  /** |1 + exp(−|x| + iy)|², a sum of squares, and so accurate close to the poles. */
  readonly d: Expr
  readonly sin: Expr
  readonly isLeft: Expr
}

/** With z moved to where exp is at most 1, 1 + exp is written as 2·cosh(z/2) up to a factor: no term cancels. */
const logistic = (b: Builder, { re: x, im: y }: Complex): Logistic => {
  const decay = b.neg(b.abs(x))
  const e = b.unary('exp', decay)
  const sum = b.add(b.constant(1), e)
  const gap = b.neg(b.unary('expm1', decay))
  const [cos, sin] = [b.unary('cos', half(b, y)), b.unary('sin', half(b, y))]
  const [cc, ss] = [square(b, cos), square(b, sin)]
  return {
    e, p: b.mul(sum, cc), q: b.mul(gap, ss), d: b.add(b.mul(square(b, sum), cc), b.mul(square(b, gap), ss)),
    sin: double(b, b.mul(cos, sin)), isLeft: b.less(x, b.constant(0)),
  }
}

const complexSigmoid: ComplexFunction = (b, z) => {
  const { e, p, q, d, sin, isLeft } = logistic(b, z)
  const re = b.select(isLeft, b.mul(e, b.sub(p, q)), b.add(p, q))
  return { re: b.div(re, d), im: b.div(b.mul(e, sin), d) }
}

/** log(1 + e^z), the logarithm's principal value. */
const complexSoftplus: ComplexFunction = (b, z) => {
  const { e, p, q, d, sin, isLeft } = logistic(b, z)
  const zero = b.constant(0)
  const excess = b.mul(e, b.add(e, double(b, b.unary('cos', z.im)))) // d − 1
  const modulus = b.select(b.less(d, b.constant(0.5)), b.unary('log', d), b.unary('log1p', excess))
  return {
    re: b.add(b.max(z.re, zero), half(b, modulus)),
    im: b.select(isLeft, b.binary('atan2', b.mul(e, sin), b.add(p, q)), b.binary('atan2', sin, b.sub(p, q))),
  }
}

const onComplex = (formula: ComplexFunction, ofReal: (b: Builder, x: Expr) => Expr): ScalarRule => (b, args, c) => {
  const { re, im } = args[0]!
  return im === null ? real(ofReal(b, number(b, args, c))) : formula(b, { re, im }, limitsOf(c))
}

const sigmoid = onComplex(complexSigmoid, (b, x) => {
  const e = b.unary('exp', b.neg(b.abs(x)))
  const one = b.constant(1)
  return b.div(b.select(b.less(x, b.constant(0)), e, one), b.add(one, e))
})

const softplus = onComplex(complexSoftplus, (b, x) =>
  b.add(b.max(x, b.constant(0)), b.unary('log1p', b.unary('exp', b.neg(b.abs(x))))))

export const exponentialRules = {
  exp: analytic('exp', complexExp), expm1: analytic('expm1', complexExpm1), sigmoid, softplus,
} as const
