// Selection: parts of a tensor by position, padding around it, and pieces put together or apart.
import type { Replaced } from './axes.ts'
import type { Guards } from './dtypes.ts'
import type { Promoted } from './kinds.ts'
import type { Blurred, Shape, Show } from './shape.ts'
import type { Operand, Operations, ShapeOf, Tensor } from './tensor.ts'

declare module './tensor.ts' {
  interface Operations extends Selection {}
}

/** Positions start, start + step, … before stop; made by `range`. */
export interface Range {
  readonly start?: number | undefined
  readonly stop?: number | undefined
  readonly step?: number | undefined
}

/** Positions along one axis: an int32 tensor, or an array of integers; negative ones are counted from the end. */
export type Indices = Tensor<'int32'> | readonly number[]
export type IndicesShape<I> =
  I extends Tensor<infer _, infer T> ? T : I extends readonly unknown[] ? [I['length'] & number] : never

/** One index of `at`: a number drops the axis, `all` keeps it, a range or positions take a part of it. */
export type Index = FirstIndex | Tensor<'int32'>
export type FirstIndex = number | Range | readonly number[] | Operations['all']['free']

export type IndexedAxis<I, H extends number> =
  I extends number ? [] : I extends Tensor | readonly number[] ? IndicesShape<I> : I extends Range ? [number] : [H]

/** The shape after indexing; `never` with more indices than axes. */
export type Indexed<S extends Shape, I extends readonly unknown[]> =
  number extends S['length'] | I['length'] ? number[]
  : I extends readonly [infer Head, ...infer Rest]
    ? S extends [infer H extends number, ...infer T extends Shape]
      ? [...IndexedAxis<Head, H>, ...Indexed<T, Rest>]
      : never
    : S

export type InRank<S extends Shape, I extends readonly unknown[]> =
  [[...Indexed<S, I>]] extends [never] ? `at: more indices than axes in shape [${Show<S>}]` : unknown

/** One number per axis; `undefined` means as far as the axis goes. */
export type Positions = readonly (number | undefined)[]

export interface PadOptions {
  /** What is put there; 0 if absent. */
  readonly value?: number
}
export type PadWidths = readonly [low: number, high: number] | readonly (readonly [low: number, high: number])[]

export interface Selection {
  /**
   * NumPy's `x[i, j, …]`: a number drops its axis, `range(start, stop, step)` takes a part, `all` keeps the whole axis,
   * an int32 tensor or an array of integers takes these positions of its axis. What is missing at the end is `all`.
   * Negative positions are counted from the end. (In a pipe, `at(0, all)`, the first index is no tensor: that is
   * `take`.)
   *
   * @throws IndexError for a position outside its axis
   * @throws ShapeError for more indices than axes
   * @example
   * ```ts
   * import { all, range, tensor } from 'wirtinger'
   * const x = tensor([[1, 2, 3], [4, 5, 6]])
   * console.log(x.at(0).toArray()) // [ 1, 2, 3 ]
   * console.log(x.at(all, range(1, 3)).toArray()) // [ [ 2, 3 ], [ 5, 6 ] ]
   * console.log(x.at(-1, [2, 0]).toArray()) // [ 6, 4 ]
   * ```
   */
  readonly at: {
    readonly method: <X extends Tensor, const I extends readonly Index[]>(
      this: X & InRank<ShapeOf<X>, I>, ...indices: I) => Tensor<X['dtype'], Indexed<ShapeOf<X>, I>>
    readonly free: {
      <const F extends FirstIndex, const I extends readonly Index[]>(first: F, ...indices: I): <X extends Tensor>(
        x: X & InRank<ShapeOf<X>, [F, ...I]>) => Tensor<X['dtype'], Indexed<ShapeOf<X>, [F, ...I]>>
      <X extends Tensor, const I extends readonly Index[]>(
        x: X & InRank<ShapeOf<X>, I>, ...indices: I): Tensor<X['dtype'], Indexed<ShapeOf<X>, I>>
    }
  }

  /**
   * The box from `starts` to before `stops`, every `steps`-th element, one number per axis (missing ones: the whole
   * axis). NumPy's rules: negative positions are counted from the end, bounds are clipped, negative steps go backwards.
   *
   * @throws ShapeError for more numbers than axes
   * @throws OptionError for a step of 0, or a position that is no integer
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, 1, 2, 3, 4]).slice([1], [5], [2]).toArray()) // [ 1, 3 ]
   * ```
   */
  readonly slice: {
    readonly method: <X extends Tensor>(
      this: X, starts: Positions, stops: Positions, steps?: Positions,
    ) => Tensor<X['dtype'], Blurred<ShapeOf<X>>>
    readonly free: {
      (starts: Positions, stops: Positions, steps?: Positions):
        <X extends Tensor>(x: X) => Tensor<X['dtype'], Blurred<ShapeOf<X>>>
      <X extends Tensor>(x: X, starts: Positions, stops: Positions, steps?: Positions):
        Tensor<X['dtype'], Blurred<ShapeOf<X>>>
    }
  }

  /**
   * These positions of an axis (0 if absent), in this order, repeats allowed; the shape of the indices takes the place of
   * the axis. Gradient: scattered back, adding up where positions repeat.
   *
   * @throws IndexError for a position outside the axis
   * @throws DTypeError for indices that are no integers
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([10, 20, 30]).take([2, 0, 2]).toArray()) // [ 30, 10, 30 ]
   * ```
   */
  readonly take: {
    readonly method: <X extends Tensor, const I extends Indices, const A extends number = 0>(
      this: X, indices: I, axis?: A) => Tensor<X['dtype'], Replaced<ShapeOf<X>, A, IndicesShape<I>>>
    readonly free: {
      <const I extends Indices, const A extends number = 0>(indices: I, axis?: A):
        <X extends Tensor>(x: X) => Tensor<X['dtype'], Replaced<ShapeOf<X>, A, IndicesShape<I>>>
      <X extends Tensor, const I extends Indices, const A extends number = 0>(x: X, indices: I, axis?: A):
        Tensor<X['dtype'], Replaced<ShapeOf<X>, A, IndicesShape<I>>>
    }
  }

  /**
   * With a border of `value` (0 if absent): [low, high] for every axis, or one such pair per axis.
   *
   * @throws OptionError unless the widths are integers ≥ 0
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).pad([1, 2]).toArray()) // [ 0, 1, 2, 0, 0 ]
   * ```
   */
  readonly pad: {
    readonly method: <X extends Tensor>(
      this: X, widths: PadWidths, options?: PadOptions) => Tensor<X['dtype'], Blurred<ShapeOf<X>>>
    readonly free: {
      (widths: PadWidths, options?: PadOptions): <X extends Tensor>(x: X) => Tensor<X['dtype'], Blurred<ShapeOf<X>>>
      <X extends Tensor>(x: X, widths: PadWidths, options?: PadOptions): Tensor<X['dtype'], Blurred<ShapeOf<X>>>
    }
  }

  /**
   * In pieces along an axis (0 if absent): so many equal ones, or cut before these positions. `concat` is the way back.
   *
   * @throws ShapeError if the axis does not divide into so many equal pieces
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * const [a, b] = tensor([1, 2, 3, 4]).split(2)
   * console.log(a?.toArray(), b?.toArray()) // [ 1, 2 ] [ 3, 4 ]
   * ```
   */
  readonly split: {
    readonly method: <X extends Tensor, const A extends number = 0>(
      this: X, sections: number | readonly number[], axis?: A,
    ) => readonly Tensor<X['dtype'], Replaced<ShapeOf<X>, A, [number]>>[]
    readonly free: {
      <const A extends number = 0>(sections: number | readonly number[], axis?: A):
        <X extends Tensor>(x: X) => readonly Tensor<X['dtype'], Replaced<ShapeOf<X>, A, [number]>>[]
      <X extends Tensor, const A extends number = 0>(x: X, sections: number | readonly number[], axis?: A):
        readonly Tensor<X['dtype'], Replaced<ShapeOf<X>, A, [number]>>[]
    }
  }

  /**
   * Along an axis (the last one if absent) the elements at these positions, where `indices` has the rank of x: NumPy's
   * `take_along_axis`. The other axes agree.
   *
   * @throws IndexError for a position outside the axis
   * @throws ShapeError if the other axes differ
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * const x = tensor([[3, 1], [2, 4]])
   * console.log(x.gather(x.argsort()).toArray()) // [ [ 1, 3 ], [ 2, 4 ] ]
   * ```
   */
  readonly gather: {
    readonly method: <X extends Tensor, I extends Tensor>(
      this: X, indices: I & Guards[I['dtype']]['index'], axis?: number) => Tensor<X['dtype'], ShapeOf<I>>
    readonly free: {
      <I extends Tensor>(indices: I & Guards[I['dtype']]['index'], axis?: number):
        <X extends Tensor>(x: X) => Tensor<X['dtype'], ShapeOf<I>>
      <X extends Tensor, I extends Tensor>(x: X, indices: I & Guards[I['dtype']]['index'], axis?: number):
        Tensor<X['dtype'], ShapeOf<I>>
    }
  }

  /**
   * x with `source` added at these positions of an axis (0 if absent), adding up where positions repeat. `indices` is a
   * vector, whose length takes the place of the axis in the shape of the source; or it has the shape of the source, and
   * positions go along the axis.
   *
   * @throws IndexError for a position outside the axis
   * @throws ShapeError if the shapes do not fit
   * @example
   * ```ts
   * import { tensor, zeros } from 'wirtinger'
   * console.log(zeros([3]).scatterAdd([0, 2, 0], tensor([1, 2, 4])).toArray()) // [ 5, 0, 2 ]
   * ```
   */
  readonly scatterAdd: {
    readonly method: <X extends Tensor, Y extends Operand>(
      this: X, indices: Indices, source: Y, axis?: number) => Tensor<Promoted<X, Y>, ShapeOf<X>>
    readonly free: {
      <Y extends Tensor>(indices: Indices, source: Y, axis?: number):
        <X extends Tensor>(x: X) => Tensor<Promoted<X, Y>, ShapeOf<X>>
      <X extends Tensor, Y extends Tensor>(x: X, indices: Indices, source: Y, axis?: number):
        Tensor<Promoted<X, Y>, ShapeOf<X>>
    }
  }
}
