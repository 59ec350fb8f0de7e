// Products and sums of complex numbers. Signs are taken out of products, so that z and conj(z) share what they can.
import type { Builder, Expr } from '../expression.ts'
import type { Complex } from './rule.ts'

const bare = (e: Expr): Expr => (e.op === 'neg' ? e.args[0]! : e)

/** a·b, with minus signs moved outside: exact, and conj(d)/|d|² is then made of the parts of d/|d|². */
export const times = (b: Builder, x: Expr, y: Expr): Expr => {
  const product = b.mul(bare(x), bare(y))
  return (x.op === 'neg') === (y.op === 'neg') ? product : b.neg(product)
}

/** x + y; a leading minus becomes a subtraction. */
export const plus = (b: Builder, x: Expr, y: Expr): Expr =>
  x.op === 'neg' && y.op !== 'neg' ? b.sub(y, x.args[0]!) : b.add(x, y)

export const half = (b: Builder, x: Expr): Expr => b.mul(b.constant(0.5), x)
export const double = (b: Builder, x: Expr): Expr => b.add(x, x)
export const square = (b: Builder, x: Expr): Expr => times(b, x, x)

/** x² + y². */
export const sumOfSquares = (b: Builder, z: Complex): Expr => b.add(square(b, z.re), square(b, z.im))

/** z·x with x real. */
export const scaleBy = (b: Builder, z: Complex, x: Expr): Complex => ({ re: times(b, z.re, x), im: times(b, z.im, x) })

/** z²: (x − y)(x + y) loses nothing where x² − y² cancels. */
export const complexSquare = (b: Builder, { re: x, im: y }: Complex): Complex => {
  const xy = times(b, x, y)
  return { re: times(b, b.sub(x, y), plus(b, x, y)), im: double(b, xy) }
}

export const complexProduct = (b: Builder, z: Complex, w: Complex): Complex =>
  z.re === w.re && z.im === w.im ? complexSquare(b, z) : {
    re: b.sub(times(b, z.re, w.re), times(b, z.im, w.im)),
    im: plus(b, times(b, z.re, w.im), times(b, z.im, w.re)),
  }

export const choose = (b: Builder, test: Expr, yes: Complex, no: Complex): Complex =>
  ({ re: b.select(test, yes.re, no.re), im: b.select(test, yes.im, no.im) })

/** `common` nearly everywhere. */
export const usually = (b: Builder, test: Expr, common: Complex, rare: Complex): Complex =>
  ({ re: b.likely(test, common.re, rare.re), im: b.likely(test, common.im, rare.im) })

// Tests of special values.
export const isInfinite = (b: Builder, x: Expr): Expr => b.equal(b.abs(x), b.constant(Infinity))
/** Finite and not NaN. */
export const isFinite = (b: Builder, x: Expr): Expr => b.less(b.abs(x), b.constant(Infinity))
export const isZero = (b: Builder, x: Expr): Expr => b.equal(x, b.constant(0))
export const within = (b: Builder, low: number, x: Expr, high: number): Expr =>
  b.and(b.less(b.constant(low), x), b.less(x, b.constant(high)))
