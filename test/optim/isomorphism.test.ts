// Minimizing over ℂⁿ is minimizing over ℝ²ⁿ: complex objectives against real ones of [Re; Im], written independently.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  chain, complex, concat, lbfgs, minimize, random, scale, scaleByBacktrackingLinesearch, scaleByLbfgs,
  type Optimizer, type Scalar, type Solution,
} from '../../index.ts'
import { close } from '../close.ts'
import type { ComplexVector, Vector } from './problems.ts'

interface Pair {
  readonly name: string
  readonly n: number
  readonly overC: (z: ComplexVector) => Scalar
  readonly overR: (x: Vector) => Scalar
  readonly re: Vector
  readonly im: Vector
}

const [key1, key2, key3, key4] = random.split(random.key(5), 4)
const [n, m] = [5, 14]
const [P, Q] = [random.normal(key1!, [m, n]), random.normal(key2!, [m, n])]
const A = complex(P, Q)
const b = random.uniform(key3!, [m], { low: 0.5, high: 4 })
const halves = (x: Vector): readonly [Vector, Vector] => {
  const half = x.shape[0] / 2
  return [x.slice([0], [half]), x.slice([half], [2 * half])]
}

const intensities: Pair = {
  name: 'intensities', n,
  overC: (z) => A.matmul(z).abs2().sub(b).square().sum(),
  overR: (x) => {
    const [p, q] = halves(x)
    const re = P.matmul(p).sub(Q.matmul(q))
    const im = P.matmul(q).add(Q.matmul(p))
    return re.square().add(im.square()).sub(b).square().sum()
  },
  re: random.normal(key4!, [n]), im: random.normal(random.key(9), [n]),
}

const valley: Pair = {
  name: 'complex Rosenbrock', n: 4,
  overC: (z) => z.slice([1], [4]).sub(z.slice([0], [3]).square()).abs2().mul(100).add(z.slice([0], [3]).sub(1).abs2()).sum(),
  overR: (x) => {
    const [p, q] = halves(x)
    const [a, c, b1, d] = [p.slice([0], [3]), q.slice([0], [3]), p.slice([1], [4]), q.slice([1], [4])]
    const re = b1.sub(a.square().sub(c.square()))
    const im = d.sub(a.mul(c).mul(2))
    return re.square().add(im.square()).mul(100).add(a.sub(1).square()).add(c.square()).sum()
  },
  re: random.normal(random.key(11), [4]), im: random.normal(random.key(12), [4]),
}

const optimizers: Readonly<Record<string, Optimizer>> = {
  zoom: lbfgs(),
  backtracking: chain(scaleByLbfgs(), scale(-1), scaleByBacktrackingLinesearch()),
}

interface Run<X> { readonly points: readonly X[]; readonly end: Solution<X> }

const run = <X extends ComplexVector | Vector>(f: (x: X) => Scalar, start: X, optimizer: Optimizer, minimizer: typeof minimize): Run<X> => {
  const points: X[] = []
  const solve = minimizer as (f: (x: X) => Scalar, start: X, options: object) => Solution<X> // one signature for both
  const end = solve(f, start, { optimizer, gradientTolerance: 1e-6, maxIterations: 3000, onIteration: ({ params }: { params: X }) => { points.push(params) } })
  return { points, end }
}

const test = suite('ℂⁿ is ℝ²ⁿ')

for (const { name, overC, overR, re, im } of [intensities, valley]) {
  for (const [search, optimizer] of Object.entries(optimizers)) {
    test(`${name}, ${search}`, () => {
      const c = run<ComplexVector>(overC, complex(re, im), optimizer, minimize)
      const r = run<Vector>(overR, concat([re, im]).reshape([2 * re.shape[0]]), optimizer, minimize)
      assert.ok(c.points.length > 10)
      for (let k = 0; k < 10; k++) {
        const [p, q] = halves(r.points[k]!)
        const size = Math.max(1, r.points[k]!.abs().max().item())
        close(c.points[k]!.real().toTypedArray(), p.toTypedArray(), 1e-12 * size, `step ${k}: real parts`)
        close(c.points[k]!.imag().toTypedArray(), q.toTypedArray(), 1e-12 * size, `step ${k}: imaginary parts`)
      }
      assert.is(c.end.status._tag, 'ConvergedByGradient')
      assert.is(c.end.status._tag, r.end.status._tag)
      close(c.end.value, r.end.value, 1e-10 * (1 + Math.abs(r.end.value)), 'the same minimum')
      assert.ok(Math.abs(c.end.evaluations - r.end.evaluations) <= 0.1 * r.end.evaluations,
        `${c.end.evaluations} and ${r.end.evaluations} evaluations`)
    })
  }
}

test.run()
