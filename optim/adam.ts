// Adam: updates divided by the root of their mean square.
import { realOf } from '../core/dtype.ts'
import { typed } from '../core/dual.ts'
import { jit } from '../core/jit.ts'
import type { Node } from '../core/node.ts'
import { abs2, add, div, mul, sqrt, sub } from '../core/operations/elementwise.ts'
import { filled } from '../core/operations/operand.ts'
import { flatten, mapLeaves, unflatten } from '../core/tree.ts'
import type { Real } from '../core/types.ts'
import { requireRanges, atLeast, within } from './linesearch/range.ts'
import { leavesOf } from './ravel.ts'
import { define } from './transformation.ts'
import { zerosLike } from './tree.ts'
import type { Transformation, TransformationF } from './types.ts'

export interface AdamOptions {
  /** Decay of the mean; 0.9 if absent. */
  readonly b1?: number
  /** Decay of the mean square; 0.999 if absent. */
  readonly b2?: number
  /** Added to the root; 1e-8 if absent. */
  readonly eps?: number
}

export interface AdamState<P> {
  readonly count: number
  readonly mean: P
  /** Of |g|²: real. */
  readonly square: Real<P>
}
export interface AdamF extends TransformationF { readonly State: AdamState<this['P']> }

type Leaves = readonly Node[]

/** One program makes both averages and the updates; c₁ = 1 − b₁ᵏ and c₂ = 1 − b₂ᵏ correct their start from zero. */
const averaged = jit((g: Leaves, mean: Leaves, square: Leaves, b1: Node, b2: Node, c1: Node, c2: Node, eps: Node) => {
  const m = g.map((x, k) => add(mul(mean[k]!, b1), mul(x, sub(1, b1))))
  const v = g.map((x, k) => add(mul(square[k]!, b2), mul(abs2(x), sub(1, b2))))
  return [...m, ...v, ...m.map((x, k) => div(div(x, c1), add(sqrt(div(v[k]!, c2)), eps)))]
})
const average = typed<(g: Leaves, mean: Leaves, square: Leaves, ...numbers: readonly number[]) => Leaves>(averaged)

/**
 * m ← b₁·m + (1 − b₁)·g, v ← b₂·v + (1 − b₂)·|g|²; the updates are m̂/(√v̂ + eps), with m̂ = m/(1 − b₁ᵏ), v̂ = v/(1 − b₂ᵏ) in
 * step k = 1, 2, …
 *
 * The second moment is |g|², real also for complex parameters, so that turning the phase of a parameter turns its
 * updates and changes nothing else. (Real and imaginary parts as separate parameters would go other ways.)
 *
 * @throws OptionError for options out of range
 * @example
 * ```ts
 * import { scaleByAdam, tensor } from 'wirtinger'
 * const t = scaleByAdam({ eps: 0 })
 * const g = tensor([{ re: 3, im: 4 }])
 * console.log(t.update(g, t.init(g), g)[0].abs().sub(1).abs().less(1e-12).toArray()) // [ true ]
 * ```
 * @see D. Kingma and J. Ba, Adam: a method for stochastic optimization, 2015
 */
export const scaleByAdam = ({ b1 = 0.9, b2 = 0.999, eps = 1e-8 }: AdamOptions = {}): Transformation<AdamF> => {
  requireRanges('scaleByAdam', [['b1', b1, within(0, 1)], ['b2', b2, within(0, 1)], ['eps', eps, atLeast(0)]])
  return define<AdamF>({
    init: (params) => ({
      count: 0,
      mean: zerosLike(params),
      square: mapLeaves((x) => filled(0, realOf(x.dtype), x.info), params),
    }),
    run: (updates, before) => {
      const { leaves, structure } = flatten(updates, 'scaleByAdam')
      const state = before as AdamState<unknown> // what init and this function return
      const count = state.count + 1
      const corrections = [1 - b1 ** count, 1 - b2 ** count]
      const results = average(leaves, leavesOf(state.mean), leavesOf(state.square), b1, b2, ...corrections, eps)
      const part = (k: number): unknown => unflatten(structure, results.slice(k * leaves.length, (k + 1) * leaves.length))
      return [part(2), { count, mean: part(0), square: part(1) }]
    },
    lets: true,
  })
}
