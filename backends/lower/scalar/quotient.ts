// Complex division: a·conj(d)/|d|² with conj(d)/|d|² formed first, so that w = a/d, g/conj(d) and all else that is
// divided by d or its conjugate share it. Where |d|² is out of range both a and d are scaled by powers of two.
import type { Builder, Expr, Value } from '../expression.ts'
import type { Limits } from './limits.ts'
import { eitherInfinite, inRange, power, rescale } from './modulus.ts'
import { choose, isInfinite, isZero, plus, scaleBy, sumOfSquares, times, usually } from './product.ts'
import type { Complex } from './rule.ts'

/** a·(p − iq), with a real or complex: (p, q) is d/|d|². */
const timesConj = (b: Builder, a: Value, { re: p, im: q }: Complex): Complex => a.im === null
  ? { re: times(b, a.re, p), im: b.neg(times(b, a.re, q)) }
  : {
    re: plus(b, times(b, a.re, p), times(b, a.im, q)),
    im: b.sub(times(b, a.im, p), times(b, a.re, q)),
  }

const map = (a: Value, f: (x: Expr) => Expr): Value => ({ re: f(a.re), im: a.im === null ? null : f(a.im) })

interface Divisor {
  /** d/|d|² of the scaled d. At 0 it is infinite, and at infinity 0, with d's signs. */
  readonly inverse: Complex
  /** What d was multiplied by. */
  readonly up: Expr
}

/** A divisor out of range. */
const rareDivisor = (b: Builder, d: Complex, m: Expr, limits: Limits): Divisor => {
  const [zero, one] = [b.constant(0), b.constant(1)]
  const { z: near, isSmall } = rescale(b, d, m, limits)
  const scaled = scaleBy(b, near, b.div(one, sumOfSquares(b, near)))
  const corner = (x: Expr): Expr => b.select(isInfinite(b, x), b.copySign(zero, x), b.mul(x, zero))
  const atZero = { re: b.copySign(b.constant(Infinity), d.re), im: zero }
  const inverse = choose(b, b.and(isZero(b, d.re), isZero(b, d.im)), atZero,
    choose(b, eitherInfinite(b, d), { re: corner(d.re), im: corner(d.im) }, scaled))
  return { inverse, up: power(b, isSmall, limits.scale) }
}

/** a/d, with a brought into range and both scales taken back at the end. */
const rareQuotient = (b: Builder, a: Value, { inverse, up }: Divisor, limits: Limits): Complex => {
  const one = b.constant(1)
  const size = a.im === null ? b.abs(a.re) : b.max(b.abs(a.re), b.abs(a.im))
  const down = b.select(b.less(size, b.constant(1 / limits.moderate)), b.constant(2 ** limits.scale),
    b.select(b.less(b.constant(limits.moderate), size), b.constant(2 ** -limits.scale), one)) // what a is multiplied by
  const w = timesConj(b, map(a, (x) => b.mul(x, down)), inverse)
  // The factor up/down is applied in two steps, since 2^±1200 is no number.
  const first = b.select(b.equal(up, down), one, up)
  const second = b.select(b.equal(b.mul(up, down), one), up, one)
  return scaleBy(b, scaleBy(b, w, first), second)
}

/** a/d with a real or complex. */
export const complexQuotient = (b: Builder, a: Value, d: Complex, limits: Limits): Complex => {
  // d and conj(d) share everything: the sign goes to the end.
  const isConj = d.im.op === 'neg'
  const upright = isConj ? { re: d.re, im: b.neg(d.im) } : d
  const turn = (inverse: Complex): Complex => (isConj ? { re: inverse.re, im: b.neg(inverse.im) } : inverse)
  const m = sumOfSquares(b, upright)
  const common = timesConj(b, a, turn(scaleBy(b, upright, b.div(b.constant(1), m))))
  const rare = rareDivisor(b, upright, m, limits)
  return usually(b, inRange(b, m, limits), common, rareQuotient(b, a, { ...rare, inverse: turn(rare.inverse) }, limits))
}
