// Stable sorting along the middle axis of outer×n×inner, with the positions that the elements came from. NaN is last.
import type { Typed } from './product.ts'

export const sort = (outer: number, n: number, inner: number, descending: boolean) => {
  const line = new Float64Array(n)
  const order = new Int32Array(n)
  const compare = (p: number, q: number): number => {
    const [a, b] = [line[p]!, line[q]!]
    if (a !== a || b !== b) return Number(a !== a) - Number(b !== b) || p - q
    return (descending ? b - a : a - b) || p - q
  }
  return (x: Typed, values: Typed, indices: Int32Array): void => {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        for (let j = 0; j < n; j++) {
          line[j] = x[(o * n + j) * inner + i]!
          order[j] = j
        }
        order.sort(compare)
        for (let j = 0; j < n; j++) {
          const at = (o * n + j) * inner + i
          values[at] = line[order[j]!]!
          indices[at] = order[j]!
        }
      }
    }
  }
}
