// What a Fourier transform consists of: a list of steps, each from rows of complex numbers to rows of complex numbers.
import { twiddles } from './roots.ts'

/**
 * One pass of the Stockham algorithm (decimation in frequency, self-sorting). With m = groups and s = stride it reads
 * the rows q + s·(p + m·k), transforms over k, multiplies by exp(-2πi·pk/(m·radix)) and writes the rows
 * q + s·(radix·p + k), for p < m, q < s and k < radix.
 */
export interface Step {
  readonly radix: number
  readonly groups: number
  readonly stride: number
  /** The factors of the multiplication: for each p, those of k = 1 … radix - 1. */
  readonly twiddles: Float64Array
  /** On a first pass: row k times factor k as it is read. Rows without a factor are zero, whatever is there. */
  readonly entering?: Float64Array
  /** On a last pass: the conjugate of row k times factor k as it is written. Rows without a factor are not written. */
  readonly leaving?: Float64Array
}

/** All rows that a pass goes through. */
export const rowsOf = ({ radix, groups, stride }: Step): number => radix * groups * stride

/** One pass per radix; their product is the length. The first has stride 1, the last a single group. */
export const stockham = (radices: readonly number[]): readonly Step[] => {
  const n = radices.reduce((product, radix) => product * radix, 1)
  let length = n
  return radices.map((radix) => {
    const step = { radix, groups: length / radix, stride: n / length, twiddles: twiddles(length, radix) }
    length = step.groups
    return step
  })
}
