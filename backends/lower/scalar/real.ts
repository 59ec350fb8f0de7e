// Functions of real numbers, and the passage between real and complex ones.
import type { DType } from '../../../core/dtype.ts'
import type { BinaryOp, UnaryOp } from '../expression.ts'
import { number, real, realFunction, type ScalarRule } from './rule.ts'

const isWhole = (d: DType | undefined): boolean => d === 'bool' || d === 'int32'

/** −1, 0 or 1; zero keeps its sign, and NaN stays. */
const sign: ScalarRule = (b, args, c) => {
  if (c.dtypes[0] === 'bool') return args[0]!
  const x = args[0]!.re
  const zero = b.constant(0)
  return real(b.select(b.less(zero, x), b.constant(1), b.select(b.less(x, zero), b.constant(-1), x)))
}

/** Whole numbers are what they are. */
const rounded = (op: UnaryOp): ScalarRule => (b, args, c) =>
  isWhole(c.dtypes[0]) ? args[0]! : real(b.unary(op, args[0]!.re))

const binary = (op: BinaryOp): ScalarRule => (b, args, c) =>
  real(b.binary(op, number(b, args, c, 0), number(b, args, c, 1)))

/** The greater and the lesser of two truth values are `or` and `and`. */
const extremum = (op: 'max' | 'min'): ScalarRule => (b, args, c) => c.dtype === 'bool'
  ? real(b.test(op === 'max' ? 'or' : 'and', args[0]!.re, args[1]!.re))
  : binary(op)(b, args, c)

const complex: ScalarRule = (b, args, c) => ({ re: number(b, args, c, 0), im: number(b, args, c, 1) })

const polygamma: ScalarRule = (b, args, c) => real(b.binary('polygamma', b.constant(c.attrs[0]!), number(b, args, c)))

export const realRules = {
  real: (_, [z]) => real(z!.re),
  imag: (b, [z]) => real(z!.im ?? b.constant(0)),
  complex, sign, polygamma,
  floor: rounded('floor'), ceil: rounded('ceil'), round: rounded('roundEven'),
  erf: realFunction('erf'), lgamma: realFunction('lgamma'),
  atan2: binary('atan2'), maximum: extremum('max'), minimum: extremum('min'),
} as const satisfies Readonly<Record<string, ScalarRule>>
