// Arithmetic of numbers that may be real or complex. A real operand has no imaginary part: not +0, but none, so that it
// neither turns ∞ into NaN nor changes the side of a cut.
import { exp, log, over, plus, minus, reciprocalTimes, scaled, times } from './complex.ts'
import * as c from './complex.ts'
import type { Scalar } from './value.ts'

export const neg = (a: Scalar): Scalar => (typeof a === 'number' ? -a : c.neg(a))

export const add = (a: Scalar, b: Scalar): Scalar => {
  if (typeof a === 'number') return typeof b === 'number' ? a + b : c.complex(a + b.re, b.im)
  return typeof b === 'number' ? c.complex(a.re + b, a.im) : plus(a, b)
}

export const sub = (a: Scalar, b: Scalar): Scalar => {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : c.complex(a - b.re, -b.im)
  return typeof b === 'number' ? c.complex(a.re - b, a.im) : minus(a, b)
}

export const mul = (a: Scalar, b: Scalar): Scalar => {
  if (typeof a === 'number') return typeof b === 'number' ? a * b : scaled(b, a)
  return typeof b === 'number' ? scaled(a, b) : times(a, b)
}

export const div = (a: Scalar, b: Scalar): Scalar => {
  if (typeof a === 'number') return typeof b === 'number' ? a / b : reciprocalTimes(a, b)
  return typeof b === 'number' ? c.complex(a.re / b, a.im / b) : over(a, b)
}

/** C's and NumPy's power: 1 to anything is 1, and so is (−1)^±∞. */
const realPower = (a: number, b: number): number => {
  if (a === 1 || (a === -1 && Math.abs(b) === Infinity)) return 1
  return a ** b
}

const isZero = (a: Scalar): boolean => (typeof a === 'number' ? a === 0 : a.re === 0 && a.im === 0)
const realPart = (a: Scalar): number => (typeof a === 'number' ? a : a.re)

/** The logarithm as an exponent needs it: real for a positive number, with angle π for a negative one. */
const logarithm = (a: Scalar): Scalar => {
  if (typeof a !== 'number') return log(a)
  return a < 0 ? c.complex(Math.log(-a), Math.PI) : Math.log(a)
}

/** The principal exp(b·log a), with 0^0 = 1 and 0^b = 0 for Re b > 0. */
export const pow = (a: Scalar, b: Scalar): Scalar => {
  if (typeof a === 'number' && typeof b === 'number') return realPower(a, b)
  if (isZero(b)) return c.complex(1, 0)
  if (isZero(a)) {
    if (realPart(b) > 0) return c.complex(0, 0)
    return c.complex(typeof b === 'number' ? Infinity : Number.NaN, Number.NaN)
  }
  const exponent = mul(b, logarithm(a))
  return typeof exponent === 'number' ? c.complex(Math.exp(exponent), 0) : exp(exponent)
}

/** xⁿ for n ≥ 0 out of products. */
const raise = <A>(one: A, x: A, n: number, product: (p: A, q: A) => A): A => {
  if (n === 0) return one
  const half = raise(one, x, Math.floor(n / 2), product)
  const even = product(half, half)
  return n % 2 === 0 ? even : product(even, x)
}

/** Integer powers; 0^0 is 1. */
export const integerPower = (a: Scalar, n: number): Scalar => {
  const power = raise<Scalar>(typeof a === 'number' ? 1 : c.complex(1, 0), a, Math.abs(n), mul)
  return n < 0 ? div(1, power) : power
}

/** Integer powers, n ≥ 0, of 32-bit integers, which wrap. */
export const wrappingPower = (a: number, n: number): number => raise(1, a, n, Math.imul)

export const isEqual = (a: Scalar, b: Scalar): boolean => {
  const [x, y] = [a, b].map((s) => (typeof s === 'number' ? c.complex(s, 0) : s))
  return x!.re === y!.re && x!.im === y!.im
}

export const isTrue = (a: Scalar): boolean => (typeof a === 'number' ? a !== 0 : a.re !== 0 || a.im !== 0)
