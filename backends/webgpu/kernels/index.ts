// The kernels of every step that is not a loop nest.
import type { LibraryPrimitive } from '../../lower/kernel.ts'
import { argmaxKernels, argminKernels } from './argextremum.ts'
import { cumsumKernels } from './cumsum.ts'
import { fftKernels } from './fft.ts'
import { gatherKernels } from './gather.ts'
import { lbfgsKernels } from './lbfgs.ts'
import { scatterAddKernels } from './scatterAdd.ts'
import { sortKernels } from './sort.ts'
import type { KernelMaker } from './step.ts'
import { threefryKernels } from './threefry.ts'

export { contractionKernels } from './contraction.ts'

export const libraryKernels = {
  argmax: argmaxKernels,
  argmin: argminKernels,
  cumsum: cumsumKernels,
  fft: fftKernels,
  gather: gatherKernels,
  lbfgs: lbfgsKernels,
  scatterAdd: scatterAddKernels,
  sort: sortKernels,
  threefry: threefryKernels,
} satisfies Readonly<Record<LibraryPrimitive, KernelMaker>>
