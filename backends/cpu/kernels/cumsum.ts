// Cumulative sums along the middle axis of an array of outer × n × inner elements of `width` numbers each.

import type { Typed } from './product.ts'

/**
 * out[o, i, :] = Σ_{j ≤ i} x[o, j, :], or over j ≥ i if `reverse`. Sums run in double precision whatever the storage;
 * those of integers wrap to 32 bits. `x` and `out` may be the same array.
 */
export const cumsum = (outer: number, n: number, inner: number, reverse: boolean, width: 1 | 2) => {
  const size = inner * width
  const sums = new Float64Array(size)
  return (x: Typed, out: Typed): void => {
    const wraps = out instanceof Int32Array
    for (let o = 0; o < outer; o++) {
      sums.fill(0)
      for (let i = 0; i < n; i++) {
        const start = (o * n + (reverse ? n - 1 - i : i)) * size
        for (let e = 0; e < size; e++) {
          const sum = sums[e]! + x[start + e]!
          sums[e] = wraps ? sum | 0 : sum
          out[start + e] = sum
        }
      }
    }
  }
}
