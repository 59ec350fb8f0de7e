// The physics. A hologram that only delays light turns a plane wave into exp(iφ); far away, or in the focus of a lens,
// its Fourier transform is seen. Wanted is the phase φ whose far field has a given amplitude.
//
// The transform is unitary and |exp(iφ)| is 1 everywhere, so the far field has the energy N² whatever φ is. That fixes
// the scale of the target: with the same energy it can be met exactly, and there is no scale to be searched for.
import { complex, fft2, fftshift, fromTypedArray, ifftshift, jit, random, stack, type Tensor } from '../../../index.ts'
import type { Size, StartName } from '../choices.ts'

/** One real number for each pixel, whether a phase or an amplitude. */
export type Pixels = Tensor<'float32', [number, number]>

/** The far field. Its zero frequency is the first pixel. */
export const farField = (phase: Pixels) => fft2(complex(0, phase).exp(), { norm: 'ortho' })

/** The picture with the zero frequency first and the energy N², and what it was multiplied by. */
export interface Target { readonly amplitude: Pixels, readonly scale: number }

export const targetOf = (grey: Float32Array, size: Size): Target => {
  const scale = size / Math.sqrt(grey.reduce((sum, x) => sum + x * x, 0))
  return { amplitude: ifftshift(fromTypedArray(grey, [size, size])).mul(scale), scale }
}

/**
 * Σ (|F(exp(iφ))| − t)². Amplitudes and not intensities: those weigh bright pixels so much that dark ones come late.
 * The sum and not the mean: its curvature is about 2 for each pixel, so that learning rates are numbers around 1 at every
 * size. N² is the value without any light.
 */
export const misfit = ({ amplitude }: Target) => (phase: Pixels) => farField(phase).abs().sub(amplitude).square().sum()

/** π·r²/N: a lens. Its far field is uniformly bright, and neighbouring pixels see neighbouring parts of the hologram. */
const lens = (size: Size): Pixels => {
  const quadratic = (i: number): number => (Math.PI / size) * (i - size / 2) ** 2
  const phase = Float32Array.from({ length: size * size },
    (_, i) => quadratic(i % size) + quadratic(Math.floor(i / size)))
  return fromTypedArray(phase, [size, size])
}

const noise = (size: Size): Pixels => random.uniform(random.key(1), [size, size], { high: 2 * Math.PI, dtype: 'float32' })

export const startOf = (name: StartName, size: Size): Pixels => (name === 'lens' ? lens(size) : noise(size))

/** What there is to see, so that one reading brings it: the far field in the picture's grey levels, and the phase. */
export const view = jit((phase: Pixels, scale: number) => stack([fftshift(farField(phase).abs()).div(scale), phase]))
