// Primitives that compute each element from the elements of the operands at the same place.
import { isComplex, isFloat, type Complex, type DType } from '../../core/dtype.ts'
import type { Equation } from '../../core/program.ts'
import * as c from './complex.ts'
import * as inverse from './inverse.ts'
import * as s from './scalar.ts'
import * as special from './special.ts'
import { elementAt, tabulate, type Scalar, type Value } from './value.ts'

type Meaning = (args: readonly Value[], e: Equation) => Value
type Element = (...args: readonly Scalar[]) => Scalar

const elementwise = (f: (e: Equation) => Element): Meaning => (args, e) => {
  const element = f(e)
  return tabulate(e, (k) => element(...args.map((x) => elementAt(x, k))))
}
const each = (f: Element): Meaning => elementwise(() => f)

const realOnly = (x: Scalar | undefined): number => {
  if (typeof x === 'number') return x
  throw new TypeError('a real number is expected')
}
const real = (f: (...args: readonly number[]) => number): Meaning => each((...args) => f(...args.map(realOnly)))
const unary = (f: (x: number) => number): Meaning => each((x) => f(realOnly(x)))
/** A function of a real or of a complex number. */
const analytic = (ofReal: (x: number) => number, ofComplex: (z: Complex) => Scalar): Meaning =>
  each((x) => (typeof x === 'number' ? ofReal(x) : ofComplex(x!)))
const onComplex = (f: (z: Complex) => Scalar): Meaning => analytic(() => Number.NaN, f)

const binary = (f: (a: Scalar, b: Scalar) => Scalar): Meaning => each((a, b) => f(a!, b!))
const test = (f: (...args: readonly number[]) => boolean): Meaning => real((...args) => Number(f(...args)))

const sigmoid = (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))
const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)))
const sign = (x: number): number => (x > 0 ? 1 : x < 0 ? -1 : x)
const roundEven = (x: number): number => {
  const below = Math.floor(x)
  if (x - below !== 0.5) return Math.round(x)
  return below % 2 === 0 ? c.withSign(below, x) : below + 1 === 0 ? -0 : below + 1
}

const parts = (x: Scalar): readonly number[] => (typeof x === 'number' ? [x] : [x.re, x.im])

/** To bool whether it is not zero, to int32 truncated and wrapped, to complex with imaginary part +0. */
const convert = (x: Scalar, to: DType): Scalar => {
  if (to === 'bool') return Number(s.isTrue(x))
  return !isComplex(to) && typeof x !== 'number' ? x.re : x
}

const mul = elementwise((e) => e.dtype === 'int32'
  ? (a, b) => Math.imul(realOnly(a), realOnly(b))
  : (a, b) => s.mul(a!, b!))
const ipow = elementwise(({ dtype, attrs: [n] }) => dtype === 'int32'
  ? (a) => s.wrappingPower(realOnly(a), n!)
  : (a) => s.integerPower(a!, n!))
const abs2 = elementwise((e) => (x) => {
  if (typeof x !== 'number') return c.abs2(x!)
  return isFloat(e.dtype) ? x * x : Math.imul(x, x)
})

export const elementwiseMeanings = {
  neg: each((x) => s.neg(x!)),
  conj: onComplex(c.conj), real: onComplex((z) => z.re), imag: onComplex((z) => z.im),
  abs: analytic(Math.abs, c.abs), abs2,
  angle: analytic((x) => Math.atan2(0, x), c.arg), phase: onComplex(c.phase),
  exp: analytic(Math.exp, c.exp), expm1: analytic(Math.expm1, c.expm1),
  log: analytic(Math.log, c.log), log1p: analytic(Math.log1p, c.log1p),
  log2: analytic(Math.log2, c.log2), log10: analytic(Math.log10, c.log10), sqrt: analytic(Math.sqrt, c.sqrt),
  sin: analytic(Math.sin, c.turned(c.sinh)), cos: analytic(Math.cos, c.cos), tan: analytic(Math.tan, c.turned(c.tanh)),
  sinh: analytic(Math.sinh, c.sinh), cosh: analytic(Math.cosh, c.cosh), tanh: analytic(Math.tanh, c.tanh),
  asin: analytic(Math.asin, inverse.asin), acos: analytic(Math.acos, inverse.acos),
  atan: analytic(Math.atan, inverse.atan), asinh: analytic(Math.asinh, inverse.asinh),
  acosh: analytic(Math.acosh, inverse.acosh), atanh: analytic(Math.atanh, inverse.atanh),
  sigmoid: analytic(sigmoid, c.sigmoid), softplus: analytic(softplus, c.softplus),
  erf: unary(special.erf), lgamma: unary(special.lgamma),
  polygamma: elementwise(({ attrs: [n] }) => (x) => special.polygamma(n!, realOnly(x))),
  sign: unary(sign), floor: unary(Math.floor), ceil: unary(Math.ceil), round: unary(roundEven),
  not: test((x) => x === 0),
  isNaN: each((x) => Number(parts(x!).some(Number.isNaN))),
  isFinite: each((x) => Number(parts(x!).every(Number.isFinite))),
  cast: elementwise((e) => (x) => convert(x!, e.dtype)),
  ipow,
  add: binary(s.add), sub: binary(s.sub), mul, div: binary(s.div), pow: binary(s.pow),
  atan2: real((y, x) => Math.atan2(y!, x!)), maximum: real(Math.max), minimum: real(Math.min),
  complex: each((re, im) => c.complex(realOnly(re), realOnly(im))),
  less: test((a, b) => a! < b!), lessEqual: test((a, b) => a! <= b!),
  greater: test((a, b) => a! > b!), greaterEqual: test((a, b) => a! >= b!),
  equal: binary((a, b) => Number(s.isEqual(a, b))), notEqual: binary((a, b) => Number(!s.isEqual(a, b))),
  and: test((a, b) => a === 1 && b === 1), or: test((a, b) => a === 1 || b === 1), xor: test((a, b) => a !== b),
  where: elementwise((e) => (test, a, b) => convert(test === 1 ? a! : b!, e.dtype)),
} as const satisfies Readonly<Record<string, Meaning>>
