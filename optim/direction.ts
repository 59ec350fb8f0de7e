// The compiled stretches of L-BFGS. Trees are ravelled inside them; the history is flat vectors.
import { epsilon, type DType } from '../core/dtype.ts'
import { jit } from '../core/jit.ts'
import { make } from '../core/make.ts'
import type { Node } from '../core/node.ts'
import { div, minimum, mul, reciprocal, sqrt, sub } from '../core/operations/elementwise.ts'
import { where } from '../core/operations/comparison.ts'
import { concat, narrow, reshape } from '../core/operations/movement.ts'
import { filled } from '../core/operations/operand.ts'
import { scalar } from '../core/shape.ts'
import { ravel, unravel, vdotReal } from './ravel.ts'

type Leaves = readonly Node[]

/** H·g as a tree like the gradient, and the slope Re⟨g, H·g⟩. */
export interface Direction { readonly slope: Node; readonly leaves: Leaves }

/** A new pair and the direction that takes it in. */
export interface Advance extends Direction {
  readonly s: Node
  readonly y: Node
  /** γ, then ρ of every pair, the oldest first. */
  readonly coefficients: Node
  /** Re⟨s,y⟩/(‖s‖·‖y‖); −2 where s = 0. */
  readonly cosine: Node
}

/** A pair is safe when its cosine is above this: below, rounding may have made its sign. */
export const safeCosine = (dtype: DType): number => epsilon(dtype)

const one = (dtype: DType): Node => filled(1, dtype, scalar)
const vector = (x: Node): Node => reshape(x, [1])
const dot = (a: Node, b: Node): Node => vdotReal([a], [b])

const twoLoop = (gs: Leaves, g: Node, coefficients: Node, history: Leaves): readonly Node[] => {
  const d = make('twoLoop', [g, coefficients, ...history], [history.length / 2])
  return [dot(g, d), ...unravel(d, gs)]
}

/** Programs differ in the number of pairs: a compiled function for each, so that none searches among the others'. */
const perCount = <A extends readonly unknown[], R>(f: (...args: A) => R): ((count: number) => (...args: A) => R) => {
  const compiled: ((...args: A) => R)[] = []
  return (count) => compiled[count] ??= jit(f)
}

const direct = perCount((gs: Leaves, coefficients: Node, history: Leaves) =>
  twoLoop(gs, ravel(gs, coefficients.dtype), coefficients, history))

/** H·g from the pairs in `history`: s₁, y₁, … sₖ, yₖ, the oldest first. */
export const direction = (gs: Leaves, coefficients: Node, history: Leaves): Direction => {
  const [slope, ...leaves] = direct(history.length)(gs, coefficients, history)
  return { slope: slope!, leaves }
}

const advancing = perCount((
  xs: Leaves, gs: Leaves, xs0: Leaves, gs0: Leaves, coefficients: Node, history: Leaves, isScaled: boolean,
) => {
  const { dtype } = coefficients
  const s = sub(ravel(xs, dtype), ravel(xs0, dtype))
  const g = ravel(gs, dtype)
  const y = sub(g, ravel(gs0, dtype))
  const [sy, ss, yy] = [dot(s, y), dot(s, s), dot(y, y)]
  const isStill = make('equal', [ss, filled(0, dtype, scalar)])
  const cosine = where(isStill, filled(-2, dtype, scalar), div(sy, mul(sqrt(ss), sqrt(yy))))
  const old = history.length / 2
  const kept = narrow(coefficients, 0, coefficients.info.size - old, old)
  const gamma = isScaled ? div(sy, yy) : one(dtype)
  const next = concat([vector(gamma), kept, vector(reciprocal(sy))])
  return [cosine, s, y, next, ...twoLoop(gs, g, next, [...history, s, y])]
})

/** The step from the point before, as a pair, and H·g with it. `coefficients` may still hold what `history` has let go. */
export const advance = (
  xs: Leaves, gs: Leaves, xs0: Leaves, gs0: Leaves, coefficients: Node, history: Leaves, isScaled: boolean,
): Advance => {
  const results = advancing(history.length)(xs, gs, xs0, gs0, coefficients, history, isScaled)
  return {
    cosine: results[0]!, s: results[1]!, y: results[2]!, coefficients: results[3]!,
    slope: results[4]!, leaves: results.slice(5),
  }
}

const steep = jit((gs: Leaves, isScaled: boolean) => {
  const g = ravel(gs)
  const gamma = isScaled ? minimum(one(g.dtype), reciprocal(sqrt(dot(g, g)))) : one(g.dtype)
  const d = mul(g, gamma)
  return [vector(gamma), dot(g, d), ...unravel(d, gs)]
})

/** min(1, 1/‖g‖)·g: the direction without any history, and its coefficients. */
export const steepest = (gs: Leaves, isScaled: boolean): Direction & { readonly coefficients: Node } => {
  const [coefficients, slope, ...leaves] = steep(gs, isScaled)
  return { coefficients: coefficients!, slope: slope!, leaves }
}
