// The kinds of operations: each is a pair of types, the method and its dual free function, with one rule for dtypes and
// one for shapes. They follow these rules, which keep inference good:
//  1. methods capture `this: X` and never name the parameters of Tensor, so that Tensor stays covariant and unions of
//     tensors have methods;
//  2. what may stand bare in a pipe has ONE call signature; what is always called may be overloaded, the commonest last;
//  3. results are spelled `Tensor<…>`, which is what a hover shows;
//  4. a refusal is an intersection with a string literal type that says why, and is formed only where it fails.
import type { ReduceOptions, Reduced } from './axes.ts'
import type { Become, Guard, Guards, Promotion, Rule } from './dtypes.ts'
import type { Adjoint, Broadcast, MatMul, Shape, Show } from './shape.ts'
import type { DTypeOf, Operand, ShapeOf, Tensor } from './tensor.ts'

/** One tensor in, one of the same shape out. */
export interface Unary<R extends Rule, G extends Guard = 'any'> {
  readonly method: <X extends Tensor>(this: X & Guards[X['dtype']][G]) => Tensor<Become<X['dtype'], R>, ShapeOf<X>>
  readonly free: <X extends Tensor>(x: X & Guards[X['dtype']][G]) => Tensor<Become<X['dtype'], R>, ShapeOf<X>>
}

/** The guard of a first argument that is a tensor, or the options of a data-last call. */
export type GuardIfTensor<X, G extends Guard> = X extends Tensor<infer D, infer _> ? Guards[D][G] : unknown

/** Over some axes or all of them: `x.sum({ axis: 0 })`, `sum(x)`, `pipe(x, sum)`, `pipe(x, sum({ axis: 0 }))`. */
export interface Reduction<R extends Rule, G extends Guard = 'any', Options extends object = ReduceOptions> {
  readonly method: <X extends Tensor, const O extends Options = never>(
    this: X & Guards[X['dtype']][G], options?: O) => Tensor<Become<X['dtype'], R>, Reduced<ShapeOf<X>, O>>
  readonly free: <const X extends Tensor | Options, const O extends Options = never>(
    x: X & GuardIfTensor<X, G>, options?: O) => X extends Tensor<infer D, infer S>
    ? Tensor<Become<D, R>, Reduced<S, O>>
    : <Y extends Tensor>(x: Y & Guards[Y['dtype']][G]) => Tensor<Become<Y['dtype'], R>, Reduced<ShapeOf<Y>, X>>
}

/** The shape stays; an optional argument, options or a number: `x.softmax({ axis: 0 })`, `pipe(x, tril(-1))`. */
export interface Along<R extends Rule, G extends Guard, Options> {
  readonly method: <X extends Tensor>(
    this: X & Guards[X['dtype']][G], options?: Options) => Tensor<Become<X['dtype'], R>, ShapeOf<X>>
  readonly free: <const X extends Tensor | Options>(x: X & GuardIfTensor<X, G>, options?: Options) =>
    X extends Tensor<infer D, infer S> ? Tensor<Become<D, R>, S>
    : <Y extends Tensor>(x: Y & Guards[Y['dtype']][G]) => Tensor<Become<Y['dtype'], R>, ShapeOf<Y>>
}

/** How the shapes of two operands meet. */
export interface ShapeRule<A extends Shape, B extends Shape> {
  broadcast: Broadcast<A, B>
  matmul: MatMul<A, B>
}
export interface Misfit<Op extends string, A extends Shape, B extends Shape> {
  broadcast: `${Op}: shapes [${Show<A>}] and [${Show<B>}] do not broadcast`
  matmul: `${Op}: inner dimensions differ in [${Show<A>}] @ [${Show<B>}]`
}
export type Meeting = keyof ShapeRule<[], []>

// `unknown`, unless the shapes certainly do not fit: then the message. The spread lets shapes pass that are still
// generic, so that functions generic in the shape compile.
export type Fits<Op extends string, K extends Meeting, A extends Shape, B extends Shape> =
  [[...ShapeRule<A, B>[K]]] extends [never] ? Misfit<Op, A, B>[K] : unknown

export type Promoted<A, B> = Promotion[DTypeOf<A>][DTypeOf<B>]
export type Check<Op extends string, K extends Meeting, A, B, G extends Guard> =
  Fits<Op, K, ShapeOf<A>, ShapeOf<B>> & Guards[Promoted<A, B>][G]

/** Two operands: `a.sub(b)`, `sub(a, b)` and `pipe(a, sub(b))` are all a − b. */
export interface Binary<
  Op extends string, R extends Rule = 'same', G extends Guard = 'any', K extends Meeting = 'broadcast',
> {
  readonly method: <A extends Tensor, B extends Operand>(
    this: A & Guards[A['dtype']][G], b: B & Check<Op, K, A, B, G>,
  ) => Tensor<Become<Promoted<A, B>, R>, ShapeRule<ShapeOf<A>, ShapeOf<B>>[K]>
  readonly free: {
    <B extends Operand>(b: B): <A extends Operand>(a: A & Check<Op, K, A, B, G>) =>
      Tensor<Become<Promoted<A, B>, R>, ShapeRule<ShapeOf<A>, ShapeOf<B>>[K]>
    <A extends Operand, B extends Operand>(a: A & Guards[DTypeOf<A>][G], b: B & Check<Op, K, A, B, G>):
      Tensor<Become<Promoted<A, B>, R>, ShapeRule<ShapeOf<A>, ShapeOf<B>>[K]>
  }
}

/** `unknown`, or why this shape has no adjoint. */
export type HasAdjoint<S extends Shape> =
  [[...Adjoint<S>]] extends [never] ? `adjoint: shape [${Show<S>}] is no matrix: use conj() for a vector` : unknown

/** The dtype of many tensors together. */
export type PromotedAll<T extends readonly unknown[]> =
  T extends readonly [infer A, infer B, ...infer R] ? PromotedAll<[Tensor<Promoted<A, B>>, ...R]>
  : T extends readonly [infer A] ? Promoted<A, A>
  : Promoted<T[number], T[number]>

