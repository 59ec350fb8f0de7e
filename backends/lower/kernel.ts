// What lowering makes of a program: buffers, and steps that fill them. Loop kernels speak of real scalars only; the other
// steps are kernel kinds of their own, which each backend implements as it likes.
import type { DType } from '../../core/dtype.ts'
import type { Equation } from '../../core/program.ts'
import type { Primitive } from '../../core/primitive.ts'
import type { Affine } from './affine.ts'
import type { Builder, Expr } from './expression.ts'

/** Storage of one value, in numbers (two for each complex element). */
export interface Buffer {
  readonly dtype: DType
  readonly length: number
  /** Position among the program's inputs, or −1. */
  readonly input: number
}

/** The part of the iteration space in which a statement runs: low[k] ≤ i[k] < high[k]. */
export interface Box { readonly low: readonly number[]; readonly high: readonly number[] }

export type ReduceOp = 'sum' | 'max' | 'min'

export type Statement =
  | { readonly kind: 'store'; readonly buffer: number; readonly at: Affine; readonly value: Expr; readonly box: Box }
  /** Combines `value` over the loops in `over`; `at` does not depend on them. `integer` sums wrap at 32 bits. */
  | {
    readonly kind: 'reduce'; readonly op: ReduceOp; readonly buffer: number; readonly at: Affine; readonly value: Expr; readonly box: Box
    readonly over: readonly boolean[]; readonly integer: boolean
  }

export type Reduce = Extract<Statement, { kind: 'reduce' }>

/** Loops around a reduction, outermost first, that are not reduced over. */
export const keptDepth = (s: Reduce): number => {
  const first = s.over.indexOf(true)
  return first < 0 ? s.over.length : first
}

/** A loop nest, outer counter first, and what happens at each point. */
export interface Kernel {
  readonly builder: Builder
  readonly extents: readonly number[]
  readonly statements: readonly Statement[]
}

/** One operand of a contraction: strides and offset in elements of its buffer. */
export interface ContractionOperand {
  readonly buffer: number
  readonly complex: boolean
  readonly conj: boolean
  readonly row: number
  readonly column: number
  readonly batch: readonly number[]
  readonly offset: number
}

/** Primitives that are kernel kinds of their own. */
export type LibraryPrimitive = Extract<Primitive,
  'argmax' | 'argmin' | 'cumsum' | 'fft' | 'gather' | 'scatterAdd' | 'sort' | 'threefry' | 'lbfgs'>

export type Step =
  | { readonly kind: 'loops'; readonly kernel: Kernel }
  | { readonly kind: 'fill'; readonly buffer: number; readonly value: number }
  | {
    readonly kind: 'contraction'; readonly batch: readonly number[]; readonly m: number; readonly k: number; readonly n: number
    readonly a: ContractionOperand; readonly b: ContractionOperand; readonly result: number
  }
  | {
    readonly kind: 'library'; readonly primitive: LibraryPrimitive; readonly attrs: readonly number[]
    readonly operands: readonly Equation[]; readonly args: readonly number[]; readonly results: readonly number[]
  }

export interface Plan {
  readonly buffers: readonly Buffer[]
  readonly steps: readonly Step[]
  /** The buffer of each of the program's outputs. */
  readonly outputs: readonly number[]
}

export const writes = (step: Step): readonly number[] => {
  switch (step.kind) {
    case 'loops': return [...new Set(step.kernel.statements.map((s) => s.buffer))]
    case 'fill': return [step.buffer]
    case 'contraction': return [step.result]
    case 'library': return step.results
  }
}

export const reads = (step: Step): readonly number[] => {
  switch (step.kind) {
    case 'loops': return loads(step.kernel.statements.map((s) => s.value))
    case 'fill': return []
    case 'contraction': return [step.a.buffer, step.b.buffer]
    case 'library': return step.args
  }
}

/** The buffers that expressions read. */
export const loads = (values: readonly Expr[]): readonly number[] => {
  const seen = new Set<Expr>()
  const buffers = new Set<number>()
  const stack = [...values]
  while (stack.length > 0) {
    const e = stack.pop()!
    if (seen.has(e)) continue
    seen.add(e)
    if (e.op === 'load') buffers.add(e.value)
    stack.push(...e.args)
  }
  return [...buffers]
}
