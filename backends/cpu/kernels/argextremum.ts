// Where the largest or smallest element lies along the middle axis of outer×n×inner: the first one wins, and NaN wins over all.
import type { Typed } from './product.ts'

export const argExtremum = (outer: number, n: number, inner: number, largest: boolean) =>
  (x: Typed, out: Int32Array): void => {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let best = x[o * n * inner + i]!
        let at = 0
        for (let j = 1; j < n && best === best; j++) {
          const v = x[(o * n + j) * inner + i]!
          if ((largest ? v > best : v < best) || v !== v) {
            best = v
            at = j
          }
        }
        out[o * inner + i] = at
      }
    }
  }
