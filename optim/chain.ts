// Transformations one after the other.
import { OptionError } from '../core/errors.ts'
import { after, type Eventually } from './effects.ts'
import { define, innerOf, type Inner, type Result } from './transformation.ts'
import type { Chain, Transformation, TransformationF } from './types.ts'

/** No state. */
export interface StatelessF extends TransformationF { readonly State: null }

/** Updates as they are: the neutral element of `chain`. */
export const identity: Transformation<StatelessF> =
  define({ init: () => null, run: (updates, state) => [updates, state], lets: true })

const statesOf = (state: unknown, count: number): readonly unknown[] => {
  if (Array.isArray(state) && state.length === count) return state
  throw new OptionError(`chain: update was given a state that init of this chain of ${count} did not make`)
}

/**
 * Applies transformations from left to right: the updates of one are the input of the next. The state is the tuple of their
 * states, and what any of them needs, the chain needs. With `identity` it is a monoid, up to the nesting of state tuples.
 *
 * @throws OptionError when `update` is given the state of another optimizer
 * @example
 * ```ts
 * import { chain, scale, clipByGlobalNorm, tensor } from 'wirtinger'
 * const t = chain(clipByGlobalNorm(2.5), scale(-0.5))
 * const x = tensor([3, 4])
 * console.log(t.update(x, t.init(x), x)[0].toArray()) // [ -0.75, -1 ]
 * ```
 * @see `optax.chain`
 */
export const chain: Chain = (...members) => {
  const inner: readonly Inner[] = members.map(innerOf)
  return define({
    init: (params) => inner.map((m) => m.init(params)),
    run: (updates, state, params, needs) => {
      const states = statesOf(state, inner.length)
      const from = (k: number, flow: unknown, done: readonly unknown[]): Eventually<Result> =>
        k === inner.length ? [flow, done]
          : after(inner[k]!.run(flow, states[k], params, needs), (made) => from(k + 1, made[0], [...done, made[1]]))
      return from(0, updates, [])
    },
    lets: inner.every((m) => m.lets),
  })
}
