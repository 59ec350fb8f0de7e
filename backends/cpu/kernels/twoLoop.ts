// The L-BFGS direction H·g by the two-loop recursion over flat storage. Each update of the vector is fused with the next
// inner product, so every vector of the history is read once per loop and nothing else is. Nocedal & Wright, algorithm 7.4.
type Floats = Float64Array | Float32Array

/** y ← y + a·x, and ⟨next, y⟩ of the result; four running sums. */
const axpyDot = (n: number, a: number, x: Floats, next: Floats, y: Floats): number => {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0
  let i = 0
  for (; i < n - 3; i += 4) {
    const y0 = y[i]! + a * x[i]!, y1 = y[i + 1]! + a * x[i + 1]!, y2 = y[i + 2]! + a * x[i + 2]!, y3 = y[i + 3]! + a * x[i + 3]!
    y[i] = y0
    y[i + 1] = y1
    y[i + 2] = y2
    y[i + 3] = y3
    s0 += y0 * next[i]!
    s1 += y1 * next[i + 1]!
    s2 += y2 * next[i + 2]!
    s3 += y3 * next[i + 3]!
  }
  for (; i < n; i++) {
    const v = y[i]! + a * x[i]!
    y[i] = v
    s0 += v * next[i]!
  }
  return (s0 + s1) + (s2 + s3)
}

/** y ← γ·(y + a·x), and ⟨next, y⟩. */
const scaledAxpyDot = (n: number, scale: number, a: number, x: Floats, next: Floats, y: Floats): number => {
  let s0 = 0, s1 = 0
  let i = 0
  for (; i < n - 1; i += 2) {
    const y0 = scale * (y[i]! + a * x[i]!), y1 = scale * (y[i + 1]! + a * x[i + 1]!)
    y[i] = y0
    y[i + 1] = y1
    s0 += y0 * next[i]!
    s1 += y1 * next[i + 1]!
  }
  for (; i < n; i++) {
    const v = scale * (y[i]! + a * x[i]!)
    y[i] = v
    s0 += v * next[i]!
  }
  return s0 + s1
}

const copyDot = (n: number, from: Floats, next: Floats, to: Floats): number => {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0
  let i = 0
  for (; i < n - 3; i += 4) {
    const v0 = from[i]!, v1 = from[i + 1]!, v2 = from[i + 2]!, v3 = from[i + 3]!
    to[i] = v0
    to[i + 1] = v1
    to[i + 2] = v2
    to[i + 3] = v3
    s0 += v0 * next[i]!
    s1 += v1 * next[i + 1]!
    s2 += v2 * next[i + 2]!
    s3 += v3 * next[i + 3]!
  }
  for (; i < n; i++) {
    to[i] = from[i]!
    s0 += from[i]! * next[i]!
  }
  return (s0 + s1) + (s2 + s3)
}

const axpy = (n: number, a: number, x: Floats, y: Floats): void => {
  for (let i = 0; i < n; i++) y[i] = y[i]! + a * x[i]!
}

/** `coefficients` are γ, ρ1 … ρk, `pairs` are s1, y1 … sk, yk, the oldest first; `out` receives H·g. */
export const twoLoop = (g: Floats, coefficients: Floats, pairs: readonly Floats[], out: Floats): void => {
  const n = g.length
  const k = pairs.length >> 1
  const gamma = coefficients[0]!
  const s = (j: number): Floats => pairs[2 * j]!
  const y = (j: number): Floats => pairs[2 * j + 1]!
  if (k === 0) {
    for (let i = 0; i < n; i++) out[i] = gamma * g[i]!
    return
  }
  const alpha = new Array<number>(k)
  alpha[k - 1] = coefficients[k]! * copyDot(n, g, s(k - 1), out)
  for (let j = k - 2; j >= 0; j--) alpha[j] = coefficients[j + 1]! * axpyDot(n, -alpha[j + 1]!, y(j + 1), s(j), out)
  let beta = coefficients[1]! * scaledAxpyDot(n, gamma, -alpha[0]!, y(0), y(0), out)
  for (let j = 0; j < k - 1; j++) beta = coefficients[j + 2]! * axpyDot(n, alpha[j]! - beta, s(j), y(j + 1), out)
  axpy(n, alpha[k - 1]! - beta, s(k - 1), out)
}
