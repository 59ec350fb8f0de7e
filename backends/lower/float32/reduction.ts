// Reducing an angle by multiples of π/2. Up to 2^24 this is done in the manner of Cody and Waite, with π/2 in parts of
// 12 bits and its multiple as 4096·j + i: products are exact, and so are the differences until digits beyond the
// argument's own come in. Larger arguments are multiplied by some bits of 2/π, in integers (Payne and Hanek): angles
// are right to 2^−29 then.
import type { Builder, Expr } from '../expression.ts'
import { difference, nearest, product, quickTwoSum, twoSum, type Pair } from './exact.ts'
import { and, below, fromBits, left, or, plus, right, single, smaller } from './words.ts'

export interface Angle extends Pair {
  /** Of the multiple of π/2 the last bits count. */
  readonly quadrant: Expr
}

/** π/2, in three parts of 12 bits and a rest. */
const quarter = [1.5703125, 0.0004837512969970703, 7.549533620476723e-8, 2.563344151594519e-12] as const

/** For |x| ≤ 2^24. */
const near = (b: Builder, a: Expr): Angle => {
  const coarse = 4096
  const j = nearest(b, b.mul(a, single(b, 2 / Math.PI / coarse))).number
  const part = (n: Expr, k: number, unit: number): Expr => product(b, n, single(b, quarter[k]! * unit))
  const less = (x: Expr, y: Expr): Expr => difference(b, x, y)
  const first = less(less(a, part(j, 0, coarse)), part(j, 1, coarse))
  const third = part(j, 2, coarse)
  const i = nearest(b, b.mul(b.sub(first, third), single(b, 2 / Math.PI)))
  const exact = less(less(less(first, part(i.number, 0, 1)), part(i.number, 1, 1)), third)
  const s = twoSum(b, exact, b.neg(part(i.number, 2, 1)))
  const tail = b.add(part(j, 3, coarse), part(i.number, 3, 1))
  return { ...quickTwoSum(b, s.high, b.sub(s.low, tail)), quadrant: i.integer }
}

/** The bits of 2/π after a leading 0. */
const twoOverPi = [0x517cc1b7, 0x27220a94, 0xfe13abe8, 0xfa9a6ee0, 0x6db14acc, 0x9e21c820] as const

/** The upper half of the 64 bits of m·w for m < 2^24. */
const highProduct = (b: Builder, m: Expr, w: Expr): Expr => {
  const times = (x: Expr, y: Expr): Expr => b.bit('bitMul', x, y)
  const add = (x: Expr, y: Expr): Expr => b.bit('bitAdd', x, y)
  const [mh, ml, wh, wl] = [right(b, m, 16), and(b, m, 0xffff), right(b, w, 16), and(b, w, 0xffff)]
  const cross = times(ml, wh)
  const middle = add(add(right(b, times(ml, wl), 16), and(b, cross, 0xffff)), times(mh, wl))
  return add(add(times(mh, wh), right(b, cross, 16)), right(b, middle, 16))
}

/** For x ≥ 2^24, an integer m·2^q with m < 2^24: m·(2^q·2/π mod 4) modulo 4, to 30 bits of the fraction. */
const far = (b: Builder, bits: Expr): Angle => {
  const m = or(b, and(b, bits, 0x007fffff), b.bits(0x00800000))
  const start = plus(b, right(b, bits, 23), -151) // q − 1
  const [word, shift] = [right(b, start, 5), and(b, start, 31)]
  const words = [0, 1, 2].map((k) => [2, 1, 0].reduce((w, j) =>
    b.select(below(b, word, j + 1), b.bits(twoOverPi[k + j]!), w), b.bits(twoOverPi[k + 3]!)))
  const counter = b.bit('bitSub', b.bits(31), shift)
  const [high, low] = [0, 1].map((k) => or(b, b.bit('shiftLeft', words[k]!, shift),
    b.bit('shiftRight', right(b, words[k + 1]!, 1), counter)))
  const turns = b.bit('bitAdd', b.bit('bitMul', m, high!), highProduct(b, m, low!))
  const quadrant = right(b, plus(b, turns, 1 << 29), 30)
  const fraction = or(b, b.bit('bitSub', turns, left(b, quadrant, 30)), b.bits(1)) // not 0: a tangent is divided by it
  return { high: b.mul(b.bit('bitsToNumber', fraction), single(b, Math.PI * 2 ** -31)), low: single(b, 0), quadrant }
}

/** Of the bits of a positive finite number. */
export const angleOf = (b: Builder, m: Expr): Angle => {
  const isNear = smaller(b, m, 2 ** 24)
  const [p, q] = [near(b, fromBits(b, m)), far(b, m)]
  return {
    high: b.select(isNear, p.high, q.high), low: b.select(isNear, p.low, q.low),
    quadrant: b.select(isNear, p.quadrant, q.quadrant),
  }
}
