// Reading and adding at integer positions; sorting.
import { promote } from '../dtype.ts'
import { DTypeError, IndexError, ShapeError } from '../errors.ts'
import { make } from '../make.ts'
import { leaf, Node } from '../node.ts'
import { axisOf, shape, show } from '../shape.ts'
import { cast } from './cast.ts'
import { replaced } from './dims.ts'
import { moveAxis, reshape } from './movement.ts'
import { options } from './options.ts'
import { expandTo, operand, ordered } from './operand.ts'
import type { Operand } from './operand.ts'

/** Positions as an int32 node. Those in an array are checked here; those of a tensor when its values are known. */
const positions = (op: string, indices: Node | readonly number[], n: number): Node => {
  if (indices instanceof Node) {
    if (indices.dtype === 'int32') return indices
    throw new DTypeError(indices.dtype === 'bool'
      ? `${op}: a mask would give a shape that depends on values: use where(mask, x, 0)`
      : `${op}: indices are ${indices.dtype} but must be int32: call .cast('int32') on them`)
  }
  const wrong = indices.find((k) => !(Number.isInteger(k) && k >= -n && k < n))
  if (wrong !== undefined) throw new IndexError(`${op}: index ${wrong} is not an integer within an axis of length ${n}`)
  return leaf(Int32Array.from(indices), 'int32', shape([indices.length]))
}

/** `x` along one axis at positions of any shape, which takes that axis' place. */
export const take = (x: Node, indices: Node | readonly number[], axis = 0): Node => {
  const at = axisOf('take', axis, x.info.rank)
  const index = positions('take', indices, x.shape[at]!)
  const lead = x.shape.slice(0, at)
  const flat = expandTo(reshape(index, [index.info.size]), shape([...lead, index.info.size]))
  return reshape(make('gather', [x, flat], [at]), [...lead, ...index.shape, ...x.shape.slice(at + 1)])
}

const alongAxis = (op: string, x: Node, index: Node, at: number): void => {
  if (index.info.rank === x.info.rank && index.shape.every((n, k) => k === at || n === x.shape[k])) return
  throw new ShapeError(`${op}: indices ${show(index.info)} must agree with ${show(x.info)} outside axis ${at}`)
}

/** One element of every line along `axis` for each index in that line. */
export const gather = (x: Node, indices: Node, axis = -1): Node => {
  const at = axisOf('gather', axis, x.info.rank)
  const last = x.info.rank - 1
  const index = positions('gather', indices, x.shape[at]!)
  alongAxis('gather', x, index, at)
  return moveAxis(make('gather', [moveAxis(x, at, last), moveAxis(index, at, last)], [last]), last, at)
}

/**
 * `x` with `source` added at positions along `axis`; repeated positions accumulate. Indices are a list [K], and the
 * source has K in place of that axis, or they have the source's shape and act line by line, as in `gather`.
 */
export const scatterAdd = (x: Node, indices: Node | readonly number[], source: Operand, axis = 0): Node => {
  const at = axisOf('scatterAdd', axis, x.info.rank)
  const last = x.info.rank - 1
  const index = positions('scatterAdd', indices, x.shape[at]!)
  const given = operand('scatterAdd', source, x.dtype)
  const dtype = promote(x.dtype, given.dtype)
  const base = cast(x, dtype)
  if (index.info.rank !== 1) alongAxis('scatterAdd', x, index, at)
  const list = index.info.rank === 1
  const to = list ? shape(replaced(x.shape, at, index.info.size)) : index.info
  if (given.info !== to && given.info.rank > 0) {
    throw new ShapeError(`scatterAdd: the source is ${show(given.info)}, `
      + `but into ${show(x.info)} at ${show(index.info)} it must be ${show(to)}`)
  }
  const src = expandTo(cast(given, dtype), to)
  if (list) {
    const lines = expandTo(index, shape([...x.shape.slice(0, at), index.info.size]))
    return make('scatterAdd', [base, lines, src], [at])
  }
  const back = make('scatterAdd', [base, index, src].map((y) => moveAxis(y, at, last)), [last])
  return moveAxis(back, last, at)
}

export interface Sorting { readonly axis?: number; readonly descending?: boolean }

const sorted = (op: string, x: Node, given: Sorting, output: number): Node => {
  const { axis = -1, descending = false } = options(op, given, ['axis', 'descending'])
  const at = axisOf(op, axis, x.info.rank)
  return make('pick', [make('sort', [ordered(op, x)], [at, Number(descending)])], [output])
}

/** Sorted along an axis, NaN last; equal elements keep their order. */
export const sort = (x: Node, given: Sorting = {}): Node => sorted('sort', x, given, 0)

/** Where each element of the sorted tensor stood. */
export const argsort = (x: Node, given: Sorting = {}): Node => sorted('argsort', x, given, 1)
