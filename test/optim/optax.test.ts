// Optax's own numbers, through the public transformations on tensors, with the options that make the rules equal.
// (float32 there, float64 here: hence the tolerances.)
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  applyUpdates, chain, fromTypedArray, grad, scale, scaleByBacktrackingLinesearch, scaleByLbfgs, scaleByZoomLinesearch, valueAndGrad,
  type Scalar, type Tensor,
} from '../../index.ts'
import { typed } from '../../core/dual.ts'
import { recursion } from '../../backends/cpu/kernels/recursion.ts'
import { close, relative } from '../close.ts'
import { rosenbrock, type Vector } from './problems.ts'

interface Fixtures {
  readonly precond: {
    readonly dws: readonly number[][], readonly dus: readonly number[][], readonly rhos: readonly number[], readonly vec: readonly number[]
    readonly expected_by_idx: readonly number[][]
  }
  readonly 'plain15_lr1e-3_mem5': Readonly<Record<string, readonly number[]>>
  readonly backtracking: readonly {
    readonly problem: string, readonly seed: number, readonly x0: readonly number[]
    readonly 'rows[inc,slope_rtol,atol,rtol,lr,steps,value]': readonly (readonly [string, number, number, number, number, number, number])[]
  }[]
  readonly zoom: readonly {
    readonly problem: string, readonly seed: number, readonly x0: number | readonly number[], readonly u0: number | readonly number[]
    readonly optax_lr: number, readonly steps: number
  }[]
}

// `as`: a file of this repository, whose outline is the interface above.
const fixtures = JSON.parse(readFileSync(new URL('fixtures/optax.json', import.meta.url), 'utf8')) as Fixtures

const vector = (x: number | readonly number[]): Vector => {
  const numbers = Float64Array.from([x].flat())
  return fromTypedArray(numbers, [numbers.length])
}

const planar = (f: (a: Scalar, b: Scalar) => Scalar) => (x: Vector): Scalar => f(x.at(0), x.at(1))
const linear = (f: (t: Scalar) => Scalar) => (x: Vector): Scalar => f(x.at(0))

const objectives: Readonly<Record<string, (x: Vector) => Scalar>> = {
  rosenbrock,
  himmelblau: planar((a, b) => a.square().add(b).sub(11).square().add(a.add(b.square()).sub(7).square())),
  matyas: planar((a, b) => a.square().add(b.square()).mul(0.26).sub(a.mul(b).mul(0.48))),
  eggholder: planar((a, b) => {
    const first = b.add(47).mul(a.div(2).add(b).add(47).abs().sqrt().sin())
    return first.add(a.mul(a.sub(b.add(47)).abs().sqrt().sin())).neg()
  }),
  zakharov: (x) => {
    const s = x.dot(vector(Array.from({ length: x.shape[0] }, (_, k) => 0.5 * (k + 1))))
    return x.square().sum().add(s.square()).add(s.pow(4))
  },
  polynomial: linear((t) => t.pow(4).sub(t.pow(3)).sub(t)),
  exponential: linear((t) => t.mul(-4).exp().add(t.square())),
  sinusoidal: linear((t) => t.mul(10).sin().neg()),
}

const starts: Readonly<Record<string, readonly number[]>> = {
  rosenbrock: [0, 0], matyas: [6, 6], eggholder: [6, 6], zakharov: [600, 700, 200, 100, 90, 1000],
}

const test = suite('Optax')

test('precond: the two-loop recursion, from wherever the memory begins', () => {
  const { dws, dus, vec, expected_by_idx: expected } = fixtures.precond
  expected.forEach((want, first) => {
    const order = dws.map((_, k) => (first + k) % dws.length)
    const products = order.flatMap((q, j) => order.slice(0, j + 1).flatMap((p) => [inner(dws[p]!, dus[q]!), inner(dus[p]!, dus[q]!)]))
    const { along, coefficients, run } = recursion(order.length)
    along.set(order.flatMap((k) => [inner(dws[k]!, vec), inner(dus[k]!, vec)]))
    run(order.length, Float64Array.of(0, 0, 0, ...products), inner(vec, vec), false)
    const found = vec.map((v, i) => order.reduce((sum, k, j) => sum + coefficients[2 * j]! * dws[k]![i]! + coefficients[2 * j + 1]! * dus[k]![i]!, v))
    relative(found, want, 1e-4, `memory index ${first}`)
  })
})

const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)

/** Fifteen steps of L-BFGS at a fixed rate; in single precision, as Optax made them. */
const fifteen = (problem: string, scaleInitial: boolean): Float32Array => {
  const f = typed<(x: Tensor<'float32', [number]>) => Scalar>(objectives[problem]!) // the same text in single precision
  const optimizer = chain(scaleByLbfgs({ memorySize: 5, scaleInitial }), scale(-1e-3))
  let x = vector(starts[problem]!).cast('float32')
  let state = optimizer.init(x)
  for (let k = 0; k < 15; k++) {
    const [updates, next] = optimizer.update(grad(f)(x), state, x)
    x = applyUpdates(x, updates)
    state = next
  }
  return x.toTypedArray()
}

test('plain15: fifteen steps with a fixed rate', () => {
  const expected = fixtures['plain15_lr1e-3_mem5']
  for (const problem of ['rosenbrock', 'matyas', 'eggholder']) {
    relative(fifteen(problem, true), expected[`${problem}/scale=True`]!, 1e-4, problem)
  }
  // Steps of 1e-3 from 600 show the resolution of single precision, so the pairs depend on every rounding.
  relative(fifteen('zakharov', true), expected['zakharov/scale=True']!, 5e-4, 'zakharov')
  relative(fifteen('rosenbrock', false), expected['rosenbrock/scale=False']!, 1e-4, 'from H = 1')
})

test('backtracking: one step of gradient descent', () => {
  let count = 0
  for (const { problem, x0, 'rows[inc,slope_rtol,atol,rtol,lr,steps,value]': rows } of fixtures.backtracking) {
    for (const [increase, decrease, absoluteTolerance, relativeTolerance, rate, steps, value] of rows) {
      const optimizer = chain(scale(-1), scaleByBacktrackingLinesearch({
        maxLinesearchSteps: 50, decreaseFactor: 0.8, increaseFactor: increase === 'inf' ? Infinity : Number(increase),
        decrease, absoluteTolerance, relativeTolerance,
      }))
      const f = objectives[problem]!
      const x = vector(x0)
      const [updates, [, { step, info }]] = optimizer.update(grad(f)(x), optimizer.init(x), x, { ...valueAndGrad(f)(x), valueFn: f })
      const to = applyUpdates(x, updates)
      relative(step, rate, 1e-6, `${problem}: step`)
      assert.is(info?.evaluations, steps, `${problem}: evaluations`)
      close(f(to).item(), value, 2e-5 * (1 + Math.abs(value)), `${problem}: value`)
      relative(info!.value, f(to).item(), 1e-14, 'the info describes the point returned')
      count++
    }
  }
  assert.is(count, 192)
})

test('zoom: one search along given updates', () => {
  for (const { problem, x0, u0, optax_lr: rate, steps } of fixtures.zoom) {
    const optimizer = scaleByZoomLinesearch({ increaseFactor: 2, interpolation: 'threePoint', approximateDecrease: 1e-6 })
    const f = objectives[problem]!
    const x = vector(x0)
    const [, { step, info }] = optimizer.update(vector(u0), optimizer.init(x), x, { ...valueAndGrad(f)(x), valueFn: f })
    relative(step, rate, 2e-5, `${problem}: step`)
    assert.is(info?.evaluations, steps, `${problem}: evaluations`)
    assert.is(info?.conditions, 'wolfe')
  }
  assert.is(fixtures.zoom.length, 14)
})

test.run()
