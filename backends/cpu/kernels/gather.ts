// Rows picked from, and added to, an array by integer index, per batch. An element is `width` numbers, 2 if complex.

import type { Typed } from './product.ts'

/** The row that an index means: negative ones count from the end. */
const rowOf = (index: number, n: number): number => {
  const row = index < 0 ? index + n : index
  if (row < 0 || row >= n) {
    throw new RangeError(`index ${index} is out of bounds for an axis of length ${n}`)
  }
  return row
}

/**
 * out[b, k, :] = x[b, idx[b, k], :] for x of [batch, n, inner], idx of [batch, k] and out of [batch, k, inner].
 * Throws a RangeError if an index lies outside −n … n − 1.
 */
export const gather = (batch: number, n: number, k: number, inner: number, width: 1 | 2) => {
  const size = inner * width
  return (x: Typed, idx: Int32Array, out: Typed): void => {
    for (let b = 0, i = 0, o = 0; b < batch; b++) {
      const start = b * n * size
      for (let j = 0; j < k; j++, i++) {
        const from = start + rowOf(idx[i]!, n) * size
        for (let e = 0; e < size; e++, o++) out[o] = x[from + e]!
      }
    }
  }
}

/**
 * out = base, and then out[b, idx[b, k], :] += src[b, k, :]; an index that occurs twice is added twice. `base` and
 * `out` are [batch, n, inner] and may be the same array; nothing is written if an index is out of bounds.
 */
export const scatterAdd = (batch: number, n: number, k: number, inner: number, width: 1 | 2) => {
  const size = inner * width
  return (base: Typed, idx: Int32Array, src: Typed, out: Typed): void => {
    for (let i = 0; i < batch * k; i++) rowOf(idx[i]!, n)
    if (out !== base) for (let e = 0; e < batch * n * size; e++) out[e] = base[e]!
    for (let b = 0, i = 0, s = 0; b < batch; b++) {
      const start = b * n * size
      for (let j = 0; j < k; j++, i++) {
        const to = start + rowOf(idx[i]!, n) * size
        for (let e = 0; e < size; e++, s++) out[to + e] = out[to + e]! + src[s]!
      }
    }
  }
}
