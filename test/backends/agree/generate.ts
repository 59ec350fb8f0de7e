// Random programs out of all primitives. Values stay moderate and away from cuts and poles, and what jumps is applied
// only where both backends hold the same bits; so rounding explains little.
import { isFloat, type DType } from '../../../core/dtype.ts'
import type { Choices } from './choices.ts'
import { Draft, type Term } from './draft.ts'
import {
  arithmeticStep, castStep, cutStep, jumpStep, logicStep,
  pairStep, partsStep, powerStep, realStep, smoothStep, whereStep,
} from './elementwise.ts'
import {
  cumsumStep, directionStep, extremumStep, fourierStep,
  indexStep, matmulStep, randomStep, sumStep,
} from './kernels.ts'
import {
  concatStep, countStep, expandStep, flipStep,
  padStep, reshapeStep, sliceStep, storageStep, transposeStep,
} from './movement.ts'
import { floats, someShape, type Step } from './operands.ts'

const steps: readonly Step[] = [
  smoothStep, arithmeticStep, smoothStep, arithmeticStep, partsStep, cutStep, realStep, powerStep, pairStep, jumpStep,
  logicStep, whereStep, castStep,
  reshapeStep, transposeStep, expandStep, sliceStep, padStep, flipStep, concatStep, storageStep, countStep,
  sumStep, sumStep, extremumStep, cumsumStep, matmulStep, fourierStep, indexStep, randomStep, directionStep,
]

/** A program of `count` steps (those that find nothing to act on are left out), and its outputs. */
export const generate = (
  c: Choices, count: number, epsilon?: (dtype: DType) => number,
): { readonly draft: Draft; readonly outputs: readonly Term[] } => {
  const draft = new Draft(epsilon)
  draft.input(c.of(floats), someShape(c))
  for (let k = 0; k < count && !c.isSpent; k++) {
    const t = c.of(steps)(draft, c)
    if (t !== null && t.bound > 50 && isFloat(t.dtype)) draft.within(t, 3)
  }
  const used = new Set(draft.equations.flatMap((e) => e.args))
  const single = draft.terms.filter((t) => t.outputs === null)
  const ends = single.filter((t) => !used.has(t.at) && draft.equations[t.at]!.primitive !== 'input')
  const outputs = [...ends, c.of(single), c.of(single)].slice(-8) // those that nothing else uses, and two of any kind
  return { draft, outputs }
}
