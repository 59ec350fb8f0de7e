// Special functions of a real number, in double precision. The coefficients interpolate the named functions at
// Chebyshev nodes, computed with sixty digits; the asymptotic series are Stirling's and Euler and Maclaurin's.

/** c[0] + c[1]·x + c[2]·x² + … */
const polynomial = (c: readonly number[], x: number): number => {
  let y = 0
  for (let i = c.length - 1; i >= 0; i--) y = y * x + c[i]!
  return y
}

/** erf(x)/x − 1 as a polynomial of x², for |x| ≤ 1. */
const erfRatio = [
  0.12837916709551256, -0.37612638903183543, 0.11283791670945006, -0.02686617064323777, 0.0052239776071164225,
  -0.0008548325975389692, 0.00012055294904839707, -1.492473690741966e-05, 1.6447424703317362e-06,
  -1.6208483801871705e-07, 1.3720064546777686e-08, -7.795898827002142e-10,
] as const

/** exp(x²)·(1 − erf x) as a polynomial of 3/(3 + x) − 13/24, for 1 ≤ x ≤ 6. */
const erfTail = [
  0.20798329133342883, 0.740933636612972, 1.1450521820942123, 1.4059724299619913, 1.3161233807004993,
  0.8449375015541747, 0.23927417469187479, -0.14239680041167496, -0.1561491274631127, 0.006122840172200967,
  0.07362202129409853, 0.008221541324992842, -0.038466556250071615, -0.0043421538628631, 0.020974634373878025,
] as const

/** The error function 2/√π·∫₀ˣ exp(−t²) dt. */
export const erf = (x: number): number => {
  const r = Math.abs(x)
  if (r <= 1) return x + x * polynomial(erfRatio, x * x)
  if (r >= 6) return Math.sign(x)
  const tail = Math.exp(-r * r) * polynomial(erfTail, 3 / (3 + r) - 13 / 24)
  return x > 0 ? 1 - tail : x < 0 ? tail - 1 : NaN
}

/** log Γ(2 + d)/d, for |d| ≤ 1/2. */
const logGammaRatio = [
  0.42278433509846713, 0.32246703342411326, -0.0673523010531981, 0.02058080842778038, -0.0073855510286719986,
  0.002890510331034267, -0.0011927539118428156, 0.0005096695154115458, -0.00022315475400520507, 9.945767355819498e-05,
  -4.49263133791557e-05, 2.0505590755833454e-05, -9.438715099211532e-06, 4.38470440459836e-06, -2.0439048107029907e-06,
  9.200527894968101e-07, -4.3252393445604814e-07, 2.78740805211359e-07, -1.3219945666117874e-07,
] as const

/** B₂ₖ/(2k(2k − 1)) for k = 1, 2, …: the series of Stirling. */
const stirling = [
  1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 5 / 5940, -691 / 360360, 1 / 156, -3617 / 122400,
] as const
const halfLogTwoPi = 0.9189385332046728

/** From here on the asymptotic series are exact to rounding. */
const asymptotic = 10
/** Down to here log|Γ| is computed from a product: a reflection would lose its zeros, which are near the integers. */
const mostNegative = -25

/** Below this ψ is reflected to positive x; above, a compensated sum is more accurate near its zeros. */
const reflected = -100

/** sin πx, exact at the integers. */
const sinPi = (x: number): number => {
  const n = Math.round(x)
  return (n % 2 === 0 ? 1 : -1) * Math.sin(Math.PI * (x - n))
}

/** log|Γ(x)|; Infinity at the poles 0, −1, −2, … */
export const lgamma = (x: number): number => {
  if (x >= asymptotic) {
    if (x === Infinity) return Infinity
    return (x - 0.5) * (Math.log(x) - 1) + (halfLogTwoPi - 0.5 + polynomial(stirling, 1 / x / x) / x)
  }
  if (x <= 0 && Number.isInteger(x) || x === -Infinity) return Infinity
  if (x < mostNegative) return Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x)
  const n = Math.round(x)
  const d = x - n
  let product = 1
  for (let i = n; i < 2; i++) product *= x + (i - n)
  for (let i = n - 1; i >= 2; i--) product *= x - (n - i)
  const near = d * polynomial(logGammaRatio, d)
  return n < 2 ? near - Math.log(Math.abs(product)) : near + Math.log(product)
}

/** B₂ₖ/2k for k = 1, 2, … */
const digammaSeries = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 5 / 660, -691 / 32760, 1 / 12, -3617 / 8160] as const
/** B₂ₖ/(2k)! for k = 1, 2, … */
const eulerMaclaurin = [
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07, 2.08767569878681e-08,
  -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15,
  -2.174868698558062e-16, 5.5090028283602295e-18,
] as const

/** cot πx, exact where x − round(x) is 1/2. */
const cotPi = (x: number): number => {
  const d = x - Math.round(x)
  return Math.abs(d) <= 0.25 ? 1 / Math.tan(Math.PI * d) : Math.sign(d) * Math.tan(Math.PI * (0.5 - Math.abs(d)))
}

const digamma = (x: number): number => {
  if (!Number.isFinite(1 / x)) return -1 / x // at 0, and beside it
  if (x === Infinity) return Infinity
  if (x < 0 && Number.isInteger(x) || x === -Infinity) return NaN
  if (x < reflected) return digamma(1 - x) - Math.PI * cotPi(x)
  const terms = Math.max(0, Math.ceil(asymptotic - x))
  const y = x + terms
  const series = 0.5 / y + polynomial(digammaSeries, 1 / y / y) / y / y
  // ψ(x) = ψ(x + terms) − Σ 1/(x + j), where the terms may cancel: what each addition rounds off is kept in `rest`.
  let sum = Math.log(y)
  let rest = -series
  for (let j = 0; j < terms; j++) {
    const term = -1 / (x + j)
    const next = sum + term
    const kept = next - sum
    rest += (sum - (next - kept)) + (term - kept)
    sum = next
  }
  return sum + rest
}

const power = (x: number, n: number): number => {
  let y = 1
  for (let i = 0; i < n; i++) y *= x
  return y
}

/** ζ(s, x) = Σ_j (x + j)⁻ˢ for an integer s ≥ 2 and x > 0. */
const hurwitz = (s: number, x: number): number => {
  const terms = Math.max(0, Math.ceil(asymptotic + s - x))
  const y = x + terms
  let factor = s / y
  let tail = 0
  for (let k = 0; k < eulerMaclaurin.length; k++) {
    tail += eulerMaclaurin[k]! * factor
    factor *= (s + 2 * k + 1) / y * ((s + 2 * k + 2) / y)
  }
  let sum = (1 / (s - 1) + (0.5 + tail) / y) / power(y, s - 1)
  for (let j = terms - 1; j >= 0; j--) sum += 1 / power(x + j, s)
  return sum
}

/** Coefficients of dⁿ cot(x)/dxⁿ = (−1)ⁿ·q(cot x): q₀ = c, and each next q is (1 + c²)·q′. */
const cotDerivative = (n: number): readonly number[] => {
  let q: readonly number[] = [0, 1]
  for (let i = 0; i < n; i++) {
    const slope = q.slice(1).map((c, k) => c * (k + 1))
    q = [...slope, 0, 0].map((c, k) => c + (k >= 2 ? slope[k - 2]! : 0))
  }
  return q
}

/**
 * The derivative ψ⁽ⁿ⁾(x) of order n of the digamma function ψ = (log Γ)′, for an integer n ≥ 0. For n = 0, 1 the
 * error is within five units in the last place of max(1, |ψ⁽ⁿ⁾(x)|); it grows with n, and far below zero at the zeros.
 * Poles as in SciPy: ψ(±0) = ∓Infinity, ψ(−1), ψ(−2), … are NaN; of higher order they are (−1)ⁿ⁺¹·Infinity.
 */
export const polygamma = (n: number, x: number): number => {
  if (n === 0) return digamma(x)
  const sign = n % 2 === 0 ? -1 : 1
  if (x === -Infinity || Number.isNaN(x)) return NaN
  if (x === Infinity) return 0
  if (x <= 0 && Number.isInteger(x)) return sign * Infinity
  if (x < 0) return -sign * (polygamma(n, 1 - x) - power(Math.PI, n + 1) * polynomial(cotDerivative(n), cotPi(x)))
  let factorial = 1
  for (let i = 2; i <= n; i++) factorial *= i
  return sign * factorial * hurwitz(n + 1, x)
}
