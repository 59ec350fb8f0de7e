// Multiples of trees that cost nothing until somebody reads them: `scale` has only to note its factor, and a line search
// multiplies its step by the factor instead of the tree.
import { allocate, realOf, type DType } from '../core/dtype.ts'
import { hostArray } from '../core/evaluate.ts'
import { mul } from '../core/operations/elementwise.ts'
import { Node, leaf } from '../core/node.ts'
import { flatten, unflatten } from '../core/tree.ts'
import { scalar, type ShapeInfo } from '../core/shape.ts'

/** factor · base. */
export interface Multiple { readonly factor: number; readonly base: Node }

/** A concrete product that nothing has computed yet: only `scaledLeaf` makes such nodes. */
const isWaiting = (x: Node): boolean => x.data === null && x.owner === null && x.primitive === 'mul'

export const multipleOf = (x: Node): Multiple =>
  isWaiting(x) ? { factor: hostArray(x.args[0]!.args[0]!, 'scale')[0]!, base: x.args[1]! } : { factor: 1, base: x }

const spread = (value: number, dtype: DType, info: ShapeInfo): Node => {
  const data = allocate(dtype, 1)
  data[0] = value
  return new Node(dtype, info, { primitive: 'expand', args: [leaf(data, dtype, scalar)], attrs: info.dims })
}

/** The factor used last, most often −1: a direction turned round and a step of 1 along it. */
let last = { value: 1, dtype: realOf('float64'), info: scalar, node: spread(1, 'float64', scalar) }

const spreadOnce = (value: number, dtype: DType, info: ShapeInfo): Node => {
  if (!Object.is(last.value, value) || last.dtype !== dtype || last.info !== info) {
    last = { value, dtype, info, node: spread(value, dtype, info) }
  }
  return last.node
}

const scaledLeaf = (x: Node, by: number): Node => {
  if (x.owner !== null) return mul(x, by)
  const { factor, base } = multipleOf(x)
  return new Node(x.dtype, x.info, { primitive: 'mul', args: [spreadOnce(factor * by, realOf(x.dtype), x.info), base] })
}

/** by · tree. */
export const scaled = (tree: unknown, by: number): unknown => {
  if (tree instanceof Node) return scaledLeaf(tree, by)
  const { leaves, structure } = flatten(tree)
  return unflatten(structure, leaves.map((x) => scaledLeaf(x, by)))
}

/** Leaves with the factor that they have in common taken out. */
export interface Factored { readonly factor: number; readonly bases: readonly Node[] }

export const factored = (leaves: readonly Node[]): Factored => {
  if (leaves.length === 1) {
    const { factor, base } = multipleOf(leaves[0]!)
    return { factor, bases: [base] }
  }
  const multiples = leaves.map(multipleOf)
  const factor = multiples[0]?.factor ?? 1
  return multiples.every((m) => m.factor === factor)
    ? { factor, bases: multiples.map((m) => m.base) } : { factor: 1, bases: leaves }
}
