// Line searches on tensors: the pure machines of linesearch/ are told what the objective says along the updates.
import { valueAndGrad } from '../autodiff/grad.ts'
import { typed } from '../core/dual.ts'
import { OptionError } from '../core/errors.ts'
import { jit } from '../core/jit.ts'
import { Node } from '../core/node.ts'
import type { Scalar } from '../core/types.ts'
import { advance } from './applyUpdates.ts'
import { arrive } from './arrival.ts'
import { driverOf, type Point, type Prober } from './driver.ts'
import { after, expecting, known, reading, type Eventually } from './effects.ts'
import type { Conditions, FailureReason, LineSearch, Verdict } from './linesearch/protocol.ts'
import { resolutionOf } from './precision.ts'
import { leavesOf, vdotReal } from './ravel.ts'
import { factored, scaled } from './scaled.ts'
import { define, type Result } from './transformation.ts'
import { zerosLike } from './tree.ts'
import type { Evaluation, Transformation, TransformationF } from './types.ts'

/** What a line search found out. It describes the point that was returned. */
export interface SearchInfo {
  /** The accepted step, 0 after a failure. */
  readonly step: number
  readonly value: number
  readonly slope: number
  /** Evaluations of the objective in this search. */
  readonly evaluations: number
  /** What the accepted step fulfils: small curvature too ('wolfe'), or sufficient decrease alone. Null after a failure. */
  readonly conditions: Conditions | null
  /** Why no step was accepted; null after success. The updates are zero then. */
  readonly failure: FailureReason | null
}

export interface LinesearchState<P> {
  readonly _tag: 'LinesearchState'
  /** The step accepted last, 1 at the start. */
  readonly step: number
  /** Value and gradient at the parameters to which the updates lead. */
  readonly evaluation: { readonly params: P; readonly value: Scalar; readonly grad: P } | null
  readonly info: SearchInfo | null
}

export interface LinesearchF extends TransformationF {
  readonly State: LinesearchState<this['P']>
  readonly Needs: Evaluation<this['P']>
}

/** What `update` is given. */
interface Needs { readonly value: Node; readonly grad: unknown; readonly valueFn: (params: never) => unknown }

const isNeeds = (x: unknown): x is Needs =>
  typeof x === 'object' && x !== null && 'value' in x && x.value instanceof Node && 'grad' in x
  && 'valueFn' in x && typeof x.valueFn === 'function'

const slopeAlong = jit((grads: readonly Node[], updates: readonly Node[]) => vdotReal(grads, updates))

/** Evaluates the objective as it is, which is run anew each time. */
const proberOf = (valueFn: Needs['valueFn']): Prober => {
  const evaluate = typed<(params: unknown) => { readonly value: Node; readonly grad: unknown }>(
    valueAndGrad(typed<(params: Scalar) => Scalar>(valueFn)))
  return (params, updates, step) => {
    const to = advance(params, updates, step)
    const { value, grad } = evaluate(to)
    const { factor, bases } = factored(leavesOf(updates))
    return reading([value, slopeAlong(leavesOf(grad), bases)], ([height, slope]): Point =>
      ({ params: to, value, grad, at: { step, value: height!, slope: factor * slope! } }))
  }
}

interface State extends Omit<LinesearchState<unknown>, 'evaluation'> {
  readonly evaluation: { readonly params: unknown; readonly value: Node; readonly grad: unknown } | null
}

/** The transformation that a line search makes of a direction of descent: the updates become an acceptable multiple. */
export const searching = <S>(name: string, machineFor: (resolution: number) => LineSearch<S>): Transformation<LinesearchF> => {
  const machines = new Map<number, LineSearch<S>>()
  const machineOf = (resolution: number): LineSearch<S> => {
    const made = machines.get(resolution) ?? machineFor(resolution)
    machines.set(resolution, made)
    return made
  }
  return define<LinesearchF>({
    init: (): State => ({ _tag: 'LinesearchState', step: 1, evaluation: null, info: null }),
    run: (updates, before, params, needs) => {
      if (!isNeeds(needs)) {
        throw new OptionError(`${name}: update needs { value, grad, valueFn } as its fourth argument`)
      }
      const state = before as State // what init and this function return
      const { value, grad } = needs
      const machine = machineOf(resolutionOf(value))
      const driver = driverOf(needs)
      const probe = driver?.probe ?? proberOf(needs.valueFn)
      const { factor, bases } = factored(leavesOf(updates, name))
      const numbers = [value, driver?.slopeAlong(bases[0]) ?? slopeAlong(leavesOf(grad, name), bases)]

      /** The updates that lead to `found`, and the state there. */
      const finish = (verdict: Exclude<Verdict<S>, { readonly _tag: 'Try' }>, found: Point, evaluations: number): Result => {
        const failure = verdict._tag === 'Fail' ? verdict.reason : null
        const displacement = failure === null ? scaled(updates, found.at.step) : zerosLike(updates)
        if (driver === null) arrive(displacement, params, found.params)
        else driver.arrive(displacement, found)
        const next: State = {
          _tag: 'LinesearchState',
          step: failure === null ? found.at.step : state.step,
          evaluation: { params: found.params, value: found.value, grad: found.grad },
          info: {
            step: found.at.step, value: found.at.value, slope: found.at.slope, evaluations,
            conditions: verdict._tag === 'Fail' ? null : verdict.conditions, failure,
          },
        }
        return [displacement, next]
      }
      const proceed = (origin: Point, verdict: Verdict<S>, latest: Point, held: Point, evaluations: number): Eventually<Result> => {
        if (verdict._tag === 'Fail') return finish(verdict, origin, evaluations)
        if (verdict._tag === 'Accept') return finish(verdict, verdict.which === 'held' ? held : latest, evaluations)
        const gone = verdict.hold ? held : latest
        const kept = verdict.hold ? latest : held
        if (gone !== origin) driver?.drop(gone)
        return after(probe(params, updates, verdict.step), (point) =>
          proceed(origin, machine.tell(verdict.state, point.at), point, kept, evaluations + 1))
      }
      const begin = ([height, slope]: readonly number[]): { readonly origin: Point; readonly verdict: Verdict<S> } => {
        const at = { step: 0, value: height!, slope: factor * slope! }
        return { origin: { params, value, grad, at }, verdict: machine.start(at, machine.firstStep(state.step)) }
      }
      const atHand = known(numbers)
      if (atHand !== null) {
        const { origin, verdict } = begin(atHand)
        return proceed(origin, verdict, origin, origin, 0)
      }
      // Waiting for them costs as much as an evaluation: the first step is tried as if they told of a descent.
      const guess = begin([0, -1 / factor])
      if (guess.verdict._tag !== 'Try') {
        return reading(numbers, (found) => {
          const { origin, verdict } = begin(found)
          return proceed(origin, verdict, origin, origin, 0)
        })
      }
      const { step } = guess.verdict
      return expecting(numbers, () => after(probe(params, updates, step), (point) => reading(numbers, (found) => {
        const { origin, verdict } = begin(found)
        if (verdict._tag === 'Try' && verdict.step === step) {
          return proceed(origin, machine.tell(verdict.state, point.at), point, origin, 1)
        }
        driver?.drop(point)
        return proceed(origin, verdict, origin, origin, 1)
      })))
    },
    lets: true,
  })
}

/** The state of the last line search among the states of a chain. */
export const searchState = (state: unknown): State | null => {
  if (Array.isArray(state)) return state.reduceRight<State | null>((found, s) => found ?? searchState(s), null)
  const isSearch = typeof state === 'object' && state !== null && '_tag' in state && state._tag === 'LinesearchState'
  return isSearch ? state as State : null // by its tag
}
