// Arithmetic on trees of tensors: what optimizers need of vector spaces.
import { realOf } from '../core/dtype.ts'
import { typed } from '../core/dual.ts'
import { TreeError } from '../core/errors.ts'
import { jit } from '../core/jit.ts'
import type { Node } from '../core/node.ts'
import { abs2 as abs2Of, add as addOf, mul, sub as subOf } from '../core/operations/elementwise.ts'
import { filled } from '../core/operations/operand.ts'
import { cast } from '../core/operations/cast.ts'
import { flatten, mapLeaves, sameStructure, unflatten } from '../core/tree.ts'
import type { Real, Scalar, Tensor, Tree } from '../core/types.ts'
import { norm as normOf, vdotReal as innerOf } from './ravel.ts'

/** The functions in `tree`. */
export interface TreeFunctions {
  /** Leaf by leaf: `map(f, a, b)` has the leaves f(aₖ, bₖ). */
  readonly map: <P extends Tree<P>>(f: (...leaves: Tensor[]) => Tensor, ...trees: [P, ...P[]]) => P
  readonly zerosLike: <P extends Tree<P>>(tree: P) => P
  readonly add: <P extends Tree<P>>(a: P, b: NoInfer<P>) => P
  readonly sub: <P extends Tree<P>>(a: P, b: NoInfer<P>) => P
  /** factor · tree. */
  readonly scale: <P extends Tree<P>>(factor: number | Scalar, tree: P) => P
  /** |z|² of every number; real. */
  readonly abs2: <P extends Tree<P>>(tree: P) => Real<P>
  /** Re Σ conj(a)·b over all leaves: the one inner product, of which every slope, norm and curvature here is made. */
  readonly vdotReal: <P extends Tree<P>>(a: P, b: NoInfer<P>) => Scalar
  /** ‖tree‖₂ = √Σ|z|² over all leaves. */
  readonly norm: <P extends Tree<P>>(tree: P) => Scalar
}

type Leaves = readonly Node[]

const sums = jit((a: Leaves, b: Leaves) => a.map((x, k) => addOf(x, b[k]!)))
const differences = jit((a: Leaves, b: Leaves) => a.map((x, k) => subOf(x, b[k]!)))
const multiples = jit((a: Leaves, factor: Node) => a.map((x) => mul(x, factor)))
const squares = jit((a: Leaves) => a.map(abs2Of))
const products = jit((a: Leaves, b: Leaves) => innerOf(a, b))
const lengths = jit((a: Leaves) => normOf(a))

/** The leaves of two trees side by side. */
interface Paired { readonly x: Leaves; readonly y: Leaves; readonly build: (leaves: Leaves) => unknown }

const paired = (operation: string, a: unknown, b: unknown): Paired => {
  const [p, q] = [flatten(a, operation), flatten(b, operation)]
  if (!sameStructure(p.structure, q.structure)) {
    throw new TreeError(`${operation}: the trees have different structures, so their leaves cannot be paired`)
  }
  return { x: p.leaves, y: q.leaves, build: (leaves) => unflatten(p.structure, leaves) }
}

const each = (operation: string, tree: unknown, f: (leaves: Leaves) => Leaves): unknown => {
  const { leaves, structure } = flatten(tree, operation)
  return unflatten(structure, f(leaves))
}

/** Zeros like these tensors, without storage until something needs it. */
export const zerosLike = (tree: unknown): unknown =>
  each('tree.zerosLike', tree, (leaves) => leaves.map((x) => cast(filled(0, realOf(x.dtype), x.info), x.dtype)))

const functions = {
  map: (f: (...leaves: Node[]) => Node, tree: unknown, ...others: readonly unknown[]): unknown => mapLeaves(f, tree, ...others),
  zerosLike,
  add: (a: unknown, b: unknown): unknown => {
    const { x, y, build } = paired('tree.add', a, b)
    return build(sums(x, y))
  },
  sub: (a: unknown, b: unknown): unknown => {
    const { x, y, build } = paired('tree.sub', a, b)
    return build(differences(x, y))
  },
  scale: (factor: Node, tree: unknown): unknown => each('tree.scale', tree, (leaves) => multiples(leaves, factor)),
  abs2: (tree: unknown): unknown => each('tree.abs2', tree, squares),
  vdotReal: (a: unknown, b: unknown): Node => {
    const { x, y } = paired('tree.vdotReal', a, b)
    return products(x, y)
  },
  norm: (tree: unknown): Node => lengths(flatten(tree, 'tree.norm').leaves),
}

/**
 * Trees (a tensor, or arrays and records of trees) as vectors of a real vector space.
 *
 * @throws TreeError for other leaves, and where two trees differ in structure
 * @example
 * ```ts
 * import { tensor, tree } from 'wirtinger'
 * const p = { w: tensor([{ re: 3, im: 4 }]), b: tensor([12]) }
 * console.log(tree.norm(p).item(), tree.vdotReal(p, p).item()) // 13 169
 * ```
 */
export const tree: TreeFunctions = typed(functions)
