// Gather and its adjoint along one axis, over leading batch dimensions. Negative indices count from the end.
import type { Typed } from './product.ts'

const position = (index: number, n: number): number => {
  const at = index < 0 ? index + n : index
  if (at < 0 || at >= n) throw new RangeError(`index ${index} is outside an axis of length ${n}`)
  return at
}

/** out[b, j, :] = x[b, index[b, j], :] for x of batch×n×inner elements of `width` numbers each. */
export const gather = (batch: number, n: number, k: number, inner: number, width: 1 | 2) => {
  const row = inner * width
  return (x: Typed, index: Int32Array, out: Typed): void => {
    for (let b = 0; b < batch; b++) {
      for (let j = 0; j < k; j++) {
        const from = (b * n + position(index[b * k + j]!, n)) * row
        const to = (b * k + j) * row
        for (let i = 0; i < row; i++) out[to + i] = x[from + i]!
      }
    }
  }
}

/** out = base, then out[b, index[b, j], :] += source[b, j, :]; repeats add up. `out` may be `base`. */
export const scatterAdd = (batch: number, n: number, k: number, inner: number, width: 1 | 2) => {
  const row = inner * width
  return (base: Typed, index: Int32Array, source: Typed, out: Typed): void => {
    if (out !== base) out.set(base)
    for (let b = 0; b < batch; b++) {
      for (let j = 0; j < k; j++) {
        const to = (b * n + position(index[b * k + j]!, n)) * row
        const from = (b * k + j) * row
        for (let i = 0; i < row; i++) out[to + i] = out[to + i]! + source[from + i]!
      }
    }
  }
}
