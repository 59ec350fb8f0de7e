// The filter of Bluestein's algorithm: what a transform becomes as a cyclic convolution of a friendlier length.
import { interpret } from './interpret.ts'
import { radices } from './radices.ts'
import { chirp } from './roots.ts'
import { stockham } from './steps.ts'

/**
 * With w_k = exp(-πi·k²/n), jk = (j² + k² - (k - j)²)/2 gives
 *
 *   X_k = w_k · Σ_j (x_j w_j) · conj(w_{k-j}),
 *
 * a convolution, which m ≥ 2n - 1 numbers hold without wrapping. This is the transform of conj(w), wrapped around m
 * numbers and divided by m, which is what the inverse transform of the product asks for. The length m may have any
 * factors.
 *
 * Source: L. Bluestein, "A linear filtering approach to the computation of discrete Fourier transform" (1970).
 */
export const chirpFilter = (n: number, m: number): Float64Array => {
  const w = chirp(n)
  const filter = new Float64Array(2 * m)
  for (let k = 0; k < n; k++) {
    for (const at of k === 0 ? [0] : [2 * k, 2 * (m - k)]) {
      filter[at] = w[2 * k]! / m
      filter[at + 1] = -w[2 * k + 1]! / m
    }
  }
  interpret(stockham(radices(m, false)), { n: m, inner: 1, width: 1, inverse: false })(filter, filter, 1)
  return filter
}
