// For what a program is lowered: the arithmetic, the shape of loop nests, and how much goes into one kernel.
import { isComplex, isFloat } from '../../core/dtype.ts'
import type { Equation } from '../../core/equation.ts'
import type { Kernel } from './kernel.ts'
import { shapeLoops } from './loops.ts'
import { plainLoops } from './plain.ts'
import { float32Limits, float64Limits, type Limits } from './scalar.ts'

export interface Target {
  /** Of the floating-point numbers in which kernels compute. */
  readonly limits: Limits
  /** The nests that do a kernel's work best. */
  readonly shape: (kernel: Kernel) => readonly Kernel[]
  /** Estimated statements beyond which a kernel is cut. */
  readonly kernelLimit: number
  /** Estimated price beyond which a program is cut, and what crosses the cut is stored. */
  readonly segmentLimit: number
  /** Statements beyond the usual ones that a value takes in a kernel. */
  readonly extra: (e: Equation) => number
}

/** V8 slows down beyond about two thousand statements in a function. */
export const forCpu: Target = { limits: float64Limits, shape: shapeLoops, kernelLimit: 900, segmentLimit: 900, extra: () => 0 }

/** Statements of elementary functions, by primitive: GPUs' compilers write them out wherever they are called. */
export const elementaryLengths: Readonly<Partial<Record<string, number>>> = {
  div: 60, sqrt: 20, exp: 25, expm1: 40, log: 30, log1p: 40, log2: 40, log10: 40, sin: 50, cos: 50, tan: 70, sinh: 50, cosh: 50, tanh: 50,
  asin: 40, acos: 40, atan: 40, asinh: 60, acosh: 60, atanh: 60, sigmoid: 80, softplus: 70, erf: 60, lgamma: 200, polygamma: 250,
  pow: 150, atan2: 100, angle: 100, phase: 100,
}

/** A complex function takes several real ones, and takes them twice: for the common path and for the rare one. */
const extra = ({ primitive, dtype }: Equation): number => {
  const n = elementaryLengths[primitive] ?? 0
  if (primitive === 'abs') return isFloat(dtype) ? 40 : 0 // of a complex number, perhaps
  return isComplex(dtype) ? 3 * n : n
}

/** Making a pipeline takes longer than most kernels run, and the time grows with the square of the kernel's length. */
export const forGpu: Target = { limits: float32Limits, shape: plainLoops, kernelLimit: 600, segmentLimit: 600, extra }
