// Real matrix times vector. A matrix whose rows lie close is read eight rows at a time (dot products); one whose
// columns lie close, eight columns at a time (a combination of columns): every number is read once, and in order.

import { blockSum } from './dot.ts'
import type { RealProduct, Run, Typed } from './product.ts'

/** Terms per block of a long sum: blocks are summed on their own, so rounding grows with the blocks, not the terms. */
const block = 512
const vector = new Float64Array(block)
const partial = new Float64Array(block)
const total = new Float64Array(block)

/** out[i] (+)= Σ_p a[i, p]·vector[p], for one block of p. */
const addRows = (rows: number, terms: number, a: Typed, start: number, row: number, column: number,
  out: Typed, outStart: number, outRow: number, add: boolean): void => {
  const x = vector
  const r2 = 2 * row, r3 = 3 * row, r4 = 4 * row, r5 = 5 * row, r6 = 6 * row, r7 = 7 * row
  const o2 = 2 * outRow, o3 = 3 * outRow, o4 = 4 * outRow, o5 = 5 * outRow, o6 = 6 * outRow, o7 = 7 * outRow
  let i = 0
  let o = outStart
  for (; i + 8 <= rows; i += 8, o += 8 * outRow) {
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0
    for (let p = 0, q = start + i * row; p < terms; p++, q += column) {
      const v = x[p]!
      s0 += a[q]! * v
      s1 += a[q + row]! * v
      s2 += a[q + r2]! * v
      s3 += a[q + r3]! * v
      s4 += a[q + r4]! * v
      s5 += a[q + r5]! * v
      s6 += a[q + r6]! * v
      s7 += a[q + r7]! * v
    }
    out[o] = add ? out[o]! + s0 : s0
    out[o + outRow] = add ? out[o + outRow]! + s1 : s1
    out[o + o2] = add ? out[o + o2]! + s2 : s2
    out[o + o3] = add ? out[o + o3]! + s3 : s3
    out[o + o4] = add ? out[o + o4]! + s4 : s4
    out[o + o5] = add ? out[o + o5]! + s5 : s5
    out[o + o6] = add ? out[o + o6]! + s6 : s6
    out[o + o7] = add ? out[o + o7]! + s7 : s7
  }
  for (; i < rows; i++, o += outRow) {
    const s = blockSum(terms, a, start + i * row, column, x, 0, 1)
    out[o] = add ? out[o]! + s : s
  }
}

/** partial[i] += Σ_p a[i, p]·x[p], for one block of i. */
const addColumns = (rows: number, terms: number, a: Typed, start: number, row: number, column: number,
  x: Typed, xStart: number, xStep: number): void => {
  const y = partial
  const x2 = 2 * xStep, x3 = 3 * xStep, x4 = 4 * xStep, x5 = 5 * xStep, x6 = 6 * xStep, x7 = 7 * xStep
  const c2 = 2 * column, c3 = 3 * column, c4 = 4 * column, c5 = 5 * column, c6 = 6 * column, c7 = 7 * column
  let p = 0
  let w = xStart
  for (; p + 8 <= terms; p += 8, w += 8 * xStep) {
    const v0 = x[w]!, v1 = x[w + xStep]!, v2 = x[w + x2]!, v3 = x[w + x3]!
    const v4 = x[w + x4]!, v5 = x[w + x5]!, v6 = x[w + x6]!, v7 = x[w + x7]!
    for (let i = 0, q = start + p * column; i < rows; i++, q += row) {
      const near = a[q]! * v0 + a[q + column]! * v1 + (a[q + c2]! * v2 + a[q + c3]! * v3)
      const far = a[q + c4]! * v4 + a[q + c5]! * v5 + (a[q + c6]! * v6 + a[q + c7]! * v7)
      y[i] = y[i]! + (near + far)
    }
  }
  for (; p < terms; p++, w += xStep) {
    const v = x[w]!
    for (let i = 0, q = start + p * column; i < rows; i++, q += row) y[i] = y[i]! + a[q]! * v
  }
}

const byRows = ({ m, k, aRow, aColumn, bRow, outRow, sign }: RealProduct): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => {
    for (let from = 0; from < k; from += block) {
      const terms = Math.min(block, k - from)
      for (let p = 0, w = bOffset + from * bRow; p < terms; p++, w += bRow) vector[p] = sign * b[w]!
      addRows(m, terms, a, aOffset + from * aColumn, aRow, aColumn, out, outOffset, outRow, from > 0)
    }
  }

const byColumns = ({ m, k, aRow, aColumn, bRow, outRow, sign }: RealProduct): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => {
    for (let first = 0; first < m; first += block) {
      const rows = Math.min(block, m - first)
      total.fill(0, 0, rows)
      for (let from = 0; from < k; from += block) {
        partial.fill(0, 0, rows)
        addColumns(rows, Math.min(block, k - from), a, aOffset + first * aRow + from * aColumn, aRow, aColumn,
          b, bOffset + from * bRow, bRow)
        for (let i = 0; i < rows; i++) total[i] = total[i]! + partial[i]!
      }
      for (let i = 0, o = outOffset + first * outRow; i < rows; i++, o += outRow) out[o] = sign * total[i]!
    }
  }

/** A·x, for a product with n = 1. */
export const matvec = (p: RealProduct): Run => (p.aColumn <= p.aRow ? byRows(p) : byColumns(p))
