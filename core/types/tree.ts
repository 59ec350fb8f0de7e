// Trees in types: parameters are tensors, or arrays and records of them, nested as one likes.
import type { DType } from '../dtype.ts'
import type { Rules } from './dtypes.ts'
import type { Tensor } from './tensor.ts'

/** Takes the place of what is refused. An interface, because errors widen a literal to `string`, and name an alias. */
export interface Refused<Why extends string> { readonly refused: Why }
export type NotTree = 'parameters are tensors, or arrays and records of tensors: wrap numbers in tensor()'
export type NoDerivative = "integers and booleans have no derivative: cast('float64') the parameter"

/** Recognises a tensor without looking at its type parameters. */
export interface Leaf { readonly dtype: unknown, readonly shape: unknown }

/**
 * Use it as `P extends Tree<P>`: it checks every leaf, keeps interfaces, tuples and literal shapes, and an error
 * appears at the leaf that is wrong.
 */
export type Tree<P> = {
  readonly [K in keyof P]:
    P extends Leaf ? P[K]
    : P[K] extends Leaf ? P[K]
    : P[K] extends (...args: never) => unknown ? Refused<NotTree>
    : P[K] extends object ? Tree<P[K]>
    : Refused<NotTree>
}

// Decided at once even where X is still generic (the spread sees to it), and then in favour of X: so a function that is
// generic in `P extends Tree<P>` may take gradients.
export type IfFloat<X> =
  X extends { readonly dtype: FloatDType, readonly shape: unknown } ? []
  : X extends { readonly dtype: 'bool' | 'int32', readonly shape: unknown } ? never
  : []
export type RefuseInteger<X, Part> = [[...IfFloat<X>]] extends [never] ? Refused<NoDerivative> : Part

/** A tree for derivatives: `P extends Differentiable<P>` refuses integers and booleans, too. */
export type Differentiable<P> = {
  readonly [K in keyof P]:
    P extends Leaf ? RefuseInteger<P, P[K]>
    : P[K] extends Leaf ? RefuseInteger<P[K], P[K]>
    : P[K] extends (...args: never) => unknown ? Refused<NotTree>
    : P[K] extends object ? Differentiable<P[K]>
    : Refused<NotTree>
}

/** What a derivative can be taken of. */
export type FloatDType = Exclude<DType, 'bool' | 'int32'>
export type Variable = Tensor<FloatDType>

/** The tree with the real dtype of each leaf, such as |g|² of a complex gradient g. */
export type Real<P> =
  P extends Tensor<infer D, infer S> ? Tensor<Rules[D]['real'], S> : { readonly [K in keyof P]: Real<P[K]> }
