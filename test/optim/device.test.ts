// minimizeAsync on a device from which reading takes time: one submit and one read for each evaluation, the same numbers as on the CPU.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  adam, chain, complex, cpu, fromTypedArray, lbfgs, minimize, minimizeAsync, random, scale, scaleByBacktrackingLinesearch, scaleByLbfgs,
  scaleByZoomLinesearch, sgd, tensor, zeros, type Optimizer, type Scalar, type Solution, type Tensor,
} from '../../index.ts'
import { close } from '../close.ts'
import { rosenbrock, type ComplexVector, type Vector } from './problems.ts'
import { slowDevice } from './slowDevice.ts'

const test = suite('minimize on a device')

const keys = random.split(random.key(7), 6)
const [rows, columns] = [12, 5]
const design = random.normal(keys[0]!, [rows, columns])
const right = random.normal(keys[1]!, [rows])
const leastSquares = (x: Vector): Scalar => design.matmul(x).sub(right).square().sum()

const sensing = complex(random.normal(keys[2]!, [40, 6]), random.normal(keys[3]!, [40, 6]))
const hidden = complex(random.normal(keys[4]!, [6]), random.normal(keys[5]!, [6]))
const seen = sensing.matmul(hidden).abs2()
const retrieval = (z: ComplexVector): Scalar => sensing.matmul(z).abs2().sub(seen).square().mean()

const at = (...x: readonly number[]): Vector => fromTypedArray(Float64Array.from(x), [x.length])
const start = at(-1.2, 1, -1.2, 1, 0.5, -0.3)

type Searching = (memorySize: number) => Optimizer
const searches: Readonly<Record<string, Searching>> = {
  zoom: (memorySize) => lbfgs({ memorySize }),
  backtracking: (memorySize) => chain(scaleByLbfgs({ memorySize }), scale(-1), scaleByBacktrackingLinesearch()),
  threePoint: (memorySize) => lbfgs({ memorySize }, { interpolation: 'threePoint', increaseFactor: 2, curvature: 0.1 }),
}

interface Told<P> { readonly params: P; readonly value: number; readonly gradientNorm: number }

/** The same minimization on both; the points of the device are read afterwards, and not counted. */
const compared = async <P extends Vector | ComplexVector>(f: (x: P) => Scalar, x0: P, optimizer: Optimizer): Promise<{
  readonly here: Solution<P>, readonly there: Solution<P>, readonly reads: number, readonly submits: number
}> => {
  const told: { readonly host: Told<P>[], readonly device: Told<P>[] } = { host: [], device: [] }
  const both = { optimizer, maxIterations: 60, gradientTolerance: 1e-7 }
  const solve = minimize as (f: (x: P) => Scalar, x0: P, options: object) => Solution<P> // one signature for both types
  const solveAsync = minimizeAsync as (f: (x: P) => Scalar, x0: P, options: object) => Promise<Solution<P>> // as above
  const here = solve(f, x0, { ...both, onIteration: (p: Told<P>) => { told.host.push({ ...p, params: p.params }) } })
  const device = slowDevice()
  const there = await solveAsync(f, x0, { ...both, backend: device, onIteration: (p: Told<P>) => { told.device.push({ ...p, params: p.params }) } })
  const { reads, submits } = device.counts
  assert.is(told.device.length, told.host.length)
  for (const [k, p] of told.host.entries()) {
    const q = told.device[k]!
    assert.equal([q.value, q.gradientNorm], [p.value, p.gradientNorm], `iteration ${k + 1}`)
    assert.equal([...await q.params.read()], [...p.params.toTypedArray()], `iteration ${k + 1}`)
  }
  return { here, there, reads, submits }
}

for (const [name, searching] of Object.entries(searches)) {
  for (const memorySize of [1, 5, 20]) {
    test(`${name}, memory ${memorySize}: one submit and one read for each evaluation`, async () => {
      const runs = [
        await compared(rosenbrock, start, searching(memorySize)),
        await compared(leastSquares, zeros([columns]), searching(memorySize)),
        await compared(retrieval, hidden.add(0.3), searching(memorySize)),
      ]
      for (const { here, there, reads, submits } of runs) {
        assert.is(there.status._tag, here.status._tag)
        assert.equal([there.iterations, there.evaluations, there.value], [here.iterations, here.evaluations, here.value])
        assert.equal([reads, submits], [there.evaluations, there.evaluations])
        assert.ok(here.iterations > 5)
      }
    })
  }
}

test('other optimizers: one read for each evaluation, too', async () => {
  for (const optimizer of [adam(0.05), sgd(1e-3), chain(scale(-1), scaleByZoomLinesearch())]) {
    const { here, there, reads, submits } = await compared(rosenbrock, start, optimizer)
    assert.equal([there.evaluations, there.value], [here.evaluations, here.value])
    assert.equal([reads, submits], [there.evaluations, there.evaluations])
  }
})

test('nothing large is sent to the device again and again, and little comes from it', async () => {
  const n = 500
  const x0 = fromTypedArray(Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1)), [n])
  const uploads = await Promise.all([10, 100].map(async (maxIterations) => {
    const device = slowDevice()
    const { evaluations } = await minimizeAsync(rosenbrock, x0, { backend: device, maxIterations, snapshotSeconds: Infinity })
    assert.ok(device.counts.numbersRead <= 5 * evaluations + 2 * n + 2, `${device.counts.numbersRead} numbers in ${evaluations} evaluations`)
    return device.counts.uploads
  }))
  assert.is(uploads[0], uploads[1])
})

test('what it holds on the device does not grow with the iterations', async () => {
  const held = async (maxIterations: number): Promise<number> => {
    const device = slowDevice()
    await minimizeAsync(rosenbrock, at(...Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? -1.2 : 1))), { backend: device, maxIterations })
    return device.counts.live
  }
  assert.is(await held(40), await held(400))
})

test('transformations without minimize: one read for each evaluation of a search', async () => {
  const device = slowDevice()
  const optimizer = lbfgs()
  const { valueAndGrad, applyUpdates } = await import('../../index.ts')
  let x = start.to(device) as Vector // the same type, elsewhere
  let state = optimizer.init(x)
  const f = (v: Vector): Scalar => v.square().sum().add(v.pow(4).sum())
  for (let k = 0; k < 4; k++) {
    const { value, grad } = valueAndGrad(f)(x)
    const before = device.counts.reads
    const [updates, next] = await optimizer.updateAsync(grad, state, x, { value, grad, valueFn: f })
    assert.is(device.counts.reads - before, next[2].info!.evaluations)
    x = applyUpdates(x, updates)
    state = next
  }
  const alone = minimize(f, start, { maxIterations: 4 })
  close(await x.read(), alone.params.toTypedArray(), 1e-12)
})

test('the precision of the device decides tolerances, and is reported', async () => {
  const single = slowDevice((dtype) => (dtype === 'float64' ? 2 ** -23 : 0))
  const coarse = await minimizeAsync(rosenbrock, start, { backend: single })
  assert.is(coarse.precision, 'float32')
  assert.ok(coarse.gradientNorm <= 1e-3 && coarse.gradientNorm > 1e-5, String(coarse.gradientNorm))
  const fine = await minimizeAsync(rosenbrock, start, { backend: slowDevice() })
  assert.is(fine.precision, 'float64')
  assert.ok(fine.gradientNorm <= 1e-5)
  assert.is(minimize(rosenbrock, start).precision, 'float64')
  assert.is(minimize((x) => x.sub(1).square().sum(), zeros([2], 'float32')).precision, 'float32')
})

test('a solution goes on where it is brought', async () => {
  const device = slowDevice()
  const half = { maxIterations: 12 }
  const whole = minimize(rosenbrock, start)
  const there = await minimizeAsync(rosenbrock, start, { ...half, backend: device })
  const same = await minimizeAsync(rosenbrock, start, { backend: device, resumeFrom: there })
  assert.equal([same.value, same.iterations, same.evaluations], [whole.value, whole.iterations, whole.evaluations])
  // Elsewhere the point is evaluated once more.
  const back = await minimizeAsync(rosenbrock, start, { resumeFrom: there })
  assert.equal([back.value, back.iterations, back.evaluations], [whole.value, whole.iterations, whole.evaluations + 1])
  close(back.params.toTypedArray(), whole.params.toTypedArray(), 0)
  const other = await minimizeAsync(rosenbrock, start, { resumeFrom: there, backend: slowDevice() })
  assert.equal([other.value, other.iterations], [whole.value, whole.iterations])
  const away = await minimizeAsync(rosenbrock, start, { resumeFrom: minimize(rosenbrock, start, half), backend: device })
  assert.equal([away.value, away.iterations], [whole.value, whole.iterations])
})

test('when the device is lost, the best point is on the host, and goes on elsewhere', async () => {
  for (const lastIteration of [2, 9]) {
    const device = slowDevice()
    const seen: number[] = []
    const lost = await minimizeAsync(rosenbrock, start, {
      backend: device, snapshotSeconds: 0,
      onIteration: ({ iterations, value }) => {
        seen.push(value)
        if (iterations === lastIteration) device.lose()
      },
    })
    assert.is(lost.status._tag, 'DeviceFailed')
    assert.ok(lost.status._tag === 'DeviceFailed' && lost.status.reason === 'DeviceLostError' && /lost/.test(lost.status.message))
    close(rosenbrock(lost.params).item(), lost.value, 0)
    assert.ok(seen.slice(-3).includes(lost.value), `${lost.value} of ${seen.join(' ')}`)
    assert.ok(lost.gradientNorm === lost.grad.abs().max().item())
    const whole = await minimizeAsync(rosenbrock, start, { resumeFrom: lost, backend: slowDevice() })
    assert.is(whole.status._tag, 'ConvergedByGradient')
    assert.ok(whole.evaluations > lost.evaluations)
    assert.is(minimize(rosenbrock, start, { resumeFrom: lost }).status._tag, 'ConvergedByGradient')
  }
})

test('a device that is lost before anything came from it', async () => {
  const device = slowDevice()
  const x0 = start.to(device) as Vector // the same type, elsewhere
  device.lose()
  const error = await minimizeAsync(rosenbrock, x0).then(() => null, (e: unknown) => e)
  assert.ok(error instanceof Error && error.name === 'DeviceLostError')
})

test('what cannot be: waiting without minimizeAsync, a backend of the host that is not chosen', async () => {
  const device = slowDevice()
  assert.throws(() => minimize(rosenbrock, start.to(device) as Vector), (e: Error) => e.name === 'BackendError' && /minimizeAsync/.test(e.message))
  const options = { backend: device } as object
  assert.throws(() => minimize(rosenbrock, start, options), (e: Error) => e.name === 'OptionError' && /minimizeAsync/.test(e.message))
  const other = { ...cpu, name: 'other' }
  const error = await minimizeAsync(rosenbrock, start, { backend: other }).then(() => null, (e: unknown) => e)
  assert.ok(error instanceof Error && /useBackend/.test(error.message))
  assert.is((await minimizeAsync(rosenbrock, start, { backend: cpu })).status._tag, 'ConvergedByGradient')
})

test('where the start is not finite', async () => {
  const device = slowDevice()
  const f = (x: Tensor<'float64', [2]>): Scalar => x.log().sum()
  const { status } = await minimizeAsync(f, tensor([1, -1]), { backend: device })
  assert.ok(status._tag === 'NonFinite' && status.where === 'value')
  const other = await minimizeAsync(f, tensor([1, Infinity]), { backend: device })
  assert.ok(other.status._tag === 'NonFinite' && other.status.where === 'parameters')
})

test.run()
