// The words in which functions are written for single precision. Whatever is special about an argument (NaN,
// infinities, the sign of zero, the size) is decided by its bits, and results are chosen as bits: a compiler that
// believes in no NaN and no infinity finds none that it could spoil.
import type { Builder, Expr } from '../expression.ts'

export type Expansion = (b: Builder, x: Expr) => Expr
export type BinaryExpansion = (b: Builder, x: Expr, y: Expr) => Expr

const view = new DataView(new ArrayBuffer(4))
/** The bits of the nearest single-precision number. */
export const bitsOf = (x: number): number => {
  view.setFloat32(0, x)
  return view.getUint32(0)
}

export const quietNaN = 0x7fc00000
export const infinity = 0x7f800000
export const signBit = 0x80000000
/** The bits of 1, where exponents begin to count. */
export const one = 0x3f800000

export const single = (b: Builder, x: number): Expr => b.constant(Math.fround(x))

/** c[0] + c[1]·x + c[2]·x² + … */
export const polynomial = (b: Builder, x: Expr, c: readonly number[]): Expr =>
  c.slice(0, -1).reduceRight((y, k) => b.add(b.mul(y, x), single(b, k)), single(b, c.at(-1)!))

export const toBits = (b: Builder, x: Expr): Expr => x.op === 'fromBits' ? x.args[0]! : b.bit('toBits', x)
export const fromBits = (b: Builder, x: Expr): Expr => b.bit('fromBits', x)

export const and = (b: Builder, x: Expr, mask: number): Expr => b.bit('bitAnd', x, b.bits(mask))
export const or = (b: Builder, x: Expr, y: Expr): Expr => b.bit('bitOr', x, y)
export const plus = (b: Builder, x: Expr, n: number): Expr => b.bit('bitAdd', x, b.bits(n))
export const left = (b: Builder, x: Expr, places: number): Expr => b.bit('shiftLeft', x, b.bits(places))
export const right = (b: Builder, x: Expr, places: number): Expr => b.bit('shiftRight', x, b.bits(places))

/** The bits of |x|: these are in the order of the numbers, with infinity and then NaN at the end. */
export const magnitude = (b: Builder, x: Expr): Expr => and(b, toBits(b, x), ~signBit)
export const sign = (b: Builder, x: Expr): Expr => and(b, toBits(b, x), signBit)

/** m < n, m ≥ n and m = n for patterns. */
export const below = (b: Builder, m: Expr, n: number): Expr => b.bit('bitLess', m, b.bits(n))
export const from = (b: Builder, m: Expr, n: number): Expr => b.bit('bitLess', b.bits(n - 1), m)
export const is = (b: Builder, m: Expr, n: number): Expr => b.bit('bitEqual', m, b.bits(n))

/** The same, given the bits of a magnitude and a number. */
export const smaller = (b: Builder, m: Expr, x: number): Expr => below(b, m, bitsOf(x))
export const atLeast = (b: Builder, m: Expr, x: number): Expr => from(b, m, bitsOf(x))
export const isNaNBits = (b: Builder, m: Expr): Expr => from(b, m, infinity + 1)

/** Whether any of these bits is set. */
export const has = (b: Builder, x: Expr, mask: number): Expr => b.not(is(b, and(b, x, mask), 0))
export const isNegative = (b: Builder, x: Expr): Expr => from(b, toBits(b, x), signBit)

/** Whether two truth values agree. */
export const same = (b: Builder, p: Expr, q: Expr): Expr => b.or(b.and(p, q), b.not(b.or(p, q)))

/** The first alternative whose test holds, all of them bits. */
export const choose = (
  b: Builder, cases: readonly (readonly [test: Expr, value: Expr | number])[], otherwise: Expr | number,
): Expr => {
  const word = (x: Expr | number): Expr => typeof x === 'number' ? b.bits(x) : x
  return cases.reduceRight((rest, [test, value]) => b.select(test, word(value), rest), word(otherwise))
}
