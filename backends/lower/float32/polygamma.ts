// The digamma function and its derivatives. digamma is (x − x₀)·P(x − x₀) between 1 and 2, with its zero x₀ taken out,
// and steps of the recurrence away from there; from 4 on it is the asymptotic series. Its derivatives sum terms of one
// sign. At negative x they are reflected. Errors are a few units in the last place, of the terms where terms cancel.
import type { Builder, Expr } from '../expression.ts'
import { difference, pair, quotient, twoProduct, type Pair } from './exact.ts'
import { turnOf, type HalfTurn } from './halfTurn.ts'
import { logOf } from './logarithm.ts'
import { divided } from './quotient.ts'
import { timesPower } from './scale.ts'
import {
  atLeast, below, bitsOf, choose, fromBits, infinity, is, isNaNBits, isNegative, magnitude, one, or, polynomial,
  quietNaN, same, sign, signBit, single, smaller, toBits, type Expansion,
} from './words.ts'

/** ψ(x₀ + d)/d for 1 ≤ x₀ + d ≤ 2, and x²·(log x − 1/2x − ψ(x)) for x ≥ 4 in 1/x². */
const zero = { high: 1.4616321325302124, low: 1.243815006546356e-8 } as const
const digammaRatio = [
  0.9676722, -0.44276318, 0.25850216, -0.16394101, 0.10776896, -0.07226483, 0.04924441, -0.032302562, 0.021060515,
  -0.019876804, 0.01379129,
] as const
const digammaSeries = [0.08333333, -0.008332504, 0.0039254553, -0.0032679609] as const

const inverse = (b: Builder, x: Expr): Expr => b.bit('quotient', single(b, 1), x)

/** A pole, or −∞, whose neighbourhood has no sign. */
const isPole = (b: Builder, m: Expr, d: Expr): Expr => b.or(atLeast(b, m, 2 ** 23), is(b, magnitude(b, d), 0))

/** ψ(v) for v ≥ 1, given its bits, and ψ(v + 1) for v < 1. */
const digammaUp = (b: Builder, v: Expr, m: Expr): Expr => {
  const isLow = smaller(b, m, 1)
  const steps = fromBits(b, choose(b, [[smaller(b, m, 2), 0], [smaller(b, m, 3), one]], bitsOf(2)))
  const offset = b.select(isLow, single(b, zero.high - 1), single(b, zero.high))
  const d = b.sub(difference(b, difference(b, v, steps), offset), single(b, zero.low))
  // ψ(v) = ψ(v − 1) + 1/(v − 1), and once more
  const [v1, v2] = [difference(b, v, single(b, 1)), difference(b, v, single(b, 2))]
  const isThird = atLeast(b, m, 3)
  const added = quotient(b, b.select(isThird, b.add(v1, v2), single(b, 1)), b.select(isThird, b.mul(v1, v2), v1))
  const near = b.mul(d, polynomial(b, d, digammaRatio))
  const r = inverse(b, v)
  const z = b.mul(r, r)
  const far = b.sub(logOf(b, v), b.add(b.mul(single(b, 0.5), r), b.mul(z, polynomial(b, z, digammaSeries))))
  return b.select(atLeast(b, m, 4), far, b.select(atLeast(b, m, 2), b.add(near, added), near))
}

export const digamma: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const y = fromBits(b, m)
  const isReflected = isNegative(b, x)
  const isLow = smaller(b, m, 1)
  // ψ(y) = ψ(1 + y) − 1/y, and ψ(−y) = ψ(1 + y) + π·cot πy
  const r = quotient(b, b.select(isReflected, single(b, 1), single(b, -1)), y)
  const value = digammaUp(b, y, m)
  const stepped = b.select(same(b, isReflected, isLow), value, b.add(value, r))
  const turn = turnOf(b, y)
  const { high: other } = turn.other
  const over = quotient(b, b.select(turn.isNear, other, b.mul(single(b, Math.PI ** 2), other)), turn.base.high)
  const cot = fromBits(b, or(b, toBits(b, over), sign(b, turn.d)))
  const all = b.select(isReflected, b.add(stepped, cot), stepped)
  const pole = b.bit('bitXor', sign(b, x), b.bits(signBit)) // −1/x
  return fromBits(b, choose(b, [
    [isNaNBits(b, m), quietNaN],
    [below(b, m, bitsOf(2 ** -128) + 1), or(b, pole, b.bits(infinity))],
    [smaller(b, m, 2 ** -30), or(b, pole, divided(b, b.bits(one), m))],
    [b.and(isReflected, isPole(b, m, turn.d)), quietNaN],
    [is(b, m, infinity), infinity],
  ], toBits(b, all)))
}

/** Where |x|⁻ⁿ⁻¹·n! overflows; (ψ⁽ⁿ⁾(x)·(−1)ⁿ⁺¹·xⁿ/(n − 1)! − 1 − n/2x)·x² for x ≥ 3 in 1/x². */
const series: Readonly<Record<1 | 2 | 3, readonly number[]>> = {
  1: [0.16666664, -0.033329498, 0.023626361, -0.029434454, 0.033686712],
  2: [0.49999964, -0.16661769, 0.16444038, -0.2533718, 0.32271183],
  3: [0.99999785, -0.4997037, 0.6530445, -1.2093065, 1.6978412],
}
const overflow = { 1: 2 ** -65, 2: 2 ** -43, 3: 2 ** -32 } as const
/** From here on |x|⁻² is 0. */
const vanishing = 2 ** 75
const factorial = { 1: 1, 2: 2, 3: 6 } as const

const power = (b: Builder, x: Expr, n: number): Expr =>
  n === 1 ? x : n % 2 === 0 ? power(b, b.mul(x, x), n / 2) : b.mul(x, power(b, x, n - 1))

/** The series for x ≥ 3, where xⁿ is kept in range. */
const tailOf = (b: Builder, n: 1 | 2 | 3, x: Expr): Expr => {
  const w = inverse(b, x)
  const z = b.mul(w, w)
  const rest = b.add(b.mul(single(b, n / 2), w), b.mul(z, polynomial(b, z, series[n])))
  const top = b.mul(single(b, factorial[n] / n), b.add(single(b, 1), rest))
  if (n === 1) return quotient(b, top, x)
  const k = b.select(smaller(b, magnitude(b, x), 2 ** 20), single(b, 1), single(b, 2 ** -40))
  const scaled = quotient(b, top, power(b, b.mul(x, k), n))
  return b.mul(b.mul(n === 3 ? b.mul(scaled, k) : scaled, k), k)
}

/** The derivative of order n of digamma. */
export const polygammaOf = (n: 1 | 2 | 3): Expansion => (b, x) => {
  const m = magnitude(b, x)
  const y = fromBits(b, m)
  const isTiny = smaller(b, m, 2 ** -10)
  const isReflected = b.and(isNegative(b, x), b.not(isTiny))
  const term = (v: Expr): Expr => quotient(b, single(b, factorial[n]), power(b, v, n + 1))
  // |ψ⁽ⁿ⁾| at x, or at 1 + y: terms at v, v + 1, v + 2, the first left out beside 0, and the series at v + 3
  const v = b.select(isReflected, b.add(y, single(b, 1)), x)
  const isFar = b.and(atLeast(b, m, 3), b.not(isReflected))
  const tail = tailOf(b, n, b.select(isFar, v, b.add(v, single(b, 3))))
  const later = b.add(term(b.add(v, single(b, 1))), b.add(term(b.add(v, single(b, 2))), tail))
  const sized = b.select(isFar, tail, b.select(isTiny, later, b.add(term(v), later)))
  // Beside 0 the first term is computed with x·2^32.
  const head = timesPower(b, term(b.mul(y, single(b, 2 ** 32))), b.bits(32 * (n + 1)))
  const isMinus = n % 2 === 0
  const headSign = isMinus ? sign(b, x) : b.bits(0)
  const signedHead = b.add(fromBits(b, or(b, head, headSign)), sized)
  const beside = b.select(is(b, head, infinity), or(b, headSign, b.bits(infinity)), toBits(b, signedHead))
  const turn = turnOf(b, y)
  const reflection = reflected(b, n, turn)
  const other = isMinus
    ? b.sub(fromBits(b, b.bit('bitXor', toBits(b, reflection), sign(b, turn.d))), sized)
    : b.sub(reflection, sized)
  const negated = (bits: Expr): Expr => isMinus ? b.bit('bitXor', bits, b.bits(signBit)) : bits
  const infinite = isMinus ? infinity + signBit : infinity
  return fromBits(b, choose(b, [
    [b.or(isNaNBits(b, m), is(b, toBits(b, x), infinity + signBit)), quietNaN],
    [is(b, m, infinity), 0], [is(b, m, 0), infinite],
    [b.and(isReflected, isPole(b, m, turn.d)), infinite],
    ...n === 1 ? [] : [[atLeast(b, m, vanishing), negated(b.bits(0))] as const],
    [isReflected, toBits(b, other)],
    [smaller(b, m, overflow[n]), negated(or(b, headSign, b.bits(infinity)))],
    [isTiny, negated(beside)],
  ], negated(toBits(b, sized))))
}

/** |πdⁿ cot(πy)/dyⁿ|: with sin = sin πy and so on π²/sin², 2π³·cos/sin³, 2π⁴·(1 + 2cos²)/sin⁴. */
const reflected = (b: Builder, n: 1 | 2 | 3, { isNear, base, other }: HalfTurn): Expr => {
  const square = twoProduct(b, base.high, base.high)
  const twice = b.add(base.high, base.high)
  const rest = b.add(square.low, b.mul(twice, base.low))
  const over = n === 1 ? b.add(square.high, rest)
    : n === 2 ? b.add(b.mul(base.high, square.high), b.add(b.mul(base.high, rest), b.mul(base.low, square.high)))
      : b.add(b.mul(square.high, square.high), b.mul(b.add(square.high, square.high), rest))
  // With the powers of π that were taken out. cos² is 1 − sin².
  const scaled = (near: number, far: number): Pair => {
    const [p, q] = [pair(b, near), pair(b, far)]
    return { high: b.select(isNear, p.high, q.high), low: b.select(isNear, p.low, q.low) }
  }
  const [pi2, pi4] = [Math.PI ** 2, Math.PI ** 4]
  if (n === 1) return quotient(b, scaled(1, pi2).high, over)
  if (n === 3) {
    const less = b.mul(scaled(4 * pi2, 4 * pi4).high, square.high)
    return quotient(b, b.sub(scaled(6, 6 * pi4).high, less), over)
  }
  const k = scaled(2, 2 * pi4)
  return quotient(b, b.add(b.mul(k.high, other.high), b.add(b.mul(k.high, other.low), b.mul(k.low, other.high))), over)
}
