// Fourier transforms along one axis of an array of interleaved complex numbers: any length, any axis, in place or not.
import { interpret } from '../../lower/fft/interpret.ts'
import type { Storage, Transform } from '../../lower/fft/layout.ts'
import { rowsOf } from '../../lower/fft/steps.ts'
import type { Step } from '../../lower/fft/steps.ts'
import { compile } from './compile.ts'
import { decompose } from './decompose.ts'
import { recent } from './recent.ts'

export interface FftSpec {
  readonly outer: number
  readonly n: number
  readonly inner: number
  readonly inverse: boolean
  readonly storage: 'float32' | 'float64'
  /** Whether code may be generated. Without it the same steps run from static code, several times slower. */
  readonly codegen: boolean
}

/** Complex numbers in a scratch array that stay in the nearest caches; columns that use whole cache lines. */
const [numbersAtATime, fewestColumns] = [4096, 16]

/** As many columns at a time as scratch memory should hold, in blocks of nearly equal width. */
const blockWidth = (rows: number, inner: number): number => {
  const most = Math.max(fewestColumns, Math.floor(numbersAtATime / rows))
  return Math.ceil(inner / Math.ceil(inner / most))
}

/** In numbers; code counts for as much as a table of 128 KiB. All that is kept stays around 32 MiB. */
const [budget, weightOfCode] = [2 ** 22, 2 ** 14]
const sizeOf = (steps: readonly Step[]): number => steps.reduce((sum, { twiddles }) => sum + twiddles.length, 0)

const decompositions = recent<readonly Step[]>(budget, sizeOf)
const transforms = recent<{ readonly run: Transform; readonly weight: number }>(budget, ({ weight }) => weight)

const transformOf = ({ n, inner, inverse, storage, codegen }: FftSpec): Transform =>
  transforms([n, inner, inverse, storage, codegen].join(), () => {
    const steps = decompositions([n, codegen].join(), () => decompose(n, codegen))
    const layout = { n, inner, inverse, width: blockWidth(Math.max(...steps.map(rowsOf)), inner) }
    const run = codegen ? compile(steps, layout) : interpret(steps, layout)
    return { run, weight: weightOfCode + sizeOf(steps) }
  }).run

const copy: Transform = (source, target) => {
  if (target !== source) target.set(source)
}

/**
 * Unscaled discrete Fourier transform along the middle axis of an outer × n × inner array of complex numbers:
 *
 *   X_k = Σ_j x_j · exp(∓2πi·jk/n),   the sign + when `inverse`.
 *
 * Source and target hold 2·outer·n·inner numbers, re and im in turn, and may be the same array. Mixed-radix Stockham,
 * or Bluestein's algorithm where n has a prime factor above 31: O(n log n) for every n. Computed in 64 bits; 32-bit
 * storage rounds once, at the end. What is planned is kept for the next call with the same spec.
 *
 * Sources: D. N. Swarztrauber, "FFT algorithms for vector computers" (1984); C. Van Loan, "Computational Frameworks
 * for the Fast Fourier Transform" (1992).
 *
 * @throws RangeError for negative or fractional sizes, and for arrays of another length.
 */
export const fftAlong = (spec: FftSpec): ((source: Storage, target: Storage) => void) => {
  const { outer, n, inner } = spec
  const shape = `${outer}×${n}×${inner}`
  if (![outer, n, inner].every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new RangeError(`fft: sizes must be non-negative integers, but the shape is ${shape}`)
  }
  const length = 2 * outer * n * inner
  const transform = length === 0 ? () => {} : n === 1 ? copy : transformOf(spec)
  return (source, target) => {
    if (source.length !== length || target.length !== length) {
      throw new RangeError(`fft: a complex array of shape ${shape} is stored in ${length} numbers, ` +
        `but source and target have ${source.length} and ${target.length}`)
    }
    transform(source, target, outer)
  }
}
