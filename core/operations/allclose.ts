// Comparison of tensors as a whole, up to rounding.
import { isFloat } from '../dtype.ts'
import { hostArray } from '../evaluate.ts'
import { and, equal, isFinite, lessEqual, or } from './comparison.ts'
import { abs, add, mul, sub } from './elementwise.ts'
import { options } from './options.ts'
import { floating, operand, pair } from './operand.ts'
import type { Operand } from './operand.ts'
import { all } from './reduction.ts'

export interface Tolerance { readonly rtol?: number; readonly atol?: number }

/** Whether |a − b| ≤ atol + rtol·|b| everywhere, equal infinities included. Reads the answer. */
export const allclose = (a: Operand, b: Operand, tolerance: Tolerance = {}): boolean => {
  const { rtol = 1e-5, atol = 1e-8 } = options('allclose', tolerance, ['rtol', 'atol'])
  const y = operand('allclose', b)
  const [x, z] = pair('allclose', floating(operand('allclose', a, isFloat(y.dtype) ? y.dtype : undefined)), floating(y))
  const near = lessEqual(abs(sub(x, z)), add(mul(abs(z), rtol), atol))
  return hostArray(all(or(equal(x, z), and(isFinite(z), near))), 'allclose')[0] === 1
}
