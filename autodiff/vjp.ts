// Reverse mode for functions of any result: the value now, cotangents later and as often as wanted.
import { alias } from '../core/node.ts'
import { flatten, unflatten, type Structure } from '../core/tree.ts'
import { record, replay, type Recording } from './replay.ts'
import { cotangents, typed } from './reverse.ts'
import { directions, parameters, requireFunction, transform } from './scope.ts'
import type { Vjp } from './types.ts'

/**
 * The value of `f` and its pullback u ↦ Jᴴ·u, the adjoint of the derivative for the real inner product Re Σ conj(a)·b.
 * With u the gradient of a real function of the result, the pullback is the gradient of the composition.
 *
 * `f` is run once; the pullback keeps what it needs and may be called many times. Parameters and results are trees.
 *
 * @throws DTypeError for integer parameters, or a complex cotangent of a real result
 * @throws ShapeError or TreeError when a cotangent does not fit the result
 * @example
 * ```ts
 * import { tensor, vjp } from 'wirtinger'
 * const { value, pullback } = vjp((z) => z.mul(z))(tensor([{ re: 1, im: 2 }]))
 * console.log(value.toArray(), pullback(tensor([1])).toArray()) // [ { re: -3, im: 4 } ] [ { re: 2, im: -4 } ]
 * ```
 */
export const vjp: Vjp = (f) => (params) => {
  requireFunction('vjp', f)
  const { leaves, structure } = parameters('vjp', params)
  let count = 0
  let shapeOfResult: Structure = { kind: 'leaf' }
  let recording: Recording | undefined
  const results = transform(f, leaves, (variables, trace) => {
    const y = flatten(f(unflatten(structure, variables) as never), 'vjp: the result') // the structure of params
    shapeOfResult = y.structure
    count = y.leaves.length
    const seeds = y.leaves.map((n) => alias(trace, typed(undefined, n)))
    recording = record(cotangents(y.leaves, seeds, variables), seeds)
    return [...y.leaves, ...recording.residuals]
  })
  const value = { leaves: results.slice(0, count), structure: shapeOfResult }
  const kept = results.slice(count)
  const pullback = (cotangent: unknown) => {
    const us = directions('vjp', 'cotangent', cotangent, value)
    return unflatten(structure, replay('pullback', recording!, kept, us)) as never // the structure of params
  }
  return { value: unflatten(value.structure, value.leaves) as never, pullback } // the structure of the result
}
