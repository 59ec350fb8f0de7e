// Discrete Fourier transforms of any length. The primitive is unscaled; lengths and norms are made here.
import { code, complexOf, isComplex, realOf } from '../dtype.ts'
import { DTypeError, OptionError, ShapeError } from '../errors.ts'
import { constant, make } from '../make.ts'
import { leaf } from '../node.ts'
import type { Node } from '../node.ts'
import { axesOf, axisOf, shape, show } from '../shape.ts'
import { cast } from './cast.ts'
import { productOf } from './dims.ts'
import { conj, mul, real } from './elementwise.ts'
import { concat, flip, narrow, roll, spread } from './movement.ts'
import { options as checked } from './options.ts'
import { floating } from './operand.ts'

export type FftNorm = 'backward' | 'ortho' | 'forward'
export interface Fft { readonly n?: number; readonly axis?: number; readonly norm?: FftNorm }
const fftOptions = ['n', 'axis', 'norm'] as const
export interface Fft2 { readonly axes?: readonly number[]; readonly norm?: FftNorm }
export interface Fftn extends Fft2 { readonly shape?: readonly number[] }

const fftnOptions = ['axes', 'shape', 'norm'] as const

const complexed = (x: Node): Node => {
  const y = floating(x)
  return isComplex(y.dtype) ? y : make('cast', [y], [code(complexOf(y.dtype))])
}

/** Cut, or filled up with zeros, to n elements along an axis. */
const resized = (op: string, x: Node, axis: number, n: number): Node => {
  if (!(Number.isInteger(n) && n > 0)) {
    throw new OptionError(`${op}: the length along axis ${axis} of ${show(x.info)} must be an integer ≥ 1, not ${n}`)
  }
  const length = x.shape[axis]!
  return length >= n ? narrow(x, axis, 0, n) : spread(x, axis, 0, n - length)
}

const scaled = (op: string, x: Node, count: number, inverse: boolean, norm: FftNorm): Node => {
  const mean = 1 / count
  const factor = { backward: inverse ? mean : 1, forward: inverse ? 1 : mean, ortho: Math.sqrt(mean) }[norm]
  if (factor === undefined) throw new OptionError(`${op}: norm is backward, ortho or forward, not ${String(norm)}`)
  return factor === 1 ? x : mul(x, constant(factor, realOf(x.dtype)))
}

const transform = (op: string, z: Node, axes: readonly number[], inverse: boolean, norm: FftNorm): Node => {
  if (axes.length === 0) return z
  const count = productOf(axes.map((k) => z.shape[k]!))
  return scaled(op, make('fft', [z], [Number(inverse), ...axes]), count, inverse, norm)
}

const oneAxis = (op: string, inverse: boolean) => (x: Node, options: Fft = {}): Node => {
  const { n, axis = -1, norm = 'backward' } = checked(op, options, fftOptions)
  const at = axisOf(op, axis, x.info.rank)
  return transform(op, resized(op, complexed(x), at, n ?? x.shape[at]!), [at], inverse, norm)
}

export const fft = oneAxis('fft', false)
export const ifft = oneAxis('ifft', true)

const manyAxes = (op: string, inverse: boolean, usual?: readonly number[]) => (x: Node, options: Fftn = {}): Node => {
  const { axes = usual, shape: lengths, norm = 'backward' } = checked(op, options, fftnOptions)
  const named = axes ?? (lengths === undefined ? undefined : lengths.map((_, k) => k - lengths.length))
  const sorted = axesOf(op, named, x.info.rank)
  if (lengths !== undefined && lengths.length !== sorted.length) {
    throw new ShapeError(`${op}: shape [${lengths.join(', ')}] has ${lengths.length} lengths for ${sorted.length} axes`)
  }
  const inOrder = named?.map((a) => axisOf(op, a, x.info.rank)) ?? sorted
  const z = inOrder.reduce((y, a, k) => resized(op, y, a, lengths?.[k] ?? y.shape[a]!), complexed(x))
  return transform(op, z, sorted, inverse, norm)
}

export const fft2 = manyAxes('fft2', false, [-2, -1])
export const ifft2 = manyAxes('ifft2', true, [-2, -1])
export const fftn = manyAxes('fftn', false)
export const ifftn = manyAxes('ifftn', true)

/** The first half of the spectrum of a real signal; the rest is its mirror image. */
export const rfft = (x: Node, options: Fft = {}): Node => {
  if (isComplex(x.dtype)) throw new DTypeError('rfft: the input is complex, and its spectrum has no symmetry: use fft')
  checked('rfft', options, fftOptions)
  const z = fft(x, options)
  const at = axisOf('rfft', options.axis ?? -1, x.info.rank)
  return narrow(z, at, 0, (z.shape[at]! >> 1) + 1)
}

/**
 * The real signal of length n whose spectrum begins with z. Imaginary parts at frequency 0 and, for even n, at the
 * highest one mean nothing, and are dropped so that their gradient is exactly 0.
 */
export const irfft = (x: Node, options: Fft = {}): Node => {
  const { n, axis = -1, norm = 'backward' } = checked('irfft', options, fftOptions)
  const at = axisOf('irfft', axis, x.info.rank)
  const length = n ?? 2 * (x.shape[at]! - 1)
  const z = resized('irfft', complexed(x), at, Number.isInteger(length) && length > 0 ? (length >> 1) + 1 : length)
  const realPart = (start: number, count: number): Node => cast(real(narrow(z, at, start, count)), z.dtype)
  const between = narrow(z, at, 1, (length - 1) >> 1)
  const highest = (length >> 1) * (1 - (length % 2))
  const whole = concat([realPart(0, 1), between, realPart(highest, highest > 0 ? 1 : 0), conj(flip(between, at))], at)
  return real(transform('irfft', whole, [at], true, norm))
}

export interface Shifting { readonly axes?: number | readonly number[] }

const shifting = (op: string, direction: 1 | -1) => (x: Node, options: Shifting = {}): Node => {
  const moved = axesOf(op, checked(op, options, ['axes']).axes, x.info.rank)
  return roll(x, moved.map((k) => direction * (x.shape[k]! >> 1)), moved)
}

/** Frequency 0 into the middle. */
export const fftshift = shifting('fftshift', 1)
/** Frequency 0 back to the front. */
export const ifftshift = shifting('ifftshift', -1)

/** The frequencies of `fft` for n samples, d apart. */
export const fftfreq = (n: number, d = 1): Node => {
  if (!(Number.isInteger(n) && n > 0)) throw new OptionError(`fftfreq: n is an integer ≥ 1, not ${n}`)
  if (!(Number.isFinite(d) && d !== 0)) throw new OptionError(`fftfreq: the spacing is a number other than 0, not ${d}`)
  const half = Math.ceil(n / 2)
  return leaf(Float64Array.from({ length: n }, (_, k) => (k < half ? k : k - n) / (n * d)), 'float64', shape([n]))
}
