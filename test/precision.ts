// Where the numbers of a precision end: with it, one fixture serves backends that compute in 64 bits and in 32.

export interface Precision {
  readonly name: 'double' | 'single'
  /** Distance from 1 to the next number. */
  readonly epsilon: number
  /** Its square overflows, and that of its reciprocal underflows. */
  readonly far: number
  /** exp of it overflows, and exp of its negative is 0. */
  readonly steep: number
  /** x + i·x is finite, and its modulus is not. */
  readonly widest: number
  /** The largest and smallest numbers that are divided; half the reciprocal of each is a number, too. */
  readonly divided: readonly [most: number, least: number]
  /** A number whose reciprocal overflows; null where that is no number itself. */
  readonly subnormal: number | null
  /** A relative error of a few units in the last place. */
  readonly tight: number
}

export const double: Precision = {
  name: 'double', epsilon: 2 ** -52,
  far: 1e200, steep: 800, widest: 1.5e308, divided: [1e308, 1e-308], subnormal: 1e-310, tight: 1e-15,
}

export const single: Precision = {
  name: 'single', epsilon: 2 ** -23,
  far: 1e30, steep: 120, widest: 3e38, divided: [3e37, 2e-38], subnormal: null, tight: 4 * 2 ** -23,
}
