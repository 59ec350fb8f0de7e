// What every step of a plan becomes.
import type { Plan, Step } from '../lower/kernel.ts'
import type { Dispatch, Maker } from './dispatch.ts'
import { contractionKernels } from './kernels/contraction.ts'
import { libraryKernels } from './kernels/index.ts'
import { loopKernels, tinyGroups, tinyKernel } from './loops/index.ts'

const stepKernels = (step: Step, maker: Maker, isEager: boolean): readonly Dispatch[] => {
  switch (step.kind) {
    case 'loops': case 'fill': return loopKernels(step, maker, isEager)
    case 'contraction': return contractionKernels(step, maker)
    case 'library': return libraryKernels[step.primitive](step, maker)
  }
}

/** The dispatches of a plan, in order. With `isEager` set, sizes are parameters of the kernels. */
export const kernelsOf = ({ steps }: Plan, maker: Maker, isEager: boolean): readonly Dispatch[] =>
  tinyGroups(steps, maker.buffers).flatMap(([first, end]) => end - first > 1
    ? [tinyKernel(steps.slice(first, end), maker, isEager)]
    : stepKernels(steps[first]!, maker, isEager))
