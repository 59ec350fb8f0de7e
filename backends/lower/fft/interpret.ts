// Runs a transform where code may not be generated: the same steps, written once for all sizes.
import type { Layout, Storage, Transform } from './layout.ts'
import { roots } from './roots.ts'
import { scratch } from './scratch.ts'
import { rowsOf } from './steps.ts'
import type { Step } from './steps.ts'

/** A step on rows of `width` columns without gaps. */
type Pass = (x: Float64Array, y: Float64Array, width: number) => void

const butterfly2 = ({ groups, stride, twiddles }: Step): Pass => (x, y, width) => {
  const span = 2 * stride * width
  const half = groups * span
  for (let p = 0; p < groups; p++) {
    const [wr, wi] = [twiddles[2 * p]!, twiddles[2 * p + 1]!]
    for (let i = p * span, o = 2 * p * span, end = i + span; i < end; i += 2, o += 2) {
      const ar = x[i]!, ai = x[i + 1]!, br = x[i + half]!, bi = x[i + half + 1]!
      const dr = ar - br, di = ai - bi
      y[o] = ar + br
      y[o + 1] = ai + bi
      y[o + span] = dr * wr - di * wi
      y[o + span + 1] = dr * wi + di * wr
    }
  }
}

const butterfly4 = ({ groups, stride, twiddles }: Step): Pass => (x, y, width) => {
  const span = 2 * stride * width
  const quarter = groups * span
  for (let p = 0; p < groups; p++) {
    const t = 6 * p
    const ur = twiddles[t]!, ui = twiddles[t + 1]!
    const vr = twiddles[t + 2]!, vi = twiddles[t + 3]!
    const wr = twiddles[t + 4]!, wi = twiddles[t + 5]!
    for (let i = p * span, o = 4 * p * span, end = i + span; i < end; i += 2, o += 2) {
      const ar = x[i]!, ai = x[i + 1]!
      const br = x[i + quarter]!, bi = x[i + quarter + 1]!
      const cr = x[i + 2 * quarter]!, ci = x[i + 2 * quarter + 1]!
      const dr = x[i + 3 * quarter]!, di = x[i + 3 * quarter + 1]!
      const er = ar + cr, ei = ai + ci, fr = ar - cr, fi = ai - ci
      const gr = br + dr, gi = bi + di, hr = bi - di, hi = dr - br
      y[o] = er + gr
      y[o + 1] = ei + gi
      y[o + span] = (fr + hr) * ur - (fi + hi) * ui
      y[o + span + 1] = (fr + hr) * ui + (fi + hi) * ur
      y[o + 2 * span] = (er - gr) * vr - (ei - gi) * vi
      y[o + 2 * span + 1] = (er - gr) * vi + (ei - gi) * vr
      y[o + 3 * span] = (fr - hr) * wr - (fi - hi) * wi
      y[o + 3 * span + 1] = (fr - hr) * wi + (fi - hi) * wr
    }
  }
}

/** Sums and differences of x_j and x_{r-j} separate the cosines of the transform from its sines. */
const butterflyOdd = ({ radix, groups, stride, twiddles }: Step): Pass => {
  const unit = roots(radix)
  const half = (radix - 1) / 2
  const sums = new Float64Array(2 * half + 2)
  const differences = new Float64Array(2 * half + 2)
  return (x, y, width) => {
    const span = 2 * stride * width
    const part = groups * span
    for (let p = 0; p < groups; p++) {
      const t = 2 * (radix - 1) * p
      for (let i = p * span, o = radix * p * span, end = i + span; i < end; i += 2, o += 2) {
        const ar = x[i]!, ai = x[i + 1]!
        let totalr = ar, totali = ai
        for (let j = 1; j <= half; j++) {
          const forth = i + j * part, back = i + (radix - j) * part
          const sr = x[forth]! + x[back]!, si = x[forth + 1]! + x[back + 1]!
          sums[2 * j] = sr
          sums[2 * j + 1] = si
          differences[2 * j] = x[forth]! - x[back]!
          differences[2 * j + 1] = x[forth + 1]! - x[back + 1]!
          totalr += sr
          totali += si
        }
        y[o] = totalr
        y[o + 1] = totali
        for (let k = 1; k <= half; k++) {
          let er = ar, ei = ai, dr = 0, di = 0
          for (let j = 1, at = k; j <= half; j++, at = at + k < radix ? at + k : at + k - radix) {
            const c = unit[2 * at]!, s = unit[2 * at + 1]!
            er += c * sums[2 * j]!
            ei += c * sums[2 * j + 1]!
            dr -= s * differences[2 * j + 1]!
            di += s * differences[2 * j]!
          }
          const u = t + 2 * (k - 1), v = t + 2 * (radix - k - 1)
          const ur = twiddles[u]!, ui = twiddles[u + 1]!, vr = twiddles[v]!, vi = twiddles[v + 1]!
          const forth = o + k * span, back = o + (radix - k) * span
          y[forth] = (er + dr) * ur - (ei + di) * ui
          y[forth + 1] = (er + dr) * ui + (ei + di) * ur
          y[back] = (er - dr) * vr - (ei - di) * vi
          y[back + 1] = (er - dr) * vi + (ei - di) * vr
        }
      }
    }
  }
}

/** Rows times factors, in place; the imaginary part also times `sign`. */
const multiply = (x: Float64Array, factors: Float64Array, sign: number, width: number): void => {
  for (let k = 0; k < factors.length; k += 2) {
    const wr = factors[k]!, wi = factors[k + 1]!
    for (let i = k * width, end = i + 2 * width; i < end; i += 2) {
      const xr = x[i]!, xi = x[i + 1]!
      x[i] = xr * wr - xi * wi
      x[i + 1] = sign * (xr * wi + xi * wr)
    }
  }
}

const pass = (step: Step): Pass => {
  const { radix, entering, leaving } = step
  const butterfly = radix === 2 ? butterfly2(step) : radix === 4 ? butterfly4(step) : butterflyOdd(step)
  return (x, y, width) => {
    if (entering !== undefined) {
      multiply(x, entering, 1, width)
      x.fill(0, entering.length * width, 2 * rowsOf(step) * width)
    }
    butterfly(x, y, width)
    if (leaving !== undefined) multiply(y, leaving, -1, width)
  }
}

/** Copies n rows of `width` complex numbers; `swap` is 1 to exchange real and imaginary parts, else 0. */
const copyRows = (
  x: Storage, from: number, fromPitch: number, y: Storage, to: number, toPitch: number,
  n: number, width: number, swap: number,
): void => {
  for (let k = 0; k < n; k++) {
    for (let c = 0, i = from + 2 * k * fromPitch, o = to + 2 * k * toPitch; c < width; c++, i += 2, o += 2) {
      y[o + swap] = x[i]!
      y[o + 1 - swap] = x[i + 1]!
    }
  }
}

/** Understands the radices 2, 4 and all odd ones. */
export const interpret = (steps: readonly Step[], { n, inner, width, inverse }: Layout): Transform => {
  const passes = steps.map(pass)
  const [a, b] = scratch(2 * width * Math.max(n, ...steps.map(rowsOf)))
  const swap = inverse ? 1 : 0
  return (source, target, outer) => {
    for (let block = 0; block < outer; block++) {
      for (let column = 0; column < inner; column += width) {
        const start = 2 * (block * n * inner + column)
        const w = Math.min(width, inner - column)
        copyRows(source, start, inner, a, 0, w, n, w, swap)
        let [from, to] = [a, b]
        for (const step of passes) {
          step(from, to, w);
          [from, to] = [to, from]
        }
        copyRows(from, 0, w, target, start, inner, n, w, swap)
      }
    }
  }
}
