// Complex matrix times complex vector, each conjugated or not, four rows or four columns at a time.
// conj(A)·x = conj(A·conj(x)): conjugation is a sign where x is read and one where the result is written.

import type { ComplexProduct, Run, Typed } from './product.ts'

/** Terms per block of a long sum, as for real matrices. */
const block = 512
const vector = new Float64Array(2 * block)
const partial = new Float64Array(2 * block)
const total = new Float64Array(2 * block)

const load = (terms: number, x: Typed, start: number, step: number, sign: number): void => {
  for (let p = 0, w = start; p < terms; p++, w += step) {
    vector[2 * p] = x[w]!
    vector[2 * p + 1] = sign * x[w + 1]!
  }
}

/** out[i] (+)= Σ_p a[i, p]·vector[p], the imaginary part times `sign`, for one block of p. */
const addRows = (rows: number, terms: number, a: Typed, start: number, row: number, column: number,
  out: Typed, outStart: number, outRow: number, sign: number, add: boolean): void => {
  const x = vector
  const r2 = 2 * row, r3 = 3 * row
  const store = (o: number, re: number, im: number): void => {
    out[o] = add ? out[o]! + re : re
    out[o + 1] = add ? out[o + 1]! + sign * im : sign * im
  }
  let i = 0
  let o = outStart
  for (; i + 4 <= rows; i += 4, o += 4 * outRow) {
    let re0 = 0, im0 = 0, re1 = 0, im1 = 0, re2 = 0, im2 = 0, re3 = 0, im3 = 0
    for (let p = 0, q = start + i * row; p < 2 * terms; p += 2, q += column) {
      const vr = x[p]!, vi = x[p + 1]!
      const a0 = a[q]!, b0 = a[q + 1]!, a1 = a[q + row]!, b1 = a[q + row + 1]!
      const a2 = a[q + r2]!, b2 = a[q + r2 + 1]!, a3 = a[q + r3]!, b3 = a[q + r3 + 1]!
      re0 += a0 * vr - b0 * vi
      im0 += a0 * vi + b0 * vr
      re1 += a1 * vr - b1 * vi
      im1 += a1 * vi + b1 * vr
      re2 += a2 * vr - b2 * vi
      im2 += a2 * vi + b2 * vr
      re3 += a3 * vr - b3 * vi
      im3 += a3 * vi + b3 * vr
    }
    store(o, re0, im0)
    store(o + outRow, re1, im1)
    store(o + 2 * outRow, re2, im2)
    store(o + 3 * outRow, re3, im3)
  }
  for (; i < rows; i++, o += outRow) {
    let re = 0, im = 0
    for (let p = 0, q = start + i * row; p < 2 * terms; p += 2, q += column) {
      const vr = x[p]!, vi = x[p + 1]!, ar = a[q]!, ai = a[q + 1]!
      re += ar * vr - ai * vi
      im += ar * vi + ai * vr
    }
    store(o, re, im)
  }
}

/** partial[i] += Σ_p a[i, p]·vector[p], for one block of i and one of p. */
const addColumns = (rows: number, terms: number, a: Typed, start: number, row: number, column: number): void => {
  const x = vector
  const y = partial
  const c2 = 2 * column, c3 = 3 * column
  let p = 0
  for (; p + 4 <= terms; p += 4) {
    const w = 2 * p
    const r0 = x[w]!, i0 = x[w + 1]!, r1 = x[w + 2]!, i1 = x[w + 3]!
    const r2 = x[w + 4]!, i2 = x[w + 5]!, r3 = x[w + 6]!, i3 = x[w + 7]!
    for (let i = 0, q = start + p * column; i < 2 * rows; i += 2, q += row) {
      const a0 = a[q]!, b0 = a[q + 1]!, a1 = a[q + column]!, b1 = a[q + column + 1]!
      const a2 = a[q + c2]!, b2 = a[q + c2 + 1]!, a3 = a[q + c3]!, b3 = a[q + c3 + 1]!
      y[i] = y[i]! + ((a0 * r0 - b0 * i0) + (a1 * r1 - b1 * i1) + ((a2 * r2 - b2 * i2) + (a3 * r3 - b3 * i3)))
      y[i + 1] = y[i + 1]! + ((a0 * i0 + b0 * r0) + (a1 * i1 + b1 * r1) + ((a2 * i2 + b2 * r2) + (a3 * i3 + b3 * r3)))
    }
  }
  for (; p < terms; p++) {
    const vr = x[2 * p]!, vi = x[2 * p + 1]!
    for (let i = 0, q = start + p * column; i < 2 * rows; i += 2, q += row) {
      const ar = a[q]!, ai = a[q + 1]!
      y[i] = y[i]! + (ar * vr - ai * vi)
      y[i + 1] = y[i + 1]! + (ar * vi + ai * vr)
    }
  }
}

interface Signs { readonly vector: 1 | -1; readonly result: 1 | -1 }

const byRows = ({ m, k, aRow, aColumn, bRow, outRow }: ComplexProduct, signs: Signs): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => {
    for (let from = 0; from < k; from += block) {
      const terms = Math.min(block, k - from)
      load(terms, b, bOffset + from * bRow, bRow, signs.vector)
      addRows(m, terms, a, aOffset + from * aColumn, aRow, aColumn, out, outOffset, outRow, signs.result, from > 0)
    }
  }

const byColumns = ({ m, k, aRow, aColumn, bRow, outRow }: ComplexProduct, signs: Signs): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => {
    for (let first = 0; first < m; first += block) {
      const rows = Math.min(block, m - first)
      total.fill(0, 0, 2 * rows)
      for (let from = 0; from < k; from += block) {
        const terms = Math.min(block, k - from)
        partial.fill(0, 0, 2 * rows)
        load(terms, b, bOffset + from * bRow, bRow, signs.vector)
        addColumns(rows, terms, a, aOffset + first * aRow + from * aColumn, aRow, aColumn)
        for (let i = 0; i < 2 * rows; i++) total[i] = total[i]! + partial[i]!
      }
      for (let i = 0, o = outOffset + first * outRow; i < rows; i++, o += outRow) {
        out[o] = total[2 * i]!
        out[o + 1] = signs.result * total[2 * i + 1]!
      }
    }
  }

/** op(A)·op(x), for a complex product with n = 1. */
export const matvecComplex = (p: ComplexProduct): Run => {
  const signs: Signs = { vector: p.conjA === p.conjB ? 1 : -1, result: p.conjA ? -1 : 1 }
  return p.aColumn <= p.aRow ? byRows(p, signs) : byColumns(p, signs)
}
