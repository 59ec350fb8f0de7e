// Special functions of a real number from their definitions: a series and a continued fraction for erf, Lanczos'
// formula for Γ, integrals for ψ and its derivatives.

/** Σ 2ⁿx²ⁿ⁺¹/(1·3·5⋯(2n + 1)), every term positive, times 2·exp(−x²)/√π. */
const erfSeries = (x: number): number => {
  let term = x
  let sum = x
  for (let n = 1; term > sum * 1e-18; n++) {
    term *= 2 * x * x / (2 * n + 1)
    sum += term
  }
  return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum
}

/** 1 − erf x = exp(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), from the inside out. */
const erfcFraction = (x: number): number => {
  let fraction = x
  for (let k = 120; k >= 1; k--) fraction = x + k / 2 / fraction
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction
}

/** 2/√π·∫₀ˣ exp(−t²) dt. */
export const erf = (x: number): number => {
  if (x === 0 || Number.isNaN(x)) return x
  const r = Math.abs(x)
  return Math.sign(x) * (r < 2.5 ? erfSeries(r) : r < 30 ? 1 - erfcFraction(r) : 1)
}

/** Lanczos' coefficients for g = 7 (as published by P. Godfrey). */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

const logGammaRight = (x: number): number => {
  const t = x + 6.5
  const sum = lanczos.reduce((total, c, k) => total + (k === 0 ? c : c / (x - 1 + k)), 0)
  return (x - 0.5) * Math.log(t) - t + Math.log(sum) + Math.log(2 * Math.PI) / 2
}

/** |sin πx| with x reduced first. */
const sinPi = (x: number): number => Math.abs(Math.sin(Math.PI * (x - Math.round(x))))

/** log|Γ(x)|; infinite at the poles. */
export const lgamma = (x: number): number => {
  if (Math.abs(x) === Infinity || (x <= 0 && Number.isInteger(x))) return Infinity
  if (x > 1e15) return x * (Math.log(x) - 1)
  return x < 0.5 ? Math.log(Math.PI / sinPi(x)) - logGammaRight(1 - x) : logGammaRight(x)
}

/** ∫₀^∞ f(t)·exp(−xt) dt for a smooth f: xt = exp(u − exp(−u)) and the trapezoidal rule. */
const laplace = (f: (t: number) => number, x: number): number => {
  const step = 1 / 32
  let sum = 0
  for (let u = -5; u <= 5; u += step) {
    const v = Math.exp(u - Math.exp(-u))
    const t = Math.max(v / x, Number.MIN_VALUE)
    sum += f(t) * t * Math.exp(-v) * (1 + Math.exp(-u))
  }
  return sum * step
}

/** 1/t − 1/(1 − exp(−t)), by its series at 0. */
const binet = (t: number): number => (t < 1e-3 ? -1 / 2 - t / 12 + t ** 3 / 720 : 1 / t + 1 / Math.expm1(-t))

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))

/** ψ⁽ⁿ⁾(x) for x ≥ 10, by Binet's integral or Laplace's. */
const polygammaRight = (n: number, x: number): number => {
  if (n === 0) return Math.log(x) + laplace(binet, x)
  const sign = n % 2 === 0 ? -1 : 1
  return sign * laplace((t) => t ** n / -Math.expm1(-t), x)
}

const leftmost = -1e6

/** The n-th derivative of ψ = Γ′/Γ. At the poles ψ(±0) = ∓∞, ψ(−1), … = NaN, and for n > 0 the two sides' limit. */
export const polygamma = (n: number, x: number): number => {
  if (Number.isNaN(x) || x === -Infinity) return Number.NaN
  if (x === Infinity) return n === 0 ? Infinity : 0
  if (x <= 0 && Number.isInteger(x)) {
    if (n === 0) return x === 0 ? -1 / x : Number.NaN
    return n % 2 === 0 ? -Infinity : Infinity
  }
  if (x < leftmost) throw new RangeError(`polygamma: the reference reaches down to ${leftmost}, and ${x} is below`)
  // ψ⁽ⁿ⁾(x) = ψ⁽ⁿ⁾(x + 1) + (−1)ⁿ⁺¹·n!/xⁿ⁺¹
  let below = 0
  let y = x
  for (; y < 10; y++) below += (n % 2 === 0 ? -1 : 1) * factorial(n) / y ** (n + 1)
  return below + polygammaRight(n, y)
}
