// The derivatives, in types: each takes a function and gives a function. Parameters are trees, and keep their types.
import type { DType } from '../core/dtype.ts'
import type { Promotion } from '../core/types/dtypes.ts'
import type { Objective } from '../core/types/objective.ts'
import type { Shape } from '../core/types/shape.ts'
import type { Tensor } from '../core/types/tensor.ts'
import type { Differentiable, Tree, Variable } from '../core/types/tree.ts'

/** `grad(f)(params, ...data)`: the direction of steepest ascent, ∂f/∂x + i·∂f/∂y, with the type of the parameters. */
export type Grad = <
  P extends Differentiable<P> = Variable, A extends readonly unknown[] = [],
  D extends DType = DType, S extends Shape = Shape,
>(f: (params: P, ...data: A) => Objective<D, S>) => <Q extends P>(params: Q, ...data: A) => Q

export interface ValueAndGrad {
  /** The objective returns `[value, auxiliary]`; what is auxiliary is passed on. */
  <
    P extends Differentiable<P> = Variable, A extends readonly unknown[] = [],
    D extends DType = DType, S extends Shape = Shape, Aux = unknown,
  >(
    f: (params: P, ...data: A) => readonly [Objective<D, S>, Aux], options: { readonly hasAux: true },
  ): <Q extends P>(params: Q, ...data: A) => {
    readonly value: Tensor<Extract<D, 'float32' | 'float64'>, []>, readonly grad: Q, readonly aux: Aux
  }
  <
    P extends Differentiable<P> = Variable, A extends readonly unknown[] = [],
    D extends DType = DType, S extends Shape = Shape,
  >(
    f: (params: P, ...data: A) => Objective<D, S>, options?: { readonly hasAux?: false },
  ): <Q extends P>(params: Q, ...data: A) => {
    readonly value: Tensor<Extract<D, 'float32' | 'float64'>, []>, readonly grad: Q
  }
}

/** `vjp(f)(params)`: the value, and the pullback from cotangents of the value to gradients. */
export type Vjp = <P extends Differentiable<P> = Variable, R extends Tree<R> = Tensor>(f: (params: P) => R) =>
  <Q extends P>(params: Q) => { readonly value: R, readonly pullback: (cotangent: NoInfer<R>) => Q }

/** `jvp(f)(params, direction)`: the value, and its derivative in a direction. */
export type Jvp = <P extends Differentiable<P> = Variable, R extends Tree<R> = Tensor>(f: (params: P) => R) =>
  <Q extends P>(params: Q, direction: NoInfer<Q>) => { readonly value: R, readonly tangent: R }

/** `hvp(f)(params, direction)`: the derivative of the gradient in a direction. */
export type Hvp = <P extends Differentiable<P> = Variable, D extends DType = DType, S extends Shape = Shape>(
  f: (params: P) => Objective<D, S>) => <Q extends P>(params: Q, direction: NoInfer<Q>) => Q

export type NoJacobian =
  'complex parameters have two derivatives: use wirtinger, or complexDerivative if f is holomorphic'
export type NoHessian =
  'the hessian of complex parameters is not one matrix: use hvp for its products with directions'
export type NeedsComplex = 'this derivative is for complex parameters: use jacobian for real ones'

/** Allowed dtypes of the parameter, or why they are not. */
export interface ParameterOf<D extends DType> {
  jacobian: D extends 'complex64' | 'complex128' ? NoJacobian : unknown
  hessian: D extends 'complex64' | 'complex128' ? NoHessian : unknown
  wirtinger: D extends 'complex64' | 'complex128' ? unknown : NeedsComplex
}

/** `jacobian(f)(x)` of real tensors, with shape [...shape of f(x), ...shape of x]. */
export type Jacobian = <D extends DType, S extends Shape, E extends DType, R extends Shape>(
  f: (x: Tensor<D, S>) => Tensor<E, R> & ParameterOf<D>['jacobian'],
) => <T extends S>(x: Tensor<D, T>) => Tensor<Promotion[D][E], [...R, ...T]>

/** `hessian(f)(x)` of a real tensor, with shape [...shape of x, ...shape of x]. */
export type Hessian = <D extends DType, S extends Shape, E extends DType, R extends Shape>(
  f: (x: Tensor<D, S>) => Objective<E, R> & ParameterOf<D>['hessian'],
) => <T extends S>(x: Tensor<D, T>) => Tensor<D, [...T, ...T]>

/** `wirtinger(f)(z)`: f(z), ∂f/∂z and ∂f/∂z̄; both have the shape of z. */
export type Wirtinger = <D extends DType, S extends Shape, E extends DType, R extends Shape>(
  f: (z: Tensor<D, S>) => Tensor<E, R> & ParameterOf<D>['wirtinger']) => <T extends S>(z: Tensor<D, T>) => {
  readonly value: Tensor<E, R>
  readonly dz: Tensor<D, T>
  readonly dzbar: Tensor<D, T>
}

/** `complexDerivative(f)(z)` of a holomorphic f, with the shape of z. */
export type ComplexDerivative = <D extends DType, S extends Shape, E extends DType, R extends Shape>(
  f: (z: Tensor<D, S>) => Tensor<E, R> & ParameterOf<D>['wirtinger']) => <T extends S>(z: Tensor<D, T>) => Tensor<D, T>

/** `stopGradient(x)`: x, which derivatives take for a constant. */
export type StopGradient = <P extends Tree<P>>(x: P) => P

/** `customVjp(f, pullback)`: f with a pullback by hand, from (arguments, result, cotangent) to cotangents of the arguments. */
export type CustomVjp = <A extends readonly Tensor[], R extends Tensor>(
  f: (...args: A) => R, pullback: (args: A, result: R, cotangent: R) => { readonly [K in keyof A]: Tensor },
) => (...args: A) => R

/** One direction of a gradient check: an entry of a parameter, moved along 1 or i. */
export interface Direction {
  /** Where the entry is, such as `.weights[0, 1]`. */
  readonly entry: string
  readonly along: '1' | 'i'
  readonly gradient: number
  readonly difference: number
  /** |gradient − difference| / (1 + the largest |gradient|). */
  readonly error: number
}

/** What `checkGrad` found; `String(report)` is for reading. */
export interface GradReport {
  readonly ok: boolean
  readonly tolerance: number
  /** How many directions were looked at. */
  readonly checked: number
  readonly largestError: number
  /** The directions that disagree most, worst first. */
  readonly worst: readonly Direction[]
  readonly toString: () => string
}

export interface CheckOptions {
  /** The largest error that passes: 1e-6 if nothing is said, and 1e-2 in single precision. */
  readonly tolerance?: number
  /** How many directions the report lists: 8 if nothing is said. */
  readonly worst?: number
}

/** `checkGrad(f, params)`: the gradient against finite differences along 1 and i of every element. */
export type CheckGrad = <P extends Differentiable<P>, D extends DType, S extends Shape>(
  f: (params: P) => Objective<D, S>, params: P, options?: CheckOptions) => GradReport
