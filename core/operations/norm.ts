// p-norms of vectors, along any axes.
import { isComplex } from '../dtype.ts'
import { OptionError } from '../errors.ts'
import { constant, lift, make } from '../make.ts'
import type { Node } from '../node.ts'
import { axesOf } from '../shape.ts'
import { and, equal, greater, isFinite, less, notEqual, or, where } from './comparison.ts'
import { abs, abs2, div, imag, maximum, mul, pow, real, sqrt } from './elementwise.ts'
import { reshape } from './movement.ts'
import { options as checked } from './options.ts'
import { floating } from './operand.ts'
import { kept, sum } from './sum.ts'
import type { Reduction } from './sum.ts'

export interface Norm extends Reduction { readonly ord?: number }

/** The largest |re|, |im| or |x|: a scale that is constant for the derivative, since the norm is homogeneous. */
const magnitude = (x: Node, axes: readonly number[], keptDims: readonly number[]): Node => {
  const size = isComplex(x.dtype) ? maximum(abs(real(x)), abs(imag(x))) : abs(x)
  return make('stop', [reshape(make('max', [size], axes), keptDims)])
}

/** Squares of numbers between these neither overflow nor vanish beside each other, also where a backend computes in 32 bits. */
const [tiny, huge] = [1e-14, 1e14]

// At m = 0 the root is taken of 1 and multiplied by 0: value and every derivative are 0.
const euclidean = (x: Node, axes: readonly number[], keptDims: readonly number[]): Node => {
  const m = magnitude(x, axes, keptDims)
  const one = constant(1, m.dtype)
  const zero = constant(0, m.dtype)
  const small = and(less(m, constant(tiny, m.dtype)), notEqual(m, zero))
  const large = and(greater(m, constant(huge, m.dtype)), isFinite(m))
  const scale = where(or(small, large), m, one)
  const none = equal(m, zero)
  const total = sum(abs2(div(x, scale)), { axis: axes, keepDims: true })
  return mul(where(none, zero, scale), sqrt(where(none, one, total)))
}

/** Σ|u|^p: for even p a polynomial, smooth at 0; otherwise zero entries are left out, so that they have gradient 0. */
const powers = (u: Node, p: number, axes: readonly number[]): Node => {
  const options = { axis: axes, keepDims: true }
  if (p % 2 === 0) return sum(pow(abs2(u), p / 2), options)
  const a = abs(u)
  const none = equal(a, constant(0, a.dtype))
  return sum(where(none, constant(0, a.dtype), pow(where(none, constant(1, a.dtype), a), lift(p, a.dtype))), options)
}

const general = (x: Node, p: number, axes: readonly number[], keptDims: readonly number[]): Node => {
  const m = magnitude(x, axes, keptDims)
  const one = constant(1, m.dtype)
  const zero = constant(0, m.dtype)
  const none = equal(m, zero)
  const scale = where(and(isFinite(m), notEqual(m, zero)), m, one)
  const total = where(none, one, powers(div(x, scale), p, axes))
  return mul(where(none, zero, scale), pow(total, lift(1 / p, m.dtype)))
}

/** (Σ|x|^ord)^(1/ord), right for entries near the ends of the number range; Infinity takes the largest |x|. */
export const norm = (x: Node, options: Norm = {}): Node => {
  const { ord = 2, keepDims = false } = checked('norm', options, ['axis', 'keepDims', 'ord'])
  if (!(ord > 0)) throw new OptionError(`norm: ord is a number > 0 or Infinity, not ${ord}`)
  const axes = axesOf('norm', options.axis, x.info.rank)
  const y = floating(x)
  if (axes.length === 0) return abs(y)
  if (ord === 1 || axes.some((k) => x.shape[k] === 0)) return sum(abs(y), { axis: axes, keepDims })
  const keptDims = kept(x.info, axes, true).dims
  const to = kept(x.info, axes, keepDims).dims
  if (ord === Infinity) return reshape(make('max', [abs(y)], axes), to)
  return reshape(ord === 2 ? euclidean(y, axes, keptDims) : general(y, ord, axes, keptDims), to)
}
