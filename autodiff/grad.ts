// The gradient of a real objective, by reverse mode.
import { ObjectiveError } from '../core/errors.ts'
import { constant } from '../core/make.ts'
import type { Node } from '../core/node.ts'
import { options as known } from '../core/operations/options.ts'
import { flatten, unflatten, type Structure } from '../core/tree.ts'
import { cotangents } from './reverse.ts'
import { objective, parameters, requireFunction, transform } from './scope.ts'
import type { Grad, ValueAndGrad } from './types.ts'

interface Options { readonly hasAux?: boolean }
interface Result { readonly value: Node; readonly grad: unknown; readonly aux: unknown }

const auxiliary = (operation: string, result: unknown): readonly [unknown, unknown] => {
  if (Array.isArray(result) && result.length === 2) return [result[0], result[1]]
  throw new ObjectiveError(`${operation}: with hasAux the objective returns [value, aux]`)
}

const differentiate = (
  operation: string, f: (...args: never[]) => unknown, options: Options, params: unknown, data: readonly unknown[],
): Result => {
  requireFunction(operation, f)
  const { leaves, structure } = parameters(operation, params)
  let auxStructure: Structure = { kind: 'array', items: [] }
  const results = transform(f, leaves, (variables) => {
    const returned = f(...[unflatten(structure, variables), ...data] as never[]) // the caller's types
    const [y, aux] = options.hasAux === true ? auxiliary(operation, returned) : [returned, []]
    const value = objective(operation, y)
    const extra = flatten(aux, `${operation}: aux`)
    auxStructure = extra.structure
    return [value, ...cotangents([value], [constant(1, value.dtype)], variables), ...extra.leaves]
  })
  return {
    value: results[0]!,
    grad: unflatten(structure, results.slice(1, 1 + leaves.length)),
    aux: unflatten(auxStructure, results.slice(1 + leaves.length)),
  }
}

/**
 * The value and the gradient of a real objective of real and complex parameters.
 *
 * For a complex parameter z = x + iy the gradient is g = ∂L/∂x + i·∂L/∂y = 2·∂L/∂z̄, the direction of steepest ascent:
 * `z - t·g` descends, and nobody conjugates anything. For a real parameter it is the ordinary gradient, and real.
 *
 * Parameters are a tensor, or arrays and records of tensors; the gradient has the same structure, shapes and dtypes.
 * Further arguments are passed to `f` as they are. A parameter that `f` ignores has gradient zero. What `f` reads with
 * `item()` counts as a constant. With `{ hasAux: true }` `f` returns `[value, aux]`, aux a tree of tensors.
 *
 * @throws ObjectiveError when the objective is complex, integer, not a scalar or not a tensor
 * @throws DTypeError for integer parameters
 * @throws TreeError for parameters that are no tensors
 * @example
 * ```ts
 * import { tensor, valueAndGrad } from 'wirtinger'
 * const { value, grad } = valueAndGrad((z) => z.abs2().sum())(tensor([{ re: 1, im: 2 }]))
 * console.log(value.item(), grad.toArray()) // 5 [ { re: 2, im: 4 } ]
 * ```
 * @see K. Kreutz-Delgado, The Complex Gradient Operator and the CR-Calculus, 2009
 */
export const valueAndGrad: ValueAndGrad = (f: (...args: never[]) => unknown, options: Options = {}) => {
  known('valueAndGrad', options, ['hasAux'])
  return (params: unknown, ...data: readonly unknown[]) =>
    differentiate('valueAndGrad', f, options, params, data) as never // as the type says: the parameters' own tree
}

/**
 * The gradient of a real objective of real and complex parameters: g = ∂L/∂x + i·∂L/∂y, so that `z - t·g` descends.
 * Parameters, data and errors are those of `valueAndGrad`.
 *
 * @throws ObjectiveError when the objective is complex, integer, not a scalar or not a tensor
 * @example
 * ```ts
 * import { grad, tensor, type Tensor } from 'wirtinger'
 * const distance = (z: Tensor, target: Tensor) => z.sub(target).abs2().sum()
 * console.log(grad(distance)(tensor([3, 4]), tensor([1, 1])).toArray()) // [ 4, 6 ]
 * ```
 */
export const grad: Grad = (f) => (params, ...data) =>
  differentiate('grad', f, {}, params, data).grad as never // as the type says: the parameters' own tree
