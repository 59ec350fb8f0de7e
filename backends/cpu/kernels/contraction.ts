// Batched matrix products: reads the shape once, chooses the kernel, and walks the batches.

import { blocked, blockedComplex } from './blocked.ts'
import { dot, dotComplex } from './dot.ts'
import { integer } from './integer.ts'
import { matvec } from './matvec.ts'
import { matvecComplex } from './matvecComplex.ts'
import { outer, outerComplex } from './outer.ts'
import { exchange } from './product.ts'
import type { ComplexProduct, Product, RealProduct, Run, Typed } from './product.ts'
import { small, smallComplex } from './small.ts'

/** One operand: strides and offset count elements (a complex number is one); stride 0 repeats. */
export interface Operand {
  readonly complex: boolean
  readonly conj: boolean
  readonly row: number
  readonly column: number
  readonly batch: readonly number[]
  readonly offset: number
}

/** op(A)·op(B) for every batch, A of m×k and B of k×n; the result is dense, row-major [...batch, m, n]. */
export interface Contraction {
  readonly batch: readonly number[]
  readonly m: number
  readonly k: number
  readonly n: number
  readonly a: Operand
  readonly b: Operand
  /** Storage of the result, which is complex if an operand is. */
  readonly kind: 'float64' | 'float32' | 'int32'
}

/** Products of at most so many terms m·k·n are not worth packing. */
const smallReal = 250
const smallComplexTerms = 600

/** A matrix of fewer columns than a tile is multiplied column by column: packing would cost more than the product. */
const byColumns = <P extends Product>(vector: (p: P) => Run, p: P): Run => {
  const run = vector({ ...p, n: 1 })
  return (a, aOffset, b, bOffset, out, outOffset) => {
    for (let j = 0; j < p.n; j++) run(a, aOffset, b, bOffset + j * p.bColumn, out, outOffset + j * p.outColumn)
  }
}

const real = (p: RealProduct): Run => {
  if (p.k === 1) return outer(p)
  if (p.m === 1 && p.n === 1) return dot(p)
  if (p.m * p.k * p.n <= smallReal) return small(p)
  if (p.n < 4) return byColumns(matvec, p)
  return p.m < 4 ? exchange(p, (q) => real({ ...q, sign: p.sign })) : blocked(p)
}

const complex = (p: ComplexProduct): Run => {
  if (p.k === 1) return outerComplex(p)
  if (p.m === 1 && p.n === 1) return dotComplex(p)
  if (p.m * p.k * p.n <= smallComplexTerms) return smallComplex(p)
  if (p.n < 3) return byColumns(matvecComplex, p)
  return p.m < 3 ? exchange(p, (q) => complex({ ...q, conjA: p.conjB, conjB: p.conjA })) : blockedComplex(p)
}

/** A real operand times a complex one is two real products, for the real and for the imaginary parts. */
const mixed = (p: Product, leftIsComplex: boolean, sign: 1 | -1): Run => {
  const re = real({ ...p, sign: 1 })
  const im = real({ ...p, sign })
  const [stepA, stepB] = leftIsComplex ? [1, 0] : [0, 1]
  return (a, aOffset, b, bOffset, out, outOffset) => {
    re(a, aOffset, b, bOffset, out, outOffset)
    im(a, aOffset + stepA, b, bOffset + stepB, out, outOffset + 1)
  }
}

const width = (operand: Operand): 1 | 2 => (operand.complex ? 2 : 1)

const kernel = ({ m, k, n, a, b, kind }: Contraction): Run => {
  const wide = a.complex || b.complex ? 2 : 1
  const p: Product = {
    m, k, n, outRow: wide * n, outColumn: wide,
    aRow: width(a) * a.row, aColumn: width(a) * a.column, bRow: width(b) * b.row, bColumn: width(b) * b.column,
  }
  if (kind === 'int32') return integer(p)
  if (a.complex && b.complex) return complex({ ...p, conjA: a.conj, conjB: b.conj })
  if (a.complex) return mixed(p, true, a.conj ? -1 : 1)
  if (b.complex) return mixed(p, false, b.conj ? -1 : 1)
  return real({ ...p, sign: 1 })
}

const withoutLast = (operand: Operand): Operand => ({ ...operand, batch: operand.batch.slice(0, -1) })

/** Drops the last batch axis where the matrices along it are one larger matrix: a stack of rows times one B, say. */
const folded = (c: Contraction): Contraction => {
  const size = c.batch.at(-1)
  if (size === undefined) return c
  const { m, n, a, b } = c
  const rest = { ...c, batch: c.batch.slice(0, -1), a: withoutLast(a), b: withoutLast(b) }
  const [stepA, stepB] = [a.batch.at(-1)!, b.batch.at(-1)!]
  if (size === 1) return folded(rest)
  if (stepB === 0 && (m === 1 || stepA === m * a.row)) {
    return folded({ ...rest, m: size * m, a: { ...rest.a, row: m === 1 ? stepA : a.row } })
  }
  if (m === 1 && stepA === 0 && (n === 1 || stepB === n * b.column)) {
    return folded({ ...rest, n: size * n, b: { ...rest.b, column: n === 1 ? stepB : b.column } })
  }
  return c
}

const looped = (run: Run, size: number, stepA: number, stepB: number, stepOut: number): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => {
    for (let i = 0; i < size; i++) {
      run(a, aOffset + i * stepA, b, bOffset + i * stepB, out, outOffset + i * stepOut)
    }
  }

/** Plans a contraction; the plan may be run any number of times, and `out` may not share storage with an operand. */
export const contraction = (c: Contraction): (a: Typed, b: Typed, out: Typed) => void => {
  const wide = c.a.complex || c.b.complex ? 2 : 1
  const count = c.batch.reduce((product, size) => product * size, wide * c.m * c.n)
  if (count === 0) return () => undefined
  if (c.k === 0) return (_a, _b, out) => void out.fill(0, 0, count)
  const plan = folded(c)
  const start = { run: kernel(plan), stepOut: wide * plan.m * plan.n }
  const { run } = plan.batch.reduceRight(({ run: inner, stepOut }, size, axis) => ({
    run: looped(inner, size, width(c.a) * plan.a.batch[axis]!, width(c.b) * plan.b.batch[axis]!, stepOut),
    stepOut: size * stepOut,
  }), start)
  const aOffset = width(c.a) * c.a.offset
  const bOffset = width(c.b) * c.b.offset
  return (a, b, out) => run(a, aOffset, b, bOffset, out, 0)
}
