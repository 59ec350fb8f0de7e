// Complex division: a·conj(d)/|d|² with conj(d)/|d|² formed first, so that w = a/d, g/conj(d) and all else that is
// divided by d or its conjugate share it. Where |d|² is out of range both a and d are scaled by powers of two.
import type { Builder, Expr, Value } from '../expression.ts'
import type { Limits } from './limits.ts'
import { eitherInfinite, inRange, power, rescale } from './modulus.ts'
import { choose, isFinite, isInfinite, isZero, plus, scaleBy, sumOfSquares, times } from './product.ts'
import type { Complex } from './rule.ts'

/** a·(p − iq), with a real or complex: (p, q) is d/|d|². */
const timesConj = (b: Builder, a: Value, { re: p, im: q }: Complex): Complex => a.im === null
  ? { re: times(b, a.re, p), im: b.neg(times(b, a.re, q)) }
  : {
    re: plus(b, times(b, a.re, p), times(b, a.im, q)),
    im: b.sub(times(b, a.im, p), times(b, a.re, q)),
  }

const map = (a: Value, f: (x: Expr) => Expr): Value => ({ re: f(a.re), im: a.im === null ? null : f(a.im) })

/** a/d where |d|² = m is tiny, huge, infinite, zero or NaN. */
const rareQuotient = (b: Builder, a: Value, d: Complex, m: Expr, limits: Limits): Complex => {
  const one = b.constant(1)
  const { z: near, isSmall } = rescale(b, d, m, limits)
  const up = power(b, isSmall, limits.scale) // what d was multiplied by
  const size = a.im === null ? b.abs(a.re) : b.max(b.abs(a.re), b.abs(a.im))
  const down = b.select(b.less(size, b.constant(1 / limits.moderate)), b.constant(2 ** limits.scale),
    b.select(b.less(b.constant(limits.moderate), size), b.constant(2 ** -limits.scale), one)) // what a is multiplied by
  const w = timesConj(b, map(a, (x) => b.mul(x, down)), scaleBy(b, near, b.div(one, sumOfSquares(b, near))))
  // The factor up/down is applied in two steps, since 2^±1200 is no number.
  const first = b.select(b.equal(up, down), one, up)
  const second = b.select(b.equal(b.mul(up, down), one), up, one)
  const finite = scaleBy(b, scaleBy(b, w, first), second)
  const atZero = map(a, (x) => b.mul(x, b.copySign(b.constant(Infinity), d.re)))
  // A finite number over an infinite one is zero, with the signs that the infinite parts give.
  const corner = (x: Expr): Expr => b.copySign(b.select(isInfinite(b, x), one, b.constant(0)), x)
  const isSmaller = a.im === null ? isFinite(b, a.re) : b.and(isFinite(b, a.re), isFinite(b, a.im))
  const vanishing = scaleBy(b, timesConj(b, a, { re: corner(d.re), im: corner(d.im) }), b.constant(0))
  return choose(b, b.and(isZero(b, d.re), isZero(b, d.im)), { re: atZero.re, im: atZero.im ?? b.constant(Number.NaN) },
    choose(b, b.and(eitherInfinite(b, d), isSmaller), vanishing, finite))
}

/** a/d with a real or complex. */
export const complexQuotient = (b: Builder, a: Value, d: Complex, limits: Limits): Complex => {
  const m = sumOfSquares(b, d)
  const common = timesConj(b, a, scaleBy(b, d, b.div(b.constant(1), m)))
  return choose(b, inRange(b, m, limits), common, rareQuotient(b, a, d, m, limits))
}
