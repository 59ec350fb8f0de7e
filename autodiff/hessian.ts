// Second derivatives of a real objective of one tensor.
import { make } from '../core/make.ts'
import { grad } from './grad.ts'
import { matrix } from './jacobian.ts'
import type { Hessian } from './types.ts'

/**
 * The Hessian ∂²f/∂x_i∂x_j of a real objective of one real tensor: shape [...shape of x, ...shape of x]. Forward mode
 * over the gradient, one run for each entry of x: `hvp` is enough where only products with it are needed.
 *
 * @throws DerivativeError for complex parameters, where `hvp` is meant
 * @throws the errors of `grad`
 * @example
 * ```ts
 * import { hessian, tensor } from 'wirtinger'
 * console.log(hessian((x) => x.pow(3).sum())(tensor([1, 2])).toArray()) // [ [ 6, 0 ], [ 0, 12 ] ]
 * ```
 */
export const hessian: Hessian = (f) => (x) => {
  const [h, , at] = matrix('hessian', grad(f as never) as never, x) // untyped inside
  return make('reshape', [h], [...at.shape, ...at.shape]) as never // twice the shape of x
}
