// Products of vectors and matrices; batch dimensions lead.
import { OptionError, ShapeError } from '../errors.ts'
import { make } from '../make.ts'
import type { Node } from '../node.ts'
import { broadcast, shape, show } from '../shape.ts'
import { conj, mul } from './elementwise.ts'
import { eye } from './diagonal.ts'
import { productOf } from './dims.ts'
import { expandDims, reshape, transpose } from './movement.ts'
import { counted, expandTo, operand } from './operand.ts'
import type { Operand } from './operand.ts'
import { sum } from './sum.ts'

/** a·b of vectors, without conjugation. */
const inner = (op: string, a: Node, b: Node): Node => {
  if (a.info !== b.info) throw new ShapeError(`${op}: vectors of lengths ${a.info.size} and ${b.info.size} have no inner product`)
  return sum(mul(a, b))
}

const batched = (a: Node, b: Node): Node => {
  const [m, k, n] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-1)!]
  if (b.info.rank === 2 && a.info.rank > 2) { // one tall matrix instead of copies of b
    const rows = a.shape.slice(0, -1)
    return reshape(make('matmul', [reshape(a, [productOf(rows), k]), b]), [...rows, n])
  }
  const lead = broadcast(shape(a.shape.slice(0, -2)), shape(b.shape.slice(0, -2)))?.dims
  if (lead === undefined) {
    throw new ShapeError(`matmul: the leading dimensions of ${show(a.info)} @ ${show(b.info)} do not broadcast: `
      + 'insert dimensions of 1 with expandDims, or use einsum')
  }
  return make('matmul', [expandTo(a, shape([...lead, m, k])), expandTo(b, shape([...lead, k, n]))])
}

/** The matrix product. A vector on the left is a row, on the right a column; its dimension leaves again. */
export const matmul = (x: Operand, y: Operand): Node => {
  const [a, b] = [counted(operand('matmul', x)), counted(operand('matmul', y))]
  const [p, q] = [a.info.rank, b.info.rank]
  if (p === 0 || q === 0) {
    throw new ShapeError(`matmul: ${show(a.info)} @ ${show(b.info)} has a scalar operand: use mul`)
  }
  if (a.shape.at(-1) !== b.shape.at(q === 1 ? 0 : -2)) {
    throw new ShapeError(`matmul: inner dimensions differ in ${show(a.info)} @ ${show(b.info)}: `
      + `${a.shape.at(-1)} against ${b.shape.at(q === 1 ? 0 : -2)}`)
  }
  if (p === 1 && q === 1) return inner('matmul', a, b)
  if (q === 1) return reshape(batched(a, reshape(b, [b.info.size, 1])), a.shape.slice(0, -1))
  if (p === 1) return reshape(batched(reshape(a, [1, a.info.size]), b), [...b.shape.slice(0, -2), b.shape.at(-1)!])
  return batched(a, b)
}

/** Conjugate transpose of the last two axes. */
export const adjoint = (x: Node): Node => {
  const rank = x.info.rank
  if (rank < 2) throw new ShapeError(`adjoint: shape ${show(x.info)} is no matrix: use conj() for a vector`)
  return conj(transpose(x, ...x.shape.map((_, k) => (k < rank - 2 ? k : 2 * rank - 3 - k))))
}

export const dot = (x: Operand, y: Operand): Node => {
  const [a, b] = [operand('dot', x), operand('dot', y)]
  return a.info.rank === 1 && b.info.rank === 1 ? inner('dot', a, b) : matmul(a, b)
}

const flat = (op: string, x: Operand): Node => {
  const node = operand(op, x)
  return reshape(node, [node.info.size])
}

/** Σ conj(a)·b over all elements. */
export const vdot = (a: Operand, b: Operand): Node => inner('vdot', conj(flat('vdot', a)), flat('vdot', b))

/** All products of an element of a and one of b. */
export const outer = (a: Operand, b: Operand): Node => mul(expandDims(flat('outer', a), 1), flat('outer', b))

/** Every element of a times the whole of b. */
export const kron = (x: Operand, y: Operand): Node => {
  const [a, b] = [operand('kron', x), operand('kron', y)]
  const rank = Math.max(a.info.rank, b.info.rank)
  const padded = (t: Node): readonly number[] => [...Array.from({ length: rank - t.info.rank }, () => 1), ...t.shape]
  const [p, q] = [padded(a), padded(b)]
  const product = mul(reshape(a, p.flatMap((n) => [n, 1])), reshape(b, q.flatMap((n) => [1, n])))
  return reshape(product, p.map((n, k) => n * q[k]!))
}

const power = (x: Node, n: number): Node => {
  if (n === 1) return x
  const half = power(x, n >> 1)
  const squared = matmul(half, half)
  return n % 2 === 0 ? squared : matmul(squared, x)
}

/** xⁿ by repeated squaring; x⁰ is the identity. */
export const matrixPower = (x: Node, n: number): Node => {
  const size = x.shape.at(-1)
  if (x.info.rank < 2 || size !== x.shape.at(-2)) {
    throw new ShapeError(`matrixPower: expected a square matrix, not a tensor of shape ${show(x.info)}`)
  }
  if (n !== (n | 0) || n < 0) throw new OptionError(`matrixPower: the power is an integer ≥ 0, not ${n}`)
  return n === 0 ? expandTo(eye(size!, size, counted(x).dtype), x.info) : power(counted(x), n)
}
