// Forward mode: the derivative along a direction.
import { flatten, unflatten, type Structure } from '../core/tree.ts'
import { tangents } from './forward.ts'
import { directions, parameters, requireFunction, transform } from './scope.ts'
import type { Jvp } from './types.ts'

/**
 * The value of `f` and its derivative along a direction: d/dt f(params + t·direction) at t = 0, t real. Parameters,
 * direction and result are trees.
 *
 * @throws DTypeError for integer parameters, or a complex direction of a real parameter
 * @throws ShapeError or TreeError when the direction does not fit the parameters
 * @example
 * ```ts
 * import { jvp, tensor } from 'wirtinger'
 * const { value, tangent } = jvp((z) => z.mul(z))(tensor([3]), tensor([1]))
 * console.log(value.toArray(), tangent.toArray()) // [ 9 ] [ 6 ]
 * ```
 */
export const jvp: Jvp = (f) => (params, direction) => {
  requireFunction('jvp', f)
  const parts = parameters('jvp', params)
  const ts = directions('jvp', 'direction', direction, parts)
  let structure: Structure = { kind: 'leaf' }
  let count = 0
  const results = transform(f, parts.leaves, (variables) => {
    const y = flatten(f(unflatten(parts.structure, variables) as never), 'jvp: the result') // the structure of params
    structure = y.structure
    count = y.leaves.length
    return [...y.leaves, ...tangents(y.leaves, variables, ts)]
  })
  return {
    value: unflatten(structure, results.slice(0, count)) as never, // the structure of the result
    tangent: unflatten(structure, results.slice(count)) as never,
  }
}
