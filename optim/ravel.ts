// A tree as one flat vector of real numbers, and back. Complex storage is interleaved already, so a single tensor is only
// looked at differently, and Re⟨a, b⟩ of complex tensors is the plain inner product of the vectors.
import { isComplex, promote, realOf, type DType } from '../core/dtype.ts'
import { make } from '../core/make.ts'
import { Node } from '../core/node.ts'
import { cast } from '../core/operations/cast.ts'
import { abs, add, maximum, mul, real, sqrt } from '../core/operations/elementwise.ts'
import { concat, narrow, reshape } from '../core/operations/movement.ts'
import { filled } from '../core/operations/operand.ts'
import { max } from '../core/operations/reduction.ts'
import { sum } from '../core/operations/sum.ts'
import { scalar } from '../core/shape.ts'
import { flatten, unflatten } from '../core/tree.ts'

/** The tensors of a tree. */
export const leavesOf = (tree: unknown, operation?: string): readonly Node[] =>
  tree instanceof Node ? [tree] : flatten(tree, operation).leaves

/** A tree like `tree` with these tensors. */
export const rebuilt = (tree: unknown, leaves: readonly Node[]): unknown =>
  tree instanceof Node ? leaves[0]! : unflatten(flatten(tree).structure, leaves)

/** The numbers of one tensor. */
export const flat = (x: Node): Node => {
  const numbers = isComplex(x.dtype) ? make('realView', [x]) : x
  return numbers.info.rank === 1 ? numbers : make('reshape', [numbers], [numbers.info.size])
}

const precision = (leaves: readonly Node[]): DType => leaves.map((x) => realOf(x.dtype)).reduce(promote)

/** All numbers of `leaves`, in one vector of the highest precision among them. */
export const ravel = (leaves: readonly Node[], dtype: DType = precision(leaves)): Node => {
  const parts = leaves.map((x) => cast(flat(x), dtype))
  return parts.length === 1 ? parts[0]! : concat(parts)
}

/** The vector taken apart into tensors like `leaves`. */
export const unravel = (vector: Node, leaves: readonly Node[]): readonly Node[] => {
  let start = 0
  return leaves.map((x) => {
    const count = x.info.size * (isComplex(x.dtype) ? 2 : 1)
    const numbers = cast(leaves.length === 1 ? vector : narrow(vector, 0, start, count), realOf(x.dtype))
    start += count
    if (isComplex(x.dtype)) return make('complexView', [reshape(numbers, [...x.shape, 2])])
    return x.info.rank === 1 ? numbers : reshape(numbers, x.shape)
  })
}

const inner = (a: Node, b: Node): Node =>
  isComplex(a.dtype) === isComplex(b.dtype) ? sum(mul(flat(a), flat(b))) : sum(mul(real(a), real(b)))

/** Re⟨a, b⟩ = Σ Re(conj(a)·b), the one inner product of optimization. */
export const vdotReal = (a: readonly Node[], b: readonly Node[]): Node =>
  (a.length === 0 ? filled(0, 'float64', scalar) : a.map((x, k) => inner(x, b[k]!)).reduce(add))

/** ‖a‖₂. */
export const norm = (a: readonly Node[]): Node => sqrt(vdotReal(a, a))

/** The largest number in absolute value, real and imaginary parts counted apart: ‖a‖∞ of the real vector. */
export const largest = (a: readonly Node[]): Node =>
  a.filter((x) => x.info.size > 0).map((x) => max(abs(flat(x)))).reduce(maximum)
