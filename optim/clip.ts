// Updates no longer than a bound; and parameters pulled towards zero.
import { typed } from '../core/dual.ts'
import { OptionError } from '../core/errors.ts'
import { jit } from '../core/jit.ts'
import type { Node } from '../core/node.ts'
import { add, div, minimum, mul } from '../core/operations/elementwise.ts'
import { flatten, unflatten } from '../core/tree.ts'
import type { StatelessF } from './chain.ts'
import { leavesOf, norm } from './ravel.ts'
import { define } from './transformation.ts'
import type { Transformation } from './types.ts'

type Leaves = readonly Node[]
type WithNumber = (x: Leaves, number: number) => Leaves
type TwoWithNumber = (x: Leaves, y: Leaves, number: number) => Leaves

const clipped = typed<WithNumber>(jit((g: Leaves, most: Node) => {
  const factor = minimum(div(most, norm(g)), 1)
  return g.map((x) => mul(x, factor))
}))

const decayed = typed<TwoWithNumber>(jit((g: Leaves, p: Leaves, rate: Node) => g.map((x, k) => add(x, mul(p[k]!, rate)))))

/**
 * updates · min(1, maxNorm/‖updates‖₂), with the norm over all leaves.
 *
 * @throws OptionError unless maxNorm > 0
 * @example
 * ```ts
 * import { clipByGlobalNorm, tensor } from 'wirtinger'
 * const x = tensor([3, 4])
 * console.log(clipByGlobalNorm(2.5).update(x, null, x)[0].toArray()) // [ 1.5, 2 ]
 * ```
 */
export const clipByGlobalNorm = (maxNorm: number): Transformation<StatelessF> => {
  if (!(maxNorm > 0)) throw new OptionError(`clipByGlobalNorm: maxNorm must be positive, got ${maxNorm}`)
  return define({
    init: () => null,
    run: (updates, state) => {
      const { leaves, structure } = flatten(updates, 'clipByGlobalNorm')
      return [unflatten(structure, clipped(leaves, maxNorm)), state]
    },
    lets: true,
  })
}

/**
 * updates + rate·params: weight decay, apart from what adapts to the gradient.
 *
 * @throws OptionError unless rate ≥ 0
 * @example
 * ```ts
 * import { addDecayedWeights, tensor } from 'wirtinger'
 * const g = tensor([1, 1])
 * console.log(addDecayedWeights(0.5).update(g, null, tensor([2, 4]))[0].toArray()) // [ 2, 3 ]
 * ```
 * @see I. Loshchilov and F. Hutter, Decoupled weight decay regularization, 2019
 */
export const addDecayedWeights = (rate: number): Transformation<StatelessF> => {
  if (!(rate >= 0)) throw new OptionError(`addDecayedWeights: the rate must be at least 0, got ${rate}`)
  return define({
    init: () => null,
    run: (updates, state, params) => {
      const { leaves, structure } = flatten(updates, 'addDecayedWeights')
      return [unflatten(structure, decayed(leaves, leavesOf(params, 'addDecayedWeights'), rate)), state]
    },
    lets: true,
  })
}
