// Reading: numbers out of tensors.
import { isComplex, type Complex, type HostArray } from './dtype.ts'
import { ShapeError } from './errors.ts'
import { force } from './evaluate.ts'
import type { Node } from './node.ts'
import { show } from './shape.ts'

type Element = number | boolean | Complex
type Nested = Element | readonly Nested[]

const elementAt = (x: Node, data: HostArray): ((k: number) => Element) =>
  isComplex(x.dtype) ? (k) => ({ re: data[2 * k]!, im: data[2 * k + 1]! })
  : x.dtype === 'bool' ? (k) => data[k] === 1
  : (k) => data[k]!

export const item = (x: Node): Element => {
  if (x.info.size !== 1) {
    throw new ShapeError(`item: a tensor ${show(x.info)} has ${x.info.size} elements, not one: use toArray(), or at() first`)
  }
  return elementAt(x, force(x, 'item'))(0)
}

export const toArray = (x: Node): Nested => {
  const element = elementAt(x, force(x, 'toArray'))
  const { dims, strides } = x.info
  const walk = (axis: number, offset: number): Nested =>
    axis === dims.length ? element(offset)
    : Array.from({ length: dims[axis]! }, (_, k) => walk(axis + 1, offset + k * strides[axis]!))
  return walk(0, 0)
}

export const toTypedArray = (x: Node): HostArray => force(x, 'toTypedArray').slice()

export const view = (x: Node): HostArray => force(x, 'view')

/** A promise, so that the same code can wait for a device. */
export const read = async (x: Node): Promise<HostArray> => force(x, 'read').slice()
