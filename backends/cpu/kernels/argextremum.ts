// The place of the largest or smallest number along the middle axis of an array of outer × n × inner real numbers.

import type { Typed } from './product.ts'

/**
 * Writes the index of the largest number, or of the smallest, to out [outer, inner]: of equal ones the first, and a
 * NaN wins, as in NumPy. There is no such index for n = 0: the caller refuses that.
 */
export const argExtremum = (outer: number, n: number, inner: number, largest: boolean) => {
  const sign = largest ? 1 : -1
  return (x: Typed, out: Int32Array): void => {
    for (let o = 0; o < outer; o++) {
      for (let e = 0; e < inner; e++) {
        const start = o * n * inner + e
        let best = 0
        let extremum = sign * x[start]!
        for (let i = 1; i < n && extremum === extremum; i++) {
          const value = sign * x[start + i * inner]!
          if (value > extremum || value !== value) {
            best = i
            extremum = value
          }
        }
        out[o * inner + e] = best
      }
    }
  }
}
