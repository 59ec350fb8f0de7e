// Full derivative matrices of real functions of one tensor.
import { allocate, isReal } from '../core/dtype.ts'
import { DerivativeError, TreeError } from '../core/errors.ts'
import { make } from '../core/make.ts'
import { alias, leaf, Node } from '../core/node.ts'
import { filled } from '../core/operations/operand.ts'
import { shape } from '../core/shape.ts'
import { tangents } from './forward.ts'
import { record, replay, type Recording } from './replay.ts'
import { cotangents, typed } from './reverse.ts'
import { oneTensor, parameters, requireFunction, transform } from './scope.ts'
import type { Jacobian } from './types.ts'

const real = (operation: string, what: string, x: Node): Node => {
  if (isReal(x.dtype)) return x
  throw new DerivativeError(
    `${operation}: the ${what} is ${x.dtype}, and the derivative of a complex function is not one matrix: `
    + 'use wirtinger() for both derivatives, complexDerivative() for a holomorphic function, hvp() for curvature')
}

const unit = (like: Node, k: number): Node => {
  const data = allocate(like.dtype, like.info.size)
  data[k] = 1
  return leaf(data, like.dtype, like.info)
}

/** The matrix [m, n] of a function of n numbers with m results, by rows or by columns, whichever are fewer. */
export const matrix = (operation: string, f: (x: Node) => unknown, params: unknown): readonly [Node, Node, Node] => {
  requireFunction(operation, f)
  if (!(params instanceof Node)) {
    throw new TreeError(`${operation}: takes one tensor, not a tree: `
      + 'flatten the parameters into one vector, or use vjp() or jvp()')
  }
  const x = real(operation, 'parameter', parameters(operation, params).leaves[0]!)
  let recording: Recording | undefined
  const [y, ...residuals] = transform(f, [x], ([v], trace) => {
    const result = real(operation, 'result', oneTensor(operation, f(v!)))
    const byRows = result.info.size < v!.info.size
    const direction = alias(trace, typed(undefined, byRows ? result : v!))
    const [image] = byRows ? cotangents([result], [direction], [v!]) : tangents([result], [v!], [direction])
    recording = record([image!], [direction])
    return [result, ...recording.residuals]
  })
  const [m, n] = [y!.info.size, x.info.size]
  if (m === 0 || n === 0) return [filled(0, y!.dtype, shape([m, n])), y!, x]
  const [of, count] = m < n ? [y!, m] : [x, n]
  const lines = Array.from({ length: count }, (_, k) => {
    const [line] = replay(operation, recording!, residuals, [unit(of, k)])
    return make('reshape', [line!], [1, line!.info.size])
  })
  const stacked = make('concat', lines, [0])
  return [m < n ? stacked : make('transpose', [stacked], [1, 0]), y!, x]
}

/**
 * The Jacobian ∂f_i/∂x_j of a real function of one real tensor: shape [...shape of f(x), ...shape of x].
 *
 * `f` is differentiated once, forwards or backwards, whichever takes fewer runs.
 *
 * @throws DerivativeError for complex parameters or results, where `wirtinger`, `complexDerivative` and `hvp` are meant
 * @throws TreeError for parameters that are not one tensor
 * @example
 * ```ts
 * import { jacobian, tensor } from 'wirtinger'
 * console.log(jacobian((x) => x.mul(x))(tensor([1, 2])).toArray()) // [ [ 2, 0 ], [ 0, 4 ] ]
 * ```
 */
export const jacobian: Jacobian = (f) => (x) => {
  const [j, y, at] = matrix('jacobian', f as never, x) // untyped inside
  return make('reshape', [j], [...y.shape, ...at.shape]) as never // the shape of the result, then of x
}
