// Loop nests and fills as WGSL kernels.
import type { Kernel } from '../../lower/kernel.ts'
import { byPattern } from '../../lower/plain.ts'
import type { Dispatch, Maker } from '../dispatch.ts'
import { flatKernel } from './flat.ts'
import { isPartial, kernelOf, reductions, type LoopStep } from './kernel.ts'
import { partialKernel } from './partial.ts'
import { withFewBuffers } from './wide.ts'

export type { LoopStep } from './kernel.ts'
export { tinyGroups, tinyKernel } from './tiny.ts'

/** Bindings that a kernel may need besides large arrays: the slab of small ones, and partial results of each type. */
const reserved = (kernel: Kernel): number => (isPartial(kernel) || reductions(kernel).length > 2 ? 3 : 1)

/**
 * Kernels that do a step. With `isEager` set, sizes are parameters and no part of the text, so that programs of other
 * sizes share pipelines.
 */
export const loopKernels = (step: LoopStep, maker: Maker, isEager = false): readonly Dispatch[] =>
  byPattern(kernelOf(step, maker.buffers))
    .flatMap((kernel) => withFewBuffers(kernel, maker, maker.target.storageBuffers - reserved(kernel)))
    .flatMap((kernel) => (isPartial(kernel) ? partialKernel : flatKernel)(kernel, maker, isEager))
