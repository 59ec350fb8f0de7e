// For what a program is lowered: the arithmetic, the shape of loop nests, and how much goes into one kernel.
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
}

/** V8 slows down beyond about two thousand statements in a function. */
export const forCpu: Target = { limits: float64Limits, shape: shapeLoops, kernelLimit: 900, segmentLimit: 900 }

/** Making a pipeline takes longer than most kernels run. */
export const forGpu: Target = { limits: float32Limits, shape: plainLoops, kernelLimit: 400, segmentLimit: 600 }
