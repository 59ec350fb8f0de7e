// Shapes along axes: which dimensions a reduction drops, which ones indices replace.
import type { Shape } from './shape.ts'

// Is axis I, counted from the front, among A? From the back it is −(number of dimensions from here on).
export type Hits<I extends 0[], Rest extends Shape, A> =
  I['length'] extends A ? true : `-${[...Rest, 0]['length'] & number}` extends `${A & number}` ? true : false

/** S with the dimension at each axis of A replaced by W: `[]` drops it, `[1]` keeps it as a 1, `[5]` resizes it. */
export type Spliced<S extends Shape, A, W extends Shape, I extends 0[] = []> =
  S extends [infer H extends number, ...infer T extends Shape]
    ? [...(Hits<I, T, A> extends true ? W : [H]), ...Spliced<T, A, W, [...I, 0]>]
    : []

/** The same where the axis, or the rank, may be unknown. */
export type Replaced<S extends Shape, A extends number, W extends Shape> =
  number extends S['length'] | A | W['length'] ? number[] : Spliced<S, A, W>

/** A new dimension N before axis A of the result. */
export type Inserted<S extends Shape, A extends number, N extends number, I extends 0[] = []> =
  number extends S['length'] | A ? number[]
  : Hits<I, S, A> extends true ? [N, ...S]
  : S extends [infer H extends number, ...infer T extends Shape] ? [H, ...Inserted<T, A, N, [...I, 0]>]
  : never

export interface ReduceOptions {
  /** One axis or several, negative ones counted from the end. All of them if absent. */
  readonly axis?: number | readonly number[]
  /** Leave the reduced axes in place, with size 1. */
  readonly keepDims?: boolean
}

// Options that may hold an axis (`ReduceOptions` itself, say) leave the shape unknown.
export type AxesOf<O> =
  [O] extends [never] ? 'all'
  : O extends { readonly axis: infer A } ? A extends readonly number[] ? A[number] : A
  : 'axis' extends keyof O ? number : 'all'
export type KeepOf<O> =
  [O] extends [never] ? false
  : O extends { readonly keepDims: infer K } ? K
  : 'keepDims' extends keyof O ? boolean : false

/** The shape of a reduction with options O; `never` stands for none. */
export type Reduced<S extends Shape, O> =
  boolean extends KeepOf<O> ? number[]
  : 'all' extends AxesOf<O>
    ? KeepOf<O> extends true ? number extends S['length'] ? number[] : Spliced<S, number, [1]> : []
  : number extends S['length'] | AxesOf<O> ? number[]
  : Spliced<S, AxesOf<O>, KeepOf<O> extends true ? [1] : []>
