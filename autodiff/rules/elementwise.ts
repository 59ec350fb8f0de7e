// Derivatives of the elementwise primitives: one coefficient per operand. In every line `w` is the result, and `z`, or
// `a` and `b`, are the operands.
import { isComplex, isReal } from '../../core/dtype.ts'
import { make } from '../../core/make.ts'
import type { Node } from '../../core/node.ts'
import { equal, greater, less, where } from '../../core/operations/comparison.ts'
import {
  abs, add, cos, cosh, div, exp, imag, log, mul, neg, phase, real, sigmoid, sin, sinh, sqrt, sub,
} from '../../core/operations/elementwise.ts'
import { filled } from '../../core/operations/operand.ts'
import {
  complexified, kinds, literal, minus, over, singular, singularIfComplex, times, timesI, type Conjugation, type Entry,
} from '../kinds.ts'

const one = (like: Node): Node => literal(1, like)
const plus1 = (z: Node): Node => add(z, one(z))
const minus1 = (z: Node): Node => sub(z, one(z))
const from1 = (z: Node): Node => sub(one(z), z)
const power = (z: Node, n: number): Node => make('ipow', [z], [n])
const polygamma = (n: number, x: Node): Node => make('polygamma', [x], [n])
const zeroIf = (condition: Node, x: Node): Node => where(condition, literal(0, x), x)
const zeroUnless = (condition: Node, x: Node): Node => where(condition, x, literal(0, x))

/** |z|, but 1 at zero: the phase that it divides is zero there. */
const modulus = (z: Node): Node => {
  const r = abs(z)
  return where(equal(r, literal(0, r)), one(r), r)
}
/**
 * A divisor at whose zero the derivative has no direction: NaN for complex numbers, where 1/0 could be any infinity.
 */
const pole = (z: Node): Node => (isComplex(z.dtype) ? where(equal(z, literal(0, z)), literal(NaN, z), z) : z)
const fromParts = (x: Node, y: Node): Node => make('complex', [x, y])
/** The logarithm that a power needs: complex as soon as base or exponent is. At 0 it only meets 0 and Inf. */
const logOfBase = (a: Node, w: Node): Node =>
  zeroIf(equal(a, literal(0, a)), log(isComplex(w.dtype) && isReal(a.dtype) ? complexified(a) : a))

export const elementwise = (conjugation: Conjugation) => {
  const { conj } = conjugation
  const { antiholomorphic, holomorphic, linear, realValued, selection, selfAdjoint } = kinds(conjugation)

  /** What the winner of two operands receives: all, or half at a tie. */
  const chosen = (wins: (x: Node, other: Node) => Node): Entry => {
    const share = (t: Node, n: Node, j: number): Node => {
      const [x, other] = [n.args[j]!, n.args[1 - j]!]
      return where(equal(x, other), mul(t, literal(0.5, t)), zeroUnless(wins(x, other), t))
    }
    return selection(share, share)
  }

  return {
    // Parts of a complex number.
    conj: [antiholomorphic(() => [])],
    real: [realValued(() => [])],
    imag: [linear((t) => imag(t), (g) => timesI(g))],
    complex: [holomorphic(() => []), linear((t) => timesI(t), (g) => imag(g))],
    abs: [realValued((_, z) => [times(conj(phase(z)))])],
    abs2: [realValued((_, z) => [times(literal(2, z)), times(conj(z))])],
    angle: [linear(
      (t, n) => div(imag(mul(conj(phase(n.args[0]!)), t)), modulus(n.args[0]!)),
      (g, n) => div(timesI(mul(phase(n.args[0]!), g)), modulus(n.args[0]!)))],
    phase: [selfAdjoint((t, s) => div(timesI(mul(s, imag(mul(conj(s), t)))), modulus(s.args[0]!)))],

    // Arithmetic.
    neg: [holomorphic(() => [minus])],
    add: [holomorphic(() => []), holomorphic(() => [])],
    sub: [holomorphic(() => []), holomorphic(() => [minus])],
    mul: [holomorphic((_, __, b) => [times(b)]), holomorphic((_, a) => [times(a)])],
    div: [
      singular(holomorphic((_, __, b) => [over(b)])),
      singular(holomorphic((w, _, b) => [over(b), times(w), minus])),
    ],
    ipow: [{
      ...holomorphic((w: Node, z: Node) => {
        const n = w.attrs[0]!
        if (n === 0) return [times(literal(0, z))]
        return n === 1 ? [] : [times(literal(n, z)), times(n === 2 ? z : power(z, n - 1))]
      }),
      care: (w: Node) => (w.attrs[0]! < 1 ? 'always' : 'masked'),
    }],
    pow: [
      singular(holomorphic((_, a, b) =>
        [times(b), times(zeroIf(equal(b, literal(0, b)), make('pow', [a, minus1(b)])))])),
      singular(holomorphic((w, a) => [times(w), times(logOfBase(a, w))])),
    ],
    atan2: [
      realValued((_, y, x) => [times(real(phase(fromParts(x, y)))), over(modulus(fromParts(x, y)))]),
      realValued((_, y, x) => [minus, times(imag(phase(fromParts(x, y)))), over(modulus(fromParts(x, y)))]),
    ],
    cast: [holomorphic(() => [])],

    // Elementary functions. Products of roots, and not roots of products, are right on both sides of every cut.
    exp: [singular(holomorphic((w) => [times(w)]))],
    expm1: [singular(holomorphic((_, z) => [times(exp(z))]))],
    log: [singular(holomorphic((_, z) => [over(pole(z))]))],
    log1p: [singular(holomorphic((_, z) => [over(pole(plus1(z)))]))],
    log2: [singular(holomorphic((_, z) => [times(literal(Math.LOG2E, z)), over(pole(z))]))],
    log10: [singular(holomorphic((_, z) => [times(literal(Math.LOG10E, z)), over(pole(z))]))],
    sqrt: [singular(holomorphic((w) => [times(literal(0.5, w)), over(pole(w))]))],
    sin: [singularIfComplex(holomorphic((_, z) => [times(cos(z))]))],
    cos: [singularIfComplex(holomorphic((_, z) => [minus, times(sin(z))]))],
    tan: [singular(holomorphic((w) => [times(plus1(mul(w, w)))]))],
    sinh: [singular(holomorphic((_, z) => [times(cosh(z))]))],
    cosh: [singular(holomorphic((_, z) => [times(sinh(z))]))],
    tanh: [singularIfComplex(holomorphic((w) => [times(from1(w)), times(plus1(w))]))],
    asin: [singular(holomorphic((_, z) => [over(sqrt(from1(z))), over(sqrt(plus1(z)))]))],
    acos: [singular(holomorphic((_, z) => [minus, over(sqrt(from1(z))), over(sqrt(plus1(z)))]))],
    atan: [singularIfComplex(holomorphic((_, z) => isComplex(z.dtype)
      ? [over(from1(timesI(z))), over(plus1(timesI(z)))]
      : [over(plus1(mul(z, z)))]))],
    asinh: [singularIfComplex(holomorphic((_, z) => isComplex(z.dtype)
      ? [over(sqrt(from1(timesI(z)))), over(sqrt(plus1(timesI(z))))]
      : [over(abs(fromParts(filled(1, z.dtype, z.info), z)))]))],
    acosh: [singular(holomorphic((_, z) => [over(sqrt(minus1(z))), over(sqrt(plus1(z)))]))],
    atanh: [singular(holomorphic((_, z) => [over(from1(z)), over(plus1(z))]))],
    sigmoid: [singularIfComplex(holomorphic((w, z) => [times(w), times(sigmoid(neg(z)))]))],
    softplus: [singularIfComplex(holomorphic((_, z) => [times(sigmoid(z))]))],
    erf: [holomorphic((_, x) => [times(literal(2 / Math.sqrt(Math.PI), x)), times(exp(neg(mul(x, x))))])],
    lgamma: [singular(holomorphic((_, x) => [times(polygamma(0, x))]))],
    polygamma: [singular(holomorphic((w, x) => [times(polygamma(w.attrs[0]! + 1, x))]))],

    // Choices. Ties are split.
    maximum: [chosen(greater), chosen(greater)],
    minimum: [chosen(less), chosen(less)],
    where: [
      null,
      selection((t, n) => zeroUnless(n.args[0]!, t), (g, n) => zeroUnless(n.args[0]!, g)),
      selection((t, n) => zeroIf(n.args[0]!, t), (g, n) => zeroIf(n.args[0]!, g)),
    ],
  }
}
