// L-BFGS: its equations, and the rules that keep its memory sound.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  applyUpdates, complex, fromTypedArray, grad, random, scaleByLbfgs, tensor, type LbfgsState, type Tensor,
} from '../../index.ts'
import { productsAt } from '../../core/lbfgs.ts'
import { close } from '../close.ts'
import type { Vector } from './problems.ts'

const test = suite('L-BFGS')
const n = 6
const keys = random.split(random.key(2), 40)
const normal = (k: number): Vector => random.normal(keys[k]!, [n])
const vector = (x: readonly number[]): Vector => fromTypedArray(Float64Array.from(x), [x.length])
const dot = (a: Tensor<'float64'>, b: Tensor<'float64'>): number => a.mul(b).sum().item()
type State = LbfgsState<Vector>

/** Steps and gradients of a convex quadratic function. */
const root = random.normal(keys[30]!, [n, n])
const hessian = root.matmul(root.transpose()).add(tensor([[1]]))
const gradientAt = (x: Vector): Vector => hessian.matmul(x).reshape([n])

const walk = (memorySize: number, count: number): { readonly state: State, readonly x: Vector, readonly s: readonly Vector[] } => {
  const t = scaleByLbfgs({ memorySize })
  let x = normal(0)
  let state: State = t.init(x)
  const s: Vector[] = []
  for (let k = 0; k < count; k++) {
    const [, next] = t.update(gradientAt(x), state, x)
    state = next
    s.push(normal(k + 1))
    x = x.add(s[k]!)
  }
  return { state, x, s }
}

test('the first direction is the gradient, no longer than 1', () => {
  const t = scaleByLbfgs()
  const x = normal(0)
  for (const [g, factor] of [[vector([3, 4, 0, 0, 0, 0]), 0.2], [vector([0.3, 0.4, 0, 0, 0, 0]), 1]] as const) {
    close(t.update(g, t.init(x), x)[0].toTypedArray(), g.mul(factor).toTypedArray(), 1e-15)
  }
  const zero = t.update(x.mul(0), t.init(x), x)[0]
  close(zero.toTypedArray(), Array.from({ length: n }, () => 0), 0)
})

test('secant equation: H takes the last y to the last s', () => {
  const { state, x, s } = walk(3, 5)
  const [, next] = scaleByLbfgs({ memorySize: 3 }).update(gradientAt(x), state, x)
  const y = gradientAt(x).sub(gradientAt(x.sub(s[4]!)))
  // At the same point with gradient y: no new pair (the step is not zero, but y − y is).
  const [d] = scaleByLbfgs({ memorySize: 3 }).update(y, { ...next, previous: { params: x.sub(1), grad: y } }, x)
  close(d.toTypedArray(), s[4]!.toTypedArray(), 1e-9)
})

test('the two-loop recursion is the BFGS matrix, built as a matrix', () => {
  const { state, x } = walk(10, 4)
  const [d, next] = scaleByLbfgs().update(gradientAt(x), state, x)
  const pairs = next.history.map((v) => [...(v as Vector).toTypedArray()]) // flat vectors
  assert.is(pairs.length, 8)
  const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, p, i) => sum + p * b[i]!, 0)
  const [sLast, yLast] = [pairs[6]!, pairs[7]!]
  const identity = (factor: number): number[][] => pairs[0]!.map((_, i) => pairs[0]!.map((__, j) => (i === j ? factor : 0)))
  const times = (a: number[][], b: number[][]): number[][] => a.map((row) => b[0]!.map((_, j) => inner(row, b.map((r) => r[j]!))))
  const transposed = (a: number[][]): number[][] => a.map((_, i) => a.map((r) => r[i]!))
  let H = identity(inner(sLast, yLast) / inner(yLast, yLast))
  for (let k = 0; k < 4; k++) {
    const [s, y] = [pairs[2 * k]!, pairs[2 * k + 1]!]
    const rho = 1 / inner(s, y)
    const V = identity(1).map((row, i) => row.map((v, j) => v - rho * y[i]! * s[j]!))
    H = times(times(transposed(V), H), V).map((row, i) => row.map((v, j) => v + rho * s[i]! * s[j]!))
  }
  const g = [...gradientAt(x).toTypedArray()]
  close(d.toTypedArray(), H.map((row) => inner(row, g)), 1e-9 * d.norm().item())
})

test('the memory holds the last pairs, and shares them', () => {
  const { state, s } = walk(3, 7)
  assert.is(state.history.length, 6)
  close((state.history[4] as Vector).toTypedArray(), s[5]!.toTypedArray(), 1e-14) // flat vectors
  const x = normal(20)
  const [, next] = scaleByLbfgs({ memorySize: 3 }).update(gradientAt(x), state, x)
  assert.is(next.history[0], state.history[2])
  assert.is(next.history[3], state.history[5])
  assert.is(state.history.length, 6)
})

test('a pair of negative or no curvature is refused, and displaces none', () => {
  const { state, x } = walk(3, 6)
  const { params, grad: g } = state.previous!
  const t = scaleByLbfgs({ memorySize: 3 })
  const s = x.sub(params)
  const y = normal(25)
  const orthogonal = y.sub(s.mul(dot(s, y) / dot(s, s)))
  for (const wrong of [s.mul(-1), orthogonal.sub(s.mul(1e-18)), s.mul(0), s.mul(NaN)]) {
    const [, next] = t.update(g.add(wrong), state, x)
    assert.ok(next.history.length === 6 || Number.isNaN(wrong.at(0).item()))
    if (next.history.length === 6) next.history.forEach((v, k) => assert.is(v, state.history[k]))
    assert.is(next.previous!.params, x)
  }
  const [, next] = t.update(g.add(s), state, x)
  assert.is.not(next.history[5], state.history[5])
})

test('γ comes from the last pair that was accepted', () => {
  const t = scaleByLbfgs()
  const x0 = normal(0)
  const [, one] = t.update(gradientAt(x0), t.init(x0), x0)
  const x1 = x0.add(normal(1))
  const [, two] = t.update(gradientAt(x1), one, x1)
  const [s, y] = two.history as readonly Vector[] // flat vectors
  close((two.memory as Vector).toTypedArray().subarray(3, 5), [dot(s!, y!), dot(y!, y!)], 1e-12)
  const x2 = x1.add(normal(2))
  const [, three] = t.update(gradientAt(x1).sub(x2.sub(x1)), two, x2)
  close((three.memory as Vector).toTypedArray().subarray(3, 5), [dot(s!, y!), dot(y!, y!)], 1e-12)
})

test('inner products among the pairs are kept, not computed again', () => {
  const memorySize = 3
  const { state: { history, memory } } = walk(memorySize, 7)
  const pairs = history as readonly Vector[] // flat vectors
  for (let j = 0; j < memorySize; j++) {
    for (let i = 0; i <= j; i++) {
      const at = productsAt(i, j)
      close((memory as Vector).toTypedArray().subarray(at, at + 2), [dot(pairs[2 * i]!, pairs[2 * j + 1]!), dot(pairs[2 * i + 1]!, pairs[2 * j + 1]!)], 1e-10)
    }
  }
})

test('a step of zero drops the memory', () => {
  const { state } = walk(3, 6)
  const { params, grad: g } = state.previous!
  const [d, next] = scaleByLbfgs({ memorySize: 3 }).update(g, state, params)
  assert.is(next.history.length, 0)
  close(d.toTypedArray(), g.mul(Math.min(1, 1 / g.norm().item())).toTypedArray(), 1e-15)
})

test('a direction that does not descend drops the memory', () => {
  const { state, x } = walk(3, 6)
  const g = state.previous!.grad.sub(x.sub(state.previous!.params)) // a pair that is refused, so that the memory stays
  const turned = vector([...(state.memory as Vector).toTypedArray()].map((p, k) => (k % 2 === 1 ? -p : p))) // ⟨s,y⟩, not ⟨y,y⟩
  const [d, next] = scaleByLbfgs({ memorySize: 3 }).update(g, { ...state, memory: turned }, x)
  assert.ok(dot(d, g) > 0)
  assert.is(next.history.length, 0)
})

test('complex parameters are their real and imaginary parts', () => {
  const [p, q] = [normal(3), normal(4)]
  const weights = vector([1, 5, 2, 8, 3, 1])
  const real = scaleByLbfgs()
  const unreal = scaleByLbfgs()
  let [x, z] = [[p, q] as readonly [Vector, Vector], complex(p, q) as Tensor<'complex128', [number]>]
  let [a, b] = [real.init(x), unreal.init(z)]
  for (let k = 0; k < 6; k++) {
    const g = grad(([u, v]: readonly [Vector, Vector]) => u.square().mul(weights).sum().add(v.pow(4).sum()).add(u.mul(v).sum()))(x)
    const [u, next] = real.update(g, a, x)
    const [w, after] = unreal.update(complex(g[0], g[1]) as typeof z, b, z)
    close(w.real().toTypedArray(), u[0].toTypedArray(), 1e-12)
    close(w.imag().toTypedArray(), u[1].toTypedArray(), 1e-12)
    x = applyUpdates(x, [u[0].mul(-0.1), u[1].mul(-0.1)])
    z = applyUpdates(z, w.mul(-0.1) as typeof z)
    a = next
    b = after
  }
})

test.run()
