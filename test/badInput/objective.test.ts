// Objectives that are none, that become NaN, that ignore their parameters; starting points without a gradient.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkGrad, grad, lbfgs, minimize, scaleByBacktrackingLinesearch, scaleByZoomLinesearch, stopGradient, tensor, valueAndGrad,
  where, zeros, type Tensor } from '../../index.ts'
import { exact, throwsError } from '../close.ts'
import { js, loose, type Loose } from './untyped.ts'

type Vector = Tensor<'float64', [2]>
const it = suite('objectives')
const x = tensor([1, 2])
const z = tensor([{ re: 1, im: 2 }, { re: 0, im: 1 }])

/** Both `grad` and `minimize` refuse it. */
const refused = (f: unknown, params: unknown, message: RegExp): void => {
  throwsError(() => js.grad(f)(params), 'ObjectiveError', message)
  throwsError(() => js.minimize(f, params), 'ObjectiveError', message)
}

it('what is no real scalar', () => {
  refused((p: Loose) => p.sum(), z, /^(grad|minimize): the objective is complex but must be real: end with abs2\(\), abs\(\) or real\(\)$/)
  refused((p: Loose) => p.square(), x, /^(grad|minimize): the objective has shape \[2\] but must be a scalar: end with sum\(\) or mean\(\)$/)
  refused((p: Loose) => p.square().sum({ keepDims: true }), x, /has shape \[1\] but must be a scalar/)
  refused((p: Loose) => p.cast('int32').sum(), x, /the objective is int32 and has no gradient: use float64/)
  refused(() => 3, x, /returned the number 3, not a tensor: item\(\) reads a value/)
  refused((p: Loose) => { p.sum() }, x, /returned undefined but must return a real scalar tensor/)
  refused((p: Loose) => ({ value: p.sum() }), x, /returned an object \{ value \}/)
  refused((p: Loose) => [p.sum()], x, /returned an array of length 1/)
  refused((p: Loose) => Promise.resolve(p.sum()), x, /returned a promise/)
  refused(() => Object.create(null), x, /returned an object/)
})

it('what is no function', () => {
  throwsError(() => js.grad(x)(x), 'OptionError', /^grad: expected a function, not a tensor float64 \[2\]: grad\(f\)\(x\)/)
  throwsError(() => js.minimize(x, x), 'OptionError', /^minimize: expected a function, not a tensor float64 \[2\]/)
  throwsError(() => js.jit(x), 'OptionError', /^jit: expected a function/)
  for (const name of ['vjp', 'jvp', 'jacobian', 'wirtinger'] as const) {
    throwsError(() => js[name](3)(x, x), 'OptionError', /expected a function, not the number 3/)
  }
})

it('errors of the objective and of onIteration pass through', () => {
  const mine = new RangeError('mine')
  const fail = (): never => { throw mine }
  assert.throws(() => js.minimize(fail, x), (e: unknown) => e === mine)
  assert.throws(() => minimize((p) => p.square().sum(), x, { onIteration: fail }), (e: unknown) => e === mine)
})

it('NaN or infinity at the start', () => {
  const starts: readonly (readonly [(p: Vector) => Tensor<'float64', []>, Vector, string])[] = [
    [(p) => p.log().sum(), tensor([-1, 2]), 'value'],
    [(p) => p.sub(tensor([Infinity, 1])).square().sum(), x, 'value'],
    [(p) => p.sum().mul(NaN), x, 'value'],
    [(p) => p.sqrt().sum(), tensor([0, 1]), 'gradient'],
    [(p) => p.square().sum(), tensor([NaN, 1]), 'parameters'],
    [(p) => p.square().sum(), tensor([Infinity, 1]), 'parameters'],
  ]
  for (const [f, start, where] of starts) {
    const { status, params, evaluations } = minimize(f, start)
    assert.equal([status._tag, evaluations], ['NonFinite', 1])
    assert.is(status._tag === 'NonFinite' ? status.where : '', where)
    assert.match(status.message, /at the start the/)
    exact(params.toArray(), start.toArray())
  }
})

it('NaN on the way: the search shortens its steps, and the best point is returned', () => {
  const barrier = (p: Vector) => p.sum().neg().sub(tensor(1).sub(p.square().sum()).log().mul(1e-3))
  const inside = minimize(barrier, tensor([0.1, 0.2]))
  assert.is(inside.status._tag, 'ConvergedByGradient')
  assert.ok(inside.params.norm().item() < 1)
  const wall = minimize((p: Vector) => p.sub(3).square().sum().add(p.sub(2).neg().sqrt().sum().mul(0)), tensor([0, 0]))
  assert.not(wall.status._tag.startsWith('Converged'))
  assert.ok(wall.value >= 2 && wall.value < 2.001)
})

it('parameters that the objective ignores', () => {
  const ignores = /minimize: the objective does not depend on its parameters, or only through what has no derivative .*stopGradient/
  throwsError(() => minimize(() => x.sum(), x), 'ObjectiveError', ignores)
  throwsError(() => minimize((p) => stopGradient(p).sum(), x), 'ObjectiveError', ignores)
  throwsError(() => minimize((p) => p.round().square().sum(), x), 'ObjectiveError', ignores)
  throwsError(() => minimize((p) => where(p.greater(0), tensor(1), tensor(0)).sum(), x), 'ObjectiveError', ignores)
  exact(grad(() => x.sum())(x).toArray(), [0, 0])
  const one = minimize(({ a }) => a.square().sum(), { a: x, b: x })
  assert.is(one.status._tag, 'ConvergedByGradient')
  exact(one.params.b.toArray(), [1, 2])
})

it('what is read with item() is a constant, and checkGrad says so', () => {
  const f = (p: Vector) => p.mul(p.sum().item()).sum()
  exact(grad(f)(x).toArray(), [3, 3])
  const report = checkGrad(f, x)
  assert.not(report.ok)
  assert.match(String(report), /gradient check FAILED: 2 of 2 directions/)
})

it('nothing to minimize over', () => {
  for (const none of [zeros([0]), {}, []]) {
    throwsError(() => js.minimize(() => tensor(1), none), 'ShapeError', /minimize: the parameters are empty/)
  }
})

it('a starting point where the gradient is zero has converged, and says after how many evaluations', () => {
  const flat: readonly ((p: Vector) => Tensor<'float64', []>)[] = [
    (p) => p.square().sum(), (p) => p.square().sum().neg(), (p) => p.abs().sum(), (p) => p.mul(0).sum(),
  ]
  for (const f of flat) {
    const { status, iterations, evaluations, params, gradientNorm } = minimize(f, tensor([0, 0]))
    assert.equal([status._tag, iterations, evaluations, gradientNorm], ['ConvergedByGradient', 0, 1, 0])
    exact(params.toArray(), [0, 0])
  }
  const ring = minimize((p: Tensor<'complex128', [2]>) => p.abs2().sub(1).square().sum(), zeros([2], 'complex128'))
  assert.equal([ring.status._tag, ring.value], ['ConvergedByGradient', 2])
})

it('a line search along a direction of ascent takes no step and says why', () => {
  const f = (p: Vector) => p.sub(5).square().sum()
  const { value, grad: g } = valueAndGrad(f)(x)
  for (const search of [scaleByZoomLinesearch(), scaleByBacktrackingLinesearch()]) {
    const [updates, state] = search.update(g, search.init(x), x, { value, grad: g, valueFn: f })
    exact(updates.toArray(), [0, 0])
    assert.is(state.info?.failure, 'ascent')
    assert.equal([state.info?.step, state.info?.evaluations, state.info?.value], [0, 0, value.item()])
    const { status, params } = minimize(f, x, { optimizer: search })
    assert.is(status._tag, 'LineSearchFailed')
    assert.match(status.message, /do not descend: is scale\(-1\) missing/)
    exact(params.toArray(), [1, 2])
  }
})

it('options out of range, or of another kind', () => {
  const f = (p: Vector) => p.square().sum()
  for (const [options, message] of [
    [{ maxIterations: -1 }, /maxIterations must be an integer ≥ 0, or Infinity, got -1/],
    [{ maxEvaluations: 1.5 }, /maxEvaluations must be an integer ≥ 0/],
    [{ gradientTolerance: -1 }, /gradientTolerance must be a number ≥ 0, got -1/],
    [{ gradientTolerance: NaN }, /gradientTolerance must be .* got NaN/],
    [{ decreaseTolerance: NaN, norm: 1 }, /decreaseTolerance must be .*; norm must be 2 or 'max', got 1/],
    [{ maxSeconds: NaN }, /maxSeconds must be/],
    [{ optimizer: {} }, /optimizer must be a gradient transformation/],
    [{ onIteration: 3 }, /onIteration must be a function, got 3/],
    [{ resumeFrom: {} }, /resumeFrom must be a solution/],
    [{ tolerance: 1e-3 }, /there is no option tolerance: there are optimizer, gradientTolerance/],
    [null, /the options must be an object, got null/],
  ] as const) throwsError(() => loose(minimize)(f, x, options), 'OptionError', message)
  for (const memorySize of [0, -1, 1.5, NaN, Infinity]) {
    throwsError(() => lbfgs({ memorySize }), 'OptionError', /memorySize must be an integer ≥ 1/)
  }
  for (const maxLinesearchSteps of [0, NaN, 1.5]) {
    throwsError(() => scaleByZoomLinesearch({ maxLinesearchSteps }), 'OptionError', /must be a positive integer/)
  }
  throwsError(() => scaleByBacktrackingLinesearch({ decreaseFactor: 2 }), 'OptionError', /decreaseFactor must be between 0 and 1, got 2/)
  throwsError(() => js.scale(NaN), 'OptionError', /scale: the factor must be a finite number, got NaN/)
  throwsError(() => js.scaleByLearningRate(NaN), 'OptionError', /scaleByLearningRate: .* got NaN/)
})

it('a line search without its needs', () => {
  const search = loose(scaleByZoomLinesearch().update)
  throwsError(() => search(x, scaleByZoomLinesearch().init(x), x), 'OptionError', /scaleByZoomLinesearch: update needs \{ value, grad, valueFn \}/)
})

it.run()
