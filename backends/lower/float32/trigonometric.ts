// sin, cos and tan of reduced angles.
import type { Builder, Expr } from '../expression.ts'
import { quotient } from './exact.ts'
import { angleOf, type Angle } from './reduction.ts'
import {
  and, bitsOf, choose, from, fromBits, has, infinity, left, magnitude, plus, polynomial, quietNaN, sign, single,
  smaller, toBits, type Expansion,
} from './words.ts'

/** (sin r − r)/r³ and (cos r − 1 + r²/2)/r⁴ in r². */
const sinRest = [-0.16666655, 0.00833219, -0.00019518408] as const
const cosRest = [0.041666646, -0.0013887301, 2.4430668e-5] as const

const sinOf = (b: Builder, { high: r, low }: Angle): Expr => {
  const z = b.mul(r, r)
  return b.add(r, b.add(b.mul(b.mul(r, z), polynomial(b, z, sinRest)), low))
}

const cosOf = (b: Builder, { high: r, low }: Angle): Expr => {
  const z = b.mul(r, r)
  const rest = b.sub(b.mul(b.mul(z, z), polynomial(b, z, cosRest)), b.mul(r, low))
  return b.add(single(b, 1), b.sub(rest, b.mul(single(b, 0.5), z)))
}

const xor = (b: Builder, x: Expr, y: Expr): Expr => b.bit('bitXor', x, y)

/** The sine of an angle `turn` quadrants further, in bits. */
const turned = (b: Builder, angle: Angle, turn: 0 | 1): Expr => {
  const quadrant = turn === 0 ? angle.quadrant : plus(b, angle.quadrant, turn)
  const value = b.select(has(b, quadrant, 1), cosOf(b, angle), sinOf(b, angle))
  return xor(b, toBits(b, value), left(b, and(b, quadrant, 2), 30))
}

export const sin: Expansion = (b, x) => {
  const m = magnitude(b, x)
  return fromBits(b, choose(b, [
    [smaller(b, m, 2 ** -12), toBits(b, x)], [from(b, m, infinity), quietNaN],
  ], xor(b, turned(b, angleOf(b, m), 0), sign(b, x))))
}

export const cos: Expansion = (b, x) => {
  const m = magnitude(b, x)
  return fromBits(b, choose(b, [
    [smaller(b, m, 2 ** -13), bitsOf(1)], [from(b, m, infinity), quietNaN],
  ], turned(b, angleOf(b, m), 1)))
}

/** sin/cos, or −cos/sin. */
export const tan: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const angle = angleOf(b, m)
  const [s, c] = [sinOf(b, angle), cosOf(b, angle)]
  const odd = has(b, angle.quadrant, 1)
  const ratio = quotient(b, b.select(odd, c, s), b.select(odd, s, c))
  const negative = xor(b, left(b, angle.quadrant, 31), sign(b, x))
  return fromBits(b, choose(b, [
    [smaller(b, m, 2 ** -12), toBits(b, x)], [from(b, m, infinity), quietNaN],
  ], xor(b, toBits(b, ratio), negative)))
}
