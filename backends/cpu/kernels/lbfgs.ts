// The direction of L-BFGS from inner products (core/lbfgs.ts says what is computed). Vectors are walked in blocks that stay
// in the cache, several at a time, so that the history is read from memory once for the inner products and once more for
// their combination.
import { alongAt, cosineAt, outcomeAt, outcomes, productsAt, slopeAt } from '../../../core/lbfgs.ts'
import { recursion } from './recursion.ts'

type Floats = Float64Array | Float32Array

const block = 1024

const dot = (low: number, high: number, a: Floats, b: Floats): number => {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0
  let i = low
  for (; i < high - 3; i += 4) {
    s0 += a[i]! * b[i]!
    s1 += a[i + 1]! * b[i + 1]!
    s2 += a[i + 2]! * b[i + 2]!
    s3 += a[i + 3]! * b[i + 3]!
  }
  for (; i < high; i++) s0 += a[i]! * b[i]!
  return (s0 + s1) + (s2 + s3)
}

/** Adds ⟨v, x⟩ over low ≤ i < high for each v, an even number of them, to `out`. */
const addDots = (low: number, high: number, vs: readonly Floats[], x: Floats, out: Float64Array): void => {
  let r = 0
  for (; r + 4 <= vs.length; r += 4) {
    const a = vs[r]!, b = vs[r + 1]!, c = vs[r + 2]!, d = vs[r + 3]!
    let a0 = 0, a1 = 0, b0 = 0, b1 = 0, c0 = 0, c1 = 0, d0 = 0, d1 = 0
    let i = low
    for (; i < high - 1; i += 2) {
      const x0 = x[i]!, x1 = x[i + 1]!
      a0 += a[i]! * x0
      a1 += a[i + 1]! * x1
      b0 += b[i]! * x0
      b1 += b[i + 1]! * x1
      c0 += c[i]! * x0
      c1 += c[i + 1]! * x1
      d0 += d[i]! * x0
      d1 += d[i + 1]! * x1
    }
    if (i < high) {
      const x0 = x[i]!
      a0 += a[i]! * x0
      b0 += b[i]! * x0
      c0 += c[i]! * x0
      d0 += d[i]! * x0
    }
    out[r] = out[r]! + (a0 + a1)
    out[r + 1] = out[r + 1]! + (b0 + b1)
    out[r + 2] = out[r + 2]! + (c0 + c1)
    out[r + 3] = out[r + 3]! + (d0 + d1)
  }
  for (; r < vs.length; r++) out[r] = out[r]! + dot(low, high, vs[r]!, x)
}

/** Adds ⟨s,y⟩, ⟨s,g⟩, ⟨y,y⟩, ⟨y,g⟩, ⟨s,s⟩, ⟨g,g⟩ to `out`. */
const addOwnDots = (low: number, high: number, s: Floats, y: Floats, g: Floats, out: Float64Array): void => {
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
  out[0] = out[0]! + sy
  out[1] = out[1]! + sg
  out[2] = out[2]! + yy
  out[3] = out[3]! + yg
  out[4] = out[4]! + ss
  out[5] = out[5]! + gg
}

/** d ← factor·g + Σ cₖ·vₖ over low ≤ i < high, for an even `count` of vectors from `first` on. */
const combine = (
  low: number, high: number, factor: number, g: Floats, vs: readonly Floats[], first: number, count: number, c: Float64Array, d: Floats,
): void => {
  for (let i = low; i < high; i++) d[i] = factor * g[i]!
  let r = 0
  for (; r + 4 <= count; r += 4) {
    const p = vs[first + r]!, q = vs[first + r + 1]!, u = vs[first + r + 2]!, v = vs[first + r + 3]!
    const cp = c[r]!, cq = c[r + 1]!, cu = c[r + 2]!, cv = c[r + 3]!
    for (let i = low; i < high; i++) d[i] = d[i]! + ((cp * p[i]! + cq * q[i]!) + (cu * u[i]! + cv * v[i]!))
  }
  if (r < count) {
    const p = vs[first + r]!, q = vs[first + r + 1]!
    const cp = c[r]!, cq = c[r + 1]!
    for (let i = low; i < high; i++) d[i] = d[i]! + (cp * p[i]! + cq * q[i]!)
  }
}

/** Makes the kernel for k pairs: arguments g, s, y, the memory if k > 0, and the pairs; results the direction and memory'. */
export const lbfgs = (k: number, memorySize: number, isScaled: boolean): ((args: readonly Floats[], d: Floats, memory: Floats) => void) => {
  const own = new Float64Array(6)
  /** Inner products of s₁, y₁, s₂, y₂, … with g and with y. */
  const [withG, withY] = [new Float64Array(2 * k + 2), new Float64Array(2 * k + 2)]
  const { run, along, coefficients, gamma } = recursion(k + 1)
  const oldest = k === memorySize ? 1 : 0
  const kept = k - oldest

  const measure = (g: Floats, s: Floats, y: Floats, history: readonly Floats[], before: Floats): void => {
    const n = g.length
    const isDouble = g instanceof Float64Array
    own.fill(0)
    withG.fill(0)
    withY.fill(0)
    for (let low = 0; low < n; low += block) {
      const high = Math.min(n, low + block)
      addDots(low, high, history, g, withG)
      if (!isDouble) addDots(low, high, history, y, withY) // the difference would have too few digits
      addOwnDots(low, high, s, y, g, own)
    }
    if (isDouble) for (let r = 0; r < 2 * k; r++) withY[r] = withG[r]! - before[alongAt(memorySize, 0) + r]!
    withG[2 * k] = own[1]!
    withG[2 * k + 1] = own[3]!
    withY[2 * k] = own[0]!
    withY[2 * k + 1] = own[2]!
  }

  /** Inner products among `count` pairs from `first` on, the last of them perhaps new, and with g. */
  const remember = (before: Floats, first: number, count: number, after: Floats): void => {
    for (let j = 0; j < count; j++) {
      const isNew = first + j === k
      let from = productsAt(first, first + j)
      let r = 2 * first
      for (let to = productsAt(0, j); to < productsAt(0, j + 1); to++) after[to] = isNew ? withY[r++]! : before[from++]!
    }
    const at = alongAt(memorySize, 0)
    for (let r = 0; r < 2 * count; r++) {
      along[r] = withG[2 * first + r]!
      after[at + r] = along[r]!
    }
  }

  return (args, d, memory) => {
    const g = args[0]!, s = args[1]!, y = args[2]!, before = args[3]!
    const n = g.length
    const pairs = args.slice(args.length - 2 * k)
    measure(g, s, y, pairs, before)
    pairs.push(s, y)
    const ss = own[4]!, gg = own[5]!
    const cosine = ss === 0 ? -2 : own[0]! / (Math.sqrt(ss) * Math.sqrt(own[2]!))
    const isSafe = cosine > (g instanceof Float64Array ? 2 ** -52 : 2 ** -23)
    const first = isSafe ? oldest : 0
    let count = ss === 0 ? 0 : isSafe ? kept + 1 : k
    memory.fill(0)
    remember(before, first, count, memory)
    if (count > 0 && !(run(count, memory, gg, isScaled) > 0)) count = 0
    const c = count > 0 ? gamma() : isScaled ? Math.min(1, 1 / Math.sqrt(gg)) : 1
    let slope = 0
    for (let low = 0; low < n; low += block) {
      const high = Math.min(n, low + block)
      combine(low, high, c, g, pairs, 2 * first, 2 * count, coefficients, d)
      slope += dot(low, high, g, d)
    }
    memory[outcomeAt] = count === 0 ? outcomes.dropped : isSafe ? outcomes.accepted : outcomes.refused
    memory[slopeAt] = slope
    memory[cosineAt] = cosine
  }
}
