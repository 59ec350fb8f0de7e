// The compiled stretches of L-BFGS. Trees are ravelled inside them; the history is flat vectors.
import type { DType } from '../core/dtype.ts'
import { jit } from '../core/jit.ts'
import { outcomeAt, slopeAt } from '../core/lbfgs.ts'
import { make } from '../core/make.ts'
import type { Node } from '../core/node.ts'
import { minimum, mul, reciprocal, sqrt, sub } from '../core/operations/elementwise.ts'
import { narrow, reshape } from '../core/operations/movement.ts'
import { filled } from '../core/operations/operand.ts'
import { scalar } from '../core/shape.ts'
import { ravel, unravel, vdotReal } from './ravel.ts'

type Leaves = readonly Node[]

/** A direction of ascent as a tree like the gradient, and the slope Re⟨g, d⟩. */
export interface Direction { readonly slope: Node; readonly leaves: Leaves }

/** A point, and the gradient there. */
export interface At { readonly xs: Leaves; readonly gs: Leaves }

/** What `core/lbfgs.ts` says of a step. */
export interface Pair {
  /** The step and the difference of the gradients. */
  readonly s: Node
  readonly y: Node
  /** The inner products among the pairs, this one among them if it is accepted, and with the gradient. */
  readonly memory: Node
  /** Whether it is: a number in `outcomes`. */
  readonly outcome: Node
}

/** H·g, with a new pair taken in. */
export interface Advance { readonly direction: Direction; readonly pair: Pair }

const one = (dtype: DType): Node => filled(1, dtype, scalar)

type Advancing = (now: Leaves, gs: Leaves, before: Leaves, gs0: Leaves, memory: Leaves, history: Leaves) => Leaves

const advancing = (count: number, memorySize: number, isScaled: boolean): Advancing =>
  jit((xs: Leaves, gs: Leaves, xs0: Leaves, gs0: Leaves, memory: Leaves, history: Leaves) => {
    const g = ravel(gs)
    const s = sub(ravel(xs, g.dtype), ravel(xs0, g.dtype))
    const y = sub(g, ravel(gs0, g.dtype))
    const found = make('lbfgs', [g, s, y, ...memory, ...history], [count, memorySize, Number(isScaled)])
    const next = make('pick', [found], [1])
    const at = (k: number): Node => reshape(narrow(next, 0, k, 1), [])
    return [at(outcomeAt), at(slopeAt), s, y, next, ...unravel(make('pick', [found], [0]), gs)]
  })

/** Programs differ in the number of pairs: a compiled function for each, so that none searches among the others'. */
const compiled = new Map<string, Advancing[]>()

/** H·g at `now`, with the step from the point before as a new pair. `history` is s₁, y₁, … sₖ, yₖ, the oldest first. */
export type Advancer = (now: At, before: At, memory: Node | null, history: Leaves) => Advance

export const advancer = (memorySize: number, isScaled: boolean): Advancer => {
  const key = `${memorySize} ${isScaled}`
  const programs = compiled.get(key) ?? []
  compiled.set(key, programs)
  return (now, before, memory, history) => {
    const count = history.length / 2
    const run = programs[count] ??= advancing(count, memorySize, isScaled)
    const results = run(now.xs, now.gs, before.xs, before.gs, memory === null ? [] : [memory], history)
    return {
      direction: { slope: results[1]!, leaves: results.slice(5) },
      pair: { outcome: results[0]!, s: results[2]!, y: results[3]!, memory: results[4]! },
    }
  }
}

const steep = jit((gs: Leaves, isScaled: boolean) => {
  const g = ravel(gs)
  const gg = vdotReal([g], [g])
  const factor = isScaled ? minimum(one(g.dtype), reciprocal(sqrt(gg))) : one(g.dtype)
  return [mul(gg, factor), ...unravel(mul(g, factor), gs)]
})

/** min(1, 1/‖g‖)·g, or g: the direction without any history. */
export const steepest = (gs: Leaves, isScaled: boolean): Direction => {
  const [slope, ...leaves] = steep(gs, isScaled)
  return { slope: slope!, leaves }
}
