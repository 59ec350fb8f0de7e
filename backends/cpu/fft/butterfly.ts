// Prints the discrete Fourier transform of a few numbers as straight-line JavaScript.
import { roots } from '../../lower/fft/roots.ts'

/** Two expressions that hold a complex number. Inputs are names, or '0' where nothing is. */
export interface Pair {
  readonly re: string
  readonly im: string
}

export interface Butterfly {
  readonly statements: readonly string[]
  /** Names, possibly with a minus in front. */
  readonly outputs: readonly Pair[]
}

const negative = (a: string): string => (a === '0' ? a : a.startsWith('-') ? a.slice(1) : `-${a}`)
const plus = (a: string, b: string): string => {
  if (a === '0' || b === '0') return a === '0' ? b : a
  return b.startsWith('-') ? `${a} - ${b.slice(1)}` : `${a} + ${b}`
}
const minus = (a: string, b: string): string => plus(a, negative(b))
const total = (terms: readonly string[]): string => terms.reduce(plus)
const scaled = (factor: number, a: string): string => (a === '0' ? a : `(${factor}) * ${a}`)

/** y ↦ -i·y costs nothing: the parts change places, and a sign turns an addition into a subtraction. */
const timesMinusI = (y: Pair): Pair => ({ re: y.im, im: negative(y.re) })

/** The forward DFT of the inputs, X_k = Σ_j x_j · exp(-2πi·jk/n), every intermediate a constant `t0, t1, …`. */
export const butterfly = (inputs: readonly Pair[]): Butterfly => {
  const statements: string[] = []
  const name = (expression: string): string => {
    if (/^-?\w+$/.test(expression)) return expression
    const fresh = `t${statements.length}`
    statements.push(`const ${fresh} = ${expression};`)
    return fresh
  }
  const pair = (re: string, im: string): Pair => ({ re: name(re), im: name(im) })
  const add = (x: Pair, y: Pair): Pair => pair(plus(x.re, y.re), plus(x.im, y.im))
  const subtract = (x: Pair, y: Pair): Pair => pair(minus(x.re, y.re), minus(x.im, y.im))

  /** y · exp(-2πi·k/8). */
  const rotate = (y: Pair, k: number): Pair => {
    if (k === 0) return y
    if (k === 2) return timesMinusI(y)
    const diagonal = k === 1 ? add(y, timesMinusI(y)) : subtract(timesMinusI(y), y)
    return pair(scaled(Math.SQRT1_2, diagonal.re), scaled(Math.SQRT1_2, diagonal.im))
  }

  /** Length 2, 4 or 8: the transforms of the even and of the odd entries, joined by eighths of a turn. */
  const powerOfTwo = (x: readonly Pair[]): readonly Pair[] => {
    if (x.length === 1) return x
    const evens = powerOfTwo(x.filter((_, k) => k % 2 === 0))
    const odds = powerOfTwo(x.filter((_, k) => k % 2 === 1)).map((y, k) => rotate(y, (8 / x.length) * k))
    return [...evens.map((e, k) => add(e, odds[k]!)), ...evens.map((e, k) => subtract(e, odds[k]!))]
  }

  /** Odd length: x_j ± x_{n-j} separates cosines from sines, which halves the products. */
  const odd = (x: readonly Pair[]): readonly Pair[] => {
    const n = x.length
    const unit = roots(n)
    const half = Array.from({ length: (n - 1) / 2 }, (_, j) => j + 1)
    const sums = half.map((j) => add(x[j]!, x[n - j]!))
    const differences = half.map((j) => subtract(x[j]!, x[n - j]!))
    const outputs = [pair(total([x[0]!, ...sums].map(({ re }) => re)), total([x[0]!, ...sums].map(({ im }) => im)))]
    for (const k of half) {
      const cosines = (part: 're' | 'im'): readonly string[] =>
        sums.map((sum, j) => scaled(unit[2 * (((j + 1) * k) % n)]!, sum[part]))
      const sines = (part: 're' | 'im'): readonly string[] =>
        differences.map((difference, j) => scaled(-unit[2 * (((j + 1) * k) % n) + 1]!, difference[part]))
      const fromSums = pair(total([x[0]!.re, ...cosines('re')]), total([x[0]!.im, ...cosines('im')]))
      const fromDifferences = timesMinusI(pair(total(sines('re')), total(sines('im'))))
      outputs[k] = add(fromSums, fromDifferences)
      outputs[n - k] = subtract(fromSums, fromDifferences)
    }
    return outputs
  }

  return { outputs: inputs.length % 2 === 0 ? powerOfTwo(inputs) : odd(inputs), statements }
}
