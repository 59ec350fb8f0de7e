// Decides how a length is transformed: by its prime factors, or as a convolution of a friendlier length.
import { radices } from '../../lower/fft/radices.ts'
import { stockham } from '../../lower/fft/steps.ts'
import type { Step } from '../../lower/fft/steps.ts'
import { bluestein } from './bluestein.ts'

/**
 * The largest prime that is a radix. A pass costs about a quarter of its radix in passes of radix 4, and Bluestein's
 * algorithm five times log₄ n of them; but straight-line code for larger primes is more than V8 will optimise.
 */
const largestRadix = 31

/** Measured time of one pass per complex number, in passes of radix 4. */
const passCost = new Map([[2, 0.8], [3, 1.15], [4, 1], [5, 1.4], [8, 1.4]])

const cost = (n: number, eights: boolean): number =>
  n * radices(n, eights).reduce((sum, radix) => sum + passCost.get(radix)!, 0)

/** The cheapest length in which a convolution of 2n - 1 numbers fits, among those without prime factors above 5. */
const convolutionLength = (n: number, eights: boolean): number => {
  const candidates: number[] = []
  for (let fives = 1; fives < 4 * n; fives *= 5) {
    for (let odd = fives; odd < 4 * n; odd *= 3) {
      candidates.push(odd * 2 ** Math.max(0, Math.ceil(Math.log2((2 * n - 1) / odd))))
    }
  }
  return candidates.reduce((best, m) => (cost(m, eights) < cost(best, eights) ? m : best))
}

/** The steps of the forward transform of n > 1 rows. */
export const decompose = (n: number, eights: boolean): readonly Step[] => {
  const factors = radices(n, eights)
  return Math.max(...factors) <= largestRadix
    ? stockham(factors)
    : bluestein(n, convolutionLength(n, eights), eights)
}
