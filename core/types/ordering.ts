// What needs an order, so that complex tensors are refused: the larger and the smaller, clipping, rounding.
import type { Guards, Promotion } from './dtypes.ts'
import type { Binary, Check, Promoted, Unary } from './kinds.ts'
import type { Broadcast } from './shape.ts'
import type { DTypeOf, Operand, ShapeOf, Tensor } from './tensor.ts'

declare module './tensor.ts' {
  interface Operations extends Ordering {}
}

export type ClippedDType<X, L, H> = Promotion[Promoted<X, L>][DTypeOf<H>]
export type ClippedShape<X, L, H> = Broadcast<Broadcast<ShapeOf<X>, ShapeOf<L>>, ShapeOf<H>>

export interface Ordering {
  /**
   * The larger of a and b, element by element, broadcasting; NaN if one of them is NaN. Where they are equal, each
   * takes half of the gradient.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 5]).maximum(3).toArray()) // [ 3, 5 ]
   * ```
   */
  readonly maximum: Binary<'maximum', 'same', 'order'>

  /**
   * The smaller of a and b, element by element, broadcasting; NaN if one of them is NaN. Where they are equal, each
   * takes half of the gradient.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 5]).minimum(3).toArray()) // [ 1, 3 ]
   * ```
   */
  readonly minimum: Binary<'minimum', 'same', 'order'>

  /**
   * min(max(x, lo), hi), broadcasting: x brought into [lo, hi]. At a bound, half of the gradient passes.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { clip, tensor } from 'wirtinger'
   * console.log(clip(tensor([-2, 0.5, 2]), 0, 1).toArray()) // [ 0, 0.5, 1 ]
   * ```
   */
  readonly clip: {
    readonly method: <X extends Tensor, L extends Operand, H extends Operand>(
      this: X & Guards[X['dtype']]['order'],
      lo: L & Check<'clip', 'broadcast', X, L, 'order'>, hi: H & Check<'clip', 'broadcast', X, H, 'order'>,
    ) => Tensor<ClippedDType<X, L, H>, ClippedShape<X, L, H>>
    readonly free: {
      <L extends Operand, H extends Operand>(lo: L, hi: H): <X extends Tensor>(
        x: X & Check<'clip', 'broadcast', X, L, 'order'> & Check<'clip', 'broadcast', X, H, 'order'>,
      ) => Tensor<ClippedDType<X, L, H>, ClippedShape<X, L, H>>
      <X extends Tensor, L extends Operand, H extends Operand>(
        x: X & Guards[X['dtype']]['order'],
        lo: L & Check<'clip', 'broadcast', X, L, 'order'>, hi: H & Check<'clip', 'broadcast', X, H, 'order'>,
      ): Tensor<ClippedDType<X, L, H>, ClippedShape<X, L, H>>
    }
  }

  /**
   * max(x, 0). Derivative: 1 above 0, and 0 at 0 and below. NaN stays NaN.
   *
   * @throws DTypeError for complex tensors
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([-1, 2]).relu().toArray()) // [ 0, 2 ]
   * ```
   */
  readonly relu: Unary<'same', 'order'>

  /**
   * The largest integer ≤ x. Derivative: 0.
   *
   * @throws DTypeError for complex tensors
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1.5, -1.5]).floor().toArray()) // [ 1, -2 ]
   * ```
   */
  readonly floor: Unary<'same', 'order'>

  /**
   * The smallest integer ≥ x. Derivative: 0.
   *
   * @throws DTypeError for complex tensors
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1.5, 2]).ceil().toArray()) // [ 2, 2 ]
   * ```
   */
  readonly ceil: Unary<'same', 'order'>

  /**
   * The nearest integer; halves go to the even one. Derivative: 0.
   *
   * @throws DTypeError for complex tensors
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0.5, 1.5, 2.6]).round().toArray()) // [ 0, 2, 3 ]
   * ```
   */
  readonly round: Unary<'same', 'order'>
}
