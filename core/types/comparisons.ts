// Questions about numbers, whose answers are booleans; selection by them; conversion of dtypes.
import type { DType } from '../dtype.ts'
import type { Guards } from './dtypes.ts'
import type { Binary, Fits, Promoted, Unary } from './kinds.ts'
import type { Broadcast } from './shape.ts'
import type { Operand, ShapeOf, Tensor } from './tensor.ts'

declare module './tensor.ts' {
  interface Operations extends Comparisons {}
}

export interface CloseOptions {
  /** Relative tolerance; 1e-5 if absent. */
  readonly rtol?: number
  /** Absolute tolerance; 1e-8 if absent. */
  readonly atol?: number
}

export type SelectedShape<M, A, B> = Broadcast<Broadcast<ShapeOf<M>, ShapeOf<A>>, ShapeOf<B>>

/** A complex number does not become a real one by a cast. */
export type Castable<From extends DType, To extends DType> =
  To extends 'complex64' | 'complex128' ? unknown : Guards[From]['cast']

export interface Comparisons {
  /**
   * a < b, element by element, broadcasting; false beside NaN.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).less(2).toArray()) // [ true, false, false ]
   * ```
   */
  readonly less: Binary<'less', 'truth', 'order'>

  /**
   * a ≤ b, element by element, broadcasting; false beside NaN.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).lessEqual(2).toArray()) // [ true, true, false ]
   * ```
   */
  readonly lessEqual: Binary<'lessEqual', 'truth', 'order'>

  /**
   * a > b, element by element, broadcasting; false beside NaN.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).greater(2).toArray()) // [ false, false, true ]
   * ```
   */
  readonly greater: Binary<'greater', 'truth', 'order'>

  /**
   * a ≥ b, element by element, broadcasting; false beside NaN.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).greaterEqual(2).toArray()) // [ false, true, true ]
   * ```
   */
  readonly greaterEqual: Binary<'greaterEqual', 'truth', 'order'>

  /**
   * a = b, element by element, broadcasting; complex numbers are equal if both parts are. NaN equals nothing.
   *
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).equal(tensor([1, 3])).toArray()) // [ true, false ]
   * ```
   */
  readonly equal: Binary<'equal', 'truth'>

  /**
   * a ≠ b, element by element, broadcasting; true beside NaN.
   *
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).notEqual(1).toArray()) // [ false, true ]
   * ```
   */
  readonly notEqual: Binary<'notEqual', 'truth'>

  /**
   * Both, element by element, broadcasting.
   *
   * @throws DTypeError unless both are booleans
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([true, true]).and(tensor([true, false])).toArray()) // [ true, false ]
   * ```
   */
  readonly and: Binary<'and', 'truth', 'logic'>

  /**
   * One or both, element by element, broadcasting.
   *
   * @throws DTypeError unless both are booleans
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([true, false]).or(tensor([false, false])).toArray()) // [ true, false ]
   * ```
   */
  readonly or: Binary<'or', 'truth', 'logic'>

  /**
   * One of both but not the other, element by element, broadcasting.
   *
   * @throws DTypeError unless both are booleans
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([true, true]).xor(tensor([true, false])).toArray()) // [ false, true ]
   * ```
   */
  readonly xor: Binary<'xor', 'truth', 'logic'>

  /**
   * The contrary, element by element.
   *
   * @throws DTypeError unless the tensor is boolean
   * @example
   * ```ts
   * import { not, tensor } from 'wirtinger'
   * console.log(not(tensor([true, false])).toArray()) // [ false, true ]
   * ```
   */
  readonly not: Unary<'truth', 'logic'>

  /**
   * Whether an element is neither infinite nor NaN; of a complex number, both of its parts.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, Infinity, NaN]).isFinite().toArray()) // [ true, false, false ]
   * ```
   */
  readonly isFinite: Unary<'truth'>

  /**
   * Whether an element is NaN; of a complex number, one of its parts.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, Infinity, NaN]).isNaN().toArray()) // [ false, false, true ]
   * ```
   */
  readonly isNaN: Unary<'truth'>

  /**
   * Where the mask is true an element of a, elsewhere one of b, broadcasting: `where(mask, a, b)`, `mask.where(a, b)`. A
   * selection: what is not selected reaches neither the value nor the gradient, be it NaN or infinite.
   *
   * @throws DTypeError unless the mask is boolean
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor, where } from 'wirtinger'
   * const x = tensor([-1, 4])
   * console.log(where(x.greater(0), x.sqrt(), 0).toArray()) // [ 0, 2 ]
   * ```
   */
  readonly where: {
    readonly method: <M extends Tensor, A extends Operand, B extends Operand>(
      this: M & Guards[M['dtype']]['logic'],
      a: A & Fits<'where', 'broadcast', ShapeOf<M>, ShapeOf<A>>,
      b: B & Fits<'where', 'broadcast', ShapeOf<M>, ShapeOf<B>>,
    ) => Tensor<Promoted<A, B>, SelectedShape<M, A, B>>
    readonly free: {
      <A extends Operand, B extends Operand>(a: A, b: B): <M extends Tensor>(
        mask: M & Guards[M['dtype']]['logic'] & Fits<'where', 'broadcast', ShapeOf<M>, ShapeOf<A>>
          & Fits<'where', 'broadcast', ShapeOf<M>, ShapeOf<B>>,
      ) => Tensor<Promoted<A, B>, SelectedShape<M, A, B>>
      <M extends Tensor, A extends Operand, B extends Operand>(
        mask: M & Guards[M['dtype']]['logic'],
        a: A & Fits<'where', 'broadcast', ShapeOf<M>, ShapeOf<A>>,
        b: B & Fits<'where', 'broadcast', ShapeOf<M>, ShapeOf<B>>,
      ): Tensor<Promoted<A, B>, SelectedShape<M, A, B>>
    }
  }

  /**
   * Whether |a − b| ≤ atol + rtol·|b| for every element, broadcasting. Reads the answer: a JS boolean.
   *
   * @throws ShapeError if the shapes do not broadcast
   * @throws TraceError inside `jit`
   * @example
   * ```ts
   * import { allclose, tensor } from 'wirtinger'
   * console.log(allclose(tensor([1, 2]), tensor([1, 2.000001]))) // true
   * ```
   */
  readonly allclose: {
    readonly method: <A extends Tensor, B extends Operand>(
      this: A, b: B & Fits<'allclose', 'broadcast', ShapeOf<A>, ShapeOf<B>>, options?: CloseOptions) => boolean
    readonly free: {
      <B extends Operand>(b: B, options?: CloseOptions): <A extends Operand>(
        a: A & Fits<'allclose', 'broadcast', ShapeOf<A>, ShapeOf<B>>) => boolean
      <A extends Operand, B extends Operand>(
        a: A, b: B & Fits<'allclose', 'broadcast', ShapeOf<A>, ShapeOf<B>>, options?: CloseOptions): boolean
    }
  }

  /**
   * The same numbers in another dtype. A real tensor may become complex; float → int32 rounds toward 0; to `'bool'`:
   * whether it is not 0. The gradient is cast back.
   *
   * @throws DTypeError for complex → real: take `real()`, `imag()` or `abs()`
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1.7, -1.7]).cast('int32').toArray()) // [ 1, -1 ]
   * ```
   */
  readonly cast: {
    readonly method: <X extends Tensor, const D extends DType>(
      this: X & Castable<X['dtype'], D>, dtype: D) => Tensor<D, ShapeOf<X>>
    readonly free: {
      <const D extends DType>(dtype: D): <X extends Tensor>(x: X & Castable<X['dtype'], D>) => Tensor<D, ShapeOf<X>>
      <X extends Tensor, const D extends DType>(x: X & Castable<X['dtype'], D>, dtype: D): Tensor<D, ShapeOf<X>>
    }
  }
}
