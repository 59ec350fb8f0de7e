// The usual optimizers without a line search, as chains.
import { typed } from '../core/dual.ts'
import { scaleByAdam, type AdamF, type AdamOptions } from './adam.ts'
import { chain, identity, type StatelessF } from './chain.ts'
import { addDecayedWeights } from './clip.ts'
import { momentum as withMomentum, type MomentumF } from './momentum.ts'
import { scaleByLearningRate, type CountF, type Schedule } from './scale.ts'
import type { ChainF, Transformation } from './types.ts'

export interface SgdOptions {
  /** Decay of the momentum; 0, none, if absent. */
  readonly momentum?: number
  readonly nesterov?: boolean
}

/**
 * Gradient descent: −rate·g, with momentum if wanted.
 *
 * @throws OptionError for numbers out of range
 * @example
 * ```ts
 * import { applyUpdates, sgd, tensor } from 'wirtinger'
 * const optimizer = sgd(0.1)
 * const x = tensor([1, 2])
 * console.log(applyUpdates(x, optimizer.update(tensor([10, 10]), optimizer.init(x), x)[0]).toArray()) // [ 0, 1 ]
 * ```
 */
export const sgd = (rate: number | Schedule, { momentum = 0, nesterov = false }: SgdOptions = {}):
Transformation<ChainF<[MomentumF | StatelessF, CountF]>> =>
  typed(chain(momentum === 0 ? identity : typed<typeof identity>(withMomentum(momentum, { nesterov })), scaleByLearningRate(rate)))

/**
 * Adam: −rate·m̂/(√v̂ + eps). The second moment is |g|², real also for complex parameters: see `scaleByAdam`.
 *
 * @throws OptionError for numbers out of range
 * @example
 * ```ts
 * import { adam, minimize, tensor } from 'wirtinger'
 * const { value } = minimize((x) => x.sub(1).square().sum(), tensor([3, 4]), { optimizer: adam(0.1) })
 * console.log(value < 1e-6) // true
 * ```
 * @see D. Kingma and J. Ba, Adam: a method for stochastic optimization, 2015
 */
export const adam = (rate: number | Schedule, options: AdamOptions = {}): Transformation<ChainF<[AdamF, CountF]>> =>
  chain(scaleByAdam(options), scaleByLearningRate(rate))

export interface AdamWOptions extends AdamOptions {
  /** 1e-4 if absent. */
  readonly weightDecay?: number
}

/**
 * Adam with decoupled weight decay: −rate·(m̂/(√v̂ + eps) + weightDecay·params). The second moment is |g|², as in `adam`.
 *
 * @throws OptionError for numbers out of range
 * @example
 * ```ts
 * import { adamw, tensor } from 'wirtinger'
 * const optimizer = adamw(0.5, { weightDecay: 0.5 })
 * const x = tensor([4])
 * console.log(optimizer.update(tensor([0]), optimizer.init(x), x)[0].toArray()) // [ -1 ]
 * ```
 * @see I. Loshchilov and F. Hutter, Decoupled weight decay regularization, 2019
 */
export const adamw = (
  rate: number | Schedule, options: AdamWOptions = {},
): Transformation<ChainF<[AdamF, StatelessF, CountF]>> => {
  const { weightDecay = 1e-4, ...rest } = options
  return chain(scaleByAdam(rest), addDecayedWeights(weightDecay), scaleByLearningRate(rate))
}
