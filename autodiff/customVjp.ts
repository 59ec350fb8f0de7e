// Functions with a derivative of the user's own.
import { DerivativeError, ShapeError } from '../core/errors.ts'
import { lift, make } from '../core/make.ts'
import type { Node, Pullback } from '../core/node.ts'
import { show } from '../core/shape.ts'
import { conjugation, kinds } from './kinds.ts'
import { oneTensor, requireFunction } from './scope.ts'
import type { CustomVjp } from './types.ts'

const { fit } = kinds(conjugation)

/** Brings what the user's rule returns into the form that passes expect. */
const checked = (gs: unknown, args: readonly Node[]): readonly Node[] => {
  if (!Array.isArray(gs) || gs.length !== args.length) {
    throw new DerivativeError(`customVjp: the rule must return ${args.length} cotangents, one for each argument`)
  }
  return args.map((a, j) => {
    const g = lift(gs[j], a.dtype, 'customVjp')
    if (g.info !== a.info) {
      throw new ShapeError(`customVjp: cotangent ${j} is ${show(g.info)} but argument ${j} is ${show(a.info)}`)
    }
    return fit(g, a)
  })
}

/**
 * `f` with a derivative given by hand: `rule(args, result, cotangent)` returns the cotangents of the arguments, that is
 * Jᴴ·cotangent in the convention of `grad`. The rule consists of tensor operations, so that higher derivatives follow;
 * it must be linear in the cotangent, and then forward mode follows, too. Other tensors that `f` uses count as
 * constants.
 *
 * @throws DerivativeError or ShapeError when the rule returns what does not fit the arguments
 * @example
 * ```ts
 * import { customVjp, grad, tensor, type Tensor } from 'wirtinger'
 * const clipped = customVjp((x: Tensor<'float64'>) => x, (_args, _result, g) => [g.clip(-1, 1)])
 * console.log(grad((x: Tensor<'float64'>) => clipped(x).mul(5).sum())(tensor([2])).toArray()) // [ 1 ]
 * ```
 */
export const customVjp: CustomVjp = (f, rule) => (...args) => {
  requireFunction('customVjp', f)
  requireFunction('customVjp: rule', rule)
  const nodes = args.map((x) => lift(x, undefined, 'customVjp'))
  const y = oneTensor('customVjp', f(...args))
  // Nodes are the tensors that users see.
  const pullback: Pullback = (xs, result, g) => checked(rule(xs as never, result as never, g as never), xs)
  return make('custom', [y, ...nodes], [], pullback) as never
}
