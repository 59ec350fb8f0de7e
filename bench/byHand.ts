// What a good programmer writes by hand, for the rows to be measured against.
import FFT from 'fft.js'

export interface ValueAndGradient { readonly value: number; readonly gradient: Float64Array }

/** The value; adds the gradient to `gradient`. */
export const addRosenbrock = (x: Float64Array, gradient: Float64Array): number => {
  const n = x.length
  let value = 0
  for (let i = 0; i < n - 1; i++) {
    const t = x[i + 1]! - x[i]! * x[i]!
    const u = 1 - x[i]!
    value += 100 * t * t + u * u
    gradient[i] = gradient[i]! - 400 * t * x[i]! - 2 * u
    gradient[i + 1] = gradient[i + 1]! + 200 * t
  }
  return value
}

export const rosenbrock = (x: Float64Array): ValueAndGradient => {
  const gradient = new Float64Array(x.length)
  return { value: addRosenbrock(x, gradient), gradient }
}

/** Transforms of n×n interleaved complex numbers by rows, then by gathered columns. */
export const fft2ByRows = (n: number): ((source: Float64Array, target: Float64Array, inverse: boolean) => void) => {
  const plan = new FFT(n)
  const line = new Float64Array(2 * n)
  const out = new Float64Array(2 * n)
  const run = (inverse: boolean): void => {
    if (inverse) plan.inverseTransform(out, line)
    else plan.transform(out, line)
  }
  return (source, target, inverse) => {
    for (let r = 0; r < n; r++) {
      line.set(source.subarray(2 * n * r, 2 * n * (r + 1)))
      run(inverse)
      target.set(out, 2 * n * r)
    }
    for (let c = 0; c < n; c++) {
      for (let r = 0; r < n; r++) {
        line[2 * r] = target[2 * (n * r + c)]!
        line[2 * r + 1] = target[2 * (n * r + c) + 1]!
      }
      run(inverse)
      for (let r = 0; r < n; r++) {
        target[2 * (n * r + c)] = out[2 * r]!
        target[2 * (n * r + c) + 1] = out[2 * r + 1]!
      }
    }
  }
}

/** Throws unless two arrays agree to a relative precision. */
export const agree = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-10): void => {
  let scale = 1
  for (let i = 0; i < b.length; i++) scale = Math.max(scale, Math.abs(b[i]!))
  if (a.length !== b.length) throw new Error(`${a.length} numbers and ${b.length}`)
  for (let i = 0; i < a.length; i++) {
    if (!(Math.abs(a[i]! - b[i]!) <= tolerance * scale)) throw new Error(`number ${i}: ${a[i]} and ${b[i]}`)
  }
}

/** Numbers in (−1, 1) that depend on the seed alone. */
export const numbers = (count: number, seed: number): Float64Array => {
  const out = new Float64Array(count)
  let state = Math.imul(seed, 0x9e3779b1) | 1
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    out[i] = state / 2 ** 31
  }
  return out
}
