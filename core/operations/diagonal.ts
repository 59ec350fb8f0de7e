// Diagonals and triangles of matrices.
import { OptionError, ShapeError } from '../errors.ts'
import { code } from '../dtype.ts'
import type { DType } from '../dtype.ts'
import { constant, make } from '../make.ts'
import type { Node } from '../node.ts'
import { show } from '../shape.ts'
import { equal, lessEqual, where } from './comparison.ts'
import { cast } from './cast.ts'
import { add } from './elementwise.ts'
import { narrow, reshape, spread } from './movement.ts'
import { sum } from './sum.ts'

const offset = (op: string, k: number): number => {
  if (!Number.isInteger(k)) throw new OptionError(`${op}: the diagonal is an integer, not ${k}`)
  return k
}

/** The k-th diagonal of the last two axes: every (n + 1)-th element of the flattened matrix. */
export const diagonal = (x: Node, k = 0): Node => {
  const lead = x.shape.slice(0, -2)
  const [m, n] = [x.shape.at(-2)!, x.shape.at(-1)!]
  const count = Math.max(0, k >= 0 ? Math.min(m, n - k) : Math.min(m + k, n))
  const start = count === 0 ? 0 : k >= 0 ? k : -k * n
  return narrow(reshape(x, [...lead, m * n]), lead.length, start, count, n + 1)
}

const onDiagonal = (x: Node, k: number): Node => {
  const count = x.info.size
  const n = count + Math.abs(k)
  const start = k >= 0 ? k : -k * n
  const length = count === 0 ? 0 : (count - 1) * (n + 1) + 1
  return reshape(spread(x, 0, Math.min(start, n * n - length), Math.max(0, n * n - length - start), n), [n, n])
}

/** A vector as the k-th diagonal of a square matrix; the k-th diagonal of a matrix. */
export const diag = (x: Node, k = 0): Node => {
  offset('diag', k)
  if (x.info.rank === 1) return onDiagonal(x, k)
  if (x.info.rank === 2) return diagonal(x, k)
  throw new ShapeError(`diag: expected a vector or a matrix, not a tensor of shape ${show(x.info)}`)
}

const matrix = (op: string, x: Node): void => {
  if (x.info.rank < 2) throw new ShapeError(`${op}: expected a matrix, not a tensor of shape ${show(x.info)}`)
}

/** Sum of the diagonal of the last two axes. */
export const trace = (x: Node): Node => {
  matrix('trace', x)
  return sum(diagonal(x), { axis: -1 })
}

const rowsAndColumns = (m: number, n: number): readonly [Node, Node] =>
  [reshape(make('iota', [], [code('int32'), m]), [m, 1]), reshape(make('iota', [], [code('int32'), n]), [1, n])]

const triangle = (op: 'tril' | 'triu') => (x: Node, k = 0): Node => {
  matrix(op, x)
  const [rows, columns] = rowsAndColumns(x.shape.at(-2)!, x.shape.at(-1)!)
  const edge = add(rows, constant(offset(op, op === 'tril' ? k : k - 1), 'int32'))
  const below = lessEqual(columns, edge)
  const zero = constant(0, x.dtype)
  return op === 'tril' ? where(below, x, zero) : where(below, zero, x)
}

/** On and below the k-th diagonal; zero above. */
export const tril = triangle('tril')
/** On and above the k-th diagonal; zero below. */
export const triu = triangle('triu')

export const eye = (n: number, m: number = n, dtype: DType = 'float64'): Node => {
  const [rows, columns] = rowsAndColumns(n, m)
  return cast(equal(rows, columns), dtype)
}
