// Large products: blocks of both operands are packed so that they stay in the caches, and the micro-kernel runs over
// their panels. A complex product is the real product of M×2K by 2K×2N numbers; packing arranges the signs.

import { microkernel } from './microkernel.ts'
import { packLeft, packReal, packRight } from './pack.ts'
import type { ComplexProduct, RealProduct, Run, Typed } from './product.ts'

/** Numbers of a block: rows of A, the summed axis (both panels fit the first cache), columns of B. Multiples of 4. */
const blockRows = 128
const blockDepth = 256
const blockColumns = 512
const left = new Float64Array(blockRows * blockDepth)
const right = new Float64Array(blockDepth * blockColumns)
const tile = new Float64Array(16)

const store = (rows: number, columns: number, out: Typed, start: number, row: number, column: number,
  add: boolean): void => {
  for (let r = 0; r < rows; r++) {
    for (let c = 0, o = start + r * row; c < columns; c++, o += column) {
      out[o] = add ? out[o]! + tile[4 * r + c]! : tile[4 * r + c]!
    }
  }
}

/** out (+)= left·right, over all their panels. */
const multiply = (rows: number, depth: number, columns: number, out: Typed, start: number, row: number,
  column: number, add: boolean): void => {
  for (let j = 0; j < columns; j += 4) {
    for (let i = 0; i < rows; i += 4) {
      microkernel(depth, left, i * depth, right, j * depth, tile)
      store(Math.min(4, rows - i), Math.min(4, columns - j), out, start + i * row + j * column, row, column, add)
    }
  }
}

/** The length of equal blocks, at most `largest` long, that cover `length`: 513 is 3×171, not 256 + 256 + 1. */
const even = (length: number, largest: number): number => Math.ceil(length / Math.ceil(length / largest))

/** A·B for real operands. Sums of float32 results are rounded once per block of the summed axis. */
export const blocked = (shape: RealProduct): Run => {
  const { m, k, n, aRow, aColumn, bRow, bColumn, outRow, outColumn, sign } = shape
  const depth = even(k, blockDepth)
  return (a, aOffset, b, bOffset, out, outOffset) => {
    for (let j = 0; j < n; j += blockColumns) {
      const columns = Math.min(blockColumns, n - j)
      for (let p = 0; p < k; p += depth) {
        const terms = Math.min(depth, k - p)
        packReal(columns, terms, b, bOffset + p * bRow + j * bColumn, bColumn, bRow, sign, right)
        for (let i = 0; i < m; i += blockRows) {
          const rows = Math.min(blockRows, m - i)
          packReal(rows, terms, a, aOffset + i * aRow + p * aColumn, aRow, aColumn, 1, left)
          multiply(rows, terms, columns, out, outOffset + i * outRow + j * outColumn, outRow, outColumn, p > 0)
        }
      }
    }
  }
}

/** op(A)·op(B) for complex operands and a result whose columns are adjacent (outColumn = 2). */
export const blockedComplex = (shape: ComplexProduct): Run => {
  const { m, k, n, aRow, aColumn, bRow, bColumn, outRow, conjA, conjB } = shape
  const depth = even(k, blockDepth / 2)
  const width = blockColumns / 2
  return (a, aOffset, b, bOffset, out, outOffset) => {
    for (let j = 0; j < n; j += width) {
      const columns = Math.min(width, n - j)
      for (let p = 0; p < k; p += depth) {
        const terms = Math.min(depth, k - p)
        packRight(columns, terms, b, bOffset + p * bRow + j * bColumn, bColumn, bRow, conjB ? -1 : 1, right)
        for (let i = 0; i < m; i += blockRows) {
          const rows = Math.min(blockRows, m - i)
          packLeft(rows, terms, a, aOffset + i * aRow + p * aColumn, aRow, aColumn, conjA ? -1 : 1, left)
          multiply(rows, 2 * terms, 2 * columns, out, outOffset + i * outRow + 2 * j, outRow, 1, p > 0)
        }
      }
    }
  }
}
