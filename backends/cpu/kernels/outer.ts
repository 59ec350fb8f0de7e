// Products of rank one (k = 1): every pair once, nothing to add.

import type { ComplexProduct, RealProduct, Run } from './product.ts'

/** out[i, j] = a[i]·b[j]. */
export const outer = ({ m, n, aRow, bColumn, outRow, outColumn, sign }: RealProduct): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => {
    for (let i = 0; i < m; i++) {
      const v = sign * a[aOffset + i * aRow]!
      for (let j = 0, q = bOffset, o = outOffset + i * outRow; j < n; j++, q += bColumn, o += outColumn) {
        out[o] = v * b[q]!
      }
    }
  }

/** out[i, j] = op(a[i])·op(b[j]). */
export const outerComplex = ({ m, n, aRow, bColumn, outRow, outColumn, conjA, conjB }: ComplexProduct): Run => {
  const signA = conjA ? -1 : 1
  const signB = conjB ? -1 : 1
  return (a, aOffset, b, bOffset, out, outOffset) => {
    for (let i = 0; i < m; i++) {
      const ar = a[aOffset + i * aRow]!
      const ai = signA * a[aOffset + i * aRow + 1]!
      for (let j = 0, q = bOffset, o = outOffset + i * outRow; j < n; j++, q += bColumn, o += outColumn) {
        const br = b[q]!
        const bi = signB * b[q + 1]!
        out[o] = ar * br - ai * bi
        out[o + 1] = ar * bi + ai * br
      }
    }
  }
}
