// The square root: Newton's iteration for 1/√x, and a last step that is made with the exact remainder.
import type { Builder, Expr } from '../expression.ts'
import { difference, product, twoProduct } from './exact.ts'
import { leastNormal } from './scale.ts'
import {
  below, choose, fromBits, infinity, is, left, magnitude, plus, quietNaN, right, single, toBits, type Expansion,
} from './words.ts'

/** √z for a positive normal z far from the limits. */
export const rootOf = (b: Builder, z: Expr): Expr => {
  const half = b.mul(single(b, 0.5), z)
  let y = fromBits(b, b.bit('bitSub', b.bits(0x5f3759df), right(b, toBits(b, z), 1))) // to 3.5 %
  for (let k = 0; k < 2; k++) y = b.mul(y, b.sub(single(b, 1.5), b.mul(half, b.mul(y, y))))
  const s = product(b, z, y)
  const square = twoProduct(b, s, s)
  return b.add(s, b.mul(b.mul(single(b, 0.5), y), b.sub(difference(b, z, square.high), square.low)))
}

export const sqrt: Expansion = (b, x) => {
  const [u, m] = [toBits(b, x), magnitude(b, x)]
  // x = z·4^k with 1 ≤ z < 4; a subnormal x is read as an integer, and 150 is the even exponent next to its 149.
  const small = below(b, m, leastNormal)
  const n = b.select(small, plus(b, toBits(b, b.bit('bitsToNumber', m)), 1 << 23), m)
  const h = right(b, plus(b, right(b, n, 23), 1), 1)
  const z = fromBits(b, plus(b, b.bit('bitSub', n, left(b, h, 24)), 128 << 23))
  const k = b.bit('bitSub', h, b.select(small, b.bits(64 + 75), b.bits(64)))
  const root = b.bit('bitAdd', toBits(b, rootOf(b, z)), left(b, k, 23))
  return fromBits(b, choose(b, [
    [is(b, m, 0), u], [is(b, u, infinity), u], [b.bit('bitLess', b.bits(infinity), u), quietNaN],
  ], root))
}
