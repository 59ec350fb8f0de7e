// Reductions: many numbers to one, along any axes.
import { OptionError, ShapeError } from '../errors.ts'
import { constant, make } from '../make.ts'
import type { Node } from '../node.ts'
import { axesOf, axisOf, show } from '../shape.ts'
import { notEqual } from './comparison.ts'
import { productOf } from './dims.ts'
import { abs2, div, mul, sub } from './elementwise.ts'
import { concat, narrow, reshape } from './movement.ts'
import { norm } from './norm.ts'
import { options as checked } from './options.ts'
import { counted, filled, floating, ordered } from './operand.ts'
import { kept, reduced, sum } from './sum.ts'
import type { Reduction } from './sum.ts'

const countOf = (x: Node, axes: readonly number[]): number => productOf(axes.map((k) => x.shape[k]!))

// --- averages ------------------------------------------------------------------------------------------------------

const populated = (op: string, x: Node, axes: readonly number[]): number => {
  const count = countOf(x, axes)
  if (count === 0) throw new ShapeError(`${op}: nothing to average in a tensor of shape ${show(x.info)}`)
  return count
}

export const mean = (x: Node, options: Reduction = {}): Node => {
  const axes = reduced('mean', x, options)
  const y = floating(x)
  return div(sum(y, options), constant(populated('mean', x, axes), y.dtype))
}

export interface Variance extends Reduction { readonly ddof?: number }

const reductionOf = ({ ddof: _, ...rest }: Variance): Reduction => rest

const freedom = (op: string, count: number, ddof = 0): number => {
  if (!(ddof < count)) throw new OptionError(`${op}: ddof ${ddof} must be smaller than the number of values, ${count}`)
  return count - ddof
}

const deviation = (op: string, x: Node, options: Variance): { readonly y: Node; readonly degrees: number } => {
  const axes = axesOf(op, checked(op, options, ['axis', 'keepDims', 'ddof']).axis, x.info.rank)
  const degrees = freedom(op, populated(op, x, axes), options.ddof)
  const y = floating(x)
  return { y: sub(y, mean(y, { axis: axes, keepDims: true })), degrees }
}

export const variance = (x: Node, options: Variance = {}): Node => {
  const { y, degrees } = deviation('var', x, options)
  const total = sum(abs2(y), reductionOf(options))
  return div(total, constant(degrees, total.dtype))
}

/** By way of the norm, whose gradient at zero is 0 where that of the root would be infinite. */
export const std = (x: Node, options: Variance = {}): Node => {
  const { y, degrees } = deviation('std', x, options)
  const length = norm(y, reductionOf(options))
  return div(length, constant(Math.sqrt(degrees), length.dtype))
}

// --- products ------------------------------------------------------------------------------------------------------

/** Products of the two halves, again and again: right with zeros, any order of derivative, and only log n deep. */
const product = (x: Node, axis: number): Node => {
  const n = x.shape[axis]!
  if (n <= 1) return x
  const half = n >> 1
  const halves = mul(narrow(x, axis, 0, half), narrow(x, axis, half, half))
  return product(n === 2 * half ? halves : concat([halves, narrow(x, axis, n - 1, 1)], axis), axis)
}

export const prod = (x: Node, options: Reduction = {}): Node => {
  const axes = reduced('prod', x, options)
  const y = counted(x)
  const to = kept(x.info, axes, options.keepDims ?? false)
  if (countOf(x, axes) === 0) return filled(1, y.dtype, to)
  if (axes.length === x.info.rank) return reshape(product(reshape(y, [x.info.size]), 0), to.dims)
  return reshape(axes.reduce(product, y), to.dims)
}

// --- order ---------------------------------------------------------------------------------------------------------

const extreme = (op: 'max' | 'min') => (x: Node, options: Reduction = {}): Node => {
  const axes = reduced(op, x, options)
  ordered(op, x)
  if (axes.length === 0) return x
  const y = make(op, [x], axes)
  return options.keepDims === true ? reshape(y, kept(x.info, axes, true).dims) : y
}

export const max = extreme('max')
export const min = extreme('min')

const quantifier = (op: 'any' | 'all') => (x: Node, options: Reduction = {}): Node => {
  const axes = reduced(op, x, options)
  const truth = x.dtype === 'bool' ? x : notEqual(x, constant(0, x.dtype))
  if (countOf(x, axes) === 0) return filled(Number(op === 'all'), 'bool', kept(x.info, axes, options.keepDims ?? false))
  return op === 'any' ? max(truth, options) : min(truth, options)
}

export const any = quantifier('any')
export const all = quantifier('all')

export interface OneAxis { readonly axis?: number; readonly keepDims?: boolean }

/** Where the extreme is; without an axis, its place in row-major order. */
const position = (op: 'argmax' | 'argmin') => (x: Node, options: OneAxis = {}): Node => {
  const { axis, keepDims = false } = checked(op, options, ['axis', 'keepDims'])
  ordered(op, x)
  const whole = axis === undefined
  const y = make(op, [whole ? reshape(x, [x.info.size]) : x], [whole ? 0 : axisOf(op, axis, x.info.rank)])
  return keepDims ? reshape(y, kept(x.info, axesOf(op, axis, x.info.rank), true).dims) : y
}

export const argmax = position('argmax')
export const argmin = position('argmin')

/** Running sums; without an axis, of the flattened tensor. */
export const cumsum = (x: Node, axis?: number): Node => {
  const y = axis === undefined ? reshape(x, [x.info.size]) : x
  return make('cumsum', [y], [axisOf('cumsum', axis ?? 0, y.info.rank), 0])
}
