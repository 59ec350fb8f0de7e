// Sums and products together with their rounding errors, and steps that have to be rounded at once. Reassociated or
// fused with their neighbours these would lose what they are there to keep, so each is guarded; nothing else is.
import type { Builder, Expr } from '../expression.ts'
import { and, fromBits, single, toBits } from './words.ts'

export const rounded = (b: Builder, x: Expr): Expr => b.bit('rounded', x)

/** What is rounded at once begins with numbers, not with sums that it could be merged with. */
const settled = (b: Builder, x: Expr): Expr => (x.op === 'add' || x.op === 'sub' || x.op === 'mul' ? rounded(b, x) : x)

export const sum = (b: Builder, x: Expr, y: Expr): Expr => rounded(b, b.add(settled(b, x), settled(b, y)))
export const difference = (b: Builder, x: Expr, y: Expr): Expr => rounded(b, b.sub(settled(b, x), settled(b, y)))
export const product = (b: Builder, x: Expr, y: Expr): Expr => rounded(b, b.mul(settled(b, x), settled(b, y)))

/** high + low, with low at most half a unit in the last place of high. */
export interface Pair { readonly high: Expr; readonly low: Expr }

/** A number as a pair of constants. */
export const pair = (b: Builder, x: number): Pair => ({ high: single(b, x), low: single(b, x - Math.fround(x)) })

/** x + y (Knuth). */
export const twoSum = (b: Builder, x: Expr, y: Expr): Pair => {
  const high = sum(b, x, y)
  const t = difference(b, high, x)
  return { high, low: b.add(difference(b, x, difference(b, high, t)), difference(b, y, t)) }
}

/** x + y for |x| ≥ |y| (Dekker). */
export const quickTwoSum = (b: Builder, x: Expr, y: Expr): Pair => {
  const high = sum(b, x, y)
  return { high, low: difference(b, y, difference(b, high, x)) }
}

/** The leading 12 bits of a number, so that two of these multiply exactly, and the rest. */
export const split = (b: Builder, x: Expr): Pair => {
  const high = fromBits(b, and(b, toBits(b, x), 0xfffff000))
  return { high, low: difference(b, x, high) }
}

/** x·y (Dekker). */
export const twoProduct = (b: Builder, x: Expr, y: Expr): Pair => {
  const high = product(b, x, y)
  const [p, q] = [split(b, x), split(b, y)]
  const cross = (rest: Expr, u: Expr, v: Expr): Expr => sum(b, rest, product(b, u, v))
  const leading = difference(b, product(b, p.high, q.high), high)
  return { high, low: cross(cross(cross(leading, p.high, q.low), p.low, q.high), p.low, q.low) }
}

/** x/y as well as it can be rounded: what the device's quotient is off by follows from its remainder. */
export const quotient = (b: Builder, x: Expr, y: Expr): Expr => {
  const q = rounded(b, b.bit('quotient', x, y))
  const back = twoProduct(b, q, y)
  return b.add(q, b.bit('quotient', b.sub(difference(b, x, back.high), back.low), y))
}

/** 1.5·2^23: adding it rounds to whole numbers, which then are the lowest bits of the sum. */
const anchor = 12582912
const anchorBits = 0x4b400000

/** The whole number next to x, as a number and as a two's complement integer, for |x| < 2^22. */
export const nearest = (b: Builder, x: Expr): { readonly number: Expr; readonly integer: Expr } => {
  const t = sum(b, x, single(b, anchor))
  return { number: difference(b, t, single(b, anchor)), integer: b.bit('bitSub', toBits(b, t), b.bits(anchorBits)) }
}
