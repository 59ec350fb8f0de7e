// Limited-memory BFGS: the gradient times an estimate of the inverse Hessian that the last steps give.
import { OptionError } from '../core/errors.ts'
import type { Node } from '../core/node.ts'
import type { Tensor } from '../core/types.ts'
import { chain, type StatelessF } from './chain.ts'
import { advance, direction, safeCosine, steepest, type Direction } from './direction.ts'
import { driverOf } from './driver.ts'
import { after, reading, type Eventually } from './effects.ts'
import { scaleByZoomLinesearch, type ZoomLinesearchOptions } from './linesearches.ts'
import { leavesOf, rebuilt } from './ravel.ts'
import { scale } from './scale.ts'
import type { LinesearchF } from './search.ts'
import { define, type Result } from './transformation.ts'
import type { ChainF, Transformation, TransformationF } from './types.ts'

export interface LbfgsOptions {
  /** How many pairs are remembered; 10 if absent. */
  readonly memorySize?: number
  /**
   * Whether H starts from γ = Re⟨s,y⟩/⟨y,y⟩ of the last pair, and from min(1, 1/‖g‖) where there is none; otherwise from 1.
   * True if absent.
   */
  readonly scaleInitial?: boolean
}

/** Vectors of the history are flat and real, whatever the parameters. Pushing a pair copies nothing. */
export interface LbfgsState<P> {
  /** The point before, where the next pair starts. */
  readonly previous: { readonly params: P; readonly grad: P } | null
  /** s₁, y₁, … sₖ, yₖ: differences of parameters and of gradients, the oldest first. */
  readonly history: readonly Tensor[]
  /** γ, ρ₁, … ρₖ with ρ = 1/Re⟨s,y⟩; null before the first update. */
  readonly coefficients: Tensor | null
}

export interface LbfgsF extends TransformationF { readonly State: LbfgsState<this['P']> }

interface Memory { readonly history: readonly Node[]; readonly coefficients: Node | null }
interface State extends Memory { readonly previous: { readonly params: unknown; readonly grad: unknown } | null }
interface Chosen extends Memory { readonly direction: Direction; readonly slope: number }

/**
 * H·g by the two-loop recursion, with H the BFGS estimate of the inverse Hessian from the last `memorySize` pairs
 * s = x⁺ − x, y = g⁺ − g. All inner products are Re⟨·,·⟩, so that complex parameters are minimized as their real and
 * imaginary parts would be. The result is not negated: `scale(-1)` comes next, then a line search.
 *
 * A pair enters only if Re⟨s,y⟩ > ε‖s‖‖y‖, with ε the precision; one that does not enter displaces none. The memory is
 * dropped after a step of zero, and when H·g is no direction of ascent.
 *
 * @throws OptionError unless `memorySize` is an integer ≥ 1
 * @example
 * ```ts
 * import { scaleByLbfgs, tensor } from 'wirtinger'
 * const t = scaleByLbfgs({ memorySize: 5 })
 * const x = tensor([0, 4])
 * console.log(t.update(x, t.init(x), x)[0].toArray()) // [ 0, 1 ]
 * ```
 * @see J. Nocedal and S. Wright, Numerical Optimization, 2nd ed., algorithm 7.4; D. Liu and J. Nocedal, On the limited memory
 * BFGS method for large scale optimization, 1989
 */
export const scaleByLbfgs = ({ memorySize = 10, scaleInitial = true }: LbfgsOptions = {}): Transformation<LbfgsF> => {
  if (!Number.isInteger(memorySize) || memorySize < 1) {
    throw new OptionError(`scaleByLbfgs: memorySize must be an integer ≥ 1, got ${memorySize}`)
  }

  const start = (gs: readonly Node[]): Eventually<Chosen> => {
    const first = steepest(gs, scaleInitial)
    return reading([first.slope], ([slope]): Chosen =>
      ({ history: [], coefficients: first.coefficients, direction: first, slope: slope! }))
  }

  /** H·g from the memory as it is. */
  const remembered = (history: readonly Node[], coefficients: Node, gs: readonly Node[]): Eventually<Chosen> => {
    if (history.length === 0) return start(gs)
    const old = direction(gs, coefficients, history)
    return reading([old.slope], ([slope]): Chosen => ({ history, coefficients, direction: old, slope: slope! }))
  }

  const push = ({ previous, history, coefficients }: State, params: unknown, gs: readonly Node[]): Eventually<Chosen> => {
    if (previous === null || coefficients === null) return start(gs)
    const kept = history.length === 2 * memorySize ? history.slice(2) : history
    const [xs0, gs0] = [leavesOf(previous.params), leavesOf(previous.grad)]
    const next = advance(leavesOf(params), gs, xs0, gs0, coefficients, kept, scaleInitial)
    return reading([next.cosine, next.slope], ([cosine, slope]): Eventually<Chosen> =>
      cosine! > safeCosine(next.s.dtype)
        ? { history: [...kept, next.s, next.y], coefficients: next.coefficients, direction: next, slope: slope! }
        : cosine === -2 ? start(gs) : remembered(history, coefficients, gs))
  }

  return define<LbfgsF>({
    init: (): State => ({ previous: null, history: [], coefficients: null }),
    run: (updates, before, params, needs) => {
      const state = before as State // what init and this function return
      const gs = leavesOf(updates, 'scaleByLbfgs')
      const descending = after(push(state, params, gs), (chosen) =>
        (chosen.slope > 0 || chosen.history.length === 0 ? chosen : start(gs)))
      return after(descending, ({ history, coefficients, direction: { leaves }, slope }): Result => {
        driverOf(needs)?.noteSlope(leaves[0], slope)
        const next: State = { previous: { params, grad: updates }, history, coefficients }
        return [rebuilt(updates, leaves), next]
      })
    },
    lets: true,
  })
}

/**
 * L-BFGS with a zoom line search: `chain(scaleByLbfgs(options), scale(-1), scaleByZoomLinesearch(linesearch))`, what
 * `minimize` uses if nothing else is said. Needs `{ value, grad, valueFn }`.
 *
 * @example
 * ```ts
 * import { lbfgs, minimize, tensor } from 'wirtinger'
 * const { status } = minimize((x) => x.sub(1).square().sum(), tensor([3, 4]), { optimizer: lbfgs({ memorySize: 5 }) })
 * console.log(status._tag) // ConvergedByGradient
 * ```
 */
export const lbfgs = (
  options: LbfgsOptions = {}, linesearch: ZoomLinesearchOptions = {},
): Transformation<ChainF<[LbfgsF, StatelessF, LinesearchF]>> =>
  chain(scaleByLbfgs(options), scale(-1), scaleByZoomLinesearch(linesearch))
