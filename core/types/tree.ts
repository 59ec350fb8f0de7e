// Trees in types: parameters are tensors, or arrays and records of them, nested as one likes.
import type { DType } from '../dtype.ts'
import type { Guards, NoDerivative, Rules } from './dtypes.ts'
import type { Tensor } from './tensor.ts'

export type NotTree = 'parameters are tensors, or arrays and records of tensors: wrap numbers in tensor()'

/** Recognises a tensor without looking at its type parameters. */
export interface Leaf { readonly dtype: unknown, readonly shape: unknown }

/**
 * Use it as `P extends Tree<P>`: it checks every leaf, keeps interfaces, tuples and literal shapes, and an error appears
 * at the leaf that is wrong.
 */
export type Tree<P> = {
  readonly [K in keyof P]:
    P extends Leaf ? P[K]
    : P[K] extends Leaf ? P[K]
    : P[K] extends (...args: never) => unknown ? NotTree
    : P[K] extends object ? Tree<P[K]>
    : NotTree
}

/** A refusal that keeps its text where two string literals would only meet in `never`. */
export interface Refused<Message> { readonly refused: Message }
export type RefusedUnlessFloat<D> = D extends 'bool' | 'int32' ? Refused<NoDerivative> : unknown

/** The same for what a derivative is taken of: `P extends Differentiable<P>` refuses integers and booleans, too. */
export type Differentiable<P> = {
  readonly [K in keyof P]:
    P extends Leaf ? K extends 'dtype' ? P[K] & RefusedUnlessFloat<P[K]> : P[K]
    : P[K] extends { readonly dtype: infer D extends DType, readonly shape: unknown } ? P[K] & Guards[D]['parameter']
    : P[K] extends (...args: never) => unknown ? NotTree
    : P[K] extends object ? Differentiable<P[K]>
    : NotTree
}

/** What a derivative can be taken of. */
export type Variable = Tensor<Exclude<DType, 'bool' | 'int32'>>

/** The tree with the real dtype of each leaf, such as |g|² of a complex gradient g. */
export type Real<P> = P extends Tensor<infer D, infer S> ? Tensor<Rules[D]['real'], S> : { readonly [K in keyof P]: Real<P[K]> }
