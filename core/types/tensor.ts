// The tensor, as users see it. Its methods come from a registry that each file of operations extends (so that this
// file, which all of them need, imports none of them).
import type { Backend } from '../backend.ts'
import type { Complex, DType } from '../dtype.ts'
import type { Hosts } from './dtypes.ts'
import type { Shape } from './shape.ts'

/** Name → `{ method, free }`, the two faces of one operation. Files of operations add theirs by declaration merging. */
export interface Operations {}

export type Methods = { readonly [K in keyof Operations]: Operations[K]['method'] }

/**
 * An immutable array of numbers: concrete (it has a value), or symbolic (inside `jit`, and while a derivative is
 * taken).
 *
 * Operations are methods, `x.sub(y).square().sum()`, and free functions of the same name, `sum(square(sub(x, y)))` or
 * `pipe(x, sub(y), square, sum)`. They broadcast and promote dtypes as NumPy does; a JS number or `{ re, im }` takes
 * the precision of the tensor that it meets.
 *
 * @typeParam D the dtype
 * @typeParam S the shape, a tuple such as `[32, 64]`; `number[]` if it is known only when the program runs
 */
export interface Tensor<out D extends DType = DType, out S extends Shape = Shape> extends Methods {
  readonly dtype: D
  /** The sizes of the axes; `[]` for a scalar. */
  readonly shape: Readonly<S>

  /**
   * The one element of a tensor that has one. Inside an objective this is a number without derivative: what depends on
   * it is a constant to `grad`.
   *
   * @throws ShapeError unless there is exactly one element
   * @throws TraceError inside `jit`, where nothing has a value yet
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([3, 4]).norm().item()) // 5
   * ```
   */
  readonly item: () => Hosts[D]['value']

  /**
   * The elements as nested arrays of numbers, booleans or `{ re, im }`.
   *
   * @throws TraceError inside `jit`
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).mul(2).toArray()) // [ [ 2, 4 ], [ 6, 8 ] ]
   * ```
   */
  readonly toArray: <E extends DType, T extends Shape>(this: Tensor<E, T>) => NestedOf<Hosts[E]['value'], T>

  /**
   * A copy of the storage in row-major order; complex elements are interleaved as re, im, re, im, …
   *
   * @throws TraceError inside `jit`
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([{ re: 1, im: 2 }]).toTypedArray()) // Float64Array(2) [ 1, 2 ]
   * ```
   */
  readonly toTypedArray: () => Hosts[D]['storage']

  /**
   * The storage itself, not a copy: for reading only. Writing into it changes every tensor that shares it, and results
   * that were computed before do not follow. `wrap` is the way in without a copy.
   *
   * @throws TraceError inside `jit`
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).view().length) // 3
   * ```
   */
  readonly view: () => Hosts[D]['storage']

  /**
   * A promise of `toTypedArray()`: the way to read that works wherever the tensor lives.
   *
   * @throws TraceError inside `jit`
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(await tensor([1, 2]).add(1).read()) // Float64Array(2) [ 2, 3 ]
   * ```
   */
  readonly read: () => Promise<Hosts[D]['storage']>

  /**
   * The tensor on a device: a copy of it, or the tensor itself if it is there already. What is computed from it lives
   * there, too; tensors on the host that meet it follow by themselves. Nothing comes back but by `read()`.
   *
   * @throws BackendError for a tensor that is on another device, and for what is no backend
   * @throws TraceError inside a function that is being traced
   * @example
   * ```ts
   * import { cpu, tensor } from 'wirtinger'
   * console.log(await tensor([1, 2]).to(cpu).add(1).read()) // Float64Array(2) [ 2, 3 ]
   * ```
   */
  readonly to: (backend: Backend) => Tensor<D, S>

  /** The elements, dtype and shape as text. `console.log` and template strings print it, too. */
  readonly toString: () => string
}

export type Nested<T> = T | readonly Nested<T>[]
export type NestedOf<T, S extends Shape> =
  number extends S['length'] ? Nested<T> : S extends [number, ...infer R extends Shape] ? NestedOf<T, R>[] : T

/** What an operation accepts where it computes with numbers. */
export type Operand = Tensor | number | boolean | Complex

/** The dtype of an operand; host numbers have rows of their own in the promotion table. */
export type DTypeOf<X> =
  X extends { readonly dtype: infer D extends DType } ? D
  : X extends number ? 'number'
  : X extends boolean ? 'bool'
  : 'complex'
export type ShapeOf<X> = X extends Tensor<infer _, infer S> ? S : []
