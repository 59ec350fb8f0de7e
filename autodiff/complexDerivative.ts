// The derivative f′(z) of a holomorphic function.
import { epsilon } from '../core/dtype.ts'
import { DerivativeError } from '../core/errors.ts'
import type { Node } from '../core/node.ts'
import { largest } from './scope.ts'
import { both } from './wirtinger.ts'
import type { ComplexDerivative } from './types.ts'

const size = (x: Node): number => largest(x, 'complexDerivative')

/** Cauchy–Riemann up to rounding. */
const isHolomorphic = (dz: Node, dzbar: Node): boolean =>
  size(dzbar) <= Math.sqrt(epsilon(dz.dtype)) * size(dz) || size(dzbar) === 0

/**
 * The complex derivative f′(z) of a holomorphic function, with f(z + h) = f(z) + f′(z)·h. `f` takes a complex tensor to
 * a scalar (then these are its partial derivatives), or acts element by element.
 *
 * The Cauchy–Riemann equations are checked at z; under `jit` or another derivative, where there are no values, they are
 * not.
 *
 * @throws DerivativeError where f is not holomorphic, and the errors of `wirtinger`
 * @example
 * ```ts
 * import { complexDerivative, tensor } from 'wirtinger'
 * console.log(complexDerivative((z) => z.mul(z))(tensor({ re: 1, im: 2 })).item()) // { re: 2, im: 4 }
 * ```
 */
export const complexDerivative: ComplexDerivative = (f) => (z) => {
  const { dz, dzbar } = both('complexDerivative', f as never, z) // untyped inside
  if (dz.owner === null && dzbar.owner === null && !isHolomorphic(dz, dzbar)) {
    throw new DerivativeError('complexDerivative: f is not holomorphic here: '
      + `∂f/∂z̄ is as large as ${size(dzbar).toPrecision(3)}, beside ∂f/∂z of ${size(dz).toPrecision(3)}: `
      + 'use wirtinger() for both')
  }
  return dz as never // dtype and shape of z
}
