// Functions in single precision: their expansions, what they should be in double precision, arguments, and how far off
// they may be.
import { binaryExpansions, polygammaExpansions, unaryExpansions } from '../../../backends/lower/float32/index.ts'
import type { BinaryExpansion, Expansion } from '../../../backends/lower/float32/index.ts'
import { erf, lgamma, polygamma } from '../../../backends/cpu/kernels/special.ts'
import { fromBits, toBits, type Numeric } from './float32.ts'

export interface Case {
  readonly name: string
  /** What WGSL calls it. */
  readonly wgsl: string
  readonly expansion: Expansion | BinaryExpansion
  readonly arity: 1 | 2
  readonly exact: Numeric
  /** Numbers whose units errors are counted in, where the value is not that: what cancels in it. */
  readonly terms: (x: number, value: number) => readonly number[]
  /** Most units in the last place. */
  readonly limit: number
  readonly args: (count: number) => readonly (readonly [x: number, y: number])[]
}

const random = (seed: number): (() => number) => {
  let s = seed
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0
    let z = Math.imul(s ^ (s >>> 15), 0x2c1b3c6d)
    z = Math.imul(z ^ (z >>> 12), 0x297a2d39)
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32
  }
}

export const specials: readonly number[] = [
  0, 1, 2, 3, 4, 8, 0.5, 1.5, 2.5, 100, 1e10, Infinity, 1e-45, 1e-40, 2 ** -126, 3.4028234663852886e38, 2 ** 31,
  2 ** 32, 2 ** 23 - 0.5,
].flatMap((x) => [Math.fround(x), -Math.fround(x)]).concat(NaN)

/** Where expansions change from one formula to another, or values reach a limit. */
const breakpoints = [
  ...[-128, -65, -60, -43, -32, -30, -26, -25, -24, -13, -12, -10, -2, -1, 0, 1, 2].map((k) => 2 ** k),
  ...[13, 20, 22, 23, 24, 26, 31, 32, 60, 75].map((k) => 2 ** k),
  1 / 3, 0.625, Math.SQRT1_2, Math.sqrt(1.5), Math.SQRT2, 1.5, Math.sqrt(3), 2.5, 3, 3.5, 3.95, 9.03, 18,
  87.33655, 88.72284, 89.415985, 103.97, 104, 1e4, 4.085003e36,
]

/** A number and those on both sides of it. */
const around = (x: number): readonly number[] => [-2, -1, 0, 1, 2].map((k) => fromBits((toBits(x) + k) >>> 0))

const general = (count: number, next: () => number): number[] => {
  const list = [...specials, ...breakpoints.flatMap((x) => [...around(x), ...around(-x)])]
  while (list.length < count) {
    const sign = next() < 0.5 ? -1 : 1
    list.push(
      fromBits(Math.floor(next() * 2 ** 32)), // all magnitudes, NaN with all payloads
      Math.fround(sign * Math.exp((next() - 0.5) * 12)),
      Math.fround((next() - 0.5) * 8),
      Math.fround(sign * (1 + (next() - 0.5) * 2 ** (-22 * next()))), // about 1
    )
  }
  return list
}

const nearQuarters = (count: number, next: () => number): number[] => {
  const list = general(count / 2, next)
  for (let k = 1; list.length < count * 0.9; k++) {
    list.push(...around(k * Math.PI / 2), Math.fround((next() - 0.5) * 2e4))
  }
  while (list.length < count) list.push(Math.fround((next() - 0.5) * 2e7))
  return list
}

const nearWholes = (count: number, next: () => number): number[] => {
  const list = general(count / 2, next)
  for (let k = 0; k < 40; k++) list.push(...around(k), ...around(-k), ...around(-k - 0.5))
  while (list.length < count) list.push(Math.fround((next() - 0.5) * 60))
  return list
}

const unaryArgs = (make: (count: number, next: () => number) => number[]) =>
  (count: number): readonly (readonly [number, number])[] => make(count, random(1)).map((x) => [x, 0])

/** Special values with each other, and everything with everything. */
const pairs = (count: number): (readonly [number, number])[] => {
  const list = specials.flatMap((x) => specials.map((y) => [x, y] as const))
  const [xs, ys] = [general(count, random(2)), general(count, random(3))]
  for (let k = 0; list.length < count; k++) list.push([xs[k]!, ys[(7919 * k + 13) % ys.length]!])
  return list
}

/** Powers that are neither 0 nor infinite, and whole ones of negative numbers. */
const powers = (count: number): (readonly [number, number])[] => {
  const list = pairs(count / 4)
  const next = random(4)
  while (list.length < count) {
    const x = Math.fround(Math.exp((next() - 0.5) * 170))
    const z = Math.fround(1 + (next() - 0.5) * 2 ** (-22 * next()))
    const whole = [-Math.floor(next() * 20), Math.floor((next() - 0.5) * 20)] as const
    const exponent = (base: number): number => Math.fround((next() - 0.5) * 180 / Math.log(base))
    list.push([x, exponent(x)], [z, exponent(z)], whole)
  }
  return list
}

const roundEven = (x: number): number => {
  const low = Math.floor(x)
  const rest = x - low
  const whole = rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1
  return Math.abs(x) < 2 ** 52 ? (whole === 0 && (x < 0 || Object.is(x, -0)) ? -0 : whole) : x
}

const {
  sqrt, exp, expm1, log, log1p, log2, log10, sin, cos, tan, sinh, cosh, tanh, asin, acos, atan, asinh, acosh, atanh,
  floor, ceil,
} = Math

const references = {
  sqrt, exp, expm1, log, log1p, log2, log10, sin, cos, tan, sinh, cosh, tanh, asin, acos, atan, asinh, acosh, atanh,
  floor, ceil, erf, lgamma, roundEven, toInt32: (x: number) => (x | 0) >>> 0,
} as const satisfies Readonly<Record<keyof typeof unaryExpansions, (x: number) => number>>

const limits: Readonly<Record<string, number>> = {
  sqrt: 0.51, floor: 0, ceil: 0, roundEven: 0, toInt32: 0,
}
const wgslNames: Readonly<Record<string, string>> = { roundEven: 'round_even', toInt32: 'to_int32' }
const alone = (): readonly number[] => []

/** Beyond 2^24 angles are right to the last digits of 1. */
const farOut = (x: number, value: number): readonly number[] => (Math.abs(x) < 2 ** 24 ? [] : [1, value * value])

const unary = Object.entries(unaryExpansions).map(([name, expansion]): Case => {
  const reference: (x: number) => number = references[name as keyof typeof references] // the keys are the same
  const isCircular = name === 'sin' || name === 'cos' || name === 'tan'
  const make = isCircular ? nearQuarters : name === 'lgamma' ? nearWholes : general
  return {
    name, expansion, arity: 1, wgsl: wgslNames[name] ?? `${name}_`, limit: limits[name] ?? 4, args: unaryArgs(make),
    exact: (x) => reference(x),
    terms: name === 'lgamma' ? (x) => (x < -0.5 ? [1, lgamma(-x)] : []) : isCircular ? farOut : alone,
  }
})

const gammas = polygammaExpansions.map((expansion, n): Case => ({
  name: `polygamma${n}`, expansion, arity: 1, wgsl: `polygamma${n}_`, limit: n < 2 ? 4 : 6, args: unaryArgs(nearWholes),
  exact: (x) => polygamma(n, x),
  // On the left ψ⁽ⁿ⁾(1 − x) and derivatives of the cotangent cancel; ψ has a zero on the right.
  terms: (x, value) => {
    const reflected = x < 0 ? polygamma(n, 1 - x) : 0
    return [reflected, value - reflected, n === 0 ? 1 : 0]
  },
}))

interface Binary { readonly name: keyof typeof binaryExpansions; readonly exact: Numeric; readonly args: Case['args'] }
const two: readonly Binary[] = [
  { name: 'pow', exact: (x, y) => x ** y, args: powers },
  { name: 'atan2', exact: Math.atan2, args: pairs },
  { name: 'div', exact: (x, y) => x / y, args: pairs },
]
const binary = two.map((c): Case =>
  ({ ...c, arity: 2, wgsl: `${c.name}_`, limit: 4, terms: alone, expansion: binaryExpansions[c.name] }))

export const cases: readonly Case[] = [...unary, ...gammas, ...binary]
