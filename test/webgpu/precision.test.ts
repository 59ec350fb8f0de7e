// What the device's 32 bits mean for users: what is refused, what is noticed, how exact sums are, and that minimizations
// know how finely they can resolve.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { webgpu } from '../../backends/webgpu/index.ts'
import {
  adam, complex, fromTypedArray, full, grad, jit, lbfgs, minimize, minimizeAsync, mul, ones, random, sgd, tensor, zeros,
  type Scalar, type Tensor,
} from '../../index.ts'
import { close } from '../close.ts'
import { openDevice } from '../gpu/device.ts'
import { rejected, thrown, watched } from './watched.ts'

type Vector = Tensor<'float64', [number]>
type Single = Tensor<'float32', [number]>
type ComplexVector = Tensor<'complex128', [number]>

const { backend } = await watched()
const strict = (await watched({ precision: 'strict' })).backend

const refusing = suite('strict precision')

refusing('names the operation and the tensor', () => {
  const x = tensor([1, 2, 3], 'float32').to(strict) as Single
  const wide = tensor([[4, 5, 6]])
  const cases: readonly (readonly [RegExp, () => unknown])[] = [
    [/^mul: a tensor float64 \[1, 3\] needs 64-bit floating point, which WebGPU does not have/, () => x.mul(wide)],
    [/^cast: a tensor float64 \[3\] needs/, () => x.cast('float64').sin()],
    [/^sin: a tensor float64 \[3\] needs/, () => jit((v: Single, w: Vector) => v.add(w.sin().cast('float32')))(x, tensor([1, 2, 3]))],
    [/^mul: a tensor float64 \[\] needs/, () => jit((v: Single, t: number) => [v, mul(t, tensor(2))])(x, 3)],
    [/^cast: a tensor complex128 \[3\] needs/, () => jit((v: Single) => v.cast('complex128').abs())(x)],
    [/^less: a tensor float64 \[3\] needs/, () => jit((v: Single, w: Vector) => [v.sum(), w.less(0)])(x, tensor([1, 2, 3]))],
    [/^upload: a tensor float64 needs 64-bit/, () => tensor([1, 2, 3]).to(strict)],
    [/^upload: a tensor complex128 needs/, () => tensor([{ re: 1, im: 2 }, 3]).to(strict)],
  ]
  for (const [message, act] of cases) {
    const error = thrown(act)
    assert.is(error._tag, 'PrecisionError', error.message)
    assert.match(error.message, message)
    assert.match(error.message, /precision: 'strict' was asked for: cast to float32 or complex64, or leave precision: 'report'/)
  }
})

refusing('single precision passes, derivatives, transforms and minimizations too', async () => {
  assert.is(strict.info.precision, 'strict')
  const x = tensor([1, 2, 3, 4], 'float32').to(strict) as Single
  close(await x.mul(2).add(1).div(3).norm().read(), [Math.sqrt(9 + 25 + 49 + 81) / 3], 1e-6)
  close(await grad((v: Single) => v.sin().mul(v).mean())(x).read(), [1, 2, 3, 4].map((v) => (Math.sin(v) + v * Math.cos(v)) / 4), 1e-6)
  const z = tensor([{ re: 1, im: 2 }, { re: 0, im: -1 }, { re: 3, im: 0 }], 'complex64').to(strict)
  const there = await z.fft().abs2().sum().read()
  close(there, [3 * (5 + 1 + 9)], 1e-4)
  // Doubles of the host that the program narrows lose nothing by being sent narrow.
  close(await jit((v: Single, w: Tensor<'float64', [4]>) => v.mul(w.cast('float32')))(x, tensor([1, 2, 3, 4])).read(), [1, 4, 9, 16], 0)
  for (const optimizer of [lbfgs(), sgd(0.1)]) {
    const { value } = await minimizeAsync((v: Single) => v.sub(1).square().sum(), x, { optimizer, maxIterations: 100 })
    assert.ok(value < 1e-2, `${value}`)
  }
  const error = await rejected(minimizeAsync((v: Vector) => v.square().sum(), tensor([1, 2]), { backend: strict }))
  assert.is(error._tag, 'PrecisionError')
})

refusing.run()

// ---- Range ----

const range = suite('range')

range('a number beyond single precision is refused wherever it comes in', async () => {
  const x = tensor([1, 2]).to(backend) as Vector
  const before = backend.memory()
  const large = tensor([1e39, 1])
  const cases = [
    () => large.to(backend), () => x.mul(large), () => x.add(-1e300), () => jit((v: Vector, w: Vector) => v.add(w))(x, large),
    () => jit((v: Vector, t: number) => v.mul(t))(x, 4e38), () => jit((v: Vector) => v.mul(large))(x),
    () => tensor([{ re: 1, im: -1e40 }]).to(backend), () => full([5000], 1e200).to(backend),
    () => jit((v: Tensor<'float64', [5000]>) => v.add(x.sum()))(full([5000], 1e200)),
  ]
  for (const act of cases) {
    const error = thrown(act)
    assert.is(error._tag, 'PrecisionError', String(act))
    assert.match(error.message, /^upload: -?[14]e\+\d+ in a tensor (float64|complex128) is beyond the range of 32-bit floating point, 3\.4e38/)
  }
  const [a, b] = [await rejected(minimizeAsync((v: Vector) => v.mul(large).sum(), x)),
    await rejected(minimizeAsync((v: Vector) => v.square().sum(), large, { backend }))]
  assert.equal([a._tag, b._tag], ['PrecisionError', 'PrecisionError'])
  assert.ok(backend.memory().used - before.used <= 4096, `${backend.memory().used - before.used}`)
})

range('infinities, NaN, and the largest number pass, and what is too small counts as zero', async () => {
  const data = [Infinity, -Infinity, NaN, 3.4028234663852886e38, -3.4028234663852886e38, 1e-60, -0]
  const x = fromTypedArray(Float64Array.from(data), [7])
  const expected = [...data.slice(0, 5), 0, -0]
  close(await x.to(backend).read(), expected, 0)
  close(await jit((v: Vector) => v.flip())(x.to(backend) as Vector).read(), [...expected].reverse(), 0)
})

range.run()

// ---- What is not finite ----

const noticing = suite('noticing')

/** Drivers may assume that there is neither NaN nor infinity: this one leaves them out of sums and extrema. */
const careless = async () => {
  const device = await openDevice()
  const create = device.createShaderModule.bind(device)
  const spoil = (code: string): string => code
    .replace(/fn accumulate\(s: vec2f, x: f32\) -> vec2f \{/, '$& if (!is_finite(x)) { return s; }')
    .replace(/fn maximum\(a: f32, b: f32\) -> f32 \{/, '$& if (is_nan(b)) { return a; }')
    .replace(/fn minimum\(a: f32, b: f32\) -> f32 \{/, '$& if (is_nan(b)) { return a; }')
  const value: typeof create = (descriptor) => create({ ...descriptor, code: spoil(descriptor.code) })
  Object.defineProperty(device, 'createShaderModule', { value })
  return webgpu({ device })
}

type Objective = (x: Vector) => Scalar
const objectives: Readonly<Record<string, Objective>> = {
  sum: (x) => x.log().sum(),
  mean: (x) => x.log().mean(),
  'scaled sum': (x) => x.log().sum().mul(-0.5).add(3),
  max: (x) => x.log().max(),
  min: (x) => x.log().min(),
  norm: (x) => x.log().norm(),
  where: (x) => x.greater(-10).where(x.log(), 0).sum(),
  'cumulative sum': (x) => x.log().cumsum().sum(),
  product: (x) => x.log().prod(),
  'sum of rows': (x) => x.log().expandDims(1).mul(x.expandDims(0)).sum({ axis: 1 }).square().sum(),
}
const vector = (n: number, bad: number): Vector =>
  fromTypedArray(Float64Array.from({ length: n }, (_, k) => (k === (n * 5 >> 3) ? bad : 1 + k / n)), [n])

for (const [name, f] of Object.entries(objectives)) {
  noticing(`${name}: NaN and infinity`, async () => {
    const compiled = jit(f)
    for (const n of [5, 3000]) {
      for (const bad of [-1, 0]) { // log: NaN, −∞
        const here = f(vector(n, bad)).item()
        const [eager] = await f(vector(n, bad).to(backend) as Vector).read()
        const [there] = await compiled(vector(n, bad).to(backend) as Vector).read()
        if (Number.isFinite(here)) continue // the largest of them is finite
        assert.not.ok(Number.isFinite(eager) || Number.isFinite(there), `${n} ${bad}: ${eager} and ${there} for ${here}`)
      }
      const [fine] = await compiled(vector(n, 2).to(backend) as Vector).read()
      const wanted = f(vector(n, 2)).item()
      close(fine!, wanted, Math.max(1e-5 * Math.abs(wanted), 1e-30))
    }
  })
}

noticing('where it is not selected it does no harm', async () => {
  const f: Objective = (x) => x.greater(0).where(x.log(), x.square()).sum()
  for (const n of [5, 3000]) {
    const x = vector(n, -1)
    close(await jit(f)(x.to(backend) as Vector).read(), [f(x).item()], 1e-5 * n)
  }
})

noticing('even where a driver leaves them out', async () => {
  const place = await careless()
  for (const name of ['sum', 'max', 'min', 'where']) {
    const compiled = jit(objectives[name]!)
    for (const n of [5, 3000]) {
      const [there] = await compiled(vector(n, -1).to(place) as Vector).read()
      assert.ok(Number.isNaN(there), `${name} ${n}: ${there}`)
    }
  }
})

noticing('in a minimization: at the start, and on the way', async () => {
  for (const [bad, where] of [[-1, 'value'], [Infinity, 'parameters'], [NaN, 'parameters']] as const) {
    for (const f of [objectives['sum']!, objectives['mean']!]) {
      const { status } = await minimizeAsync(f, vector(5, bad), { backend })
      assert.ok(status._tag === 'NonFinite' && status.where === where, `${bad}: ${status._tag}`)
    }
  }
  // The value is finite, its slope is not.
  const corner = await minimizeAsync((x: Vector) => x.sqrt().sum(), tensor([0, 1]), { backend })
  assert.ok(corner.status._tag === 'NonFinite' && corner.status.where === 'gradient', corner.status._tag)
  // A step that is too long leads where the logarithm has no value; the point before it is the result.
  const f: Objective = (x) => x.log().sum().add(x.sum().mul(3))
  const { status, params, value } = await minimizeAsync(f, tensor([0.5, 2]), { backend, optimizer: adam(0.3), maxIterations: 200, gradientTolerance: 0 })
  assert.ok(status._tag === 'NonFinite', status._tag)
  const reached = fromTypedArray(await params.read(), [2])
  close(f(reached).item(), value, 1e-5)
})

noticing.run()

// ---- Sums ----

const sums = suite('sums')

sums('come back with their rounding error', async () => {
  const n = 1_000_000
  const x = full([n], 0.1).to(backend) as Vector
  const exact = n * Math.fround(0.1)
  for (const f of [(v: Vector) => v.sum(), jit((v: Vector) => v.sum())]) {
    const [sum] = await f(x).read()
    assert.ok(Math.abs(sum! - exact) <= 1e-11 * exact, `${sum} for ${exact}`)
    assert.ok(Math.abs(sum! - 1e5) < 2e-8 * 1e5)
  }
  const [squares] = await jit((v: Vector) => v.square().sum())(x).read()
  close(squares!, n * Math.fround(Math.fround(0.1) ** 2), 1e-11 * 1e4)
  const [mean] = await jit((v: Vector) => v.mean())(x).read()
  close(mean!, 0.1, 1.2e-7 * 0.1)
  // Cancelled to nothing but the error.
  const data = Float64Array.from({ length: 4096 }, (_, k) => (k % 2 === 0 ? 1e6 : -1e6) + (k % 64) / 64)
  const [small] = await fromTypedArray(data, [4096]).to(backend).sum().read()
  close(small!, data.reduce((s, v) => s + v, 0), 1e-9)
})

sums.run()

// ---- Tolerances ----

const tolerances = suite('tolerances')

const keys = random.split(random.key(11), 6)
const design = random.normal(keys[0]!, [30, 8])
const right = random.normal(keys[1]!, [30])
const sensing = complex(random.normal(keys[2]!, [48, 6]), random.normal(keys[3]!, [48, 6]))
const hidden = complex(random.normal(keys[4]!, [6]), random.normal(keys[5]!, [6]))
const amplitudes = sensing.matmul(hidden).abs2()

const residual = (x: Vector): Scalar => design.matmul(x).sub(right).square().sum()
const retrieval = (z: ComplexVector): Scalar => sensing.matmul(z).abs2().sub(amplitudes).square().mean()
const shifted = (x: Vector): Scalar => x.sub(1).square().sum().add(1e4) // all that is to be gained is rounding

tolerances('minimizations in double precision end sensibly in single', async () => {
  const options = [{}, { gradientTolerance: 1e-12 }, { gradientTolerance: 0, decreaseTolerance: 1e-12 }]
  for (const option of options) {
    const results = [
      await minimizeAsync(residual, zeros([8]) as Vector, { ...option, backend }),
      await minimizeAsync(retrieval, hidden.add(0.2) as ComplexVector, { ...option, backend }),
      await minimizeAsync(shifted, ones([9]).mul(3) as Vector, { ...option, backend }),
    ]
    for (const { status, evaluations, precision } of results) {
      assert.is(precision, 'float32')
      const tags = 'gradientTolerance' in option ? ['StalledAtPrecision', 'ConvergedByDecrease', 'ConvergedByGradient'] : ['ConvergedByGradient']
      assert.ok(tags.includes(status._tag), `${status._tag}: ${status.message}`)
      assert.ok(evaluations < 1000, `${status._tag} after ${evaluations} evaluations`)
    }
    const best = minimize(residual, zeros([8]) as Vector).value
    close(results[0]!.value, best, 1e-6 * best)
    assert.ok(results[1]!.value < 1e-8 && results[2]!.value < 1e4 + 1e-2)
  }
})

tolerances('the least residual, to the last of 32 bits and beyond', async () => {
  const x0 = zeros([8]) as Vector
  const there = await minimizeAsync(residual, x0, { backend, gradientTolerance: 1e-6 })
  const best = minimize(residual, x0, { gradientTolerance: 1e-12 }).value
  const reached = residual(fromTypedArray(await there.params.read(), [8])).item()
  assert.ok(reached - best <= 1e-9 * (residual(x0).item() - best), `${(reached - best) / (residual(x0).item() - best)} ${there.status._tag}`)
})

tolerances.run()
