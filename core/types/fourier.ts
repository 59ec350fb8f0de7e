// Discrete Fourier transforms of any length, as in NumPy: X[k] = Σⱼ x[j]·exp(−2πi·jk/n), and the inverse with + and
// 1/n. The norm 'backward' (if absent) scales the inverse by 1/n, 'forward' the transform itself, 'ortho' both by 1/√n.
// Gradients: the other transform, with backward and forward exchanged; 'ortho' is unitary.
import type { Replaced } from './axes.ts'
import type { Become, Guards, Rule } from './dtypes.ts'
import type { Along, GuardIfTensor } from './kinds.ts'
import type { Blurred, Shape } from './shape.ts'
import type { ShapeOf, Tensor } from './tensor.ts'

declare module './tensor.ts' {
  interface Operations extends Fourier {}
}

export type FftNorm = 'backward' | 'ortho' | 'forward'

export interface FftOptions {
  /** Cut, or filled up with zeros, to this length; that of the axis if absent. */
  readonly n?: number
  /** The last one if absent. */
  readonly axis?: number
  readonly norm?: FftNorm
}

export interface Fft2Options {
  /** The last two if absent. */
  readonly axes?: readonly number[]
  readonly norm?: FftNorm
}

export interface FftnOptions {
  /** All of them if absent. */
  readonly axes?: readonly number[]
  readonly norm?: FftNorm
  /** Cut, or filled up with zeros, to these lengths of the axes. */
  readonly shape?: readonly number[]
}

export interface ShiftOptions {
  /** All of them if absent. */
  readonly axes?: number | readonly number[]
}

/** The axis of O, the last one if absent. */
export type FftAxis<O> = O extends { readonly axis: infer A extends number } ? A : 'axis' extends keyof O ? number : -1

/** The shape of a transform of n points along its axis. */
export type Transformed<S extends Shape, O> =
  [O] extends [never] ? S
  : O extends { readonly n: infer N extends number } ? Replaced<S, FftAxis<O>, [N]>
  : 'n' extends keyof O ? Replaced<S, FftAxis<O>, [number]>
  : S

/** The same for `fftn`: sizes are unknown if lengths are given. */
export type TransformedAll<S extends Shape, O> =
  [O] extends [never] ? S : 'shape' extends keyof O ? Blurred<S> : S

/** A transform whose length is another one: half of a spectrum, or the signal of one. */
export type Resized<S extends Shape, O> = Replaced<S, [O] extends [never] ? -1 : FftAxis<O>, [number]>

/** How the options decide the shape. */
export interface FftShape<S extends Shape, O> {
  one: Transformed<S, O>
  many: TransformedAll<S, O>
  half: Resized<S, O>
}

/** A transform: `x.fft({ n: 8 })`, `fft(x, { n: 8 })`, `pipe(x, fft)`, `pipe(x, fft({ n: 8 }))`. */
export interface Transform<
  R extends Rule, K extends keyof FftShape<[], {}>, Options extends object, Real extends 'any' | 'real' = 'any',
> {
  readonly method: <X extends Tensor, const O extends Options = never>(
    this: X & Guards[X['dtype']][Real], options?: O) => Tensor<Become<X['dtype'], R>, FftShape<ShapeOf<X>, O>[K]>
  readonly free: <const X extends Tensor | Options, const O extends Options = never>(
    x: X & GuardIfTensor<X, Real>, options?: O) => X extends Tensor<infer D, infer S>
    ? Tensor<Become<D, R>, FftShape<S, O>[K]>
    : <Y extends Tensor>(x: Y & Guards[Y['dtype']][Real]) => Tensor<Become<Y['dtype'], R>, FftShape<ShapeOf<Y>, X>[K]>
}

export interface Fourier {
  /**
   * The discrete Fourier transform along an axis (the last one if absent); complex.
   *
   * @throws OptionError unless n is an integer ≥ 1
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 1, 1, 1]).fft().real().toArray()) // [ 4, 0, 0, 0 ]
   * ```
   */
  readonly fft: Transform<'complex', 'one', FftOptions>

  /**
   * The inverse transform along an axis (the last one if absent); complex.
   *
   * @throws OptionError unless n is an integer ≥ 1
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([4, 0, 0, 0]).ifft().real().toArray()) // [ 1, 1, 1, 1 ]
   * ```
   */
  readonly ifft: Transform<'complex', 'one', FftOptions>

  /**
   * The transform over two axes (the last two if absent); complex.
   *
   * @throws ShapeError for axes that do not exist
   * @example
   * ```ts
   * import { ones } from 'wirtinger'
   * console.log(ones([2, 2]).fft2().real().toArray()) // [ [ 4, 0 ], [ 0, 0 ] ]
   * ```
   */
  readonly fft2: Along<'complex', 'any', Fft2Options>

  /**
   * The inverse transform over two axes (the last two if absent); complex.
   *
   * @throws ShapeError for axes that do not exist
   * @example
   * ```ts
   * import { ones } from 'wirtinger'
   * console.log(ones([2, 2]).fft2().ifft2().real().toArray()) // [ [ 1, 1 ], [ 1, 1 ] ]
   * ```
   */
  readonly ifft2: Along<'complex', 'any', Fft2Options>

  /**
   * The transform over several axes (all of them if absent); complex.
   *
   * @throws ShapeError for axes that do not exist, or if `shape` and `axes` differ in length
   * @example
   * ```ts
   * import { ones } from 'wirtinger'
   * console.log(ones([2, 2]).fftn({ norm: 'ortho' }).real().at(0, 0).item()) // 2
   * ```
   */
  readonly fftn: Transform<'complex', 'many', FftnOptions>

  /**
   * The inverse transform over several axes (all of them if absent); complex.
   *
   * @throws ShapeError for axes that do not exist, or if `shape` and `axes` differ in length
   * @example
   * ```ts
   * import { ones } from 'wirtinger'
   * console.log(ones([2, 2]).ifftn().real().at(0, 0).item()) // 1
   * ```
   */
  readonly ifftn: Transform<'complex', 'many', FftnOptions>

  /**
   * The first ⌊n/2⌋ + 1 frequencies of a real signal; the others are their conjugates. Gradient: the real part of the
   * unscaled inverse transform of g, filled up with zeros.
   *
   * @throws DTypeError for a complex tensor: use `fft`
   * @throws OptionError unless n is an integer ≥ 1
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 1, 1, 1]).rfft().abs().toArray()) // [ 4, 0, 0 ]
   * ```
   */
  readonly rfft: Transform<'complex', 'half', FftOptions, 'real'>

  /**
   * The real signal of length n, 2·(m − 1) if absent, whose first frequencies are these m: the inverse of `rfft`. For
   * an odd length give n.
   *
   * @throws OptionError unless n is an integer ≥ 1
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([4, 0, 0]).irfft().toArray()) // [ 1, 1, 1, 1 ]
   * ```
   */
  readonly irfft: Transform<'magnitude', 'half', FftOptions>

  /**
   * With frequency 0 moved from the front to the middle of the axes (all of them if absent).
   *
   * @throws ShapeError for axes that do not exist
   * @example
   * ```ts
   * import { fftfreq } from 'wirtinger'
   * console.log(fftfreq(4).fftshift().toArray()) // [ -0.5, -0.25, 0, 0.25 ]
   * ```
   */
  readonly fftshift: Along<'same', 'any', ShiftOptions>

  /**
   * With frequency 0 moved from the middle back to the front of the axes: undoes `fftshift` for odd lengths, too.
   *
   * @throws ShapeError for axes that do not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).fftshift().ifftshift().toArray()) // [ 1, 2, 3 ]
   * ```
   */
  readonly ifftshift: Along<'same', 'any', ShiftOptions>
}
