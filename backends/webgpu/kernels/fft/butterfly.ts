// The discrete Fourier transform of a few numbers as straight-line WGSL.
import { roots } from '../../../lower/fft/roots.ts'
import { range } from './text.ts'

export interface Butterfly {
  readonly statements: readonly string[]
  readonly outputs: readonly string[]
}

const smallestPrime = (n: number): number => {
  let prime = 2
  while (n % prime !== 0) prime++
  return prime
}

/** X_k = Σ_j x_j · exp(-2πi·jk/n) of names of vec2f. Its intermediates are called prefix0, prefix1, … */
export const butterfly = (inputs: readonly string[], prefix: string): Butterfly => {
  const statements: string[] = []
  const define = (expression: string): string => {
    const name = `${prefix}${statements.length}`
    statements.push(`let ${name} = ${expression};`)
    return name
  }
  const add = (a: string, b: string): string => define(`${a} + ${b}`)
  const subtract = (a: string, b: string): string => define(`${a} - ${b}`)
  const timesMinusI = (a: string): string => define(`vec2f(${a}.y, -${a}.x)`)

  /** y · exp(-2πi·k/n). */
  const rotate = (y: string, k: number, n: number): string => {
    const eighth = (8 * k) / n
    if (eighth === 0) return y
    if (eighth === 2) return timesMinusI(y)
    if (eighth === 4) return define(`-${y}`)
    if (eighth === 6) return define(`vec2f(-${y}.y, ${y}.x)`)
    const [c, s] = roots(n).slice(2 * k, 2 * k + 2)
    return define(`${c}f * ${y} + ${-s!}f * vec2f(${y}.y, -${y}.x)`)
  }

  const two = ([a, b]: readonly string[]): readonly string[] => [add(a!, b!), subtract(a!, b!)]

  const four = ([a, b, c, d]: readonly string[]): readonly string[] => {
    const [e, f] = two([a!, c!])
    const [g, h] = two([b!, d!])
    const turned = timesMinusI(h!)
    const [evens, odds] = [two([e!, g!]), two([f!, turned])]
    return [evens[0]!, odds[0]!, evens[1]!, odds[1]!]
  }

  /** x_j ± x_{n-j} separates cosines from sines, which halves the products. */
  const oddPrime = (x: readonly string[]): readonly string[] => {
    const n = x.length
    const unit = roots(n)
    const half = range(1, (n + 1) / 2)
    const sums = half.map((j) => add(x[j]!, x[n - j]!))
    const differences = half.map((j) => subtract(x[j]!, x[n - j]!))
    const outputs = [define([x[0]!, ...sums].join(' + '))]
    for (const k of half) {
      const cosines = sums.map((sum, j) => `${unit[2 * (((j + 1) * k) % n)]!}f * ${sum}`)
      const sines = differences.map((difference, j) => `${-unit[2 * (((j + 1) * k) % n) + 1]!}f * ${difference}`)
      const fromSums = define([x[0]!, ...cosines].join(' + '))
      const fromDifferences = timesMinusI(define(sines.join(' + ')))
      outputs[k] = add(fromSums, fromDifferences)
      outputs[n - k] = subtract(fromSums, fromDifferences)
    }
    return outputs
  }

  /** Cooley and Tukey: transforms of every a-th number, turned and joined by transforms of length a. */
  const transform = (x: readonly string[]): readonly string[] => {
    const n = x.length
    if (n === 1) return x
    if (n === 2) return two(x)
    if (n === 4) return four(x)
    const a = n % 4 === 0 ? 4 : smallestPrime(n)
    if (a === n) return oddPrime(x)
    const b = n / a
    const parts = range(0, a).map((r) => transform(x.filter((_, j) => j % a === r)))
    const outputs: string[] = []
    for (const k of range(0, b)) {
      const joined = transform(parts.map((part, r) => rotate(part[k]!, r * k, n)))
      joined.forEach((value, q) => { outputs[k + b * q] = value })
    }
    return outputs
  }

  const outputs = transform(inputs)
  return { outputs, statements }
}
