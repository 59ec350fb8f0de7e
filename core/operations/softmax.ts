// Sums of exponentials, shifted by their largest exponent so that nothing overflows.
import { OptionError } from '../errors.ts'
import { constant, make } from '../make.ts'
import type { Node } from '../node.ts'
import { axisOf } from '../shape.ts'
import { equal, isFinite, where } from './comparison.ts'
import { add, div, exp, log, real, sub } from './elementwise.ts'
import { reshape } from './movement.ts'
import { options as checked } from './options.ts'
import { floating } from './operand.ts'
import { kept, reduced, sum } from './sum.ts'
import type { Reduction } from './sum.ts'

interface Shifted {
  /** x − m; where m is infinite, the limit: 0 where x = m and −Infinity elsewhere. */
  readonly shifted: Node
  /** The largest real part, constant for the derivative. */
  readonly m: Node
}

const shift = (x: Node, axes: readonly number[]): Shifted => {
  const re = real(x)
  const m = make('stop', [reshape(make('max', [re], axes), kept(x.info, axes, true).dims)])
  const limit = where(equal(re, m), constant(0, m.dtype), constant(-Infinity, m.dtype))
  return { shifted: where(isFinite(m), sub(x, m), limit), m }
}

export const logsumexp = (x: Node, options: Reduction = {}): Node => {
  const axes = reduced('logsumexp', x, options)
  const y = floating(x)
  const to = kept(x.info, axes, options.keepDims ?? false).dims
  if (axes.some((k) => x.shape[k] === 0)) return log(sum(y, { axis: axes, keepDims: options.keepDims ?? false }))
  if (axes.length === 0) return y
  const { shifted, m } = shift(y, axes)
  return reshape(add(log(sum(exp(shifted), { axis: axes, keepDims: true })), m), to)
}

export interface Softmax { readonly axis?: number }

const along = (op: string, x: Node, options: Softmax): readonly number[] => {
  const { axis = -1 } = checked(op, options, ['axis'])
  if (typeof axis !== 'number') throw new OptionError(`${op}: axis is one number`)
  return [axisOf(op, axis, x.info.rank)]
}

export const softmax = (x: Node, options: Softmax = {}): Node => {
  const axes = along('softmax', x, options)
  const y = floating(x)
  if (x.info.size === 0) return y
  const e = exp(shift(y, axes).shifted)
  return div(e, sum(e, { axis: axes, keepDims: true }))
}

export const logSoftmax = (x: Node, options: Softmax = {}): Node => {
  const axes = along('logSoftmax', x, options)
  const y = floating(x)
  if (x.info.size === 0) return y
  const { shifted } = shift(y, axes)
  return sub(shifted, log(sum(exp(shifted), { axis: axes, keepDims: true })))
}
