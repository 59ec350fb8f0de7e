// |z|, z/|z| and √z. The common path squares; where squares overflow or lose digits, z is first scaled by a power of
// two.
import type { Builder, Expr } from '../expression.ts'
import type { Limits } from './limits.ts'
import { choose, half, isInfinite, isZero, scaleBy, sumOfSquares, usually, within } from './product.ts'
import { limitsOf, number, real, type Complex, type ComplexFunction, type ScalarRule } from './rule.ts'

export interface Scaled {
  /** z times a power of two, with |z|² in range. */
  readonly z: Complex
  /** Whether |z| < 1, and z was multiplied by 2^scale; otherwise by 2^−scale. */
  readonly isSmall: Expr
}

/** Brings z into range by a power of two, given s = |z|² and that s is out of range. */
export const rescale = (b: Builder, z: Complex, s: Expr, limits: Limits): Scaled => {
  const isSmall = b.less(s, b.constant(1))
  return { z: scaleBy(b, z, power(b, isSmall, limits.scale)), isSmall }
}

/** 2^e if the test holds, else 2^−e. */
export const power = (b: Builder, test: Expr, e: number): Expr =>
  b.select(test, b.constant(2 ** e), b.constant(2 ** -e))

/** Whether |z|² can be used as it stands. */
export const inRange = (b: Builder, s: Expr, limits: Limits): Expr => within(b, limits.tiny, s, limits.huge)

export const eitherInfinite = (b: Builder, z: Complex): Expr => b.or(isInfinite(b, z.re), isInfinite(b, z.im))

/** |z| without spurious overflow; infinite if either part is, even beside NaN. */
export const modulus = (b: Builder, z: Complex, limits: Limits): Expr => {
  const s = sumOfSquares(b, z)
  const scaled = rescale(b, z, s, limits)
  const rare = b.mul(b.sqrt(sumOfSquares(b, scaled.z)), power(b, scaled.isSmall, -limits.scale))
  return b.likely(inRange(b, s, limits), b.sqrt(s), b.select(eitherInfinite(b, z), b.constant(Infinity), rare))
}

/** z/|z|; 0 at 0, and along the infinite parts at infinity. */
const unit: ComplexFunction = (b, z, limits) => {
  const s = sumOfSquares(b, z)
  const common = scaleBy(b, z, b.div(b.constant(1), b.sqrt(s)))
  const infinite = eitherInfinite(b, z)
  const corner = (x: Expr): Expr => b.select(isInfinite(b, x), b.copySign(b.constant(1), x), b.mul(x, b.constant(0)))
  const { z: near } = rescale(b, z, s, limits)
  const v = choose(b, infinite, { re: corner(z.re), im: corner(z.im) }, near)
  const r = b.sqrt(sumOfSquares(b, v))
  const zero = isZero(b, r)
  const rare = { re: b.select(zero, z.re, b.div(v.re, r)), im: b.select(zero, z.im, b.div(v.im, r)) }
  return usually(b, inRange(b, s, limits), common, rare)
}

interface RootParts { readonly t: Expr; readonly q: Expr; readonly isRight: Expr }

/** √z is made of t = √((|z| + |x|)/2) and q = y/2t; the sign of a zero y tells the sides of the cut. */
const rootParts = (b: Builder, { re: x, im: y }: Complex, r: Expr): RootParts => {
  const t = b.sqrt(half(b, b.add(r, b.abs(x))))
  return { t, q: b.div(half(b, y), t), isRight: b.lessEqual(b.constant(0), x) }
}

export const complexSqrt: ComplexFunction = (b, z, limits) => {
  const s = sumOfSquares(b, z)
  const root = (w: Complex, r: Expr, isNull: Expr | null): Complex => {
    const { t, q: quotient, isRight } = rootParts(b, w, r)
    const q = isNull === null ? quotient : b.select(isNull, w.im, quotient)
    return { re: b.select(isRight, t, b.abs(q)), im: b.select(isRight, q, b.copySign(t, w.im)) }
  }
  const common = root(z, b.sqrt(s), null)
  const scaled = rescale(b, z, s, limits)
  const infinite = b.constant(Infinity)
  const r = b.select(isInfinite(b, z.re), infinite, b.sqrt(sumOfSquares(b, scaled.z)))
  const far = scaleBy(b, root(scaled.z, r, isZero(b, r)), power(b, scaled.isSmall, -limits.scale / 2))
  const rare = choose(b, isInfinite(b, z.im), { re: infinite, im: z.im }, far)
  return usually(b, inRange(b, s, limits), common, rare)
}

const abs: ScalarRule = (b, args, c) => {
  const { re, im } = args[0]!
  if (im !== null) return real(modulus(b, { re, im }, limitsOf(c)))
  const x = number(b, args, c)
  if (c.dtypes[0] === 'bool') return real(x)
  return real(c.dtype === 'int32' ? b.unary('toInt32', b.abs(x)) : b.abs(x))
}

const abs2: ScalarRule = (b, args, c) => {
  const { re, im } = args[0]!
  if (im !== null) return real(sumOfSquares(b, { re, im }))
  const x = number(b, args, c)
  return real(c.dtype === 'int32' ? b.binary('imul', x, x) : b.mul(x, x))
}

/** The angle of a real number is that of x + 0i. */
const angle: ScalarRule = (b, args, c) => real(b.binary('atan2', args[0]!.im ?? b.constant(0), number(b, args, c)))

const phase: ScalarRule = (b, args, c) => unit(b, { re: args[0]!.re, im: args[0]!.im! }, limitsOf(c))

const sqrt: ScalarRule = (b, args, c) => args[0]!.im === null
  ? real(b.sqrt(number(b, args, c)))
  : complexSqrt(b, { re: args[0]!.re, im: args[0]!.im }, limitsOf(c))

export const modulusRules = { abs, abs2, angle, phase, sqrt } as const
