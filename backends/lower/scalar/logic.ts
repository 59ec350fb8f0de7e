// Comparisons, logic, choice and casts: where numbers and truth values meet.
import { isComplex, type DType } from '../../../core/dtype.ts'
import type { Builder, Expr, Value } from '../expression.ts'
import { isFinite as isFiniteNumber } from './product.ts'
import { asNumber, number, real, type ScalarRule } from './rule.ts'

const truth = (b: Builder, value: boolean): Value => real(b.test('toTest', b.constant(Number(value))))

/** `less` and `lessEqual`, also with their operands exchanged. */
const comparison = (op: 'less' | 'lessEqual', first: 0 | 1): ScalarRule => (b, args, c) =>
  real(b.test(op, number(b, args, c, first), number(b, args, c, 1 - first)))

const equal: ScalarRule = (b, args, c) => {
  const re = b.equal(number(b, args, c, 0), number(b, args, c, 1))
  const [p, q] = [args[0]!.im, args[1]!.im]
  if (p === null && q === null) return real(re)
  const zero = b.constant(0)
  return real(b.and(re, b.equal(p ?? zero, q ?? zero)))
}

const negated = (rule: ScalarRule): ScalarRule => (b, args, c) => real(b.not(rule(b, args, c).re))

const logical = (op: 'and' | 'or'): ScalarRule => (b, [p, q]) => real(b.test(op, p!.re, q!.re))

const isNumber = (b: Builder, x: Expr): Expr => b.equal(x, x)

/** Whether a test holds for all parts of a number; whole numbers pass. */
const ofParts = (test: (b: Builder, x: Expr) => Expr): ScalarRule => (b, [z], c) => {
  if (c.dtypes[0] === 'bool' || c.dtypes[0] === 'int32') return truth(b, true)
  return real(z!.im === null ? test(b, z!.re) : b.and(test(b, z!.re), test(b, z!.im)))
}

/** A value as one of another dtype. NaN, not being zero, is true; int32 truncates and wraps. */
const convert = (b: Builder, { re, im }: Value, from: DType, to: DType): Value => {
  if (from === to) return { re, im }
  if (to === 'bool') {
    const nonZero = (x: Expr): Expr => b.not(b.equal(x, b.constant(0)))
    return real(im === null ? nonZero(re) : b.or(nonZero(re), nonZero(im)))
  }
  const x = asNumber(b, re, from, to)
  if (to === 'int32') return real(from === 'bool' ? x : b.unary('toInt32', x))
  return { re: x, im: isComplex(to) ? im ?? b.constant(0) : null }
}

const cast: ScalarRule = (b, [x], c) => convert(b, x!, c.dtypes[0]!, c.dtype)

const where: ScalarRule = (b, [test, p, q], c) => {
  const x = convert(b, p!, c.dtypes[1]!, c.dtype)
  const y = convert(b, q!, c.dtypes[2]!, c.dtype)
  const im = x.im === null || y.im === null ? null : b.select(test!.re, x.im, y.im)
  return { re: b.select(test!.re, x.re, y.re), im }
}

export const logicRules = {
  less: comparison('less', 0), lessEqual: comparison('lessEqual', 0),
  greater: comparison('less', 1), greaterEqual: comparison('lessEqual', 1),
  equal, notEqual: negated(equal), and: logical('and'), or: logical('or'),
  xor: (b, [p, q]) => real(b.not(b.equal(b.unary('toNumber', p!.re), b.unary('toNumber', q!.re)))),
  not: (b, [p]) => real(b.not(p!.re)),
  isNaN: negated(ofParts(isNumber)), isFinite: ofParts(isFiniteNumber),
  cast, where,
} as const satisfies Readonly<Record<string, ScalarRule>>
