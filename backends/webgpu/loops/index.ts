// Loop nests and fills as WGSL kernels.
import { counter } from '../../lower/affine.ts'
import { Builder } from '../../lower/expression.ts'
import type { Kernel, Step } from '../../lower/kernel.ts'
import { byPattern } from '../../lower/plain.ts'
import type { Dispatch, Maker } from '../dispatch.ts'
import { flatKernel, reductions } from './flat.ts'
import { partialKernel } from './partial.ts'
import { withFewBuffers } from './wide.ts'

/** A step of which this makes kernels. */
export type LoopStep = Extract<Step, { kind: 'loops' | 'fill' }>

/** A step as a loop nest. */
export const kernelOf = (step: LoopStep, maker: Pick<Maker, 'buffers'>): Kernel => {
  if (step.kind === 'loops') return step.kernel
  const builder = new Builder()
  const { length, dtype } = maker.buffers[step.buffer]!
  const value = builder.constant(step.value, dtype === 'int32' || dtype === 'bool')
  const [extents, at] = length === 1 ? [[], { offset: 0, coefficients: [] }] : [[length], counter(0, 1)]
  return { builder, extents, statements: [{ kind: 'store', buffer: step.buffer, at, value, box: { low: extents.map(() => 0), high: extents } }] }
}

export const isPartial = (kernel: Kernel): boolean => reductions(kernel).some((s) => s.over.includes(false))

/** Bindings that a kernel may need besides large arrays: the slab of small ones, and partial results of each type. */
const reserved = (kernel: Kernel): number => (isPartial(kernel) || reductions(kernel).length > 2 ? 3 : 1)

/**
 * Kernels that do a step. With `isEager` set, sizes are parameters and no part of the text, so that programs of other
 * sizes share pipelines.
 */
export const loopKernels = (step: LoopStep, maker: Maker, isEager = false): readonly Dispatch[] =>
  byPattern(kernelOf(step, maker))
    .flatMap((kernel) => withFewBuffers(kernel, maker, maker.target.storageBuffers - reserved(kernel)))
    .flatMap((kernel) => (isPartial(kernel) ? partialKernel : flatKernel)(kernel, maker, isEager))
