// The inverse trigonometric and hyperbolic functions of complex numbers: asin and acos after Hull, Fairgrieve and Tang
// ("Implementing the complex arcsine and arccosine functions using exception handling", 1997), atanh from its parts.
import type { Complex } from '../../core/dtype.ts'
import { abs, complex, log, turned, withSign } from './complex.ts'

/** |Re asin z|, |Re acos z| for Re z ≥ 0, and |Im asin z|. */
interface Parts { readonly asin: number; readonly acos: number; readonly im: number }

const large = 1e150

/** Beyond this |Im z| from the real axis nothing underflows. */
const thin = 1e-150

const nearAxis = (x: number, y: number): Parts => {
  if (x < 1) return { asin: Math.asin(x), acos: Math.acos(x), im: y / Math.sqrt((1 - x) * (1 + x)) }
  if (x === 1) return { asin: Math.PI / 2 - Math.sqrt(y), acos: Math.sqrt(y), im: Math.sqrt(y) }
  const root = Math.sqrt((x - 1) * (x + 1))
  return { asin: Math.PI / 2, acos: y === 0 ? 0 : y / root, im: Math.log1p(x - 1 + root) }
}

const ordinary = (x: number, y: number): Parts => {
  const r = Math.hypot(x + 1, y)
  const s = Math.hypot(x - 1, y)
  const a = (r + s) / 2
  const b = x / a
  // √(a² − x²), the cosine's numerator, without subtracting what is nearly equal.
  const cosine = x <= 1
    ? Math.sqrt((a + x) / 2 * (y * y / (r + x + 1) + (s + (1 - x))))
    : y * Math.sqrt((a + x) / 2 * (1 / (r + x + 1) + 1 / (s + (x - 1))))
  const above = x < 1 // a − 1
    ? (y * y / (r + (x + 1)) + y * y / (s + (1 - x))) / 2
    : (y * y / (r + (x + 1)) + (s + (x - 1))) / 2
  return {
    asin: b <= 0.6417 ? Math.asin(b) : Math.atan(x / cosine),
    acos: b <= 0.6417 ? Math.acos(b) : Math.atan(cosine / x),
    im: a <= 1.5 ? Math.log1p(above + Math.sqrt(above * (a + 1))) : Math.log(a + Math.sqrt((a - 1) * (a + 1))),
  }
}

const parts = (x: number, y: number): Parts => {
  if (Number.isNaN(x) || Number.isNaN(y)) {
    const infinite = x === Infinity || y === Infinity
    return { asin: Number.NaN, acos: Number.NaN, im: infinite ? Infinity : Number.NaN }
  }
  if (x > large || y > large) {
    const angle = Math.atan2(x, y)
    return { asin: angle, acos: Math.atan2(y, x), im: Math.LN2 + log(complex(x, y)).re }
  }
  return y < thin ? nearAxis(x, y) : ordinary(x, y)
}

export const asin = (z: Complex): Complex => {
  const { asin: re, im } = parts(Math.abs(z.re), Math.abs(z.im))
  if (z.re === 0) return complex(z.re, withSign(im, z.im))
  return complex(withSign(re, z.re), withSign(im, z.im))
}

export const acos = (z: Complex): Complex => {
  const { acos: re, im } = parts(Math.abs(z.re), Math.abs(z.im))
  if (z.re === 0) return complex(Math.PI / 2, -withSign(im, z.im))
  return complex(z.re < 0 ? Math.PI - re : re, -withSign(im, z.im))
}

export const acosh = (z: Complex): Complex => {
  const w = acos(z)
  return complex(Math.abs(w.im), withSign(w.re, z.im))
}

/** ½·(log(1 + z) − log(1 − z)), whose angles have one sign and whose moduli are far apart or nearly 1. */
export const atanh = (z: Complex): Complex => {
  const [x, y] = [Math.abs(z.re), z.im]
  const r = abs(z)
  if (r === Infinity) return complex(withSign(0, z.re), Number.isNaN(y) ? y : withSign(Math.PI / 2, y))
  const ratio = 2 * (x / r) / (1 / r + r)
  const re = r === 0 ? 0
    : ratio < 0.5 ? Math.atanh(ratio) / 2
    : (log(complex(1 + x, y)).re - log(complex(1 - x, y)).re) / 2
  return complex(x === 0 ? z.re : withSign(re, z.re), (Math.atan2(y, 1 + z.re) + Math.atan2(y, 1 - z.re)) / 2)
}

export const asinh = turned(asin)
export const atan = turned(atanh)
