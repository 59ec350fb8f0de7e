// Movement: the same elements in another shape or order. All of it is linear; the gradients are moved back.
import type { Inserted, Spliced } from './axes.ts'
import type { Along, Fits } from './kinds.ts'
import type { Diagonal, Permute, Reverse, Shape, Sized, Squeezed, Tuple } from './shape.ts'
import type { ShapeOf, Tensor } from './tensor.ts'

declare module './tensor.ts' {
  interface Operations extends Movement {}
}

export type Axes = number | readonly number[]
export type Transposed<S extends Shape, P extends readonly number[]> =
  P extends readonly [] ? Reverse<S> : Permute<S, P>
export type WithoutAxis<S extends Shape, A> =
  [A] extends [undefined] ? Squeezed<S>
  : number extends S['length'] | AxesIn<A> ? number[] : Spliced<S, AxesIn<A>, []>
export type AxesIn<A> = A extends readonly number[] ? A[number] : A

export interface Movement {
  /**
   * The same elements in row-major order, in another shape; one size may be −1 and is computed.
   *
   * @throws ShapeError if the numbers of elements differ
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3, 4]).reshape([2, -1]).toArray()) // [ [ 1, 2 ], [ 3, 4 ] ]
   * ```
   */
  readonly reshape: {
    readonly method: <X extends Tensor, const T extends readonly number[]>(
      this: X, shape: T) => Tensor<X['dtype'], Sized<T>>
    readonly free: {
      <const T extends readonly number[]>(shape: T): <X extends Tensor>(x: X) => Tensor<X['dtype'], Sized<T>>
      <X extends Tensor, const T extends readonly number[]>(x: X, shape: T): Tensor<X['dtype'], Sized<T>>
    }
  }

  /**
   * The axes in another order, or all reversed if no order is given. No conjugation: that is `adjoint`.
   *
   * @throws ShapeError unless each axis is named once
   * @example
   * ```ts
   * import { tensor, zeros } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).transpose().toArray()) // [ [ 1, 3 ], [ 2, 4 ] ]
   * console.log(zeros([2, 3, 4]).transpose(2, 0, 1).shape) // [ 4, 2, 3 ]
   * ```
   */
  readonly transpose: {
    readonly method: <X extends Tensor, const P extends readonly number[] = []>(
      this: X, ...axes: P) => Tensor<X['dtype'], Transposed<ShapeOf<X>, P>>
    readonly free: <const X extends Tensor | number, const P extends readonly number[] = []>(x: X, ...axes: P) =>
      X extends Tensor<infer D, infer S> ? Tensor<D, Transposed<S, P>>
      : <Y extends Tensor>(x: Y) => Tensor<Y['dtype'], Permute<ShapeOf<Y>, [X & number, ...P]>>
  }

  /**
   * Repeated along new leading axes, and along axes of size 1, to this shape. Nothing is copied until it must be.
   *
   * @throws ShapeError if the shape does not broadcast to it
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).broadcastTo([2, 2]).toArray()) // [ [ 1, 2 ], [ 1, 2 ] ]
   * ```
   */
  readonly broadcastTo: {
    readonly method: <X extends Tensor, const T extends readonly number[]>(
      this: X, shape: T & Fits<'broadcastTo', 'broadcast', ShapeOf<X>, Tuple<T>>) => Tensor<X['dtype'], Tuple<T>>
    readonly free: {
      <const T extends readonly number[]>(shape: T): <X extends Tensor>(
        x: X & Fits<'broadcastTo', 'broadcast', ShapeOf<X>, Tuple<T>>) => Tensor<X['dtype'], Tuple<T>>
      <X extends Tensor, const T extends readonly number[]>(
        x: X, shape: T & Fits<'broadcastTo', 'broadcast', ShapeOf<X>, Tuple<T>>): Tensor<X['dtype'], Tuple<T>>
    }
  }

  /**
   * A new axis of size 1; the axis is counted in the result.
   *
   * @throws ShapeError for an axis outside the result
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).expandDims(1).shape) // [ 2, 1 ]
   * ```
   */
  readonly expandDims: {
    readonly method: <X extends Tensor, const A extends number>(
      this: X, axis: A) => Tensor<X['dtype'], Inserted<ShapeOf<X>, A, 1>>
    readonly free: {
      <const A extends number>(axis: A): <X extends Tensor>(x: X) => Tensor<X['dtype'], Inserted<ShapeOf<X>, A, 1>>
      <X extends Tensor, const A extends number>(x: X, axis: A): Tensor<X['dtype'], Inserted<ShapeOf<X>, A, 1>>
    }
  }

  /**
   * Without these axes, which have size 1, or without all such axes.
   *
   * @throws ShapeError for an axis whose size is not 1
   * @example
   * ```ts
   * import { zeros } from 'wirtinger'
   * console.log(zeros([1, 3, 1]).squeeze().shape) // [ 3 ]
   * console.log(zeros([1, 3, 1]).squeeze(-1).shape) // [ 1, 3 ]
   * ```
   */
  readonly squeeze: {
    readonly method: <X extends Tensor, const A extends Axes | undefined = undefined>(
      this: X, axis?: A) => Tensor<X['dtype'], WithoutAxis<ShapeOf<X>, A>>
    readonly free: <const X extends Tensor | Axes, const A extends Axes | undefined = undefined>(x: X, axis?: A) =>
      X extends Tensor<infer D, infer S> ? Tensor<D, WithoutAxis<S, A>>
      : <Y extends Tensor>(x: Y) => Tensor<Y['dtype'], WithoutAxis<ShapeOf<Y>, X>>
  }

  /**
   * Of a vector the matrix with it on the k-th diagonal; of a matrix its k-th diagonal (k > 0: above the main one).
   *
   * @throws ShapeError unless it is a vector or a matrix
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).diag().toArray()) // [ [ 1, 0 ], [ 0, 2 ] ]
   * console.log(tensor([[1, 2], [3, 4]]).diag().toArray()) // [ 1, 4 ]
   * ```
   */
  readonly diag: {
    readonly method: <X extends Tensor, const K extends number = 0>(
      this: X, k?: K) => Tensor<X['dtype'], Diagonal<ShapeOf<X>, K>>
    readonly free: <const X extends Tensor | number, const K extends number = 0>(x: X, k?: K) =>
      X extends Tensor<infer D, infer S> ? Tensor<D, Diagonal<S, K>>
      : <Y extends Tensor>(x: Y) => Tensor<Y['dtype'], Diagonal<ShapeOf<Y>, X & number>>
  }

  /**
   * The lower triangle of the last two axes, zeros above the k-th diagonal.
   *
   * @throws ShapeError for a vector or a scalar
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).tril().toArray()) // [ [ 1, 0 ], [ 3, 4 ] ]
   * ```
   */
  readonly tril: Along<'same', 'any', number>

  /**
   * The upper triangle of the last two axes, zeros below the k-th diagonal.
   *
   * @throws ShapeError for a vector or a scalar
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).triu(1).toArray()) // [ [ 0, 2 ], [ 0, 0 ] ]
   * ```
   */
  readonly triu: Along<'same', 'any', number>

  /**
   * In reverse order along some axes, or all of them.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).flip(1).toArray()) // [ [ 2, 1 ], [ 4, 3 ] ]
   * ```
   */
  readonly flip: Along<'same', 'any', Axes>

  /**
   * Shifted along an axis, what leaves at one end entering at the other; several shifts go with several axes. Without
   * an axis the flattened tensor is shifted.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).roll(1).toArray()) // [ 3, 1, 2 ]
   * ```
   */
  readonly roll: {
    readonly method: <X extends Tensor>(this: X, shift: Axes, axis?: Axes) => Tensor<X['dtype'], ShapeOf<X>>
    readonly free: {
      (shift: Axes, axis?: Axes): <X extends Tensor>(x: X) => Tensor<X['dtype'], ShapeOf<X>>
      <X extends Tensor>(x: X, shift: Axes, axis?: Axes): Tensor<X['dtype'], ShapeOf<X>>
    }
  }

  /**
   * Repeated along each axis; a single number repeats along the last one.
   *
   * @throws OptionError unless the numbers are integers ≥ 0
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).tile(2).toArray()) // [ 1, 2, 1, 2 ]
   * ```
   */
  readonly tile: {
    readonly method: <X extends Tensor>(this: X, reps: Axes) => Tensor<X['dtype'], number[]>
    readonly free: {
      (reps: Axes): <X extends Tensor>(x: X) => Tensor<X['dtype'], number[]>
      <X extends Tensor>(x: X, reps: Axes): Tensor<X['dtype'], number[]>
    }
  }
}
