// Value and gradient that a line search has computed already.
import { valueAndGrad } from '../autodiff/grad.ts'
import { typed } from '../core/dual.ts'
import type { Scalar, Tree } from '../core/types.ts'
import { searchState } from './search.ts'

/**
 * `valueAndGrad(f)` for loops with a line search: `valueAndGradFromState(f)(params, state)` takes value and gradient out of
 * the optimizer's state if its last search ended at these very parameters (as `applyUpdates` returns them), and computes
 * them otherwise.
 *
 * @example
 * ```ts
 * import { applyUpdates, lbfgs, tensor, valueAndGradFromState, type Tensor } from 'wirtinger'
 * const loss = (x: Tensor<'float64', [2]>) => x.sub(tensor([1, 2])).square().sum()
 * const optimizer = lbfgs()
 * let x: Tensor<'float64', [2]> = tensor([0, 0])
 * let state = optimizer.init(x)
 * for (let k = 0; k < 5; k++) {
 *   const { value, grad } = valueAndGradFromState(loss)(x, state)
 *   const [updates, next] = optimizer.update(grad, state, x, { value, grad, valueFn: loss })
 *   x = applyUpdates(x, updates)
 *   state = next
 * }
 * console.log(x.toArray()) // [ 1, 2 ]
 * ```
 * @see `optax.value_and_grad_from_state`
 */
export const valueAndGradFromState = <P extends Tree<P>>(f: (params: P) => Scalar):
((params: P, state: unknown) => { readonly value: Scalar; readonly grad: P }) => {
  const evaluate = typed<(params: P) => { readonly value: Scalar; readonly grad: P }>(
    valueAndGrad(typed<(x: Scalar) => Scalar>(f)))
  return (params, state) => {
    const known = searchState(state)?.evaluation ?? null
    return known !== null && known.params === params ? typed({ value: known.value, grad: known.grad }) : evaluate(params)
  }
}
