// The scalar language of kernels: a hash-consed graph of real numbers and truth values. Complex numbers have been taken
// apart before they come here, so printers know only reals; equal expressions are one object and are computed once.
import { affineKey, type Affine } from './affine.ts'

export type UnaryOp =
  | 'neg' | 'abs' | 'sqrt' | 'exp' | 'expm1' | 'log' | 'log1p' | 'log2' | 'log10' | 'sin' | 'cos' | 'tan' | 'sinh' | 'cosh' | 'tanh'
  | 'asin' | 'acos' | 'atan' | 'asinh' | 'acosh' | 'atanh' | 'erf' | 'lgamma' | 'floor' | 'ceil' | 'roundEven'
  /** Wraps to a 32-bit integer. */
  | 'toInt32'
  /** 1 for true, 0 for false. */
  | 'toNumber'
  /** An integer as a floating-point number: nothing to do where integers are stored as such. */
  | 'toFloat'
export type BinaryOp =
  | 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'atan2'
  /** IEEE minimum and maximum: NaN propagates. */
  | 'min' | 'max'
  /** |a| with the sign of b, the sign of zero included. */
  | 'copySign'
  /** 32-bit integer product, wrapping. */
  | 'imul'
  /** n-th derivative of digamma: (n, x). */
  | 'polygamma'
/** These have truth values. */
export type TestOp = 'less' | 'lessEqual' | 'equal' | 'and' | 'or' | 'not' | 'toTest' /* x ≠ 0 and not NaN */

/**
 * Arithmetic on single-precision numbers and their bits, of which elementary functions are made for devices that have none
 * to be trusted. Bits are 32-bit unsigned integers, modulo 2^32.
 */
export type BitOp =
  /** An argument of the function, and a constant made of bits. */
  | 'parameter' | 'bits'
  /** The bits of a number, and the number that has these bits. */
  | 'toBits' | 'fromBits'
  /** A number as it is, past which nothing may be merged or reassociated. */
  | 'rounded'
  /** a/b with neither a, nor b, nor a/b near overflow or underflow. */
  | 'quotient'
  /** A two's complement integer as a number. */
  | 'bitsToNumber'
  /** Shifts are by less than 32 places, to the right with zeros following. */
  | 'bitAnd' | 'bitOr' | 'bitXor' | 'bitAdd' | 'bitSub' | 'bitMul' | 'shiftLeft' | 'shiftRight'
  /** Truth values; the comparison is that of unsigned integers. */
  | 'bitLess' | 'bitEqual'

export type Op = 'const' | 'load' | 'index' | 'guard' | 'select' | UnaryOp | BinaryOp | TestOp | BitOp

export interface Expr {
  readonly id: number
  readonly op: Op
  readonly args: readonly Expr[]
  /** A constant's value; a load's buffer; 1 for a likely choice. */
  readonly value: number
  /** Where a load reads, the value of an index, or what a guard tests: low ≤ at < high. */
  readonly at: Affine | null
  /** In a constant 1 if it belongs to integers, 0 if it takes the type of what it meets. */
  readonly low: number
  readonly high: number
}

const tests: ReadonlySet<Op> = new Set<Op>(['less', 'lessEqual', 'equal', 'and', 'or', 'not', 'toTest', 'bitLess', 'bitEqual'])
const words: ReadonlySet<Op> = new Set<Op>([
  'bits', 'toBits', 'bitAnd', 'bitOr', 'bitXor', 'bitAdd', 'bitSub', 'bitMul', 'shiftLeft', 'shiftRight',
])
const bitOps: ReadonlySet<Op> = new Set<Op>([
  ...words, 'parameter', 'fromBits', 'rounded', 'quotient', 'bitsToNumber', 'bitLess', 'bitEqual',
])
export const isBitOp = (op: Op): op is BitOp => bitOps.has(op)
/** Whether an expression is a truth value rather than a number. */
export const isTest = (e: Expr): boolean => tests.has(e.op) || ((e.op === 'select' || e.op === 'guard') && isTest(e.args[e.args.length - 1]!))

/** Whether an expression is made of bits rather than a number or a truth value. */
export const isBits = (e: Expr): boolean => words.has(e.op) || (e.op === 'select' && isBits(e.args[2]!))

/** Whether a constant is a 32-bit integer, up to a multiple of 2^32. */
export const isInteger = (e: Expr): boolean => e.op === 'const' && e.low === 1

/** A choice that nearly always falls on its first alternative. */
export const isLikely = (e: Expr): boolean => e.op === 'select' && e.value === 1

/** Makes expressions; one builder per program, so that equal expressions meet. */
export class Builder {
  readonly #known = new Map<string, Expr>()

  #intern(op: Op, args: readonly Expr[], value = 0, at: Affine | null = null, low = 0, high = 0): Expr {
    let key: string = op
    for (const a of args) key += ' ' + a.id
    if (args.length === 0 || value !== 0) key += Object.is(value, -0) ? ' -0' : ' ' + value
    if (at !== null) key += ` ${affineKey(at)} ${low} ${high}`
    else if (low !== 0) key += ' integer'
    let e = this.#known.get(key)
    if (e === undefined) {
      e = { id: this.#known.size, op, args, value, at, low, high }
      this.#known.set(key, e)
    }
    return e
  }

  /** With `integer` set the constant belongs to integers; otherwise it takes the type of what it meets. */
  constant(value: number, integer = false): Expr { return this.#intern('const', [], value, null, integer ? 1 : 0) }
  load(buffer: number, at: Affine): Expr { return this.#intern('load', [], buffer, at) }
  /** An index as a number. */
  index(at: Affine): Expr { return this.#intern('index', [], 0, at) }
  /** `inside` where low ≤ at < high, `outside` elsewhere: loops are split so that the test vanishes. */
  guard(at: Affine, low: number, high: number, inside: Expr, outside: Expr): Expr {
    return inside === outside ? inside : this.#intern('guard', [inside, outside], 0, at, low, high)
  }
  select(c: Expr, a: Expr, b: Expr): Expr {
    if (a === b) return a
    if (c.op === 'const') return c.value !== 0 ? a : b
    return this.#intern('select', [c, a, b])
  }
  /** A choice of which `common` is right at nearly every element; the rest takes a slow path of its own. */
  likely(c: Expr, common: Expr, rare: Expr): Expr {
    if (common === rare) return common
    if (c.op === 'const') return c.value !== 0 ? common : rare
    return this.#intern('select', [c, common, rare], 1)
  }
  /** An argument of the function that an expression stands for. */
  parameter(k: number): Expr { return this.#intern('parameter', [], k) }
  bits(value: number): Expr { return this.#intern('bits', [], value >>> 0) }
  bit(op: Exclude<BitOp, 'parameter' | 'bits'>, ...args: readonly Expr[]): Expr { return this.#intern(op, args) }
  unary(op: UnaryOp, a: Expr): Expr {
    if (op === 'neg') {
      if (a.op === 'const') return this.constant(-a.value, isInteger(a))
      if (a.op === 'neg') return a.args[0]!
    }
    if (op === 'toFloat' && a.op === 'const') return this.constant(a.value)
    return this.#intern(op, [a])
  }
  binary(op: BinaryOp, a: Expr, b: Expr): Expr {
    const [p, q] = [a.op === 'const' ? a.value : Number.NaN, b.op === 'const' ? b.value : Number.NaN]
    if (p === p && q === q) { // both known
      const integer = isInteger(a) && isInteger(b)
      if (op === 'add') return this.constant(p + q, integer)
      if (op === 'sub') return this.constant(p - q, integer)
      if (op === 'mul') return this.constant(p * q, integer)
      if (op === 'div') return this.constant(p / q)
    }
    if (op === 'mul' && q === 1) return a // exact, the sign of zero included
    if (op === 'mul' && p === 1) return b
    if (op === 'mul' && q === -1) return this.neg(a)
    if (op === 'mul' && p === -1) return this.neg(b)
    if (op === 'div' && q === 1) return a
    if (op === 'add' && b.op === 'neg') return this.#intern('sub', [a, b.args[0]!])
    if (op === 'sub' && b.op === 'neg') return this.#intern('add', [a, b.args[0]!])
    if ((op === 'add' || op === 'mul') && b.id < a.id) return this.#intern(op, [b, a]) // commutative: one form
    return this.#intern(op, [a, b])
  }
  test(op: TestOp, ...args: readonly Expr[]): Expr {
    if (op === 'toTest' && isTest(args[0]!)) return args[0]!
    return this.#intern(op, args)
  }

  /** The same operation on other operands. */
  again(e: Expr, args: readonly Expr[]): Expr {
    if (e.op === 'select') return isLikely(e) ? this.likely(args[0]!, args[1]!, args[2]!) : this.select(args[0]!, args[1]!, args[2]!)
    if (e.op === 'guard') return this.guard(e.at!, e.low, e.high, args[0]!, args[1]!)
    if (tests.has(e.op) || isBitOp(e.op)) return this.#intern(e.op, args)
    if (args.length === 1) return this.unary(e.op as UnaryOp, args[0]!) // one operand, a number: unary
    return this.binary(e.op as BinaryOp, args[0]!, args[1]!) // two operands, a number: binary
  }

  // The words in which formulas are written.
  neg(a: Expr): Expr { return this.unary('neg', a) }
  abs(a: Expr): Expr { return this.unary('abs', a) }
  sqrt(a: Expr): Expr { return this.unary('sqrt', a) }
  add(a: Expr, b: Expr): Expr { return this.binary('add', a, b) }
  sub(a: Expr, b: Expr): Expr { return this.binary('sub', a, b) }
  mul(a: Expr, b: Expr): Expr { return this.binary('mul', a, b) }
  div(a: Expr, b: Expr): Expr { return this.binary('div', a, b) }
  min(a: Expr, b: Expr): Expr { return this.binary('min', a, b) }
  max(a: Expr, b: Expr): Expr { return this.binary('max', a, b) }
  copySign(a: Expr, b: Expr): Expr { return this.binary('copySign', a, b) }
  less(a: Expr, b: Expr): Expr { return this.test('less', a, b) }
  lessEqual(a: Expr, b: Expr): Expr { return this.test('lessEqual', a, b) }
  equal(a: Expr, b: Expr): Expr { return this.test('equal', a, b) }
  and(a: Expr, b: Expr): Expr { return this.test('and', a, b) }
  or(a: Expr, b: Expr): Expr { return this.test('or', a, b) }
  not(a: Expr): Expr { return this.test('not', a) }
}

/** A scalar of a tensor: real numbers have no imaginary part at all (not +0), which decides cuts and 0·Inf. */
export interface Value { readonly re: Expr; readonly im: Expr | null }
