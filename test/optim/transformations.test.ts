// Transformations: what each one computes, and the laws of chains.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  adam, adamw, addDecayedWeights, applyUpdates, chain, clipByGlobalNorm, complex, grad, identity, lbfgs, minimize, momentum, random, read,
  scale, scaleByAdam, scaleByLbfgs, scaleByLearningRate, scaleBySchedule, scaleByZoomLinesearch, sgd, tensor, transformation, tree,
  valueAndGrad, valueAndGradFromState, zeros, type Scalar, type Tensor, type TransformationF,
} from '../../index.ts'
import { close, throwsError } from '../close.ts'
import { rosenbrock, type Vector } from './problems.ts'

const test = suite('transformations')

const params = { w: tensor([[1, -2], [0.5, 3]]), z: tensor([{ re: 1, im: 2 }, { re: -3, im: 0.5 }]) }
type Params = { readonly w: Tensor<'float64', [2, 2]>, readonly z: Tensor<'complex128', [2]> }
const [key1, key2] = random.split(random.key(3))
const gradients: readonly Params[] = [0, 1, 2, 3].map((k) => ({
  w: random.normal(random.split(key1!, 4)[k]!, [2, 2]), z: random.normal(random.split(key2!, 4)[k]!, [2], 'complex128'),
}))
const numbers = (p: Params): readonly number[] => [...p.w.toTypedArray(), ...p.z.toTypedArray()]

/** A transformation of trees, whatever its state. */
interface Runs {
  readonly init: (params: Params) => unknown
  readonly update: (updates: Params, state: never, params: Params) => readonly [Params, unknown]
}

/** The updates of several steps. */
const run = (t: Runs): readonly number[][] => {
  let state = t.init(params)
  return gradients.map((g) => {
    const [updates, next] = t.update(g, state as never, params) // the state that t itself has made
    state = next
    return [...numbers(updates)]
  })
}

test('scale, schedules and learning rates', () => {
  close(run(scale(-0.5)), gradients.map((g) => numbers(g).map((x) => -0.5 * x)), 0)
  close(run(scaleBySchedule((k) => 2 ** k)), gradients.map((g, k) => numbers(g).map((x) => 2 ** k * x)), 0)
  close(run(scaleByLearningRate(0.25)), gradients.map((g) => numbers(g).map((x) => -0.25 * x)), 0)
  close(run(scaleByLearningRate((k) => 1 / (k + 1))), gradients.map((g, k) => numbers(g).map((x) => -(1 / (k + 1)) * x)), 0)
  close(run(sgd(0.5)), run(scale(-0.5)), 0)
  close(run(identity), gradients.map(numbers), 0)
})

test('momentum', () => {
  let m = numbers(gradients[0]!).map(() => 0)
  const plain: number[][] = []
  const ahead: number[][] = []
  for (const g of gradients.map(numbers)) {
    m = g.map((x, k) => x + 0.9 * m[k]!)
    plain.push(m)
    ahead.push(g.map((x, k) => x + 0.9 * m[k]!))
  }
  close(run(momentum(0.9)), plain, 1e-15)
  close(run(momentum(0.9, { nesterov: true })), ahead, 1e-15)
  close(run(sgd(1, { momentum: 0.9, nesterov: true })), ahead.map((u) => u.map((x) => -x)), 1e-15)
})

test('Adam, with |g|² of complex numbers; decoupled weight decay', () => {
  const [b1, b2, eps] = [0.8, 0.95, 1e-3]
  const size = (g: Params): number[] => [...g.w.square().toTypedArray(), ...g.z.abs2().toArray().flatMap((x) => [x, x])]
  let m = numbers(params).map(() => 0)
  let v = m
  const expected: number[][] = []
  gradients.forEach((g, k) => {
    m = numbers(g).map((x, j) => b1 * m[j]! + (1 - b1) * x)
    v = size(g).map((x, j) => b2 * v[j]! + (1 - b2) * x)
    expected.push(m.map((x, j) => x / (1 - b1 ** (k + 1)) / (Math.sqrt(v[j]! / (1 - b2 ** (k + 1))) + eps)))
  })
  close(run(scaleByAdam({ b1, b2, eps })), expected, 1e-14)
  close(run(adam(0.1, { b1, b2, eps })), expected.map((u) => u.map((x) => -0.1 * x)), 1e-14)
  close(run(adamw(0.1, { b1, b2, eps, weightDecay: 0.5 })), expected.map((u) => u.map((x, j) => -0.1 * (x + 0.5 * numbers(params)[j]!))), 1e-14)
  assert.is(scaleByAdam().init(params).square.z.dtype, 'float64')
})

test('Adam turns with the phase of its parameters', () => {
  const turn = { re: Math.cos(1), im: Math.sin(1) }
  const [g, z] = [gradients[0]!.z, zeros([2], 'complex128')]
  const t = scaleByAdam()
  const straight = t.update(g, t.init(z), z)[0].mul(turn)
  close(t.update(g.mul(turn), t.init(z), z)[0].toArray(), straight.toArray(), 1e-14)
})

test('clipping and decay', () => {
  for (const [limit, factor] of [[1, 1 / 13], [100, 1]] as const) {
    const updates = { a: tensor([3, 4]), b: tensor([{ re: 0, im: 12 }]) }
    const [{ a, b }] = clipByGlobalNorm(limit).update(updates, null, updates)
    close(a.toArray(), [3 * factor, 4 * factor], 1e-15)
    close(b.toArray(), [{ re: 0, im: 12 * factor }], 1e-15)
  }
  const zero = zeros([2])
  close(clipByGlobalNorm(1).update(zero, null, zero)[0].toArray(), [0, 0], 0)
  close(run(addDecayedWeights(0.1)), gradients.map((g) => numbers(g).map((x, k) => x + 0.1 * numbers(params)[k]!)), 1e-15)
})

test('chain is a monoid: identity is neutral, and nesting makes no difference', () => {
  const [a, b, c] = [momentum(0.9), scaleByAdam(), clipByGlobalNorm(0.5)]
  const flat = run(chain(a, b, c))
  close(run(chain(chain(a, b), c)), flat, 0)
  close(run(chain(a, chain(b, c))), flat, 0)
  close(run(chain(identity, a, identity, b, c, identity)), flat, 0)
  close(run(chain()), run(identity), 0)
  close(run(chain(b, a, c)), run(chain(b, chain(a), c)), 0)
  assert.not.equal(run(chain(b, a, c)), flat)
})

test('update is pure: an old state gives the old answer', () => {
  for (const t of [chain(momentum(0.9), scaleByAdam()), chain(scaleByLbfgs({ memorySize: 2 }), scale(-1))]) {
    const runs = t as Runs // one type for both
    assert.equal(run(runs), run(runs))
    const first = runs.update(gradients[0]!, runs.init(params) as never, params) // the state that it has made
    const again = (): readonly number[] => numbers(runs.update(gradients[1]!, first[1] as never, params)[0]) // the same
    const before = again()
    runs.update(gradients[2]!, first[1] as never, params) // the same
    assert.equal(again(), before)
  }
})

interface HalvingF extends TransformationF { readonly State: { readonly norm: number } }
const halving = transformation<HalvingF>({
  init: () => ({ norm: 0 }),
  *update(updates) {
    const norm = yield* read(tree.norm(updates))
    const waiting = yield* read(tree.norm(tree.scale(2, updates)))
    return [tree.scale(norm > 1 ? 0.5 : 1, updates), { norm: waiting / 2 }]
  },
})

test('a generator that reads runs synchronously, asynchronously, alone and in a chain', async () => {
  const t = chain(halving, scale(-1))
  for (const g of [gradients[0]!, tree.scale(0.01, gradients[0]!)]) {
    const [now, [{ norm }]] = t.update(g, t.init(params), params)
    const [later] = await t.updateAsync(g, t.init(params), params)
    const size = tree.norm(g).item()
    assert.equal(numbers(later), numbers(now))
    close(norm, size, 1e-15)
    close(numbers(now), numbers(g).map((x) => x * (size > 1 ? -0.5 : -1)), 1e-15)
    assert.equal(numbers(halving.update(g, halving.init(params), params)[0]), numbers(now).map((x) => -x))
  }
})

test('reading what is not on the host yet: a multiple that nobody has computed', () => {
  interface F extends TransformationF { readonly State: number }
  const peek = transformation<F>({
    init: () => 0,
    *update(updates) {
      const x = updates as unknown as Tensor<'float64', []> // the test gives it a scalar
      return [updates, yield* read(x)]
    },
  })
  const x = tensor(3)
  assert.is(chain(scale(2), peek).update(x, [null, 0], x)[1][1], 6)
})

test('applyUpdates keeps dtypes and refuses what does not fit', () => {
  const x = tensor([1, 2], 'float32')
  const moved = applyUpdates<Tensor<'float32' | 'float64', [2]>>(x, tensor([0.5, 0.25]))
  assert.is(moved.dtype, 'float32')
  close(moved.toArray(), [1.5, 2.25], 0)
  const z = applyUpdates<Tensor<'float64' | 'complex128', [1]>>(tensor([{ re: 1, im: 1 }]), tensor([2]))
  close(z.toArray(), [{ re: 3, im: 1 }], 0)
  throwsError(() => applyUpdates<Tensor<'float64' | 'complex128', [1]>>(tensor([1]), tensor([{ re: 1, im: 1 }])), 'DTypeError', /real\(\)/)
  throwsError(() => applyUpdates<Tensor<'float64', [number]>>(tensor([1]), tensor([1, 2])), 'ShapeError', /\[2\].*\[1\]/)
  throwsError(() => applyUpdates<object>({ a: tensor(1) }, { b: tensor(1) }), 'TreeError', /structure/)
})

test('trees', () => {
  const [a, b] = [gradients[0]!, gradients[1]!]
  const dot = numbers(a).reduce((sum, x, k) => sum + x * numbers(b)[k]!, 0)
  close(tree.vdotReal(a, b).item(), dot, 1e-14)
  close(tree.norm(a).item(), Math.hypot(...numbers(a)), 1e-14)
  close(numbers(tree.add(a, b)), numbers(a).map((x, k) => x + numbers(b)[k]!), 0)
  close(numbers(tree.sub(a, b)), numbers(a).map((x, k) => x - numbers(b)[k]!), 0)
  close(numbers(tree.scale(3, a)), numbers(a).map((x) => 3 * x), 0)
  close(numbers(tree.zerosLike(a)), numbers(a).map(() => 0), 0)
  close(tree.abs2(a).z.toArray(), a.z.abs2().toArray(), 0)
  close(numbers(tree.map((x, y) => x.sub(y), a, b)), numbers(tree.sub(a, b)), 0)
  close(tree.vdotReal<Tensor>(tensor([{ re: 1, im: 2 }]), tensor([3])).item(), 3, 0)
  throwsError(() => tree.add<object>({ a: a.w }, { b: a.w }), 'TreeError', /structures/)
  throwsError(() => tree.norm({ a: 1 } as never), 'TreeError', /wrap it in tensor/)
})

// ---- a loop of one's own ---------------------------------------------------------------------------------------------

test('a loop with a line search evaluates as often, and arrives where, minimize does', () => {
  let evaluations = 0
  const f = (x: Vector): Scalar => {
    evaluations++
    return rosenbrock(x)
  }
  const optimizer = lbfgs()
  let x: Vector = tensor([-1.2, 1])
  let state = optimizer.init(x)
  for (let k = 0; k < 10; k++) {
    const { value, grad: g } = valueAndGradFromState(f)(x, state)
    const [updates, next] = optimizer.update(g, state, x, { value, grad: g, valueFn: f })
    const to = applyUpdates(x, updates)
    close(x.add(updates).toTypedArray(), to.toTypedArray(), 0)
    assert.is(valueAndGradFromState(f)(to, next).value, next[2].evaluation!.value)
    x = to
    state = next
  }
  const solution = minimize(rosenbrock, tensor([-1.2, 1]), { maxIterations: 10 })
  assert.is(evaluations, solution.evaluations)
  close(x.toTypedArray(), solution.params.toTypedArray(), 1e-12)
})

test('valueAndGradFromState never takes what belongs to another point', () => {
  const optimizer = lbfgs()
  const x: Vector = tensor([-1.2, 1])
  const evaluation = valueAndGrad(rosenbrock)(x)
  const [updates, state] = optimizer.update(evaluation.grad, optimizer.init(x), x, { ...evaluation, valueFn: rosenbrock })
  const elsewhere = applyUpdates(x, updates).add(1)
  close(valueAndGradFromState(rosenbrock)(elsewhere, state).value.item(), rosenbrock(elsewhere).item(), 1e-9)
  close(valueAndGradFromState(rosenbrock)(x, optimizer.init(x)).value.item(), 24.2, 1e-12)
})

test('a search may return to the best point of before', () => {
  const wall = (x: Vector): Scalar => x.sub(3).square().add(x.sub(0.5).mul(40).exp()).sum()
  const search = scaleByZoomLinesearch({ maxLinesearchSteps: 2 })
  const x: Vector = tensor([0])
  const [updates, { info, evaluation }] = search.update(tensor([0.1]), search.init(x), x, { ...valueAndGrad(wall)(x), valueFn: wall })
  assert.equal([info?.step, info?.evaluations, info?.conditions], [1, 2, 'decrease'])
  close(applyUpdates(x, updates).toArray(), [0.1], 0)
  close(evaluation!.value.item(), wall(tensor([0.1])).item(), 1e-14)
  close(applyUpdates(x.add(1), updates).toArray(), [1.1], 0)
})

test('multiples that nobody has computed: each leaf with its own factor', () => {
  const x = tensor([1, 2])
  const [[a], [b]] = [scale(2).update(x, null, x), scale(3).update(x, null, x)]
  const [p, q] = applyUpdates([x, x] as const, [a, b] as const)
  close([p.toArray(), q.toArray()], [[3, 6], [4, 8]], 0)
  close(chain(scale(0.5), scale(-4)).update(x, [null, null], x)[0].toArray(), [-2, -4], 0)
})

test('a search that fails returns zeros, and says so', () => {
  const search = scaleByZoomLinesearch()
  const x: Vector = tensor([-1.2, 1])
  const { value, grad: g } = valueAndGrad(rosenbrock)(x)
  const [updates, { info, step, evaluation }] = search.update(g, search.init(x), x, { value, grad: g, valueFn: rosenbrock })
  close(updates.toTypedArray(), [0, 0], 0)
  assert.equal([info?.failure, info?.conditions, info?.step, step], ['ascent', null, 0, 1])
  assert.is(evaluation?.value, value)
  assert.is(applyUpdates(x, updates), x)
})

test('what updates need, and who made a state, is checked at run time, too', () => {
  const x = tensor([1, 2])
  const search = scaleByZoomLinesearch()
  const careless = search.update as unknown as (...args: unknown[]) => unknown // as JavaScript would call it
  throwsError(() => careless(x, search.init(x), x), 'OptionError', /scaleByZoomLinesearch: update needs \{ value, grad, valueFn \}/)
  throwsError(() => chain(scale(1), scale(2)).update(x, [null] as never, x), 'OptionError', /chain: update was given a state/)
  throwsError(() => scale(NaN), 'OptionError', /finite/)
  throwsError(() => momentum(1), 'OptionError', /decay/)
  throwsError(() => clipByGlobalNorm(0), 'OptionError', /positive/)
  throwsError(() => scaleByAdam({ b1: 1 }), 'OptionError', /b1/)
  throwsError(() => scaleByLbfgs({ memorySize: 0 }), 'OptionError', /memorySize/)
  throwsError(() => addDecayedWeights(-1), 'OptionError', /rate/)
  throwsError(() => scaleBySchedule(() => NaN).update(x, { count: 0 }, x), 'OptionError', /finite/)
  throwsError(() => scaleByZoomLinesearch({ curvature: -1 }), 'OptionError', /curvature/)
})

test('gradients of complex parameters descend as they are', () => {
  const f = (z: Tensor<'complex128', [1]>): Scalar => z.sub({ re: 1, im: -1 }).abs2().sum()
  const z = complex(tensor([0]), tensor([0]))
  close(applyUpdates(z, sgd(0.5).update(grad(f)(z), sgd(0.5).init(z), z)[0]).toArray(), [{ re: 1, im: -1 }], 0)
})

test.run()
