// Bluestein's algorithm: a Fourier transform of any length as a cyclic convolution of a larger, friendlier one.
import { chirpFilter } from '../../lower/fft/filter.ts'
import { radices } from '../../lower/fft/radices.ts'
import { chirp } from '../../lower/fft/roots.ts'
import { stockham } from '../../lower/fft/steps.ts'
import type { Step } from '../../lower/fft/steps.ts'

/**
 * The convolution goes through two forward transforms of length m, the second between two conjugations, which make it
 * an inverse one. The factor 1/m is in the filter.
 */
export const bluestein = (n: number, m: number, eights: boolean): readonly Step[] => {
  const w = chirp(n)
  const conjugate = w.map((part, at) => (at % 2 === 0 ? part : -part))
  const filter = chirpFilter(n, m)

  const transform = stockham(radices(m, eights))
  const entering = (step: Step, k: number): Step => (k === 0 ? { ...step, entering: w } : step)
  const leaving = (factors: Float64Array) => (step: Step, k: number): Step =>
    k === transform.length - 1 ? { ...step, leaving: factors } : step
  return [...transform.map(entering).map(leaving(filter)), ...transform.map(leaving(conjugate))]
}
