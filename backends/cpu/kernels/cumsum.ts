// Running sums along the middle axis of outer×n×inner, from either end.
import type { Typed } from './product.ts'

/** With `reverse`, element j is the sum of elements j and after. In double precision until the store. */
export const cumsum = (outer: number, n: number, inner: number, reverse: boolean, width: 1 | 2) => {
  const row = inner * width
  return (x: Typed, out: Typed): void => {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < row; i++) {
        let total = 0
        for (let j = 0; j < n; j++) {
          const at = (o * n + (reverse ? n - 1 - j : j)) * row + i
          total += x[at]!
          out[at] = total
        }
      }
    }
  }
}
