// Elementary functions in single precision, made of + − × ÷ on ordinary numbers and of their bits: to a few units in
// the last place, with NaN, infinities, signed zeros and domain errors as in JavaScript. Subnormal numbers are read as
// what they are wherever a function needs their size; a subnormal result is zero on devices that know no subnormal
// numbers.
import type { BinaryOp, UnaryOp } from '../expression.ts'
import { acos, asin, atan, atan2 } from './arc.ts'
import { acosh, asinh, atanh } from './area.ts'
import { erf } from './error.ts'
import { exp, expm1 } from './exponential.ts'
import { lgamma } from './gamma.ts'
import { cosh, sinh, tanh } from './hyperbolic.ts'
import { log, log10, log1p, log2 } from './logarithm.ts'
import { digamma, polygammaOf } from './polygamma.ts'
import { pow } from './power.ts'
import { div } from './quotient.ts'
import { sqrt } from './root.ts'
import { ceil, floor, roundEven, toInt32 } from './rounding.ts'
import { cos, sin, tan } from './trigonometric.ts'
import type { BinaryExpansion, Expansion } from './words.ts'

export type { BinaryExpansion, Expansion } from './words.ts'

/** What the arithmetic of every device does. */
type Plain = 'neg' | 'abs' | 'toNumber' | 'toFloat' | 'add' | 'sub' | 'mul' | 'min' | 'max' | 'copySign' | 'imul'

/** Functions of one argument. The result of `toInt32` is made of bits. */
export const unaryExpansions = {
  sqrt, exp, expm1, log, log1p, log2, log10, sin, cos, tan, sinh, cosh, tanh, asin, acos, atan, asinh, acosh, atanh,
  erf, lgamma, floor, ceil, roundEven, toInt32,
} as const satisfies Readonly<Record<Exclude<UnaryOp, Plain>, Expansion>>

/** Functions of two arguments. */
export const binaryExpansions = {
  pow, atan2, div,
} as const satisfies Readonly<Record<Exclude<BinaryOp, Plain | 'polygamma'>, BinaryExpansion>>

/** polygamma by its order: no others are there. */
export const polygammaExpansions: readonly Expansion[] = [digamma, polygammaOf(1), polygammaOf(2), polygammaOf(3)]
