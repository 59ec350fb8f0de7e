// Coded diffraction: an object is seen through known masks, and of each far field only the intensity is recorded.
// Octanary masks as in Candès, Li & Soltanolkotabi, "Phase retrieval from coded diffraction patterns", 2015.
import { abs, complex, fft2, random, sub, tensor, type Tensor } from '../index.ts'

export type Field = Tensor<'complex128', [number, number]>
export type Masks = Tensor<'complex128', [number, number, number]>
export type Amplitudes = Tensor<'float64', [number, number, number]>

/** |F(mask·z)| for every mask, with the unitary transform. */
export const amplitudes = (masks: Masks, z: Field): Amplitudes => abs(fft2(masks.mul(z), { norm: 'ortho' }))

/** How far a field is from explaining the measurements: Σ (|F(mask·z)| − y)². */
export const misfit = (masks: Masks, measured: Amplitudes) => (z: Field) => sub(amplitudes(masks, z), measured).square().sum()

/** Each pixel of a mask is b₁·b₂: b₁ one of 1, i, −1, −i, and b₂ = √½ four times out of five, else √3. */
export const octanaryMasks = (key: ReturnType<typeof random.key>, count: number, size: number): Masks => {
  const [turnKey, weightKey] = random.split(key)
  const quarters = random.uniform(turnKey!, [count, size, size]).mul(4).floor()
  const turns = complex(0, quarters.mul(Math.PI / 2)).exp()
  const heavy = random.uniform(weightKey!, [count, size, size]).less(0.2)
  return turns.mul(heavy.where(Math.sqrt(3), Math.SQRT1_2))
}

/** z with the global phase that brings it closest to `truth`: intensities cannot tell it. */
export const aligned = (z: Field, truth: Field): Field => z.mul(z.vdot(truth).phase())

/** ‖z − truth‖ / ‖truth‖, up to a global phase. */
export const relativeError = (z: Field, truth: Field): number =>
  aligned(z, truth).sub(truth).norm().item() / truth.norm().item()

/** The field of an amplitude in [0, 1] and a phase picture in [0, 1], which covers 3.6π. */
export const fieldOf = (amplitude: Float64Array, phase: Float64Array, size: number): Field => {
  const square = (data: Float64Array) => tensor(Array.from(data)).reshape([size, size])
  return complex(0, square(phase).sub(0.5).mul(3.6 * Math.PI)).exp().mul(square(amplitude))
}
