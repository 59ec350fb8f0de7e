// Parameters plus updates.
import { isComplex } from '../core/dtype.ts'
import { typed } from '../core/dual.ts'
import { DTypeError, ShapeError, TreeError } from '../core/errors.ts'
import { jit } from '../core/jit.ts'
import type { Node } from '../core/node.ts'
import { cast } from '../core/operations/cast.ts'
import { add, mul } from '../core/operations/elementwise.ts'
import { show } from '../core/shape.ts'
import { flatten, sameStructure, unflatten } from '../core/tree.ts'
import type { Tree } from '../core/types.ts'
import { arrival } from './arrival.ts'
import { factored } from './scaled.ts'

type Leaves = readonly Node[]

/** x + t·u, with the dtype of x. */
export const moved = (x: Node, u: Node, t: Node): Node => cast(add(x, mul(u, t)), x.dtype)

const move = jit((xs: Leaves, us: Leaves, t: Node) => xs.map((x, k) => moved(x, us[k]!, t)))

/** @throws unless `u` can be added to the parameter `x` and leave it what it is. */
const checked = (x: Node, u: Node): void => {
  if (x.info !== u.info) {
    throw new ShapeError(`applyUpdates: an update is ${show(u.info)} but its parameter is ${show(x.info)}`)
  }
  if (isComplex(u.dtype) && !isComplex(x.dtype)) {
    throw new DTypeError(`applyUpdates: an update is ${u.dtype} but its parameter is ${x.dtype}: take real() of it`)
  }
}

/** The parameters after a step of t along `updates`. */
export const advance = (params: unknown, updates: unknown, t: number): unknown => {
  const p = flatten(params, 'applyUpdates')
  const u = flatten(updates, 'applyUpdates')
  if (!sameStructure(p.structure, u.structure)) {
    throw new TreeError('applyUpdates: the updates have another structure than the parameters')
  }
  p.leaves.forEach((x, k) => checked(x, u.leaves[k]!))
  const { factor, bases } = factored(u.leaves)
  return unflatten(p.structure, move(p.leaves, bases, typed(factor * t)))
}

/**
 * params + updates, leaf by leaf. The parameters keep their dtypes.
 *
 * @throws TreeError, ShapeError or DTypeError where the updates do not fit the parameters
 * @example
 * ```ts
 * import { applyUpdates, tensor } from 'wirtinger'
 * console.log(applyUpdates(tensor([1, 2]), tensor([0.5, -2])).toArray()) // [ 1.5, 0 ]
 * ```
 */
export const applyUpdates: <P extends Tree<P>>(params: P, updates: NoInfer<P>) => P =
  typed((params: unknown, updates: unknown): unknown => arrival(updates, params) ?? advance(params, updates, 1))
