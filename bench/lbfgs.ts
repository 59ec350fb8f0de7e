// L-BFGS with a zoom line search by hand over Float64Array: the algorithm of `minimize`, for one vector and nothing else.
// Buffers are made once, pairs that leave the memory are reused, and nothing is checked.
import { zoom } from '../optim/linesearch/zoom.ts'
import { minimize, wrap } from '../index.ts'
import { addRosenbrock, agree } from './byHand.ts'
import { objective } from './rosenbrock.ts'
import { paired, type Row } from './row.ts'

const dot = (a: Float64Array, b: Float64Array): number => {
  const n = a.length
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0
  let i = 0
  for (; i < n - 3; i += 4) {
    s0 += a[i]! * b[i]!
    s1 += a[i + 1]! * b[i + 1]!
    s2 += a[i + 2]! * b[i + 2]!
    s3 += a[i + 3]! * b[i + 3]!
  }
  for (; i < n; i++) s0 += a[i]! * b[i]!
  return s0 + s1 + s2 + s3
}

/** y ← y + a·x. */
const axpy = (a: number, x: Float64Array, y: Float64Array): void => {
  for (let i = 0; i < x.length; i++) y[i] = y[i]! + a * x[i]!
}

const largest = (a: Float64Array): number => {
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]!))
  return most
}

/** Returns the value and writes the gradient. */
const rosenbrock = (x: Float64Array, g: Float64Array): number => {
  g.fill(0)
  return addRosenbrock(x, g)
}

export interface Minimum {
  readonly params: Float64Array
  readonly value: number
  readonly grad: Float64Array
  readonly iterations: number
}

/** −H·g by the two-loop recursion. */
const direction = (
  g: Float64Array, S: readonly Float64Array[], Y: readonly Float64Array[], rho: readonly number[], gamma: number, d: Float64Array,
): void => {
  const k = S.length
  if (k === 0) {
    const factor = -Math.min(1, 1 / Math.sqrt(dot(g, g)))
    for (let i = 0; i < g.length; i++) d[i] = factor * g[i]!
    return
  }
  const alpha = new Array<number>(k)
  for (let i = 0; i < g.length; i++) d[i] = -g[i]!
  for (let j = k - 1; j >= 0; j--) {
    alpha[j] = rho[j]! * dot(S[j]!, d)
    axpy(-alpha[j]!, Y[j]!, d)
  }
  for (let i = 0; i < d.length; i++) d[i] = d[i]! * gamma
  for (let j = 0; j < k; j++) axpy(alpha[j]! - rho[j]! * dot(Y[j]!, d), S[j]!, d)
}

export const byHand = (x0: Float64Array, maxIterations: number, memorySize = 10, tolerance = 1e-5): Minimum => {
  const n = x0.length
  const search = zoom()
  const fresh = (): Float64Array => new Float64Array(n)
  let [x, g, trial, trialG, held, heldG] = [fresh(), fresh(), fresh(), fresh(), fresh(), fresh()]
  x.set(x0)
  const d = fresh()
  const [S, Y, rho]: [Float64Array[], Float64Array[], number[]] = [[], [], []]
  let [value, gamma, iterations] = [rosenbrock(x, g), 1, 0]
  for (; iterations < maxIterations && largest(g) > tolerance; iterations++) {
    direction(g, S, Y, rho, gamma, d)
    const origin = { step: 0, value, slope: dot(g, d) }
    let [latest, best] = [origin, origin]
    let verdict = search.start(origin, 1)
    while (verdict._tag === 'Try') {
      if (verdict.hold) {
        best = latest;
        [trial, held, trialG, heldG] = [held, trial, heldG, trialG]
      }
      const { step } = verdict
      for (let i = 0; i < n; i++) trial[i] = x[i]! + step * d[i]!
      latest = { step, value: rosenbrock(trial, trialG), slope: dot(trialG, d) }
      verdict = search.tell(verdict.state, latest)
    }
    if (verdict._tag === 'Fail') break
    if (verdict.which === 'held') {
      latest = best;
      [trial, held, trialG, heldG] = [held, trial, heldG, trialG]
    }
    const isFull = S.length === memorySize
    const s = isFull ? S.shift()! : fresh()
    const y = isFull ? Y.shift()! : fresh()
    if (isFull) rho.shift()
    for (let i = 0; i < n; i++) {
      s[i] = trial[i]! - x[i]!
      y[i] = trialG[i]! - g[i]!
    }
    const [sy, yy] = [dot(s, y), dot(y, y)]
    if (sy > 2 ** -52 * Math.sqrt(dot(s, s) * yy)) {
      S.push(s)
      Y.push(y)
      rho.push(1 / sy)
      gamma = sy / yy
    }
    [x, trial, g, trialG] = [trial, x, trialG, g]
    value = latest.value
  }
  return { params: x, value, grad: g, iterations }
}

/** The usual start (−1.2, 1, −1.2, 1, …), a little off it. */
const startOf = (n: number, seed: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1) + 1e-3 * seed * Math.sin(seed + i))

export const minimizeRow = (n: number, bar: number, maxIterations = 1000): Row => paired({
  name: `minimize, Rosenbrock n = ${n.toLocaleString('en')}${maxIterations < 1000 ? `, ${maxIterations} iterations` : ''}`,
  bar,
  ...n > 1e4 ? { rounds: 6, seconds: 1 } : { rounds: 24, seconds: 0.2 }, // long enough for V8 to have compiled both
  inputs: () => [1, 2, 3].map((seed) => {
    const data = startOf(n, seed)
    return { data, x: wrap(data, [n]) }
  }),
  ours: ({ x }) => minimize(objective, x, { maxIterations }),
  against: ({ data }) => byHand(data, maxIterations),
  check: (ours, hand) => {
    if (Math.abs(ours.iterations - hand.iterations) > 0.1 * hand.iterations) throw new Error(`${ours.iterations} and ${hand.iterations} iterations`)
    agree([ours.value / (1 + hand.value)], [hand.value / (1 + hand.value)])
  },
})
