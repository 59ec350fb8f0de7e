// What generated kernels may call besides Math.
import { erf, lgamma, polygamma } from './kernels/special.ts'

/** Ties go to the even neighbour, as IEEE 754 and NumPy round. The sign of zero is kept. */
export const roundEven = (x: number): number => {
  const r = Math.round(x)
  return Math.abs(x - Math.trunc(x)) === 0.5 && r % 2 !== 0 ? r - 1 : r
}

export const copySign = (a: number, b: number): number =>
  b < 0 || (b === 0 && 1 / b < 0) ? -Math.abs(a) : Math.abs(a)

const functions = { roundEven, copySign, erf, lgamma, polygamma } as const

export const runtimeNames = Object.keys(functions)
export const runtime = Object.values(functions)
