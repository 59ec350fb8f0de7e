// Bluestein's algorithm: a Fourier transform of any length as a cyclic convolution of a larger, friendlier one.
import { interpret } from './interpret.ts'
import { radices } from './radices.ts'
import { chirp } from './roots.ts'
import { stockham } from './steps.ts'
import type { Step } from './steps.ts'

/**
 * With w_k = exp(-πi·k²/n), jk = (j² + k² - (k - j)²)/2 gives
 *
 *   X_k = w_k · Σ_j (x_j w_j) · conj(w_{k-j}),
 *
 * a convolution, which m ≥ 2n - 1 numbers hold without wrapping. It goes through two forward transforms
 * of length m, the second between two conjugations, which make it an inverse one. The factor 1/m is in the filter.
 *
 * Source: L. Bluestein, "A linear filtering approach to the computation of discrete Fourier transform" (1970).
 */
export const bluestein = (n: number, m: number, eights: boolean): readonly Step[] => {
  const w = chirp(n)
  const conjugate = w.map((part, at) => (at % 2 === 0 ? part : -part))

  const filter = new Float64Array(2 * m)
  for (let k = 0; k < n; k++) {
    for (const at of k === 0 ? [0] : [2 * k, 2 * (m - k)]) {
      filter[at] = conjugate[2 * k]! / m
      filter[at + 1] = conjugate[2 * k + 1]! / m
    }
  }
  interpret(stockham(radices(m, false)), { n: m, inner: 1, width: 1, inverse: false })(filter, filter, 1)

  const transform = stockham(radices(m, eights))
  const entering = (step: Step, k: number): Step => (k === 0 ? { ...step, entering: w } : step)
  const leaving = (factors: Float64Array) => (step: Step, k: number): Step =>
    k === transform.length - 1 ? { ...step, leaving: factors } : step
  return [...transform.map(entering).map(leaving(filter)), ...transform.map(leaving(conjugate))]
}
