// Bad input: each gets the error of its kind, worded for the person who meets it.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { minimize, minimizeAsync, stopGradient, tensor, wrap, zeros, type Scalar, type Tensor } from '../../index.ts'
import { throwsError } from '../close.ts'
import type { Vector } from './problems.ts'

const test = suite('bad input')

// As JavaScript would call it: without types.
const careless = minimize as unknown as (f: (x: never) => unknown, x0: unknown, options?: unknown) => unknown
const bowl = (x: Vector): Scalar => x.square().sum()
const x0: Vector = tensor([1, 2])

test('objectives that are complex, no scalar, integer, no tensor', () => {
  const z = tensor([{ re: 1, im: 1 }])
  throwsError(() => careless((w: Tensor<'complex128'>) => w.sum(), z), 'ObjectiveError', /^minimize: the objective is complex but must be real: end with abs2/)
  throwsError(() => careless((x: Vector) => x.square(), x0), 'ObjectiveError', /^minimize: the objective has shape \[2\] but must be a scalar: end with sum/)
  throwsError(() => careless((x: Vector) => x.square().sum().cast('int32'), x0), 'ObjectiveError', /int32 and has no gradient/)
  throwsError(() => careless((x: Vector) => x.square().sum().item(), x0), 'TraceError', /jit: false/)
  throwsError(() => careless((x: Vector) => x.square().sum().item(), x0, { jit: false }), 'ObjectiveError', /returned the number 5.*leaves the derivative behind/)
  throwsError(() => careless(() => undefined, x0), 'ObjectiveError', /returned undefined/)
})

test('objectives that do not depend on their parameters', () => {
  const constant = tensor(3)
  for (const f of [() => constant, (x: Vector) => stopGradient(x).square().sum(), (x: Vector) => x.floor().sum(), (x: Vector) => x.mul(constant).greater(0).cast('float64').sum()]) {
    throwsError(() => careless(f, x0), 'ObjectiveError', /does not depend on its parameters/)
  }
  throwsError(() => careless(() => constant, zeros([2], 'complex128')), 'ObjectiveError', /does not depend/)
})

test('parameters that are empty, integer, or no tensors', () => {
  throwsError(() => careless(bowl, zeros([0])), 'ShapeError', /^minimize: the parameters are empty/)
  throwsError(() => careless(() => tensor(1), []), 'ShapeError', /empty/)
  throwsError(() => careless(bowl, zeros([3], 'int32')), 'DTypeError', /^minimize: a parameter is int32 \[3\].*cast\('float64'\)/)
  throwsError(() => careless(bowl, { w: x0, rate: 0.1 }), 'TreeError', /^minimize: .*\.rate is the number 0\.1: wrap it in tensor/)
  throwsError(() => careless(bowl, [1, 2]), 'TreeError', /wrap it in tensor/)
  const { params } = minimize(([x]) => x.square().sum(), [x0, zeros([0])] as const) // one empty leaf is fine
  assert.equal(params[1].shape, [0])
})

test('options out of range and unknown, all in one message', () => {
  throwsError(() => careless(bowl, x0, { gradientTolerance: NaN, maxIterations: 1.5 }), 'OptionError',
    /^minimize: gradientTolerance must be a number ≥ 0, got NaN; maxIterations must be an integer ≥ 0, or Infinity, got 1.5$/)
  throwsError(() => careless(bowl, x0, { maxIteration: 3 }), 'OptionError', /there is no option maxIteration: there are optimizer,/)
  throwsError(() => careless(bowl, x0, { norm: 1 }), 'OptionError', /norm must be 2 or 'max', got 1/)
  throwsError(() => careless(bowl, x0, { norm: 'Max' }), 'OptionError', /got 'Max'/)
  throwsError(() => careless(bowl, x0, { optimizer: 'adam' }), 'OptionError', /optimizer must be a gradient transformation/)
  throwsError(() => careless(bowl, x0, { onIteration: 3 }), 'OptionError', /onIteration must be a function, got 3/)
  throwsError(() => careless(bowl, x0, { resumeFrom: {} }), 'OptionError', /resumeFrom must be a solution/)
  throwsError(() => careless(bowl, x0, 7), 'OptionError', /the options must be an object, got 7/)
})

test('resuming from other parameters', () => {
  const solution = minimize(bowl, x0)
  throwsError(() => careless(bowl, zeros([3]), { resumeFrom: solution }), 'OptionError', /for parameters float64 \[2\], but x0 is float64 \[3\]/)
  throwsError(() => careless(bowl, { x: x0 }, { resumeFrom: solution }), 'OptionError', /another structure/)
})

test('asynchronously the same, as rejections', async () => {
  const rejected = minimizeAsync as unknown as (f: (x: never) => unknown, x0: unknown, options?: unknown) => Promise<unknown>
  const message = async (run: Promise<unknown>): Promise<string> => run.then(() => 'no error', (e: Error) => `${e.name}: ${e.message}`)
  assert.match(await message(rejected(bowl, zeros([0]))), /^ShapeError: minimizeAsync: /)
  assert.match(await message(rejected(bowl, x0, { norm: 3 })), /^OptionError: minimizeAsync: norm/)
  assert.match(await message(rejected((x: Vector) => x, x0)), /^ObjectiveError: minimizeAsync: /)
})

test('a tensor that leaks out of the objective', () => {
  let leaked: Tensor<'float64'> | null = null
  minimize((x: Vector) => {
    leaked = x.square()
    return bowl(x)
  }, x0)
  throwsError(() => leaked!.toArray(), 'TraceError', /jit|trace/)
})

test('storage that was handed over is not written to', () => {
  const data = Float64Array.of(5, -4)
  const { params } = minimize((x) => x.sub(1).square().sum(), wrap(data, [2]))
  assert.equal([...data], [5, -4])
  assert.is.not(params.view(), data)
})

test.run()
