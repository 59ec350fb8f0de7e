// Curvature along a direction: forward mode over the gradient.
import { grad } from './grad.ts'
import { jvp } from './jvp.ts'
import type { Hvp } from './types.ts'

/**
 * The Hessian of a real objective times a direction, d/dt ∇L(params + t·direction) at t = 0, without forming the
 * Hessian. For complex parameters it is the derivative of the conjugate gradient; it is linear over the real numbers
 * only.
 *
 * @throws the errors of `grad` and `jvp`
 * @example
 * ```ts
 * import { hvp, tensor } from 'wirtinger'
 * console.log(hvp((x) => x.pow(3).sum())(tensor([1, 2]), tensor([1, 1])).toArray()) // [ 6, 12 ]
 * ```
 * @see B. Pearlmutter, Fast Exact Multiplication by the Hessian, 1994
 */
export const hvp: Hvp = (f) => (params, direction) => {
  const gradient = grad(f as never) as never // untyped inside: three trees of one structure
  return jvp(gradient)(params as never, direction as never).tangent as never
}
