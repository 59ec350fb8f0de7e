// Limited-memory BFGS: the gradient times an estimate of the inverse Hessian that the last steps give.
import { OptionError } from '../core/errors.ts'
import { outcomes } from '../core/lbfgs.ts'
import type { Node } from '../core/node.ts'
import type { Tensor } from '../core/types.ts'
import { chain, type StatelessF } from './chain.ts'
import { advancer, steepest, type Direction, type Pair } from './direction.ts'
import { driverOf } from './driver.ts'
import { after, expecting, known, reading, type Eventually } from './effects.ts'
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

/**
 * What L-BFGS remembers: plain data. Vectors of the history are flat and real, whatever the parameters; pushing a pair copies
 * nothing.
 */
export interface LbfgsState<P> {
  /** The point before, where the next pair starts. */
  readonly previous: { readonly params: P; readonly grad: P } | null
  /** s₁, y₁, … sₖ, yₖ: differences of parameters and of gradients, the oldest first. */
  readonly history: readonly Tensor[]
  /** Inner products among the pairs and with `previous.grad`; null if there are none. */
  readonly memory: Tensor | null
  /** On a device: the last pair, and the number, not yet read, that says whether it enters the memory. */
  readonly proposed: ProposedPair | null
}

/** A pair that enters, is refused, or makes an end of the memory, as soon as `outcome` has been read. */
export interface ProposedPair {
  readonly s: Tensor
  readonly y: Tensor
  readonly memory: Tensor
  readonly outcome: Tensor
}

export interface LbfgsF extends TransformationF { readonly State: LbfgsState<this['P']> }

interface Memory { readonly history: readonly Node[]; readonly memory: Node | null }
interface State extends Memory {
  readonly previous: { readonly params: unknown; readonly grad: unknown } | null
  readonly proposed: Pair | null
}

const empty: Memory = { history: [], memory: null }

/**
 * H·g, with H the BFGS estimate of the inverse Hessian from the last `memorySize` pairs s = x⁺ − x, y = g⁺ − g. All inner
 * products are Re⟨·,·⟩, so that complex parameters are minimized as their real and imaginary parts would be. The result is
 * not negated: `scale(-1)` comes next, then a line search.
 *
 * A pair enters only if Re⟨s,y⟩ > ε‖s‖‖y‖, with ε the precision; one that does not enter displaces none. The memory is
 * dropped after a step of zero, and when H·g is no direction of ascent.
 *
 * The two-loop recursion is done on coefficients, by the inner products among pairs and gradient, and what it decides is
 * decided where they are: on a device nothing has to be read before the line search reads its first probe.
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

  const advance = advancer(memorySize, scaleInitial)

  const decided = ({ history }: Memory, pair: Pair, outcome: number): Memory => {
    if (outcome === outcomes.refused) return { history, memory: pair.memory }
    if (outcome !== outcomes.accepted) return empty
    const kept = history.length === 2 * memorySize ? history.slice(2) : history
    return { history: [...kept, pair.s, pair.y], memory: pair.memory }
  }

  /** The memory as the last update left it. */
  const remembered = ({ history, memory, proposed }: State): Eventually<Memory> =>
    (history.length > 2 * memorySize ? empty // of an optimizer with a larger memory
      : proposed === null ? { history, memory }
      : reading([proposed.outcome], ([outcome]) => decided({ history, memory }, proposed, outcome!)))

  return define<LbfgsF>({
    init: (): State => ({ previous: null, ...empty, proposed: null }),
    run: (updates, before, params, needs) => {
      const state = before as State // what init and this function return
      const { previous } = state
      const gs = leavesOf(updates, 'scaleByLbfgs')
      const result = (direction: Direction, { history, memory }: Memory, proposed: Pair | null): Result => {
        driverOf(needs)?.noteSlope(direction.leaves[0], direction.slope)
        const next: State = { previous: { params, grad: updates }, history, memory, proposed }
        return [rebuilt(updates, direction.leaves), next]
      }
      if (previous === null) return result(steepest(gs, scaleInitial), empty, null)
      return after(remembered(state), (memory) => {
        const at = { xs: leavesOf(previous.params), gs: leavesOf(previous.grad) }
        const { direction, pair } = advance({ xs: leavesOf(params), gs }, at, memory.memory, memory.history)
        const numbers = known([direction.slope, pair.outcome])
        if (numbers === null) return expecting([pair.outcome], () => result(direction, memory, pair))
        const [slope, outcome] = numbers
        return slope! > 0 || outcome === outcomes.dropped
          ? result(direction, decided(memory, pair, outcome!), null) : result(steepest(gs, scaleInitial), empty, null)
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
