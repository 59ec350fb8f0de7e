// The sum, and what all reductions share: which axes vanish and which shape remains.
import { make } from '../make.ts'
import type { Node } from '../node.ts'
import { axesOf, shape } from '../shape.ts'
import type { ShapeInfo } from '../shape.ts'
import { counted } from './operand.ts'
import { reshape } from './movement.ts'

export interface Reduction { readonly axis?: number | readonly number[]; readonly keepDims?: boolean }

/** The shape without `axes`, or with ones in their place. */
export const kept = (info: ShapeInfo, axes: readonly number[], keepDims: boolean): ShapeInfo =>
  shape(keepDims ? info.dims.map((n, k) => (axes.includes(k) ? 1 : n)) : info.dims.filter((_, k) => !axes.includes(k)))

export const sum = (x: Node, options: Reduction = {}): Node => {
  const axes = axesOf('sum', options.axis, x.info.rank)
  if (axes.length === 0) return counted(x)
  const y = make('sum', [x], axes)
  return options.keepDims === true ? reshape(y, kept(x.info, axes, true).dims) : y
}
