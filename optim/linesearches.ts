// The two line searches as gradient transformations.
import { backtracking, type BacktrackingOptions } from './linesearch/backtracking.ts'
import { zoom, type ZoomOptions } from './linesearch/zoom.ts'
import { searching, type LinesearchF } from './search.ts'
import type { Transformation } from './types.ts'

export interface ZoomLinesearchOptions extends Omit<ZoomOptions, 'maxSteps' | 'resolution'> {
  /** Most evaluations of one search. Default 30. */
  readonly maxLinesearchSteps?: number
}

export interface BacktrackingLinesearchOptions extends Omit<BacktrackingOptions, 'maxSteps' | 'resolution'> {
  /** Most evaluations of one search. Default 50. */
  readonly maxLinesearchSteps?: number
  /** A refused step is multiplied by this; by at most ½ if the value there is not finite. Default 0.5 (Optax: 0.8). */
  readonly decreaseFactor?: number
}

const steps = (maxLinesearchSteps: number | undefined, resolution: number) =>
  ({ resolution, ...maxLinesearchSteps === undefined ? {} : { maxSteps: maxLinesearchSteps } })

/**
 * Multiplies the updates u, a direction of descent, by a step t that fulfils the strong Wolfe conditions along
 * φ(t) = f(x + t·u):
 *
 * φ(t) ≤ φ(0) + c₁·t·φ′(0) and |φ′(t)| ≤ c₂·|φ′(0)|, with φ′ = Re⟨∇f, u⟩.
 *
 * `update` needs `{ value, grad, valueFn }`. The state keeps value and gradient of the point it leads to:
 * `valueAndGradFromState` saves evaluating them again. A search that fails returns zero updates, and its state says why.
 * Where the wanted decrease is too small to show in the value, the approximate Wolfe conditions decide, so that the last
 * digits are reached in single precision, too.
 *
 * @throws OptionError for options out of range, and without `{ value, grad, valueFn }`
 * @example
 * ```ts
 * import { chain, scale, scaleByZoomLinesearch, tensor, valueAndGrad, type Tensor } from 'wirtinger'
 * const loss = (x: Tensor<'float64', [2]>) => x.sub(tensor([1, 2])).square().sum()
 * const optimizer = chain(scale(-1), scaleByZoomLinesearch())
 * const x = tensor([0, 0])
 * const { value, grad } = valueAndGrad(loss)(x)
 * const [updates] = optimizer.update(grad, optimizer.init(x), x, { value, grad, valueFn: loss })
 * console.log(updates.toArray()) // [ 1, 2 ]
 * ```
 * @see J. Nocedal and S. Wright, Numerical Optimization, 2nd ed., section 3.5
 */
export const scaleByZoomLinesearch = (options: ZoomLinesearchOptions = {}): Transformation<LinesearchF> => {
  const { maxLinesearchSteps, ...rules } = options
  const machineFor = (resolution: number) => zoom({ ...rules, ...steps(maxLinesearchSteps, resolution) })
  machineFor(2 ** -52) // refuses bad options at once
  return searching('scaleByZoomLinesearch', machineFor)
}

/**
 * Multiplies the updates u, a direction of descent, by the first of t₀, t₀·r, t₀·r², … that decreases the value
 * sufficiently: f(x + t·u) ≤ f(x) + c·t·Re⟨∇f, u⟩.
 *
 * What is said of `scaleByZoomLinesearch` about `update`, the state, failure and precision holds here, too.
 *
 * @throws OptionError for options out of range, and without `{ value, grad, valueFn }`
 * @example
 * ```ts
 * import { chain, scale, scaleByBacktrackingLinesearch, tensor, valueAndGrad, type Tensor } from 'wirtinger'
 * const loss = (x: Tensor<'float64', [2]>) => x.sub(tensor([1, 2])).square().sum()
 * const optimizer = chain(scale(-1), scaleByBacktrackingLinesearch())
 * const x = tensor([0, 0])
 * const { value, grad } = valueAndGrad(loss)(x)
 * const [updates] = optimizer.update(grad, optimizer.init(x), x, { value, grad, valueFn: loss })
 * console.log(updates.toArray()) // [ 1, 2 ]
 * ```
 * @see L. Armijo, Minimization of functions having Lipschitz continuous first partial derivatives, 1966
 */
export const scaleByBacktrackingLinesearch = (options: BacktrackingLinesearchOptions = {}): Transformation<LinesearchF> => {
  const { maxLinesearchSteps, decreaseFactor = 0.5, ...rules } = options
  const machineFor = (resolution: number) => backtracking({ ...rules, decreaseFactor, ...steps(maxLinesearchSteps, resolution) })
  machineFor(2 ** -52) // refuses bad options at once
  return searching('scaleByBacktrackingLinesearch', machineFor)
}
