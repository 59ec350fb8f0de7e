// Products of integers modulo 2^32, as int32 arithmetic wraps.

import type { Product, Run } from './product.ts'

/** out[i, j] = Σ_p a[i, p]·b[p, j], wrapped to 32 bits. */
export const integer = ({ m, k, n, aRow, aColumn, bRow, bColumn, outRow, outColumn }: Product): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => {
    for (let i = 0; i < m; i++) {
      const start = outOffset + i * outRow
      for (let j = 0, o = start; j < n; j++, o += outColumn) out[o] = 0
      for (let p = 0; p < k; p++) {
        const v = a[aOffset + i * aRow + p * aColumn]! | 0
        for (let j = 0, o = start, q = bOffset + p * bRow; j < n; j++, o += outColumn, q += bColumn) {
          out[o] = (out[o]! + Math.imul(v, b[q]!)) | 0
        }
      }
    }
  }
