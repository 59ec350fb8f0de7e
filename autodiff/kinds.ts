// The kinds of derivative rule. A rule says how one operand moves the result; forward mode (tangents) and reverse mode
// (cotangents) both follow from the one formula of its kind:
//
//   holomorphic c      dw = c·dz               g_z = conj(c)·g_w
//   antiholomorphic c  dw = c·conj(dz)         g_z = c·conj(g_w)
//   real-valued c      dw = Re(c·dz)           g_z = conj(c)·g_w, with g_w real
//   linear             dw = A·dz               g_z = Aᴴ·g_w, where Aᴴ is the adjoint for Re⟨·,·⟩
//
// A real operand takes the real part of its cotangent; a complex one may keep a cotangent that is typed real (it has no
// imaginary part, so nothing is multiplied by it: no 0·Inf).
import { complexOf, isComplex, realOf } from '../core/dtype.ts'
import { constant, make } from '../core/make.ts'
import type { Node } from '../core/node.ts'
import { cast } from '../core/operations/cast.ts'
import { conj, div, imag, mul, neg, real } from '../core/operations/elementwise.ts'

/** A coefficient is a product of factors, applied one after the other: a quotient is never formed on its own. */
export type Factor = { readonly times: Node } | { readonly over: Node } | { readonly times: 'minus' }
export const times = (x: Node): Factor => ({ times: x })
export const over = (x: Node): Factor => ({ over: x })
export const minus: Factor = { times: 'minus' }

/** The coefficient of a rule at the result `w` of operands `a` and `b`. */
export type Coefficient = (w: Node, a: Node, b: Node) => readonly Factor[]

/** When a cotangent that is exactly zero must give zero whatever the coefficient is (0·Inf, 0/0). */
export type Care =
  /** Everywhere: the coefficient has poles, or overflows where the result means something. */
  | 'always'
  /** Where zeros were put into the cotangent by a selection. */
  | 'masked'
  /** Nothing is multiplied. */
  | 'never'

export type Kind = 'holomorphic' | 'antiholomorphic' | 'real-valued' | 'linear'

/** The rule of one operand: number `j` of node `n`. */
export interface Entry {
  readonly kind: Kind
  readonly forward: (t: Node, n: Node, j: number) => Node
  readonly reverse: (g: Node, n: Node, j: number) => Node
  readonly care: (n: Node) => Care
  /** Whether the adjoint selects, so that it puts exact zeros into the cotangent. */
  readonly masks: boolean
}

/**
 * How rules conjugate and take real parts. The whole table is a function of this, so that the tests can build tables in
 * which one conjugation is missing.
 */
export interface Conjugation { readonly conj: (x: Node) => Node; readonly real: (x: Node) => Node }

export const conjugation: Conjugation = {
  conj: (x) => (x.primitive === 'conj' ? x.args[0]! : conj(x)),
  real,
}

/** A known number in the precision of `like`. */
export const literal = (value: number, like: Node): Node => constant(value, realOf(like.dtype))

export const complexified = (x: Node): Node => cast(x, complexOf(x.dtype))

/** i·x, exactly. */
export const timesI = (x: Node): Node =>
  isComplex(x.dtype) ? make('complex', [neg(imag(x)), real(x)]) : make('complex', [imag(x), x])

const apply = (x: Node, factors: readonly Factor[]): Node => factors.reduce(
  (y, f) => ('over' in f ? div(y, f.over) : f.times === 'minus' ? neg(y) : mul(y, f.times)), x)

type Linear = (x: Node, n: Node, j: number) => Node

export const kinds = ({ conj, real }: Conjugation) => {
  const bar = (factors: readonly Factor[]): readonly Factor[] => factors.map(
    (f) => ('over' in f ? over(conj(f.over)) : f.times === 'minus' ? f : times(conj(f.times))))
  const at = (c: Coefficient, n: Node): readonly Factor[] => c(n, n.args[0]!, n.args[1]!)

  /** What a tangent or cotangent of `like` is typed as: real where `like` is, in its precision. */
  const fit = (x: Node, like: Node): Node => {
    const y = isComplex(like.dtype) ? x : real(x)
    return cast(y, isComplex(y.dtype) ? like.dtype : realOf(like.dtype))
  }

  const entry = (kind: Kind, forward: Linear, reverse: Linear, care: Care, masks = false): Entry => ({
    kind,
    forward: (t, n, j) => fit(forward(t, n, j), n),
    reverse: (g, n, j) => fit(reverse(g, n, j), n.args[j]!),
    care: () => care,
    masks,
  })

  /** One formula for both: where the result is real, `fit` takes the real part of the tangent. */
  const byCoefficient = (kind: Kind) => (c: Coefficient): Entry => entry(kind,
    (t, n) => apply(t, at(c, n)),
    (g, n) => apply(g, bar(at(c, n))), 'masked')

  return {
    holomorphic: byCoefficient('holomorphic'),
    realValued: byCoefficient('real-valued'),
    antiholomorphic: (c: Coefficient): Entry => entry('antiholomorphic',
      (t, n) => apply(conj(t), at(c, n)),
      (g, n) => apply(conj(g), at(c, n)), 'masked'),
    linear: (map: Linear, adjoint: Linear): Entry => entry('linear', map, adjoint, 'never'),
    /** A linear rule that is its own adjoint. */
    selfAdjoint: (map: Linear): Entry => entry('linear', map, map, 'masked'),
    /** A linear rule that selects: its adjoint fills up with zeros. */
    selection: (map: Linear, adjoint: Linear): Entry => entry('linear', map, adjoint, 'never', true),
    fit,
  }
}

/** The same rule, where an exactly zero cotangent gives zero even at a pole of the coefficient. */
export const singular = (e: Entry): Entry => ({ ...e, care: () => 'always' })
/** Singular for complex operands only (sin overflows off the real axis). */
export const singularIfComplex = (e: Entry): Entry =>
  ({ ...e, care: (n) => (isComplex(n.dtype) ? 'always' : e.care(n)) })
