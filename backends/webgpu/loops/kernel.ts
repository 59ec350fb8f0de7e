// Steps as loop nests, and what kinds of nest there are.
import { counter } from '../../lower/affine.ts'
import { Builder } from '../../lower/expression.ts'
import type { Buffer, Kernel, Reduce, Step } from '../../lower/kernel.ts'

/** A step of which loop kernels are made. */
export type LoopStep = Extract<Step, { kind: 'loops' | 'fill' }>

export const isLoopStep = (step: Step): step is LoopStep => step.kind === 'loops' || step.kind === 'fill'

/** A step as a loop nest. */
export const kernelOf = (step: LoopStep, buffers: readonly Buffer[]): Kernel => {
  if (step.kind === 'loops') return step.kernel
  const builder = new Builder()
  const { length, dtype } = buffers[step.buffer]!
  const value = builder.constant(step.value, dtype === 'int32' || dtype === 'bool')
  const [extents, at] = length === 1 ? [[], { offset: 0, coefficients: [] }] : [[length], counter(0, 1)]
  const box = { low: extents.map(() => 0), high: extents }
  return { builder, extents, statements: [{ kind: 'store', buffer: step.buffer, at, value, box }] }
}

export const reductions = ({ statements }: Kernel): readonly Reduce[] =>
  statements.filter((s): s is Reduce => s.kind === 'reduce')

/** Whether a kernel reduces over some of its loops only. */
export const isPartial = (kernel: Kernel): boolean => reductions(kernel).some((s) => s.over.includes(false))

export const sizeOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)
