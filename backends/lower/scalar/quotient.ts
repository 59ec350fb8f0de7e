// Complex division: a·conj(d)/|d|² with conj(d)/|d|² formed first, so that w = a/d, g/conj(d) and all else that is
// divided by d or its conjugate share it. Where |d|² is out of range both a and d are scaled by powers of two.
import type { Builder, Expr, Value } from '../expression.ts'
import type { Limits } from './limits.ts'
import { eitherInfinite, inRange } from './modulus.ts'
import { choose, usually, isInfinite, isZero, plus, scaleBy, sumOfSquares, times } from './product.ts'
import type { Complex } from './rule.ts'

/** a·(p − iq), with a real or complex: (p, q) is d/|d|². */
const timesConj = (b: Builder, a: Value, { re: p, im: q }: Complex): Complex => a.im === null
  ? { re: times(b, a.re, p), im: b.neg(times(b, a.re, q)) }
  : {
    re: plus(b, times(b, a.re, p), times(b, a.im, q)),
    im: b.sub(times(b, a.im, p), times(b, a.re, q)),
  }

const map = (a: Value, f: (x: Expr) => Expr): Value => ({ re: f(a.re), im: a.im === null ? null : f(a.im) })

/** d/|d|² of a scaled d; at 0 it is infinite, and at infinity 0, with d's signs. */
const inverseOf = (b: Builder, d: Complex): Complex => {
  const [zero, one] = [b.constant(0), b.constant(1)]
  const corner = (x: Expr): Expr => b.select(isInfinite(b, x), b.copySign(zero, x), b.mul(x, zero))
  const atZero = { re: b.copySign(b.constant(Infinity), d.re), im: zero }
  return choose(b, b.and(isZero(b, d.re), isZero(b, d.im)), atZero,
    choose(b, eitherInfinite(b, d), { re: corner(d.re), im: corner(d.im) },
      scaleBy(b, d, b.div(one, sumOfSquares(b, d)))))
}

/**
 * a/d where m = |d|² is out of range: both are scaled, and the scales taken back at the end. All of it depends on a, also
 * the scale of d, which is 1 < |d| as long as a is a number: what two quotients shared of it would be computed outside
 * of both, for every d.
 */
const rareQuotient = (b: Builder, a: Value, d: Complex, m: Expr, limits: Limits): Complex => {
  const one = b.constant(1)
  const size = a.im === null ? b.abs(a.re) : b.max(b.abs(a.re), b.abs(a.im))
  const isSmall = b.less(m, b.min(one, b.add(one, size)))
  const up = b.select(isSmall, b.constant(2 ** limits.scale), b.constant(2 ** -limits.scale)) // what d is multiplied by
  const down = b.select(b.less(size, b.constant(1 / limits.moderate)), b.constant(2 ** limits.scale),
    b.select(b.less(b.constant(limits.moderate), size), b.constant(2 ** -limits.scale), one)) // what a is multiplied by
  const w = timesConj(b, map(a, (x) => b.mul(x, down)), inverseOf(b, scaleBy(b, d, up)))
  // The factor up/down is applied in two steps, since 2^±1200 is no number.
  const first = b.select(b.equal(up, down), one, up)
  const second = b.select(b.equal(b.mul(up, down), one), up, one)
  return scaleBy(b, scaleBy(b, w, first), second)
}

/** a/d with a real or complex. */
export const complexQuotient = (b: Builder, a: Value, d: Complex, limits: Limits): Complex => {
  const m = sumOfSquares(b, d)
  const common = timesConj(b, a, scaleBy(b, d, b.div(b.constant(1), m)))
  return choose(b, inRange(b, m, limits), common, rareQuotient(b, a, d, m, limits))
}
