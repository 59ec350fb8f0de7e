// Logarithms. Close to |z| = 1 the modulus is taken from |z|² − 1, summed in twice the working precision, so that the
// real part keeps its digits even where it vanishes.
import type { Builder, Expr } from '../expression.ts'
import type { Limits } from './limits.ts'
import { eitherInfinite, inRange, rescale } from './modulus.ts'
import { double, half, sumOfSquares, within } from './product.ts'
import { analytic, type Complex, type ComplexFunction } from './rule.ts'

interface Base {
  readonly op: 'log' | 'log2' | 'log10'
  /** log(e) and log(2) to this base. */
  readonly unit: number
  readonly two: number
}
const natural: Base = { op: 'log', unit: 1, two: Math.LN2 }
const binary: Base = { op: 'log2', unit: Math.LOG2E, two: 1 }
const decimal: Base = { op: 'log10', unit: Math.LOG10E, two: Math.log10(2) }

interface Exact { readonly sum: Expr; readonly error: Expr }

/** a + b and its rounding error (Knuth). */
const twoSum = (b: Builder, x: Expr, y: Expr): Exact => {
  const sum = b.add(x, y)
  const t = b.sub(sum, x)
  return { sum, error: b.add(b.sub(x, b.sub(sum, t)), b.sub(y, t)) }
}

/** a² and its rounding error (Dekker). */
const twoSquare = (b: Builder, x: Expr, limits: Limits): Exact => {
  const sum = b.mul(x, x)
  const c = b.mul(b.constant(limits.splitter), x)
  const high = b.sub(c, b.sub(c, x))
  const low = b.sub(x, high)
  const cross = double(b, b.mul(high, low))
  return { sum, error: b.add(b.add(b.sub(b.mul(high, high), sum), cross), b.mul(low, low)) }
}

/** |1 + x + iy|² − 1 = 2x + x² + y², right to the last digits where the terms cancel. */
const excess = (b: Builder, x: Expr, y: Expr, limits: Limits): Expr => {
  const [xx, yy] = [twoSquare(b, x, limits), twoSquare(b, y, limits)]
  const linear = twoSum(b, double(b, x), yy.sum)
  const sum = b.add(linear.sum, xx.sum) // exact where it cancels
  return b.add(sum, b.add(linear.error, b.add(xx.error, yy.error)))
}

/** log|z|, where z = 1 + `offset` along its greater part. */
const logModulusNear = (b: Builder, z: Complex, offset: Complex, base: Base, limits: Limits): Expr => {
  const s = sumOfSquares(b, z)
  const near = half(b, b.unary('log1p', excess(b, offset.re, offset.im, limits)))
  const common = b.select(within(b, 0.5, s, 2), inBase(b, near, base), half(b, b.unary(base.op, s)))
  const { z: scaled, isSmall } = rescale(b, z, s, limits)
  const shift = b.constant(limits.scale * base.two)
  const far = b.add(half(b, b.unary(base.op, sumOfSquares(b, scaled))), b.select(isSmall, b.neg(shift), shift))
  return b.likely(inRange(b, s, limits), common, b.select(eitherInfinite(b, z), b.constant(Infinity), far))
}

const inBase = (b: Builder, x: Expr, base: Base): Expr => b.mul(x, b.constant(base.unit))

/** log|z|: −∞ at 0, and no overflow on the way. */
export const logModulus = (b: Builder, z: Complex, limits: Limits, base = natural): Expr => {
  const [x, y] = [b.abs(z.re), b.abs(z.im)]
  const greater = b.sub(b.max(x, y), b.constant(1)) // exact where it is used, between ½ and 2
  return logModulusNear(b, z, { re: greater, im: b.min(x, y) }, base, limits)
}

const complexLog = (base: Base): ComplexFunction => (b, z, limits) => ({
  re: logModulus(b, z, limits, base), im: inBase(b, b.binary('atan2', z.im, z.re), base),
})

const complexLog1p: ComplexFunction = (b, z, limits) => {
  const w = { re: b.add(b.constant(1), z.re), im: z.im }
  return { re: logModulusNear(b, w, z, natural, limits), im: b.binary('atan2', w.im, w.re) }
}

export const logarithm = complexLog(natural)

export const logarithmRules = {
  log: analytic('log', logarithm), log1p: analytic('log1p', complexLog1p),
  log2: analytic('log2', complexLog(binary)), log10: analytic('log10', complexLog(decimal)),
} as const
