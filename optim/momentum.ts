// A running sum of the updates.
import { typed } from '../core/dual.ts'
import { OptionError } from '../core/errors.ts'
import { jit } from '../core/jit.ts'
import type { Node } from '../core/node.ts'
import { add, mul } from '../core/operations/elementwise.ts'
import { flatten, unflatten } from '../core/tree.ts'
import { leavesOf } from './ravel.ts'
import { define } from './transformation.ts'
import { zerosLike } from './tree.ts'
import type { Transformation, TransformationF } from './types.ts'

export interface MomentumState<P> { readonly momentum: P }
export interface MomentumF extends TransformationF { readonly State: MomentumState<this['P']> }

export interface MomentumOptions {
  /** Look ahead along the new momentum. False if absent. */
  readonly nesterov?: boolean
}

type Leaves = readonly Node[]

const sums = typed<(g: Leaves, m: Leaves, decay: number) => Leaves>(
  jit((g: Leaves, m: Leaves, decay: Node) => g.map((x, k) => add(x, mul(m[k]!, decay)))))

/**
 * m ← g + decay·m; the updates are m or, with `nesterov`, g + decay·m. Optax calls it `trace`.
 *
 * @throws OptionError unless 0 ≤ decay < 1
 * @example
 * ```ts
 * import { momentum, tensor } from 'wirtinger'
 * const t = momentum(0.5)
 * const g = tensor([1])
 * const [, state] = t.update(g, t.init(g), g)
 * console.log(t.update(g, state, g)[0].toArray()) // [ 1.5 ]
 * ```
 * @see B. Polyak, Some methods of speeding up the convergence of iteration methods, 1964
 */
export const momentum = (decay: number, { nesterov = false }: MomentumOptions = {}): Transformation<MomentumF> => {
  if (!(decay >= 0 && decay < 1)) throw new OptionError(`momentum: decay must be at least 0 and below 1, got ${decay}`)
  return define<MomentumF>({
    init: (params) => ({ momentum: zerosLike(params) }),
    run: (updates, before) => {
      const { leaves, structure } = flatten(updates, 'momentum')
      const { momentum: m } = before as { readonly momentum: unknown } // what init and this function return
      const next = sums(leaves, leavesOf(m), decay)
      const ahead = nesterov ? sums(leaves, next, decay) : next
      return [unflatten(structure, ahead), { momentum: unflatten(structure, next) }]
    },
    lets: true,
  })
}
