// What a gradient transformation is made of, and how it is run: `update` is written once, and driven at once or waiting.
import { typed } from '../core/dual.ts'
import type { Node } from '../core/node.ts'
import { reading, runAsync, runSync, settled, type Eventually, type Steps } from './effects.ts'
import type { MakeTransformation, Read, Transformation, TransformationF } from './types.ts'

/** Updates and the next state. */
export type Result = readonly [updates: unknown, state: unknown]

/** A transformation without its types. */
export interface Inner {
  readonly init: (params: unknown) => unknown
  readonly run: (updates: unknown, state: unknown, params: unknown, needs: unknown) => Eventually<Result>
  /** Whether it keeps no tensor outside its state, so that a driver may recycle what the state has let go. */
  readonly lets: boolean
}

/** What `chain` and `minimize` need of a transformation that others wrote by hand. */
interface Foreign {
  readonly init: (params: never) => unknown
  readonly update: (...args: never) => unknown
  readonly updateAsync: (...args: never) => Promise<unknown>
}

type Update<R> = (...args: readonly unknown[]) => R

const inners = new WeakMap<object, Inner>()

const foreign = (t: Foreign): Inner => {
  const [update, updateAsync] = [typed<Update<Result>>(t.update), typed<Update<Promise<Result>>>(t.updateAsync)]
  return {
    init: typed(t.init),
    *run(updates, state, params, needs) {
      let result: Result = [updates, state]
      yield {
        now: () => { result = update(updates, state, params, needs) },
        later: async () => { result = await updateAsync(updates, state, params, needs) },
      }
      return result
    },
    lets: false,
  }
}

export const innerOf = (t: Foreign): Inner => inners.get(t) ?? foreign(t)

/** The public face of a transformation. */
export const define = <F extends TransformationF>(inner: Inner): Transformation<F> => {
  const run = (args: readonly unknown[]): Eventually<Result> => inner.run(args[0], args[1], args[2], args[3])
  const face = {
    init: inner.init,
    update: (...args: readonly unknown[]): Result => runSync(run(args)),
    updateAsync: async (...args: readonly unknown[]): Promise<Result> => runAsync(run(args)),
  }
  inners.set(face, inner)
  return typed(face)
}

/**
 * A gradient transformation of one's own: `init` makes the state from the parameters, and `update` takes updates, state
 * and parameters to better updates and the next state. Both are pure.
 *
 * `update` is a plain function or, if it decides by numbers, a generator that reads them off the device with
 * `yield* read(x)`: written once, it runs synchronously (`update`) and asynchronously (`updateAsync`).
 *
 * @example
 * ```ts
 * import { read, tensor, transformation, tree, type TransformationF } from 'wirtinger'
 * interface ClipF extends TransformationF { readonly State: null }
 * const clip = (limit: number) => transformation<ClipF>({
 *   init: () => null,
 *   *update(updates, state) {
 *     const norm = yield* read(tree.norm(updates))
 *     return [norm > limit ? tree.scale(limit / norm, updates) : updates, state]
 *   },
 * })
 * const x = tensor([0, 0])
 * console.log(clip(2.5).update(tensor([3, 4]), null, x)[0].toArray()) // [ 1.5, 2 ]
 * ```
 */
export const transformation: MakeTransformation = (recipe) =>
  define({ init: typed(recipe.init), run: typed(recipe.update), lets: false })

/**
 * The number in a real scalar tensor, read off its device: `const n = yield* read(x)` inside an `update` that is written as
 * a generator.
 *
 * @throws ShapeError unless there is exactly one element
 * @throws DTypeError for a complex number
 * @example
 * ```ts
 * import { read, tensor, transformation, tree, type TransformationF } from 'wirtinger'
 * interface LogF extends TransformationF { readonly State: readonly number[] }
 * const log = transformation<LogF>({
 *   init: () => [],
 *   *update(updates, norms) { return [updates, [...norms, yield* read(tree.norm(updates))]] },
 * })
 * console.log(log.update(tensor([3, 4]), [], tensor([0, 0]))[1]) // [ 5 ]
 * ```
 */
export const read: Read = typed(function* (x: Node): Steps<number> { return yield* settled(reading([x], ([n]) => n!)) })
