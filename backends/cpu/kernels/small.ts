// Small products: the definition as three loops. Up to a few hundred terms packing costs more than it saves.
// The loops take plain arguments: with sizes and strides captured by a closure V8 runs them half as fast.

import type { ComplexProduct, RealProduct, Run, Typed } from './product.ts'

const multiply = (m: number, k: number, n: number, a: Typed, aStart: number, aRow: number, aColumn: number,
  b: Typed, bStart: number, bRow: number, bColumn: number,
  out: Typed, outStart: number, outRow: number, outColumn: number, sign: number): void => {
  for (let i = 0; i < m; i++) {
    for (let j = 0, o = outStart + i * outRow; j < n; j++, o += outColumn) {
      let sum = 0
      for (let p = 0, q = aStart + i * aRow, r = bStart + j * bColumn; p < k; p++, q += aColumn, r += bRow) {
        sum += a[q]! * b[r]!
      }
      out[o] = sign * sum
    }
  }
}

const multiplyComplex = (m: number, k: number, n: number, a: Typed, aStart: number, aRow: number, aColumn: number,
  b: Typed, bStart: number, bRow: number, bColumn: number,
  out: Typed, outStart: number, outRow: number, outColumn: number, signA: number, signB: number): void => {
  for (let i = 0; i < m; i++) {
    for (let j = 0, o = outStart + i * outRow; j < n; j++, o += outColumn) {
      let re = 0
      let im = 0
      for (let p = 0, q = aStart + i * aRow, r = bStart + j * bColumn; p < k; p++, q += aColumn, r += bRow) {
        const ar = a[q]!, ai = signA * a[q + 1]!, br = b[r]!, bi = signB * b[r + 1]!
        re += ar * br - ai * bi
        im += ar * bi + ai * br
      }
      out[o] = re
      out[o + 1] = im
    }
  }
}

/** out[i, j] = Σ_p a[i, p]·b[p, j]. */
export const small = ({ m, k, n, aRow, aColumn, bRow, bColumn, outRow, outColumn, sign }: RealProduct): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => multiply(m, k, n, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn,
    out, outOffset, outRow, outColumn, sign)

/** out[i, j] = Σ_p op(a[i, p])·op(b[p, j]). */
export const smallComplex = (shape: ComplexProduct): Run => {
  const { m, k, n, aRow, aColumn, bRow, bColumn, outRow, outColumn } = shape
  const signA = shape.conjA ? -1 : 1
  const signB = shape.conjB ? -1 : 1
  return (a, aOffset, b, bOffset, out, outOffset) => multiplyComplex(m, k, n, a, aOffset, aRow, aColumn,
    b, bOffset, bRow, bColumn, out, outOffset, outRow, outColumn, signA, signB)
}
