// What a scalar rule is: how one primitive computes an element from the elements of its operands, in real arithmetic.
import { isFloat, type DType } from '../../../core/dtype.ts'
import type { Builder, Expr, UnaryOp, Value } from '../expression.ts'
import { float64Limits, type Limits } from './limits.ts'

export interface ScalarContext {
  /** Of the operands. */
  readonly dtypes: readonly DType[]
  /** Of the result. */
  readonly dtype: DType
  readonly attrs: readonly number[]
  /** Of the precision in which the expressions will be computed; float64 if absent. */
  readonly limits?: Limits
}

export type ScalarRule = (b: Builder, args: readonly Value[], context: ScalarContext) => Value

/** A complex number: both parts are there. */
export interface Complex { readonly re: Expr; readonly im: Expr }

export const limitsOf = (c: ScalarContext): Limits => c.limits ?? float64Limits

export const real = (re: Expr): Value => ({ re, im: null })

/** A real part as a number of another dtype's kind: truth values become 0 and 1. */
export const asNumber = (b: Builder, x: Expr, from: DType, to: DType): Expr => {
  const n = from === 'bool' ? b.unary('toNumber', x) : x
  return isFloat(to) && !isFloat(from) ? b.unary('toFloat', n) : n
}

/** The k-th operand's real part as a number, in floating point if the result is. */
export const number = (b: Builder, args: readonly Value[], c: ScalarContext, k = 0): Expr =>
  asNumber(b, args[k]!.re, c.dtypes[k]!, c.dtype)

/** The k-th operand as a complex number; a real one gets +0, for results that cannot do without. */
export const complex = (b: Builder, args: readonly Value[], c: ScalarContext, k = 0): Complex =>
  ({ re: number(b, args, c, k), im: args[k]!.im ?? b.constant(0) })

export type ComplexFunction = (b: Builder, z: Complex, limits: Limits) => Complex

/** A function of one argument: an operation on real numbers, a formula on complex ones. */
export const analytic = (op: UnaryOp, formula: ComplexFunction): ScalarRule => (b, args, c) => {
  const z = args[0]!
  return z.im === null ? real(b.unary(op, number(b, args, c))) : formula(b, { re: z.re, im: z.im }, limitsOf(c))
}

/** A function of real arguments only. */
export const realFunction = (op: UnaryOp): ScalarRule => (b, args, c) => real(b.unary(op, number(b, args, c)))

