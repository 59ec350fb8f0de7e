// Construction: tensors out of numbers, typed arrays, other tensors, or nothing. A dtype is never taken from an
// annotation of the result (hence NoInfer), only from the argument.
import type { DType } from '../dtype.ts'
import type { Inserted } from './axes.ts'
import type { DataDType, DataLeaf, DataShape, Host, Storage, StorageDType } from './data.ts'
import type { Become, Guards, Hosts } from './dtypes.ts'
import type { Check, Promoted, PromotedAll } from './kinds.ts'
import type { Range } from './selection.ts'
import type { Broadcast, Tuple } from './shape.ts'
import type { DTypeOf, Nested, Operand, ShapeOf, Tensor } from './tensor.ts'

export interface Construction {
  /**
   * A tensor of a number, or of nested arrays of numbers, booleans or `{ re, im }`: complex128 if one of them is
   * complex, bool if all are booleans, otherwise float64; or the given dtype.
   *
   * @throws ShapeError if the arrays at one depth differ in length
   * @throws DTypeError for an element that the dtype cannot hold
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).shape) // [ 2, 2 ]
   * console.log(tensor([1, { re: 0, im: 1 }]).dtype) // complex128
   * console.log(tensor([1, 2], 'float32').dtype) // float32
   * ```
   */
  readonly tensor: <const T extends Host | readonly unknown[], D extends DType = DataDType<DataLeaf<T>>>(
    data: T & Nested<Host>, dtype?: D) => Tensor<NoInfer<D>, DataShape<T>>

  /**
   * A copy of a typed array in row-major order: Float64Array → float64, Float32Array → float32, Int32Array → int32,
   * Uint8Array → bool (1 for what is not 0), or complex128 and complex64 with elements re, im, re, im, … A vector if no
   * shape is given.
   *
   * @throws ShapeError if the shape has another number of elements
   * @throws DTypeError if the array is not the storage of the dtype
   * @example
   * ```ts
   * import { fromTypedArray } from 'wirtinger'
   * const data = Float64Array.of(1, 2, 3, 4)
   * console.log(fromTypedArray(data, [2, 2]).toArray()) // [ [ 1, 2 ], [ 3, 4 ] ]
   * console.log(fromTypedArray(data, [2], 'complex128').toArray()) // [ { re: 1, im: 2 }, { re: 3, im: 4 } ]
   * ```
   */
  readonly fromTypedArray: FromStorage

  /**
   * A tensor over the typed array itself, without a copy: for data that nobody writes to afterwards. Results that were
   * computed before a change do not follow it. `x.view()` is the way out without a copy.
   *
   * @throws ShapeError if the shape has another number of elements
   * @throws DTypeError if the array is not the storage of the dtype
   * @example
   * ```ts
   * import { wrap } from 'wirtinger'
   * const data = Float64Array.of(1, 2, 3, 4)
   * console.log(wrap(data, [2, 2]).view() === data) // true
   * ```
   */
  readonly wrap: FromStorage

  /**
   * re + i·im, broadcasting; complex64 from float32, otherwise complex128. Gradients: Re g and Im g.
   *
   * @throws DTypeError if a part is complex
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { complex, tensor } from 'wirtinger'
   * console.log(complex(tensor([1, 2]), 1).toArray()) // [ { re: 1, im: 1 }, { re: 2, im: 1 } ]
   * ```
   */
  readonly complex: <A extends Operand, B extends Operand>(
    re: A & Guards[DTypeOf<A>]['real'], im: B & Check<'complex', 'broadcast', A, B, 'real'>,
  ) => Tensor<Become<Promoted<A, B>, 'complex'>, Broadcast<ShapeOf<A>, ShapeOf<B>>>

  /**
   * Zeros of a shape, float64 if no dtype is given.
   *
   * @throws ShapeError unless the sizes are integers ≥ 0
   * @example
   * ```ts
   * import { zeros } from 'wirtinger'
   * console.log(zeros([2, 2]).toArray()) // [ [ 0, 0 ], [ 0, 0 ] ]
   * ```
   */
  readonly zeros: OfShape

  /**
   * Ones of a shape, float64 if no dtype is given.
   *
   * @throws ShapeError unless the sizes are integers ≥ 0
   * @example
   * ```ts
   * import { ones } from 'wirtinger'
   * console.log(ones([3], 'int32').toArray()) // [ 1, 1, 1 ]
   * ```
   */
  readonly ones: OfShape

  /**
   * Zeros of the dtype and shape of another tensor.
   *
   * @example
   * ```ts
   * import { tensor, zerosLike } from 'wirtinger'
   * console.log(zerosLike(tensor([1, 2])).toArray()) // [ 0, 0 ]
   * ```
   */
  readonly zerosLike: <X extends Tensor>(x: X) => Tensor<X['dtype'], ShapeOf<X>>

  /**
   * One value everywhere.
   *
   * @throws ShapeError unless the value is one number
   * @example
   * ```ts
   * import { full } from 'wirtinger'
   * console.log(full([2], 7).toArray()) // [ 7, 7 ]
   * ```
   */
  readonly full: <const S extends readonly number[], V extends Operand, D extends DType = Promoted<V, V>>(
    shape: S, value: V, dtype?: D) => Tensor<NoInfer<D>, Tuple<S>>

  /**
   * The n×m matrix (n×n if m is absent) with ones on the diagonal.
   *
   * @throws ShapeError unless the sizes are integers ≥ 0
   * @example
   * ```ts
   * import { eye } from 'wirtinger'
   * console.log(eye(2).toArray()) // [ [ 1, 0 ], [ 0, 1 ] ]
   * ```
   */
  readonly eye: <const N extends number, const M extends number = N, D extends DType = 'float64'>(
    n: N, m?: M, dtype?: D) => Tensor<NoInfer<D>, [N, NoInfer<M>]>

  /**
   * `arange(stop)`: 0, 1, … before stop; `arange(start, stop, step)`: start, start + step, … before stop. float64.
   *
   * @throws OptionError for a step of 0, or bounds that are not finite
   * @example
   * ```ts
   * import { arange } from 'wirtinger'
   * console.log(arange(3).toArray()) // [ 0, 1, 2 ]
   * console.log(arange(1, 7, 2).toArray()) // [ 1, 3, 5 ]
   * ```
   */
  readonly arange: (start: number, stop?: number, step?: number) => Tensor<'float64', [number]>

  /**
   * `num` numbers equally spaced from start to stop, both included. float64.
   *
   * @throws OptionError unless num is an integer ≥ 0
   * @example
   * ```ts
   * import { linspace } from 'wirtinger'
   * console.log(linspace(0, 1, 5).toArray()) // [ 0, 0.25, 0.5, 0.75, 1 ]
   * ```
   */
  readonly linspace: <const N extends number>(start: number, stop: number, num: N) => Tensor<'float64', [N]>

  /**
   * The frequencies of an FFT of n samples at distance d (1 if absent): 0, 1, …, −2, −1, divided by n·d.
   *
   * @throws OptionError unless n is an integer ≥ 1 and d ≠ 0
   * @example
   * ```ts
   * import { fftfreq } from 'wirtinger'
   * console.log(fftfreq(4).toArray()) // [ 0, 0.25, -0.5, -0.25 ]
   * ```
   */
  readonly fftfreq: <const N extends number>(n: N, d?: number) => Tensor<'float64', [N]>

  /**
   * For `at`: `range(stop)`, or start, start + step, … before stop. Negative positions are counted from the end, and
   * `undefined` means as far as the axis goes.
   *
   * @example
   * ```ts
   * import { range, tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3, 4]).at(range(1, -1)).toArray()) // [ 2, 3 ]
   * console.log(tensor([1, 2, 3]).at(range(undefined, undefined, -1)).toArray()) // [ 3, 2, 1 ]
   * ```
   */
  readonly range: {
    (stop: number): Range
    (start: number | undefined, stop: number | undefined, step?: number): Range
  }

  /**
   * One after the other along an axis (0 if absent), promoted to one dtype.
   *
   * @throws ShapeError if the other axes differ
   * @throws OptionError if there are no tensors
   * @example
   * ```ts
   * import { concat, tensor } from 'wirtinger'
   * console.log(concat([tensor([1, 2]), tensor([3])]).toArray()) // [ 1, 2, 3 ]
   * ```
   */
  readonly concat: <const T extends readonly Tensor[]>(tensors: T, axis?: number) => Tensor<PromotedAll<T>, number[]>

  /**
   * Side by side along a new axis (the first if absent), promoted to one dtype.
   *
   * @throws ShapeError if the shapes differ
   * @throws OptionError if there are no tensors
   * @example
   * ```ts
   * import { stack, tensor } from 'wirtinger'
   * console.log(stack([tensor([1, 2]), tensor([3, 4])]).toArray()) // [ [ 1, 2 ], [ 3, 4 ] ]
   * ```
   */
  readonly stack: <const T extends readonly Tensor[], const A extends number = 0>(
    tensors: T, axis?: A) => Tensor<PromotedAll<T>, Inserted<ShapeOf<T[number]>, A, T['length']>>

  /**
   * Einstein's sum: products of all operands, summed over the labels that the output does not name. Without `->` the
   * output has the labels that occur once, in alphabetical order. A label repeated in one operand is its diagonal.
   * Nothing is conjugated; in gradients the other operands are.
   *
   * @throws OptionError for subscripts that make no sense
   * @throws ShapeError if the sizes of a label differ
   * @example
   * ```ts
   * import { einsum, tensor } from 'wirtinger'
   * const a = tensor([[1, 2], [3, 4]])
   * console.log(einsum('ij,jk->ik', a, a).toArray()) // [ [ 7, 10 ], [ 15, 22 ] ]
   * console.log(einsum('ii', a).item()) // 5
   * ```
   */
  readonly einsum: <const T extends readonly [Tensor, ...Tensor[]]>(
    subscripts: string, ...operands: T) => Tensor<Become<PromotedAll<T>, 'arithmetic'>, number[]>
}

export interface FromStorage {
  <T extends Storage>(data: T): Tensor<StorageDType<T>, [number]>
  <T extends Storage, const S extends readonly number[], D extends DType = StorageDType<T>>(
    data: T & Hosts[D]['storage'], shape: S, dtype?: D): Tensor<NoInfer<D>, Tuple<S>>
}

export type OfShape = <const S extends readonly number[], D extends DType = 'float64'>(
  shape: S, dtype?: D) => Tensor<NoInfer<D>, Tuple<S>>
