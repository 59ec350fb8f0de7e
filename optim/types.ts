// Optimizers, in types. A gradient transformation is a pair of pure functions, `init` and `update`. What its state is, and
// what else it needs, depends on the type P of the parameters: a function of types, written as an interface that reads
// `this['P']`. So the state of a chain is exactly the tuple of its members' states, and their needs add up.
import type { Backend } from '../core/backend.ts'
import type { DType } from '../core/dtype.ts'
import type { Objective, Scalar } from '../core/types/objective.ts'
import type { Shape } from '../core/types/shape.ts'
import type { Tensor } from '../core/types/tensor.ts'
import type { Differentiable, Tree } from '../core/types/tree.ts'

// ---- transformations -------------------------------------------------------------------------------------------------

/**
 * A function of types, P → { State, Needs }. Extend it and write `this['P']`; `Needs: unknown` means none.
 *
 * @example
 * ```ts
 * import type { TransformationF } from 'wirtinger'
 * interface MomentumState<P> { readonly velocity: P }
 * interface MomentumF extends TransformationF { readonly State: MomentumState<this['P']> }
 * ```
 */
export interface TransformationF { readonly P: unknown, readonly State: unknown, readonly Needs: unknown }

export type StateOf<F extends TransformationF, P> = (F & { readonly P: P })['State']
export type NeedsOf<F extends TransformationF, P> = (F & { readonly P: P })['Needs']

/** What `update` returns: the updates to add to the parameters, and the next state. */
export type Step<F extends TransformationF, P> = readonly [updates: P, state: StateOf<F, P>]

/** What `update` takes; the last argument only if something is needed. */
export type UpdateArgs<F extends TransformationF, P> = [
  updates: P, state: StateOf<F, P>, params: P, ...needs: unknown extends NeedsOf<F, P> ? [needs?: unknown] : [needs: NeedsOf<F, P>],
]

/** From updates to better updates. The first ones are the gradient, as `grad` gives it. */
export interface Transformation<F extends TransformationF> {
  readonly init: <P extends Tree<P>>(params: P) => StateOf<F, P>
  readonly update: <P extends Tree<P>>(...args: UpdateArgs<F, P>) => Step<F, P>
  /** The same on a device from which numbers cannot be read at once. */
  readonly updateAsync: <P extends Tree<P>>(...args: UpdateArgs<F, P>) => Promise<Step<F, P>>
}

/** The objective at the parameters, and the objective itself: what a line search needs. */
export interface Evaluation<P> {
  readonly value: Scalar
  readonly grad: P
  readonly valueFn: (params: P) => Scalar
}

/** Whatever `minimize` can drive: any transformation whose needs it can meet. */
export interface Optimizer {
  readonly init: <P extends Tree<P>>(params: P) => unknown
  readonly update: <P extends Tree<P>>(
    updates: P, state: never, params: P, needs: Evaluation<P>) => readonly [updates: P, state: unknown]
  readonly updateAsync: <P extends Tree<P>>(
    updates: P, state: never, params: P, needs: Evaluation<P>) => Promise<readonly [updates: P, state: unknown]>
}

/** A computation that reads numbers off the device on its way: it yields tensors, and is handed their numbers. */
export type Reads<A> = Generator<readonly Tensor[], A, readonly number[]>

/** `const n = yield* read(x)` inside an `update` that is written as a generator. */
export type Read = (x: Tensor<DType, []>) => Reads<number>

/** How a transformation is written: `update` as a plain function, or as a generator that reads numbers. */
export interface Recipe<F extends TransformationF> {
  readonly init: <P extends Tree<P>>(params: P) => StateOf<F, P>
  readonly update: <P extends Tree<P>>(
    updates: P, state: StateOf<F, P>, params: P, needs: NeedsOf<F, P>) => Step<F, P> | Reads<Step<F, P>>
}

export type MakeTransformation = <F extends TransformationF>(recipe: Recipe<F>) => Transformation<F>

// ---- chains ----------------------------------------------------------------------------------------------------------

export type AllNeeds<Fs extends readonly TransformationF[], P> =
  Fs extends readonly [infer H extends TransformationF, ...infer T extends readonly TransformationF[]] ? NeedsOf<H, P> & AllNeeds<T, P>
  : Fs extends readonly [] ? unknown
  : NeedsOf<Fs[number], P>

/** The states of the members as a tuple, and all their needs together. */
export interface ChainF<Fs extends readonly TransformationF[]> extends TransformationF {
  readonly State: { readonly [K in keyof Fs]: StateOf<Fs[K], this['P']> }
  readonly Needs: AllNeeds<Fs, this['P']>
}

export type Chain = <Fs extends readonly TransformationF[]>(
  ...members: { readonly [K in keyof Fs]: Transformation<Fs[K]> }) => Transformation<ChainF<Fs>>

// ---- minimize --------------------------------------------------------------------------------------------------------

/** The gradient is as small as was asked. */
export interface ConvergedByGradient { readonly _tag: 'ConvergedByGradient', readonly message: string }
/** The value decreases by less than was asked. */
export interface ConvergedByDecrease { readonly _tag: 'ConvergedByDecrease', readonly message: string }
/** The value cannot be resolved any better in this precision; the gradient is larger than was asked. */
export interface StalledAtPrecision { readonly _tag: 'StalledAtPrecision', readonly message: string }
export interface IterationLimit { readonly _tag: 'IterationLimit', readonly message: string }
export interface EvaluationLimit { readonly _tag: 'EvaluationLimit', readonly message: string }
export interface TimeLimit { readonly _tag: 'TimeLimit', readonly message: string }
/** No step along the last direction was acceptable, nor along the gradient. */
export interface LineSearchFailed { readonly _tag: 'LineSearchFailed', readonly message: string, readonly reason: string }
/** The objective or its gradient became NaN or infinite. */
export interface NonFinite {
  readonly _tag: 'NonFinite'
  readonly message: string
  readonly where: 'value' | 'gradient' | 'parameters'
}
/** The signal was aborted. */
export interface Aborted { readonly _tag: 'Aborted', readonly message: string }
/** The device on which it ran failed: it was lost, had no memory left, or refused a command. `reason` is the tag of the error. */
export interface DeviceFailed { readonly _tag: 'DeviceFailed', readonly message: string, readonly reason: string }

/** How a minimization ended. Only the first two are success. */
export type Status =
  | ConvergedByGradient | ConvergedByDecrease | StalledAtPrecision | IterationLimit | EvaluationLimit | TimeLimit
  | LineSearchFailed | NonFinite | Aborted | DeviceFailed

/** The best point found, whatever the status. */
export interface Solution<P> {
  readonly params: P
  readonly value: number
  readonly grad: P
  /** Of the gradient, in the norm that the tolerance refers to. */
  readonly gradientNorm: number
  readonly status: Status
  readonly iterations: number
  /** Of the objective: a value together with its gradient is one. */
  readonly evaluations: number
  readonly seconds: number
  /** With which it was computed, whatever the dtypes: a device may have no more than single precision. */
  readonly precision: 'float32' | 'float64'
  /** Where `resumeFrom` goes on: plain data of tensors and numbers, the optimizer's state among them. */
  readonly checkpoint: unknown
}

/** What `onIteration` is told. */
export interface Progress<P> {
  readonly params: P
  readonly value: number
  readonly grad: P
  readonly gradientNorm: number
  readonly iterations: number
  readonly evaluations: number
  readonly seconds: number
}

export interface MinimizeOptions<P> {
  /** L-BFGS with a zoom line search if absent. */
  readonly optimizer?: Optimizer
  /** Stop when the norm of the gradient is at most this; 1e-5 if absent, 1e-3 in single precision. */
  readonly gradientTolerance?: number
  /** Stop when the value decreases by at most this, relative to its size; 0, never, if absent. */
  readonly decreaseTolerance?: number
  /** Of the gradient: the Euclidean one, or the largest |gᵢ|, which it is if absent. */
  readonly norm?: 2 | 'max'
  /** 1000 if absent. */
  readonly maxIterations?: number
  readonly maxEvaluations?: number
  readonly maxSeconds?: number
  /** Called after each iteration. What it throws ends the minimization and passes through. */
  readonly onIteration?: (progress: Progress<P>) => void
  /** Such as an AbortSignal. */
  readonly signal?: { readonly aborted: boolean }
  /** Go on from where an earlier minimization of the same parameters, by the same optimizer, ended. */
  readonly resumeFrom?: Solution<P>
  /** `false`: run the objective anew for each evaluation, so that it may decide by values. */
  readonly jit?: boolean
}

/** What `minimizeAsync` takes besides. */
export interface MinimizeAsyncOptions<P> extends MinimizeOptions<P> {
  /** Where to compute: parameters, and a solution to resume from, are brought there. Where the parameters are, if absent. */
  readonly backend?: Backend
  /**
   * On a device, the best point is copied to the host every so many seconds, with a read that is made anyway: what remains
   * when the device is lost. 1 if absent; Infinity copies it once, at the start.
   */
  readonly snapshotSeconds?: number
}

/** `minimize(f, x0, options?)`: a real objective of real and complex parameters to its minimum. */
export type Minimize = <P extends Differentiable<P>, D extends DType = DType, S extends Shape = Shape>(
  f: (params: P) => Objective<D, S>, x0: P, options?: MinimizeOptions<NoInfer<P>>) => Solution<P>

/** The same on any backend. */
export type MinimizeAsync = <P extends Differentiable<P>, D extends DType = DType, S extends Shape = Shape>(
  f: (params: P) => Objective<D, S>, x0: P, options?: MinimizeAsyncOptions<NoInfer<P>>) => Promise<Solution<P>>
