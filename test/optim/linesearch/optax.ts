// Searches that Optax made itself, and their objectives.
import { readFileSync } from 'node:fs'
import type { Objective } from './line.ts'

interface ZoomCase {
  readonly problem: string
  readonly x0: readonly number[]
  readonly u0: readonly number[]
  readonly step: number
  readonly steps: number
}

interface BacktrackingCase {
  readonly problem: string
  readonly x0: readonly number[]
  readonly step: number
  readonly steps: number
  readonly value: number
}

interface Fixtures {
  readonly zoom: readonly ZoomCase[]
  readonly backtracking: readonly BacktrackingCase[]
}

const text = readFileSync(new URL('../fixtures/optax-linesearch.json', import.meta.url), 'utf8')
// `as`: a file of this repository, whose outline is the interface above.
export const fixtures = JSON.parse(text) as Fixtures

const scalar = (f: (x: number) => readonly [number, number]): Objective => ([x]) => {
  const [value, slope] = f(x!)
  return [value, [slope]]
}

const planar = (f: (x: number, y: number) => readonly [number, readonly number[]]): Objective =>
  ([x, y]) => f(x!, y!)

const rosenbrock: Objective = (x) => {
  const gradient = x.map(() => 0)
  let value = 0
  for (let i = 0; i + 1 < x.length; i++) {
    const [valley, rest] = [x[i + 1]! - x[i]! ** 2, 1 - x[i]!]
    value += 100 * valley ** 2 + rest ** 2
    gradient[i]! += -400 * x[i]! * valley - 2 * rest
    gradient[i + 1]! += 200 * valley
  }
  return [value, gradient]
}

const himmelblau = planar((x, y) => {
  const [a, b] = [x * x + y - 11, x + y * y - 7]
  return [a * a + b * b, [4 * x * a + 2 * b, 2 * a + 4 * y * b]]
})

const eggholder = planar((x, y) => {
  const [p, q] = [x / 2 + y + 47, x - y - 47]
  const [a, b] = [Math.sqrt(Math.abs(p)), Math.sqrt(Math.abs(q))]
  const da = (Math.sign(p) * Math.cos(a)) / (2 * a)
  const db = (Math.sign(q) * Math.cos(b)) / (2 * b)
  return [
    -(y + 47) * Math.sin(a) - x * Math.sin(b),
    [-0.5 * (y + 47) * da - Math.sin(b) - x * db, -Math.sin(a) - (y + 47) * da + x * db],
  ]
})

export const objectives: Readonly<Record<string, Objective>> = {
  polynomial: scalar((x) => [-x - x ** 3 + x ** 4, -1 - 3 * x ** 2 + 4 * x ** 3]),
  exponential: scalar((x) => [Math.exp(-4 * x) + x * x, -4 * Math.exp(-4 * x) + 2 * x]),
  sinusoidal: scalar((x) => [-Math.sin(10 * x), -10 * Math.cos(10 * x)]),
  rosenbrock,
  himmelblau,
  matyas: planar((x, y) => [0.26 * (x * x + y * y) - 0.48 * x * y, [0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x]]),
  eggholder,
}
