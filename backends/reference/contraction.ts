// Matrix products and the L-BFGS direction, by their definitions.
import type { Equation } from '../../core/program.ts'
import { add, mul } from './scalar.ts'
import { at, build, realAt, tabulate, type Scalar, type Value } from './value.ts'

type Meaning = (args: readonly Value[], e: Equation) => Value

/** c[…, i, j] = Σₖ a[…, i, k]·b[…, k, j]. */
const matmul: Meaning = ([a, b], e) => {
  const inner = a!.shape.dims.at(-1)!
  const wraps = e.dtype === 'int32'
  return build(e, (index) => {
    const batch = index.slice(0, -2)
    const [i, j] = index.slice(-2)
    let total: Scalar = 0
    for (let k = 0; k < inner; k++) {
      const [x, y]: readonly Scalar[] = [at(a!, [...batch, i!, k]), at(b!, [...batch, k, j!])]
      total = wraps ? (Number(total) + Math.imul(Number(x), Number(y))) | 0 : add(total, mul(x!, y!))
    }
    return total
  })
}

type Vector = readonly number[]
const vector = (x: Value): Vector => Array.from({ length: x.shape.size }, (_, k) => realAt(x, k))
const dot = (x: Vector, y: Vector): number => x.reduce((sum, v, k) => sum + v * y[k]!, 0)
const axpy = (a: number, x: Vector, y: Vector): Vector => y.map((v, k) => v + a * x[k]!)

/** Nocedal and Wright, Numerical Optimization, algorithm 7.4: the pairs come oldest first. */
const twoLoop: Meaning = ([g, coefficients, ...rest], e) => {
  const [gamma, ...rhos] = vector(coefficients!)
  const pairs = rhos.map((r, j) => ({ rho: r, s: vector(rest[2 * j]!), y: vector(rest[2 * j + 1]!) }))
  const alphas: number[] = []
  let q = vector(g!)
  for (const pair of [...pairs].reverse()) {
    const alpha = pair.rho * dot(pair.s, q)
    alphas.unshift(alpha)
    q = axpy(-alpha, pair.y, q)
  }
  const scaled = q.map((v) => gamma! * v)
  const direction = pairs.reduce<Vector>(
    (r, { rho, s, y }, j) => axpy(alphas[j]! - rho * dot(y, r), s, r), scaled)
  return tabulate(e, (k) => direction[k]!)
}

export const contractionMeanings = { matmul, twoLoop } as const satisfies Readonly<Record<string, Meaning>>
