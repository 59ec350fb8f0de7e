// Tensors as the interpreter sees them: storage that is read and written one number at a time. A real element is a
// number, a complex one a pair; storing rounds to the dtype.
import { allocate, isComplex, type Complex, type DType, type HostArray } from '../../core/dtype.ts'
import type { ShapeInfo } from '../../core/shape.ts'

export type Scalar = number | Complex
/** Position along each axis. */
export type Index = readonly number[]
export interface Type { readonly dtype: DType; readonly shape: ShapeInfo }
export interface Value extends Type { readonly data: HostArray }

/** The k-th element in row-major order. */
export const elementAt = (x: Value, k: number): Scalar =>
  isComplex(x.dtype) ? { re: x.data[2 * k]!, im: x.data[2 * k + 1]! } : x.data[k]!

/** The k-th element of a tensor that is known to be real. */
export const realAt = (x: Value, k: number): number => x.data[k]!

const store = (x: Value, k: number, s: Scalar): void => {
  if (!isComplex(x.dtype)) {
    if (typeof s !== 'number') throw new TypeError(`a complex number cannot be stored as ${x.dtype}`)
    x.data[k] = s
    return
  }
  x.data[2 * k] = typeof s === 'number' ? s : s.re
  x.data[2 * k + 1] = typeof s === 'number' ? 0 : s.im
}

/** A tensor whose k-th element is f(k). */
export const tabulate = ({ dtype, shape }: Type, f: (k: number) => Scalar): Value => {
  const value = { dtype, shape, data: allocate(dtype, shape.size) }
  for (let k = 0; k < shape.size; k++) store(value, k, f(k))
  return value
}

/** The position of the k-th element along each axis. */
export const indexOf = (shape: ShapeInfo, k: number): Index => {
  let rest = k
  return shape.strides.map((stride) => {
    const i = Math.floor(rest / stride)
    rest -= i * stride
    return i
  })
}

/** The row-major number of the element at a position. */
export const positionOf = (shape: ShapeInfo, index: Index): number =>
  index.reduce((sum, i, axis) => sum + i * shape.strides[axis]!, 0)

export const at = (x: Value, index: Index): Scalar => elementAt(x, positionOf(x.shape, index))

/** A tensor whose element at an index is f(index). */
export const build = (type: Type, f: (index: Index) => Scalar): Value =>
  tabulate(type, (k) => f(indexOf(type.shape, k)))

/** A list with its entry at `axis` replaced. */
export const replace = (list: readonly number[], axis: number, by: number): readonly number[] =>
  list.map((x, k) => (k === axis ? by : x))
