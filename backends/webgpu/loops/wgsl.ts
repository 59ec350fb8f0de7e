// Scalar expressions in WGSL. Every expression has a type: integers stay integers (and wrap as the language says) until
// they meet floating point; signs, NaN and infinities are decided by bits, since shaders may assume that there are none.
import type { DType } from '../../../core/dtype.ts'
import { BackendError } from '../../../core/errors.ts'
import type { Affine } from '../../lower/affine.ts'
import { isBits, isInteger, isTest, type Expr, type Op } from '../../lower/expression.ts'
import { polygammaExpansions } from '../../lower/float32/index.ts'
import { nameOf, type Dialect } from '../../lower/print/block.ts'
import { literal, type WgslType } from './literal.ts'

/** How one kernel writes what depends on its surroundings: indices and sizes are u32. */
export interface Surroundings {
  readonly load: (e: Expr) => string
  readonly typeOfLoad: (e: Expr) => WgslType
  readonly index: (at: Affine) => string
  readonly integer: (n: number) => string
  /** The name of a function's argument. */
  readonly parameter: (k: number) => string
}

const absent = (): never => { throw new Error('there is no such thing here') }
/** A function of its arguments, x0, x1, …, and of nothing else. */
export const inFunction: Surroundings = {
  load: absent, typeOfLoad: absent, index: absent, integer: absent, parameter: (k) => `x${k}`,
}
/** A kernel has no arguments. */
export const inKernel = (surroundings: Omit<Surroundings, 'parameter'>): Surroundings => ({ ...surroundings, parameter: absent })

export interface Wgsl extends Dialect {
  readonly typeOf: (e: Expr) => WgslType
  /** The text of an expression as one of another type. */
  readonly as: (e: Expr, text: string, type: WgslType) => string
}

/** Functions of floating-point numbers. */
const calls: Readonly<Partial<Record<Op, string>>> = {
  sqrt: 'sqrt_', exp: 'exp_', expm1: 'expm1_', log: 'log_', log1p: 'log1p_', log2: 'log2_', log10: 'log10_', sin: 'sin_', cos: 'cos_',
  tan: 'tan_', sinh: 'sinh_', cosh: 'cosh_', tanh: 'tanh_', asin: 'asin_', acos: 'acos_', atan: 'atan_', asinh: 'asinh_',
  acosh: 'acosh_', atanh: 'atanh_', erf: 'erf_', lgamma: 'lgamma_', floor: 'floor_', ceil: 'ceil_', roundEven: 'round_even',
  pow: 'pow_', atan2: 'atan2_', div: 'div_', copySign: 'copy_sign',
}

/** Operations on bits. */
const onBits: Readonly<Partial<Record<Op, string>>> = {
  bitAnd: '&', bitOr: '|', bitXor: '^', bitAdd: '+', bitSub: '-', bitMul: '*', shiftLeft: '<<', shiftRight: '>>',
  bitLess: '<', bitEqual: '==',
}

const infix: Readonly<Partial<Record<Op, string>>> = {
  add: '+', sub: '-', mul: '*', less: '<', lessEqual: '<=', equal: '==', and: '&&', or: '||',
}

/** By name: what floating-point numbers take, and integers. */
const byType: Readonly<Partial<Record<Op, readonly [float: string, integer: string]>>> = {
  neg: ['negate', '-'], abs: ['magnitude', 'abs'], min: ['minimum', 'min'], max: ['maximum', 'max'],
}

/** Both alternatives of a choice are computed where it is one expression; these are too dear for that. */
const isDear = /_\(|\b(?:round_even|to_int32)\(/

/** Whether a constant can be a number of any type. */
const isFree = (e: Expr): boolean =>
  e.op === 'const' && !isInteger(e) && Number.isInteger(e.value) && Math.abs(e.value) < 2 ** 31 && !Object.is(e.value, -0)

const isInfinite = (e: Expr): boolean => e.op === 'const' && Math.abs(Math.fround(e.value)) === Infinity

/** Divisors by which WGSL divides well enough. */
const isOrdinary = (e: Expr): boolean => e.op === 'const' && Math.abs(e.value) > 2 ** -60 && Math.abs(e.value) < 2 ** 60

/** What WGSL calls the numbers of an array. */
export const wordOf = (dtype: DType): 'f32' | 'i32' => (dtype === 'int32' || dtype === 'bool' ? 'i32' : 'f32')

export const typing = (typeOfLoad: (e: Expr) => WgslType): ((e: Expr) => WgslType) => {
  const known = new Map<Expr, WgslType>()
  /** Of operands that become one type. */
  const join = (args: readonly Expr[]): WgslType => {
    const types = new Set(args.filter((a) => !isFree(a)).map(typeOf))
    return types.size === 1 ? [...types][0]! : 'f32'
  }
  const find = (e: Expr): WgslType => {
    switch (e.op) {
      case 'const': return isInteger(e) ? 'i32' : 'f32'
      case 'load': return typeOfLoad(e)
      case 'index': case 'toNumber': case 'toInt32': case 'imul': return 'i32'
      case 'add': case 'sub': case 'mul': case 'neg': case 'abs': case 'min': case 'max': case 'guard': return join(e.args)
      case 'select': return join(e.args.slice(1))
      default: return isTest(e) ? 'bool' : isBits(e) ? 'u32' : 'f32'
    }
  }
  const typeOf = (e: Expr): WgslType => {
    let type = known.get(e)
    if (type === undefined) known.set(e, type = find(e))
    return type
  }
  return typeOf
}

/** The type in which two operands are compared. */
const compared = (typeOf: (e: Expr) => WgslType, [p, q]: readonly Expr[]): WgslType => {
  const types = [p!, q!].filter((a) => !isFree(a)).map(typeOf)
  return types.length > 0 && types.every((t) => t === types[0]) ? types[0]! : 'f32'
}

/** Operations on bits, and between bits and numbers; null for all others. */
const writeBits = (e: Expr, arg: (k: number) => string, parameter: (k: number) => string): string | null => {
  const between = onBits[e.op]
  if (between !== undefined) return `(${arg(0)} ${between} ${arg(1)})`
  switch (e.op) {
    case 'parameter': return parameter(e.value)
    case 'bits': return literal(e.value, 'u32')
    case 'toBits': return `bitcast<u32>(${arg(0)})`
    case 'fromBits': return e.args[0]!.op === 'bits' ? `from_bits(${arg(0)})` : `bitcast<f32>(${arg(0)})`
    case 'rounded': return `rounded(${arg(0)})`
    case 'quotient': return `(${arg(0)} / ${arg(1)})`
    case 'bitsToNumber': return `f32(i32(${arg(0)}))`
    default: return null
  }
}

/** Each order is a function of its own. */
const polygamma = (n: Expr, x: string): string => {
  if (n.op === 'const' && n.value < polygammaExpansions.length) return `polygamma${n.value}_(${x})`
  const most = polygammaExpansions.length - 1
  throw new BackendError(`lgamma: WebGPU has derivatives up to order ${most + 1} of it; compute higher ones on the CPU backend`)
}

export const wgsl = ({ load, typeOfLoad, index, integer, parameter }: Surroundings): Wgsl => {
  const typeOf = typing(typeOfLoad)

  const as = (e: Expr, text: string, type: WgslType): string => {
    if (e.op === 'const') return literal(e.value, type)
    const from = typeOf(e)
    if (from === type) return text
    if (type === 'bool') return from === 'f32' ? `is_true(${text})` : `(${text} != ${literal(0, from)})`
    return from === 'f32' && type === 'i32' ? `to_int32(${text})` : `${type}(${text})`
  }

  const test = (e: Expr, arg: (k: number) => string): string => {
    if (e.op === 'select') return as(e.args[0]!, arg(0), 'bool')
    const from: Affine = { offset: e.at!.offset - e.low, coefficients: e.at!.coefficients }
    return `${index(from)} < ${integer(e.high - e.low)}` // below `low` it wraps to something large
  }

  /** A comparison with an infinite constant. */
  const compareInfinite = (e: Expr, arg: (k: number) => string): string => {
    const [p, q] = [0, 1].map((k) => as(e.args[k]!, arg(k), 'f32'))
    if (e.op !== 'equal') return `${e.op === 'less' ? 'is_less' : 'is_less_equal'}(${p}, ${q})`
    return `(bitcast<u32>(${p}) == bitcast<u32>(${q}))`
  }

  const compare = (e: Expr, arg: (k: number) => string): string => {
    const type = compared(typeOf, e.args)
    if (e.op === 'equal' && e.args[0] === e.args[1]) return type === 'f32' ? `(!is_nan(${arg(0)}))` : 'true'
    if (type === 'f32' && e.args.some(isInfinite)) return compareInfinite(e, arg)
    return `(${as(e.args[0]!, arg(0), type)} ${infix[e.op]!} ${as(e.args[1]!, arg(1), type)})`
  }

  const write = (e: Expr, arg: (k: number) => string): string => {
    const all = (type: WgslType): string[] => e.args.map((a, k) => as(a, arg(k), type))
    switch (e.op) {
      case 'load': return load(e)
      case 'index': return `i32(${index(e.at!)})`
      case 'add': case 'sub': case 'mul': return `(${all(typeOf(e)).join(` ${infix[e.op]!} `)})`
      case 'imul': {
        const [p, q] = e.args.map((a) => (a.op === 'const' ? a.value : Number.NaN))
        return p! * q! === p! * q! ? literal(Math.imul(p!, q!), 'i32') : `(${all('i32').join(' * ')})`
      }
      case 'div': {
        const [p, q] = all('f32')
        return isOrdinary(e.args[1]!) ? `(${p} / ${q})` : `div_(${p}, ${q})`
      }
      case 'polygamma': return polygamma(e.args[0]!, as(e.args[1]!, arg(1), 'f32'))
      case 'neg': return typeOf(e) === 'f32' ? `negate(${all('f32').join()})` : `(-${all(typeOf(e)).join()})`
      case 'abs': case 'min': case 'max': return `${byType[e.op]![typeOf(e) === 'f32' ? 0 : 1]}(${all(typeOf(e)).join(', ')})`
      case 'toNumber': return `i32(${all('bool').join()})`
      case 'toFloat': return all('f32')[0]!
      case 'toInt32': return all('i32')[0]!
      case 'toTest': return all('bool')[0]!
      case 'and': case 'or': return `(${all('bool').join(` ${infix[e.op]!} `)})`
      case 'not': return `(!${all('bool').join()})`
      case 'less': case 'lessEqual': case 'equal': return compare(e, arg)
      case 'select': case 'guard': {
        const n = e.args.length
        const [yes, no] = [n - 2, n - 1].map((k) => as(e.args[k]!, arg(k), typeOf(e)))
        return `select(${no}, ${yes}, ${test(e, arg)})`
      }
      default: {
        const word = writeBits(e, arg, parameter)
        if (word !== null) return word
        const name = calls[e.op]
        if (name === undefined) throw new Error(`no WGSL for ${e.op}`)
        return `${name}(${all('f32').join(', ')})`
      }
    }
  }

  return {
    write, test, typeOf, as,
    constant: (e) => literal(e.value, typeOf(e)),
    define: (e, text) => `let ${nameOf(e)} = ${text};`,
    declare: (choices) => choices.map((e) => `var ${nameOf(e)}: ${typeOf(e)};`),
    assign: (e, value, text) => `${nameOf(e)} = ${as(value, text, typeOf(e))};`,
    isInPlace: (texts) => !texts.some((t) => isDear.test(t)),
  }
}
