// Complex arithmetic and elementary functions, number by number, by textbook formulas: Smith's division, the logarithm
// and root on the side of the cut that the sign of zero names, C99's Annex G at infinities and NaN.
import type { Complex } from '../../core/dtype.ts'

export const complex = (re: number, im: number): Complex => ({ re, im })

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0)
/** |x| with the sign of y. */
export const withSign = (x: number, y: number): number => (isNegative(y) ? -Math.abs(x) : Math.abs(x))
const isInfinite = (x: number): boolean => Math.abs(x) === Infinity
const largest = ({ re, im }: Complex): number => Math.max(Math.abs(re), Math.abs(im))
export const isFiniteComplex = ({ re, im }: Complex): boolean => Number.isFinite(re) && Number.isFinite(im)

/** x·2ⁿ, in steps that are numbers themselves. */
const ldexp = (x: number, n: number): number => {
  let [y, rest] = [x, n]
  for (; rest > 1000; rest -= 1000) y *= 2 ** 1000
  for (; rest < -1000; rest += 1000) y *= 2 ** -1000
  return y * 2 ** rest
}
const scale = (z: Complex, n: number): Complex => complex(ldexp(z.re, n), ldexp(z.im, n))
/** A power of two near |z|, as its exponent. */
const exponentOf = (z: Complex): number => {
  const m = largest(z)
  return m === 0 || !Number.isFinite(m) ? 0 : Math.floor(Math.log2(m))
}

// --- arithmetic ----------------------------------------------------------------------------------------------------

export const conj = (z: Complex): Complex => complex(z.re, -z.im)
export const neg = (z: Complex): Complex => complex(-z.re, -z.im)
export const plus = (z: Complex, w: Complex): Complex => complex(z.re + w.re, z.im + w.im)
export const minus = (z: Complex, w: Complex): Complex => complex(z.re - w.re, z.im - w.im)
export const times = (z: Complex, w: Complex): Complex => complex(z.re * w.re - z.im * w.im, z.re * w.im + z.im * w.re)
export const scaled = (z: Complex, x: number): Complex => complex(z.re * x, z.im * x)

/** Smith's quotient: divides by the larger part of the denominator first. */
const smith = (z: Complex, w: Complex): Complex => {
  if (Math.abs(w.re) >= Math.abs(w.im)) {
    const ratio = w.im / w.re
    const denominator = w.re + w.im * ratio
    return complex((z.re + z.im * ratio) / denominator, (z.im - z.re * ratio) / denominator)
  }
  const ratio = w.re / w.im
  const denominator = w.im + w.re * ratio
  return complex((z.re * ratio + z.im) / denominator, (z.im * ratio - z.re) / denominator)
}

export const over = (z: Complex, w: Complex): Complex => {
  if (w.re === 0 && w.im === 0) {
    const pole = withSign(Infinity, w.re)
    return complex(z.re * pole, z.im * pole)
  }
  if ((isInfinite(w.re) || isInfinite(w.im)) && isFiniteComplex(z)) {
    const corner = complex(withSign(isInfinite(w.re) ? 1 : 0, w.re), withSign(isInfinite(w.im) ? 1 : 0, w.im))
    return scaled(times(z, conj(corner)), 0)
  }
  const [p, q] = [exponentOf(z), exponentOf(w)]
  return scale(smith(scale(z, -p), scale(w, -q)), p - q)
}

/** x/w for a real x, which has no imaginary part to multiply. */
export const reciprocalTimes = (x: number, w: Complex): Complex => {
  if (w.re === 0 && w.im === 0) return complex(x * withSign(Infinity, w.re), Number.NaN)
  if (isInfinite(w.re) || isInfinite(w.im)) return over(complex(x, 0), w)
  const [p, q] = [exponentOf(complex(x, 0)), exponentOf(w)]
  const [y, { re, im }] = [ldexp(x, -p), scale(w, -q)]
  const isWide = Math.abs(re) >= Math.abs(im)
  const ratio = isWide ? im / re : re / im
  const denominator = isWide ? re + im * ratio : im + re * ratio
  return scale(isWide ? complex(y / denominator, -y * ratio / denominator)
    : complex(y * ratio / denominator, -y / denominator), p - q)
}

// --- modulus and direction -----------------------------------------------------------------------------------------

export const abs = (z: Complex): number => {
  if (isInfinite(z.re) || isInfinite(z.im)) return Infinity
  const p = exponentOf(z)
  return ldexp(Math.hypot(ldexp(z.re, -p), ldexp(z.im, -p)), p)
}
export const abs2 = (z: Complex): number => z.re * z.re + z.im * z.im
export const arg = (z: Complex): number => Math.atan2(z.im, z.re)

/** z/|z|; 0 stays what it is, and infinite parts outweigh finite ones. */
export const phase = (z: Complex): Complex => {
  if (z.re === 0 && z.im === 0) return z
  if (isInfinite(z.re) || isInfinite(z.im)) {
    const part = (x: number): number => (isInfinite(x) ? Math.sign(x) : x / Infinity)
    const corner = complex(part(z.re), part(z.im))
    return scaled(corner, 1 / Math.hypot(corner.re, corner.im))
  }
  const near = scale(z, -exponentOf(z))
  const r = Math.hypot(near.re, near.im)
  return complex(near.re / r, near.im / r)
}

// --- logarithm, root, exponential ----------------------------------------------------------------------------------

/** log|z|, from |z|² − 1 where |z| is about 1. */
const logAbs = (z: Complex): number => {
  if (isInfinite(z.re) || isInfinite(z.im)) return Infinity
  const [x, y] = [largest(z), Math.min(Math.abs(z.re), Math.abs(z.im))]
  if (x > 0.5 && x < 2 && y < 2) return Math.log1p((x - 1) * (x + 1) + y * y) / 2
  const p = exponentOf(z)
  const near = scale(z, -p)
  return Math.log(Math.hypot(near.re, near.im)) + p * Math.LN2
}

export const log = (z: Complex): Complex => complex(logAbs(z), arg(z))
export const log2 = (z: Complex): Complex => complex(logAbs(z) / Math.LN2, arg(z) / Math.LN2)
export const log10 = (z: Complex): Complex => complex(logAbs(z) / Math.LN10, arg(z) / Math.LN10)

export const log1p = (z: Complex): Complex => {
  const w = complex(1 + z.re, z.im)
  return largest(z) < 0.5 ? complex(Math.log1p(z.re * (2 + z.re) + z.im * z.im) / 2, arg(w)) : log(w)
}

/** The root in the right half-plane. */
export const sqrt = ({ re: x, im: y }: Complex): Complex => {
  if (isInfinite(y)) return complex(Infinity, y)
  if (x === -Infinity) return complex(Number.isNaN(y) ? y : 0, withSign(Infinity, y))
  if (x === Infinity) return complex(Infinity, Number.isNaN(y) ? y : withSign(0, y))
  if (x === 0 && y === 0) return complex(0, y)
  const p = 2 * Math.floor(exponentOf(complex(x, y)) / 2)
  const [u, v] = [ldexp(x, -p), ldexp(y, -p)]
  const t = Math.sqrt((Math.abs(u) + Math.hypot(u, v)) / 2)
  const root = u >= 0 ? complex(t, v / (2 * t)) : complex(Math.abs(v) / (2 * t), withSign(t, v))
  return scale(root, p / 2)
}

/** e^x·(cos + i·sin), with no overflow before the last product. */
const polar = (x: number, cos: number, sin: number): Complex => {
  if (x <= 700) return scaled(complex(cos, sin), Math.exp(x))
  return scaled(scaled(complex(cos, sin), Math.exp(x - 700)), Math.exp(700))
}

export const exp = ({ re: x, im: y }: Complex): Complex => {
  if (y === 0) return complex(Math.exp(x), y)
  if (x === -Infinity && !Number.isFinite(y)) return complex(0, 0)
  if (x === Infinity && !Number.isFinite(y)) return complex(Infinity, Number.NaN)
  return polar(x, Math.cos(y), Math.sin(y))
}

const add1 = (z: Complex): Complex => complex(1 + z.re, z.im)

/** 2·exp(z/2)·sinh(z/2): the 1 is never subtracted near 0 and its periods. */
export const expm1 = (z: Complex): Complex => {
  if (z.im === 0) return complex(Math.expm1(z.re), z.im)
  if (Math.abs(z.re) > 1 || !isFiniteComplex(z)) {
    const w = exp(z)
    return complex(w.re - 1, w.im)
  }
  const half = scaled(z, 0.5)
  return scaled(times(exp(half), sinh(half)), 2)
}

/** ½·(1 + tanh(z/2)) where its poles are, else 1/(1 + exp(−z)) by the branch on which exp does not overflow. */
export const sigmoid = (z: Complex): Complex => {
  if (Math.abs(z.re) < 1) return scaled(add1(tanh(scaled(z, 0.5))), 0.5)
  const e = exp(z.re < 0 ? z : neg(z))
  const denominator = add1(e)
  if (z.im === 0) return complex((z.re < 0 ? e.re : 1) / denominator.re, z.im)
  return z.re < 0 ? over(e, denominator) : reciprocalTimes(1, denominator)
}

/** The principal logarithm of 1 + exp z. */
export const softplus = (z: Complex): Complex => {
  if (z.re <= 0) return log1p(exp(z))
  const rest = log1p(exp(neg(z)))
  return complex(z.re + rest.re, Math.atan2(Math.sin(z.im), Math.exp(-z.re) + Math.cos(z.im)))
}

// --- hyperbolic functions ------------------------------------------------------------------------------------------

/** sinh |x| or cosh x times a factor of modulus 1 at most, where e^|x|/2 is all that is left of both. */
const far = (x: number, factor: number): number => polar(Math.abs(x), factor / 2, 0).re

export const sinh = ({ re: x, im: y }: Complex): Complex => {
  if (y === 0) return complex(Math.sinh(x), y)
  if (!Number.isFinite(y)) return complex(x === 0 || isInfinite(x) ? x : Number.NaN, Number.NaN)
  const [c, s] = [Math.cos(y), Math.sin(y)]
  if (Math.abs(x) > 700) return complex(far(x, Math.sign(x) * c), far(x, s))
  return complex(Math.sinh(x) * c, Math.cosh(x) * s)
}

export const cosh = ({ re: x, im: y }: Complex): Complex => {
  if (y === 0) return complex(Math.cosh(x), isNegative(x) ? -y : y)
  if (!Number.isFinite(y)) return complex(isInfinite(x) ? Infinity : Number.NaN, x === 0 ? x : Number.NaN)
  const [c, s] = [Math.cos(y), Math.sin(y)]
  if (x === 0) return complex(c, x * s)
  if (Math.abs(x) > 700) return complex(far(x, c), far(x, Math.sign(x) * s))
  return complex(Math.cosh(x) * c, Math.sinh(x) * s)
}

/** (sinh x·cosh x + i·sin y·cos y)/(sinh² x + cos² y). */
export const tanh = ({ re: x, im: y }: Complex): Complex => {
  if (y === 0) return complex(Math.tanh(x), y)
  if (!Number.isFinite(y)) {
    if (isInfinite(x)) return complex(Math.sign(x), 0)
    return complex(x === 0 ? x : Number.NaN, Number.NaN)
  }
  const [c, s] = [Math.cos(y), Math.sin(y)]
  if (Math.abs(x) > 20) {
    const decay = Math.exp(-Math.abs(x))
    return complex(Math.sign(x), 4 * s * c * decay * decay)
  }
  const sh = Math.sinh(x)
  const denominator = sh * sh + c * c
  return complex(sh * Math.cosh(x) / denominator, s * c / denominator)
}

/** f(iz)/i for an odd function that commutes with conjugation, such as sin from sinh. */
export const turned = (f: (z: Complex) => Complex) => ({ re, im }: Complex): Complex => {
  const w = f(complex(im, re))
  return complex(w.im, w.re)
}

export const cos = (z: Complex): Complex => cosh(complex(-z.im, z.re))
