// The direction of L-BFGS from inner products (core/lbfgs.ts says what is computed). Vectors are walked in blocks that stay
// in the cache, several at a time, so that the history is read from memory once for the inner products and once more for
// their combination.
import { cosineAt, outcomeAt, outcomes, productsAt, slopeAt } from '../../../core/lbfgs.ts'
import { recursion } from './recursion.ts'

type Floats = Float64Array | Float32Array

const block = 1024

/** Adds ⟨v, y⟩ and ⟨v, g⟩ over low ≤ i < high for each v, an even number of them, to `out`. */
const addDots = (low: number, high: number, vs: readonly Floats[], y: Floats, g: Floats, out: Float64Array): void => {
  let r = 0
  for (; r + 4 <= vs.length; r += 4) {
    const a = vs[r]!, b = vs[r + 1]!, c = vs[r + 2]!, d = vs[r + 3]!
    let ay = 0, ag = 0, by = 0, bg = 0, cy = 0, cg = 0, dy = 0, dg = 0
    for (let i = low; i < high; i++) {
      const yi = y[i]!, gi = g[i]!, ai = a[i]!, bi = b[i]!, ci = c[i]!, di = d[i]!
      ay += ai * yi
      ag += ai * gi
      by += bi * yi
      bg += bi * gi
      cy += ci * yi
      cg += ci * gi
      dy += di * yi
      dg += di * gi
    }
    const k = 2 * r
    out[k] = out[k]! + ay
    out[k + 1] = out[k + 1]! + ag
    out[k + 2] = out[k + 2]! + by
    out[k + 3] = out[k + 3]! + bg
    out[k + 4] = out[k + 4]! + cy
    out[k + 5] = out[k + 5]! + cg
    out[k + 6] = out[k + 6]! + dy
    out[k + 7] = out[k + 7]! + dg
  }
  if (r === vs.length) return
  const a = vs[r]!, b = vs[r + 1]!
  let ay = 0, ag = 0, by = 0, bg = 0, ay1 = 0, ag1 = 0, by1 = 0, bg1 = 0
  let i = low
  for (; i < high - 1; i += 2) {
    const y0 = y[i]!, g0 = g[i]!, a0 = a[i]!, b0 = b[i]!, y1 = y[i + 1]!, g1 = g[i + 1]!, a1 = a[i + 1]!, b1 = b[i + 1]!
    ay += a0 * y0
    ag += a0 * g0
    by += b0 * y0
    bg += b0 * g0
    ay1 += a1 * y1
    ag1 += a1 * g1
    by1 += b1 * y1
    bg1 += b1 * g1
  }
  if (i < high) {
    ay += a[i]! * y[i]!
    ag += a[i]! * g[i]!
    by += b[i]! * y[i]!
    bg += b[i]! * g[i]!
  }
  out[2 * r] = out[2 * r]! + (ay + ay1)
  out[2 * r + 1] = out[2 * r + 1]! + (ag + ag1)
  out[2 * r + 2] = out[2 * r + 2]! + (by + by1)
  out[2 * r + 3] = out[2 * r + 3]! + (bg + bg1)
}

/** Adds ⟨s,y⟩, ⟨s,g⟩, ⟨y,y⟩, ⟨y,g⟩, ⟨s,s⟩, ⟨g,g⟩ to `out`, from `at` on. */
const addOwnDots = (low: number, high: number, s: Floats, y: Floats, g: Floats, out: Float64Array, at: number): void => {
  let sy = 0, sg = 0, yy = 0, yg = 0, ss = 0, gg = 0
  for (let i = low; i < high; i++) {
    const si = s[i]!, yi = y[i]!, gi = g[i]!
    sy += si * yi
    sg += si * gi
    yy += yi * yi
    yg += yi * gi
    ss += si * si
    gg += gi * gi
  }
  out[at] = out[at]! + sy
  out[at + 1] = out[at + 1]! + sg
  out[at + 2] = out[at + 2]! + yy
  out[at + 3] = out[at + 3]! + yg
  out[at + 4] = out[at + 4]! + ss
  out[at + 5] = out[at + 5]! + gg
}

/** d ← factor·g + Σ cₖ·vₖ over a block, for an even `count` of vectors from `first` on; returns its part of ⟨g, d⟩. */
const combine = (
  low: number, high: number, factor: number, g: Floats, vs: readonly Floats[], first: number, count: number, c: Float64Array,
  sum: Float64Array, d: Floats,
): number => {
  const n = high - low
  for (let i = 0, j = low; i < n; i++, j++) sum[i] = factor * g[j]!
  let r = 0
  for (; r + 4 <= count; r += 4) {
    const p = vs[first + r]!, q = vs[first + r + 1]!, u = vs[first + r + 2]!, v = vs[first + r + 3]!
    const cp = c[r]!, cq = c[r + 1]!, cu = c[r + 2]!, cv = c[r + 3]!
    for (let i = 0, j = low; i < n; i++, j++) sum[i] = sum[i]! + ((cp * p[j]! + cq * q[j]!) + (cu * u[j]! + cv * v[j]!))
  }
  if (r < count) {
    const p = vs[first + r]!, q = vs[first + r + 1]!
    const cp = c[r]!, cq = c[r + 1]!
    for (let i = 0, j = low; i < n; i++, j++) sum[i] = sum[i]! + (cp * p[j]! + cq * q[j]!)
  }
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0
  let i = 0, j = low
  for (; i < n - 3; i += 4, j += 4) {
    const d0 = sum[i]!, d1 = sum[i + 1]!, d2 = sum[i + 2]!, d3 = sum[i + 3]!
    d[j] = d0
    d[j + 1] = d1
    d[j + 2] = d2
    d[j + 3] = d3
    s0 += g[j]! * d0
    s1 += g[j + 1]! * d1
    s2 += g[j + 2]! * d2
    s3 += g[j + 3]! * d3
  }
  for (; i < n; i++, j++) {
    d[j] = sum[i]!
    s0 += g[j]! * sum[i]!
  }
  return (s0 + s1) + (s2 + s3)
}

/** Makes the kernel for k pairs: arguments g, s, y, the memory if k > 0, and the pairs; results the direction and memory'. */
export const lbfgs = (k: number, memorySize: number, isScaled: boolean): ((args: readonly Floats[], d: Floats, memory: Floats) => void) => {
  const dots = new Float64Array(4 * k + 6)
  const sum = new Float64Array(block)
  const { run, along, coefficients, gamma } = recursion(k + 1)
  const oldest = k === memorySize ? 1 : 0
  const kept = k - oldest

  /** The inner products among the pairs that remain and the new one. */
  const grow = (before: Floats, after: Floats): void => {
    for (let j = 0; j < kept; j++) {
      let from = productsAt(oldest, j + oldest)
      for (let to = productsAt(0, j); to < productsAt(0, j + 1); to++) after[to] = before[from++]!
    }
    for (let i = 0; i <= kept; i++) {
      after[productsAt(i, kept)] = dots[4 * (oldest + i)]!
      after[productsAt(i, kept) + 1] = dots[4 * (oldest + i) + 2]!
    }
  }

  return (args, d, memory) => {
    const [g, s, y] = args as readonly [Floats, Floats, Floats, ...Floats[]] // as the rule of the primitive says
    const before = args[3] ?? memory
    const n = g.length
    const pairs: Floats[] = []
    for (let j = args.length - 2 * k; j < args.length; j++) pairs.push(args[j]!)
    dots.fill(0)
    for (let low = 0; low < n; low += block) {
      const high = Math.min(n, low + block)
      addDots(low, high, pairs, y, g, dots)
      addOwnDots(low, high, s, y, g, dots, 4 * k)
    }
    pairs.push(s, y)
    const ss = dots[4 * k + 4]!, gg = dots[4 * k + 5]!
    const cosine = ss === 0 ? -2 : dots[4 * k]! / (Math.sqrt(ss) * Math.sqrt(dots[4 * k + 2]!))
    const isSafe = cosine > (g instanceof Float64Array ? 2 ** -52 : 2 ** -23)
    const first = isSafe ? oldest : 0
    let count = ss === 0 ? 0 : isSafe ? kept + 1 : k
    memory.fill(0)
    if (isSafe) grow(before, memory)
    for (let j = 0; j < count; j++) {
      along[2 * j] = dots[4 * (first + j) + 1]!
      along[2 * j + 1] = dots[4 * (first + j) + 3]!
    }
    if (count > 0 && !(run(count, isSafe ? memory : before, gg, isScaled) > 0)) count = 0
    const c = count > 0 ? gamma() : isScaled ? Math.min(1, 1 / Math.sqrt(gg)) : 1
    let slope = 0
    for (let low = 0; low < n; low += block) {
      slope += combine(low, Math.min(n, low + block), c, g, pairs, 2 * first, 2 * count, coefficients, sum, d)
    }
    memory[outcomeAt] = count === 0 ? outcomes.dropped : isSafe ? outcomes.accepted : outcomes.refused
    memory[slopeAt] = slope
    memory[cosineAt] = cosine
  }
}
