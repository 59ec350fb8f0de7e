// The scalar language of kernels over short vectors: each operation does up to `width` neighbouring points, so that the
// price of interpreting is paid once for all of them. Truth values are 1 and 0.
import type { BitOp, Op } from '../../lower/expression.ts'
import { copySign, roundEven } from '../runtime.ts'
import { erf, lgamma, polygamma } from '../kernels/special.ts'

export type Vector = Float64Array

/** Points of a vector; also the length of a block of a pairwise sum. */
export const width = 256

/** Writes the first `n` points of `out`, which may be one of the operands. */
export type Operation = (out: Vector, a: Vector, b: Vector, c: Vector, n: number) => void

const unary = (f: (x: number) => number): Operation => (out, a, _b, _c, n) => {
  for (let i = 0; i < n; i++) out[i] = f(a[i]!)
}
const binary = (f: (x: number, y: number) => number): Operation => (out, a, b, _c, n) => {
  for (let i = 0; i < n; i++) out[i] = f(a[i]!, b[i]!)
}

/** What is cheaper than a call has a loop of its own. */
export const operations: Readonly<Record<Exclude<Op, BitOp | 'const' | 'load' | 'index' | 'guard'>, Operation>> = {
  add: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! + b[i]! },
  sub: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! - b[i]! },
  mul: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]! },
  div: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! / b[i]! },
  min: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = Math.min(a[i]!, b[i]!) },
  max: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = Math.max(a[i]!, b[i]!) },
  neg: (out, a, _b, _c, n) => { for (let i = 0; i < n; i++) out[i] = -a[i]! },
  abs: (out, a, _b, _c, n) => { for (let i = 0; i < n; i++) out[i] = Math.abs(a[i]!) },
  sqrt: (out, a, _b, _c, n) => { for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i]!) },
  less: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! < b[i]! ? 1 : 0 },
  lessEqual: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! <= b[i]! ? 1 : 0 },
  equal: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! === b[i]! ? 1 : 0 },
  and: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]! },
  or: (out, a, b, _, n) => { for (let i = 0; i < n; i++) out[i] = Math.max(a[i]!, b[i]!) },
  not: (out, a, _b, _c, n) => { for (let i = 0; i < n; i++) out[i] = 1 - a[i]! },
  toTest: (out, a, _b, _c, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! < 0 || a[i]! > 0 ? 1 : 0 },
  toNumber: (out, a, _b, _c, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! },
  toFloat: (out, a, _b, _c, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! },
  toInt32: (out, a, _b, _c, n) => { for (let i = 0; i < n; i++) out[i] = a[i]! | 0 },
  select: (out, a, b, c, n) => { for (let i = 0; i < n; i++) out[i] = a[i] !== 0 ? b[i]! : c[i]! },
  exp: unary(Math.exp), expm1: unary(Math.expm1),
  log: unary(Math.log), log1p: unary(Math.log1p), log2: unary(Math.log2), log10: unary(Math.log10),
  sin: unary(Math.sin), cos: unary(Math.cos), tan: unary(Math.tan),
  sinh: unary(Math.sinh), cosh: unary(Math.cosh), tanh: unary(Math.tanh),
  asin: unary(Math.asin), acos: unary(Math.acos), atan: unary(Math.atan),
  asinh: unary(Math.asinh), acosh: unary(Math.acosh), atanh: unary(Math.atanh),
  erf: unary(erf), lgamma: unary(lgamma), polygamma: binary(polygamma),
  floor: unary(Math.floor), ceil: unary(Math.ceil), roundEven: unary(roundEven),
  pow: binary(Math.pow), atan2: binary(Math.atan2), imul: binary(Math.imul), copySign: binary(copySign),
}

/** The sum of the first `n` points, in four strands. */
export const sum = (a: Vector, n: number): number => {
  let p = 0, q = 0, r = 0, s = 0
  let i = 0
  for (; i < n - 3; i += 4) {
    p += a[i]!
    q += a[i + 1]!
    r += a[i + 2]!
    s += a[i + 3]!
  }
  for (; i < n; i++) p += a[i]!
  return (p + q) + (r + s)
}

/** Whether some of the first `n` points are true (or, with `wanted` 0, false). */
export const some = (a: Vector, n: number, wanted: 0 | 1): boolean => {
  for (let i = 0; i < n; i++) if (a[i] === wanted) return true
  return false
}
