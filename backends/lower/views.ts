// Views: primitives that only move elements. Each says, for an element of its result, where in its operand it comes from.
import type { Equation } from '../../core/program.ts'
import type { Primitive } from '../../core/primitive.ts'
import type { ShapeInfo } from '../../core/shape.ts'
import { constantIndex, plus, range, scaled, type Affine } from './affine.ts'

/** The element of a tensor, one affine index per axis. */
export type Index = readonly Affine[]

/** Where one axis must lie for the element to come from the operand; outside, a pad gives zero. */
export interface Bound { readonly at: Affine; readonly low: number; readonly high: number }

export interface Source { readonly index: Index; readonly bounds: readonly Bound[] }

/** Views that leave the row-major storage as it is, so a stored operand is the result already. */
export const isAlias = (p: Primitive): boolean => p === 'reshape' || p === 'realView' || p === 'complexView'

/** Row-major position of an element. */
export const linear = (index: Index, shape: ShapeInfo, loops: number): Affine =>
  index.reduce((sum, a, k) => plus(sum, scaled(a, shape.strides[k]!, 0)), constantIndex(0, loops))

/** The element at a row-major position, if each axis can be told from it; null if that would take divisions. */
export const delinearise = (position: Affine, shape: ShapeInfo, extents: readonly number[]): Index | null => {
  const index: Affine[] = []
  let rest = position
  for (let k = 0; k < shape.rank; k++) {
    const stride = shape.strides[k]!
    const whole = Math.floor(rest.offset / stride)
    const quotient: Affine = { offset: whole, coefficients: rest.coefficients.map((c) => (c % stride === 0 ? c / stride : 0)) }
    rest = { offset: rest.offset - whole * stride, coefficients: rest.coefficients.map((c) => (c % stride === 0 ? 0 : c)) }
    const [low, high] = range(rest, extents)
    if (low < 0 || high >= stride) return null
    index.push(quotient)
  }
  return index
}

/** Where the element `index` of this view's result comes from; null if no affine index says it. */
export const sourceOf = (view: Equation, operand: ShapeInfo, index: Index, extents: readonly number[]): Source | null => {
  const plain = (i: Index): Source => ({ index: i, bounds: [] })
  const loops = extents.length
  switch (view.primitive) {
    case 'transpose': {
      const from = new Array<Affine>(operand.rank)
      view.attrs.forEach((axis, k) => { from[axis] = index[k]! })
      return plain(from)
    }
    case 'expand': {
      const lead = view.shape.rank - operand.rank
      return plain(operand.dims.map((d, k) => (d === 1 ? constantIndex(0, loops) : index[lead + k]!)))
    }
    case 'slice': {
      const r = operand.rank
      return plain(index.map((a, k) => scaled(a, view.attrs[2 * r + k]!, view.attrs[k]!)))
    }
    case 'flip':
      return plain(index.map((a, k) => (view.attrs.includes(k) ? scaled(a, -1, operand.dims[k]! - 1) : a)))
    case 'pad': {
      const bounds: Bound[] = []
      const from = index.map((a, k) => {
        const low = view.attrs[k]!
        const high = view.attrs[operand.rank + k]!
        if (low > 0 || high > 0) bounds.push({ at: a, low, high: low + operand.dims[k]! })
        return scaled(a, 1, -low)
      })
      return { index: from, bounds }
    }
    case 'reshape': {
      const from = delinearise(linear(index, view.shape, loops), operand, extents)
      return from === null ? null : plain(from)
    }
    default:
      return null
  }
}

/** A pad that spreads its operand's elements: no affine index leads back, so it is stored element by element. */
export const isSpreading = (e: Equation): boolean =>
  e.primitive === 'pad' && e.attrs.slice(2 * e.shape.rank).some((interior) => interior > 0)
