// The sum, and what all reductions share: which axes vanish and which shape remains.
import { make } from '../make.ts'
import type { Node } from '../node.ts'
import { axesOf, shape } from '../shape.ts'
import type { ShapeInfo } from '../shape.ts'
import { options } from './options.ts'
import { counted } from './operand.ts'
import { reshape } from './movement.ts'

export interface Reduction { readonly axis?: number | readonly number[]; readonly keepDims?: boolean }
const reduction = ['axis', 'keepDims'] as const

/** The shape without `axes`, or with ones in their place. */
export const kept = (info: ShapeInfo, axes: readonly number[], keepDims: boolean): ShapeInfo =>
  shape(keepDims ? info.dims.map((n, k) => (axes.includes(k) ? 1 : n)) : info.dims.filter((_, k) => !axes.includes(k)))

/** The axes that vanish. @throws for options that a reduction has not. */
export const reduced = (op: string, x: Node, given: Reduction): readonly number[] =>
  axesOf(op, options(op, given, reduction).axis, x.info.rank)

export const sum = (x: Node, given: Reduction = {}): Node => {
  const axes = reduced('sum', x, given)
  if (axes.length === 0) return counted(x)
  const y = make('sum', [x], axes)
  return given.keepDims === true ? reshape(y, kept(x.info, axes, true).dims) : y
}
