// minimize: what it returns, every way to end, and what it promises about time, memory, closures and exceptions.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  adam, chain, fromTypedArray, identity, jit, lbfgs, minimize, minimizeAsync, scale, scaleByBacktrackingLinesearch, scaleByZoomLinesearch,
  sgd, tensor, transformation, tree, zeros, type Optimizer, type Scalar, type Solution, type Tensor, type TransformationF,
} from '../../index.ts'
import { close } from '../close.ts'
import { rosenbrock, type Vector } from './problems.ts'

const test = suite('minimize')

const start: Vector = fromTypedArray(Float64Array.of(-1.2, 1), [2])
const bowl = (x: Vector): Scalar => x.sub(3).square().sum()
const line = (...x: readonly number[]): Vector => fromTypedArray(Float64Array.from(x), [x.length])
const same = (a: Solution<Vector>, b: Solution<Vector>): void => {
  assert.equal([...a.params.toTypedArray()], [...b.params.toTypedArray()])
  assert.equal([...a.grad.toTypedArray()], [...b.grad.toTypedArray()])
  assert.equal([a.value, a.gradientNorm, a.status._tag, a.iterations, a.evaluations], [b.value, b.gradientNorm, b.status._tag, b.iterations, b.evaluations])
}

// ---- what is returned ------------------------------------------------------------------------------------------------

test('the solution describes one point', () => {
  const { params, value, grad, gradientNorm, status, iterations, evaluations, seconds } = minimize(rosenbrock, start)
  assert.is(status._tag, 'ConvergedByGradient')
  close(params.toTypedArray(), [1, 1], 1e-5)
  close(value, rosenbrock(params).item(), 1e-20)
  assert.is(gradientNorm, grad.abs().max().item())
  assert.ok(gradientNorm <= 1e-5 && iterations > 10 && evaluations > iterations && seconds >= 0)
})

test('trees of real and complex parameters of any shape', () => {
  const target = tensor([[{ re: 1, im: 2 }], [{ re: -1, im: 0.5 }]])
  const { params, status } = minimize(
    ({ z, w: [a, c] }) => z.sub(target).abs2().sum().add(a.sub(4).square()).add(c.sub(a).square().sum()),
    { z: zeros([2, 1], 'complex128'), w: [tensor(1), zeros([3])] as const })
  assert.is(status._tag, 'ConvergedByGradient')
  close(params.z.toArray(), target.toArray(), 1e-5)
  close(params.w[0].item(), 4, 1e-5)
  close(params.w[1].toArray(), [4, 4, 4], 1e-5)
})

test('a tree is minimized as the vector of its leaves', () => {
  const whole = minimize(rosenbrock, line(-1.2, 1, 0.5))
  const parts = minimize(([a, b]) => {
    const [p, q, r] = [a.at(0), a.at(1), b]
    return q.sub(p.square()).square().mul(100).add(p.sub(1).square()).add(r.sub(q.square()).square().mul(100).add(q.sub(1).square()))
  }, [line(-1.2, 1), tensor(0.5)] as const)
  assert.is(parts.status._tag, 'ConvergedByGradient')
  close(parts.value, whole.value, 1e-9)
  assert.ok(Math.abs(parts.evaluations - whole.evaluations) <= 0.1 * whole.evaluations)
})

test('the Euclidean norm as the measure', () => {
  const { grad, gradientNorm } = minimize(rosenbrock, start, { norm: 2 })
  close(gradientNorm, tree.norm(grad).item(), 1e-20)
})

test('a start where the gradient is zero is converged', () => {
  const { status, iterations, evaluations, params } = minimize(bowl, line(3, 3))
  assert.equal([status._tag, iterations, evaluations], ['ConvergedByGradient', 0, 1])
  assert.equal([...params.toTypedArray()], [3, 3])
})

// ---- ways to end -----------------------------------------------------------------------------------------------------

test('converged by decrease', () => {
  const { status, value } = minimize((x: Vector) => rosenbrock(x).add(1), start, { gradientTolerance: 0, decreaseTolerance: 1e-3 })
  assert.is(status._tag, 'ConvergedByDecrease')
  assert.ok(value < 6)
})

test('stalled at precision', () => {
  for (const optimizer of [lbfgs(), chain(scale(-1), scaleByBacktrackingLinesearch())]) {
    const { status, value, gradientNorm } = minimize((x: Vector) => bowl(x).mul(Math.PI).add(x.exp().sum()).add(1e3), line(0, 1), { gradientTolerance: 0, optimizer })
    assert.is(status._tag, 'StalledAtPrecision', status.message)
    assert.ok(gradientNorm < 1e-4, String(gradientNorm))
    assert.ok(value < 1050)
  }
})

test('limits of iterations, evaluations and time, each with the best point', () => {
  const iterations = minimize(rosenbrock, start, { maxIterations: 5 })
  assert.equal([iterations.status._tag, iterations.iterations], ['IterationLimit', 5])
  for (let maxEvaluations = 1; maxEvaluations < 12; maxEvaluations++) {
    const evaluations = minimize(rosenbrock, start, { maxEvaluations })
    assert.equal([evaluations.status._tag, evaluations.evaluations], ['EvaluationLimit', maxEvaluations])
    assert.ok(evaluations.value <= 24.3)
    close(evaluations.value, rosenbrock(evaluations.params).item(), 1e-12)
  }
  const time = minimize(rosenbrock, start, { maxSeconds: 0 })
  assert.is(time.status._tag, 'TimeLimit')
  assert.is(minimize(rosenbrock, start, { maxIterations: 0 }).iterations, 0)
})

test('a search that is interrupted gives its best probe', () => {
  const values: number[] = []
  const watched = (x: Vector): Scalar => {
    const value = rosenbrock(x)
    values.push(value.item())
    return value
  }
  for (let maxEvaluations = 1; maxEvaluations < 30; maxEvaluations++) {
    values.length = 0
    assert.is(minimize(watched, start, { maxEvaluations, jit: false }).value, Math.min(...values))
    assert.is(values.length, maxEvaluations)
  }
})

test('a line search that fails says why', () => {
  const ascent = minimize(bowl, line(0, 0), { optimizer: scaleByZoomLinesearch() })
  assert.is(ascent.status._tag, 'LineSearchFailed')
  assert.ok(ascent.status._tag === 'LineSearchFailed' && ascent.status.reason === 'ascent' && /scale\(-1\)/.test(ascent.status.message))
  assert.equal([...ascent.params.toTypedArray()], [0, 0])

  const wrong = minimize((x: Vector) => x.mul(-1).sum().add(jumps(x)), line(0.5), { optimizer: lbfgs({}, { maxLinesearchSteps: 8 }) })
  assert.is(wrong.status._tag, 'LineSearchFailed')
  assert.ok(wrong.status._tag === 'LineSearchFailed' && wrong.status.reason === 'noDecrease', wrong.status.message)
})

/** Rises ten times as fast as anything falls, and has derivative zero. */
const jumps = (x: Vector): Scalar => x.mul(1e6).floor().sum().mul(1e-5)

test('when a search fails, the optimizer starts afresh once', () => {
  interface OnceF extends TransformationF { readonly State: { readonly count: number } }
  const once = transformation<OnceF>({ // descends in its first step, ascends after it
    init: () => ({ count: 0 }),
    update: (g, { count }) => [tree.scale(count === 0 ? -0.1 : 0.1, g), { count: count + 1 }],
  })
  const { status } = minimize(rosenbrock, line(0.9, 0.8), { optimizer: chain(once, scaleByBacktrackingLinesearch()), maxIterations: 20 })
  assert.is(status._tag, 'IterationLimit')
})

test('a stationary point that is worse than another one is no success', () => {
  const well = (x: Vector): Scalar => x.square().neg().exp().neg().sum()
  const { status, params } = minimize(well, line(0.5), { optimizer: sgd(100), maxIterations: 500 })
  assert.is(status._tag, 'StalledAtPrecision')
  assert.equal([...params.toTypedArray()], [0.5])
})

test('not finite: at the start, and on the way', () => {
  const value = minimize((x: Vector) => x.sqrt().sum(), line(-1, 1))
  assert.ok(value.status._tag === 'NonFinite' && value.status.where === 'value')
  const params = minimize(bowl, line(Infinity, 1))
  assert.ok(params.status._tag === 'NonFinite' && params.status.where === 'parameters')
  const grad = minimize((x: Vector) => x.sqrt().sum(), line(0, 1))
  assert.ok(grad.status._tag === 'NonFinite' && grad.status.where === 'gradient')
  const data = tensor([1, Infinity])
  assert.is(minimize((x: Vector) => x.sub(data).square().sum(), line(0, 0)).status._tag, 'NonFinite')
  const away = minimize((x: Vector) => x.square().sum(), line(1, 2), { optimizer: sgd(1e200) })
  assert.is(away.status._tag, 'NonFinite')
  assert.is(away.value, 5)
  assert.equal([...away.params.toTypedArray()], [1, 2])
})

test('probes outside the domain are no reason to stop', () => {
  const barrier = (x: Vector): Scalar => x.log().neg().add(x).sum()
  const { status, params } = minimize(barrier, line(1e-3, 30))
  assert.is(status._tag, 'ConvergedByGradient')
  close(params.toTypedArray(), [1, 1], 1e-4)
})

test('aborted, synchronously and while others have their turn', async () => {
  const controller = new AbortController()
  const seen: number[] = []
  const now = minimize(rosenbrock, start, { signal: controller.signal, onIteration: ({ iterations }) => { if (seen.push(iterations) === 4) controller.abort() } })
  assert.equal([now.status._tag, now.iterations], ['Aborted', 4])
  assert.is(minimize(rosenbrock, start, { signal: AbortSignal.abort() }).status._tag, 'Aborted')

  const later = new AbortController()
  setTimeout(() => later.abort(), 30)
  const { status } = await minimizeAsync((x: Vector) => x.sub(3).square().sum(), line(0), { optimizer: sgd(1e-9), maxIterations: 1e9, signal: later.signal })
  assert.is(status._tag, 'Aborted')
})

// ---- optimizers without a line search --------------------------------------------------------------------------------

test('optimizers without a line search keep the best point', () => {
  const { status, value, evaluations, iterations } = minimize(bowl, line(0, 1), { optimizer: adam(0.3), maxIterations: 500 })
  assert.ok(value < 1e-9, status.message)
  assert.is(evaluations, iterations + 1)
  const values: number[] = []
  const wild = minimize(bowl, line(2.9), { optimizer: sgd(1.05), maxIterations: 20, onIteration: (p) => { values.push(p.value) } })
  assert.is(wild.status._tag, 'IterationLimit')
  assert.ok(values.every((v) => v > wild.value))
  assert.equal([...wild.params.toTypedArray()], [2.9])
})

test('an optimizer of somebody else, with update and updateAsync only', async () => {
  const descent: Optimizer = {
    init: () => null,
    update: (g) => [tree.scale(-0.25, g), null],
    updateAsync: async (g) => [tree.scale(-0.25, g), null],
  }
  for (const optimizer of [descent, chain(identity, scale(-0.25))]) {
    const now = minimize(bowl, line(0, 1), { optimizer })
    same(now, await minimizeAsync(bowl, line(0, 1), { optimizer }))
    close(now.params.toTypedArray(), [3, 3], 1e-5)
  }
})

// ---- promises --------------------------------------------------------------------------------------------------------

test('asynchronously it is the same', async () => {
  same(await minimizeAsync(rosenbrock, start), minimize(rosenbrock, start))
})

test('resumed is as if never stopped, to the bit', () => {
  const optimizers: readonly Optimizer[] = [lbfgs(), adam(0.05), chain(scale(-1), scaleByBacktrackingLinesearch())]
  for (const optimizer of optimizers) {
    const whole = minimize(rosenbrock, start, { optimizer, maxIterations: 30 })
    for (const stop of [{ maxIterations: 7 }, { maxEvaluations: 13 }]) {
      const part = minimize(rosenbrock, start, { optimizer, maxIterations: 30, ...stop })
      assert.ok(part.iterations < whole.iterations)
      same(minimize(rosenbrock, start, { optimizer, maxIterations: 30, resumeFrom: part }), whole)
      same(minimize(rosenbrock, start, { optimizer, maxIterations: 30, resumeFrom: part }), whole) // the checkpoint is not used up
    }
  }
})

test('large parameters, whose storage is recycled: nothing that anybody holds is overwritten', () => {
  const n = 5000
  const a = fromTypedArray(Float64Array.from({ length: n }, (_, k) => 1 + (k % 7)), [n])
  const x0 = fromTypedArray(Float64Array.from({ length: n }, (_, k) => Math.sin(k)), [n])
  const [a0, start0] = [a.toTypedArray(), x0.toTypedArray()]
  const f = (x: Vector): Scalar => x.sub(a).square().mul(a).sum().add(x.mul(a).sum()).add(x.slice([1], [n]).mul(x.slice([0], [n - 1])).tanh().sum())
  const kept: { readonly x: Vector, readonly copy: Float64Array }[] = []
  const watched = minimize(f, x0, { onIteration: ({ params }) => { kept.push({ x: params, copy: params.toTypedArray() }) } })
  const alone = minimize(f, x0)
  same(watched, alone)
  const [lazy, few] = [minimize(f, x0, { jit: false, maxIterations: 3 }), minimize(f, x0, { maxIterations: 3 })]
  close(lazy.params.toTypedArray(), few.params.toTypedArray(), 1e-9)
  kept.forEach(({ x, copy }) => assert.equal(x.toTypedArray(), copy))
  assert.equal(a.toTypedArray(), a0)
  assert.equal(x0.toTypedArray(), start0)
  const part = minimize(f, x0, { maxIterations: 4 })
  same(minimize(f, x0, { resumeFrom: part }), alone)
  same(minimize(f, x0, { resumeFrom: part }), alone)
  close(alone.value, f(alone.params).item(), 1e-9 * Math.abs(alone.value))
  // The gradient of a linear function is the user's own tensor.
  const linear = minimize((x: Vector) => x.mul(a).sum(), x0, { optimizer: sgd(0.1), maxIterations: 5 })
  assert.equal(a.toTypedArray(), a0)
  assert.equal(linear.grad.toTypedArray(), a0)
})

test('what the objective captures has the value of the call', () => {
  let weight = 1
  const f = (x: Vector): Scalar => x.sub(weight).square().sum()
  for (weight = 1; weight < 4; weight++) close(minimize(f, line(0)).params.toTypedArray(), [weight], 1e-5)
})

test('the objective is traced once per call', () => {
  let calls = 0
  const f = (x: Vector): Scalar => {
    calls++
    return rosenbrock(x)
  }
  minimize(f, start)
  assert.is(calls, 1)
  const { evaluations } = minimize(f, start, { jit: false })
  assert.is(calls, 1 + evaluations)
  minimize(jit(f), start)
})

test('without jit the objective may decide by values', () => {
  const huber = (x: Vector): Scalar => (x.at(0).item() > 1 ? x.at(0).mul(2).sub(1) : x.at(0).square())
  assert.throws(() => minimize(huber, line(5)), (e: Error) => e.name === 'TraceError' && /jit: false/.test(e.message))
  const { status, params } = minimize(huber, line(5), { jit: false })
  assert.is(status._tag, 'ConvergedByGradient')
  close(params.toTypedArray(), [0], 1e-5)
})

test('single precision reaches its own last digits', () => {
  const A: Tensor<'float32', [3, 2]> = tensor([[1, 2], [3, 4], [5, 7]], 'float32')
  const b = tensor([1, 0, 2], 'float32')
  const exact = minimize((x: Vector) => A.cast('float64').matmul(x).sub(b).square().sum(), line(0, 0), { gradientTolerance: 1e-12 })
  for (const optimizer of [lbfgs(), lbfgs({}, { approximateDecrease: 1e-6 })]) {
    const { status, value, params } = minimize((x: Tensor<'float32', [2]>) => A.matmul(x).sub(b).square().sum(), zeros([2], 'float32'), { optimizer })
    assert.is(params.dtype, 'float32')
    assert.is(status._tag, 'ConvergedByGradient')
    assert.ok(value - exact.value < 1e-6, String(value - exact.value))
  }
  const z = minimize((w) => w.sub({ re: 1, im: -2 }).abs2().sum(), zeros([2], 'complex64'))
  assert.is(z.params.dtype, 'complex64')
  assert.is(z.status._tag, 'ConvergedByGradient')
})

test('onIteration is told of every iteration; what it or the objective throws passes through', () => {
  const told: number[] = []
  const { iterations } = minimize(rosenbrock, start, {
    onIteration: (p) => {
      told.push(p.iterations)
      close(p.value, rosenbrock(p.params).item(), 1e-12 * (1 + p.value))
      close(p.gradientNorm, p.grad.abs().max().item(), 0)
    },
  })
  assert.equal(told, Array.from({ length: iterations }, (_, k) => k + 1))
  const mine = new Error('mine')
  const caught = (f: () => unknown): unknown => {
    try {
      f()
    } catch (e) {
      return e
    }
    return undefined
  }
  assert.is(caught(() => minimize(bowl, line(0), { onIteration: () => { throw mine } })), mine)
  assert.is(caught(() => minimize((): Scalar => { throw mine }, line(0))), mine)
  assert.is(caught(() => minimize((x: Vector): Scalar => {
    if (x.at(0).item() > 1) throw mine
    return bowl(x)
  }, line(0), { jit: false })), mine)
})

test('the start keeps the signs of its zeros', () => {
  const f = (x: Vector): Scalar => x.atan2(tensor([-1])).sub(1).square().sum()
  close(minimize(f, line(-0), { maxEvaluations: 1 }).value, (Math.PI + 1) ** 2, 1e-12)
  close(minimize(f, line(0), { maxEvaluations: 1 }).value, (Math.PI - 1) ** 2, 1e-12)
})

test.run()
