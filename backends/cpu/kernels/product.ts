// What every dense product kernel takes and gives: one matrix product over strided storage, without batches.
// All strides and offsets here count numbers, not elements: a complex element is two numbers, re at even places.

export type Typed = Float64Array | Float32Array | Int32Array | Uint8Array

export interface Product {
  readonly m: number
  readonly k: number
  readonly n: number
  readonly aRow: number
  readonly aColumn: number
  readonly bRow: number
  readonly bColumn: number
  readonly outRow: number
  readonly outColumn: number
}

/** A real product; the result is multiplied by `sign`, which is -1 where a conjugated imaginary part takes part. */
export interface RealProduct extends Product {
  readonly sign: 1 | -1
}

/** A product of two complex matrices, each conjugated or not. */
export interface ComplexProduct extends Product {
  readonly conjA: boolean
  readonly conjB: boolean
}

/** Runs a product at the given offsets; every number of the result is written, none is read. */
export type Run = (a: Typed, aOffset: number, b: Typed, bOffset: number, out: Typed, outOffset: number) => void

/** A·B = (Bᵀ·Aᵀ)ᵀ: runs a product with its operands exchanged, for a kernel that wants the vector on the right. */
export const exchange = (p: Product, plan: (exchanged: Product) => Run): Run => {
  const run = plan({
    m: p.n, k: p.k, n: p.m, outRow: p.outColumn, outColumn: p.outRow,
    aRow: p.bColumn, aColumn: p.bRow, bRow: p.aColumn, bColumn: p.aRow,
  })
  return (a, aOffset, b, bOffset, out, outOffset) => run(b, bOffset, a, aOffset, out, outOffset)
}
