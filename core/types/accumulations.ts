// Along an axis, the shape kept: cumulative sums, softmax, order.
import type { Become } from './dtypes.ts'
import type { Along } from './kinds.ts'
import type { Flattened } from './shape.ts'
import type { ShapeOf, Tensor } from './tensor.ts'

declare module './tensor.ts' {
  interface Operations extends Accumulations {}
}

export interface AxisOption {
  /** The axis, the last one if absent. */
  readonly axis?: number
}

export interface SortOptions extends AxisOption {
  /** The largest first. */
  readonly descending?: boolean
}

export type AccumulatedShape<X, A> = A extends number ? ShapeOf<X> : Flattened<ShapeOf<X>>

export interface Accumulations {
  /**
   * eˣ / Σ eˣ along an axis (the last one if absent), without overflow; real or complex.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1000, 1000]).softmax().toArray()) // [ 0.5, 0.5 ]
   * ```
   */
  readonly softmax: Along<'float', 'any', AxisOption>

  /**
   * x − ln Σ eˣ along an axis (the last one if absent): the logarithm of `softmax`, accurate where that is 0.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, 1000]).logSoftmax().toArray()) // [ -1000, 0 ]
   * ```
   */
  readonly logSoftmax: Along<'float', 'any', AxisOption>

  /**
   * The sums of the first 1, 2, 3, … elements along an axis; without an axis, of the flattened tensor. Gradient: the
   * sums of g from the other end.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).cumsum().toArray()) // [ 1, 3, 6 ]
   * console.log(tensor([[1, 2], [3, 4]]).cumsum(0).toArray()) // [ [ 1, 2 ], [ 4, 6 ] ]
   * ```
   */
  readonly cumsum: {
    readonly method: <X extends Tensor, A extends number | undefined = undefined>(this: X, axis?: A) =>
      Tensor<Become<X['dtype'], 'arithmetic'>, AccumulatedShape<X, A>>
    readonly free: <const X extends Tensor | number, A extends number | undefined = undefined>(x: X, axis?: A) =>
      X extends Tensor ? Tensor<Become<X['dtype'], 'arithmetic'>, AccumulatedShape<X, A>>
      : <Y extends Tensor>(x: Y) => Tensor<Become<Y['dtype'], 'arithmetic'>, AccumulatedShape<Y, X>>
  }

  /**
   * The elements in ascending order along an axis (the last one if absent), NaN at the end. The gradient goes back to
   * where each element came from.
   *
   * @throws DTypeError for complex tensors
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([3, 1, 2]).sort().toArray()) // [ 1, 2, 3 ]
   * console.log(tensor([3, 1, 2]).sort({ descending: true }).toArray()) // [ 3, 2, 1 ]
   * ```
   */
  readonly sort: Along<'same', 'order', SortOptions>

  /**
   * The indices that sort along an axis (the last one if absent), NaN at the end; equal elements keep their order.
   *
   * @throws DTypeError for complex tensors
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([30, 10, 20]).argsort().toArray()) // [ 1, 2, 0 ]
   * ```
   */
  readonly argsort: Along<'index', 'order', SortOptions>
}
