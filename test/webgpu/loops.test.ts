// Loop kernels on WebGPU: what they compute, in 32 bits, against the reference.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { arange, concat, fromTypedArray, range, stack, tensor, valueAndGrad, where, zeros, type Tensor } from '../../index.ts'
import { uniform } from '../backends/agree/compare.ts'
import { close } from '../close.ts'
import { agree, dispatchesOf, hardware, onGpu, software, trace } from './agree.ts'

const test = suite('webgpu loops')

const random = uniform(5)
const sizeOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)
/** Numbers in (−1, 1). */
const real = (...dims: readonly number[]): Tensor =>
  fromTypedArray(Float32Array.from({ length: sizeOf(dims) }, () => 2 * random() - 1), [...dims])
const complex = (...dims: readonly number[]): Tensor =>
  fromTypedArray(Float32Array.from({ length: 2 * sizeOf(dims) }, () => 2 * random() - 1), [...dims], 'complex64')
const integer = (low: number, high: number, ...dims: readonly number[]): Tensor =>
  fromTypedArray(Int32Array.from({ length: sizeOf(dims) }, () => low + Math.floor(random() * (high - low + 1))), [...dims])

test('one operation, with sizes as parameters', async () => {
  for (const n of [1, 2, 64, 65, 5000]) {
    await agree(`x + y [${n}]`, (x, y) => [x!.add(y!)], [real(n), real(n)])
    await agree(`sum [${n}]`, (x) => [x!.sum()], [real(n)])
    await agree(`z·w [${n}]`, (z, w) => [z!.mul(w!)], [complex(n), complex(n)])
    await agree(`max of rows [${n}, 3]`, (x) => [x!.max({ axis: 1 })], [real(n, 3)])
    await agree(`sum of columns [${n}, 3]`, (x) => [x!.sum({ axis: 0 })], [real(n, 3)])
  }
})

test('views: slices, steps, flips, transposes, broadcasts, pads, concatenations', async () => {
  for (const [m, n] of [[3, 5], [1, 7], [40, 50]] as const) {
    await agree(`views ${m}×${n}`, (x, v) => [
      x!.transpose().mul(2), x!.flip(1).add(v!), x!.slice([0, 1], [m, n]).neg(), x!.pad([[1, 2], [0, 3]]).add(1),
      x!.pad([[2, 0], [3, 1]]).transpose().mul(x!.pad([[2, 0], [3, 1]]).transpose()),
      concat([x!, x!.mul(3)], 0), concat([x!.neg(), x!], 1), stack([x!.add(1), x!], 1), x!.roll(1, 1).sub(x!.roll(-1, 0)),
      x!.reshape([n, m]).add(1), v!.add(zeros([2, m, n], 'float32')),
    ], [real(m, n), real(n)])
  }
})

test('interior padding, and guards on sums of counters', async () => {
  const strided = (y: Tensor): Tensor => y.at(range(1, 40, 3)).square().sum()
  await agree('adjoint of a strided slice', (x) => [valueAndGrad(strided)(x!).grad], [real(50)])
  await agree('pads of pads', (x) => [
    x!.pad([[1, 1], [2, 0]]).pad([[0, 3], [1, 1]]).square().sum(), x!.pad([[5, 0], [0, 0]]).max(),
  ], [real(6, 7)])
})

const axes = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]] as const

test('reductions over every choice of axes', async () => {
  for (const dims of [[2, 3, 4], [1, 5, 1], [70, 3, 5], [3, 50, 13]]) {
    await agree(`[${dims.join()}]`, (x) => axes.flatMap((axis) => [x!.sum({ axis }), x!.mul(x!).max({ axis })]), [real(...dims)])
  }
  await agree('all at once', (x, z) => [
    x!.sum(), z!.sum(), z!.abs2().sum({ axis: 0 }), x!.max(), x!.min({ axis: 1, keepDims: true }).sub(1), x!.sum({ axis: 1 }), x!.add(1),
    x!.less(0).sum(), x!.mean(),
  ], [real(20, 90), complex(20, 90)])
})

test('long reductions, cut into pieces', async () => {
  for (const dims of [[3, 40_000], [40_000, 3], [200, 300], [2, 20_000, 3]]) {
    const last = dims.length - 1
    await agree(`[${dims.join()}]`, (x) => [
      x!.sum({ axis: 0 }), x!.max({ axis: last }), x!.mul(3).sum({ axis: last }), x!.sum(), x!.square().sum(), x!.min(), x!.add(0.5),
    ], [real(...dims)])
  }
})

test('sums carry their error along', async () => {
  const n = 50_000
  const tenths = fromTypedArray(new Float64Array(n).fill(Math.fround(0.1)), [n])
  const { program, inputs } = trace((x) => [x!.sum(), x!.reshape([2, n / 2]).sum({ axis: 1 })], [tenths])
  const exact = n * Math.fround(0.1)
  for (const target of [software, hardware]) {
    const [all, kept] = await onGpu(program, inputs, target)
    close(all![0]!, exact, 1e-12)
    assert.is(kept![0], Math.fround(exact / 2))
  }
  const cancelling = Float32Array.from({ length: 3001 }, (_, k) => (k === 3000 ? 0.25 : (k % 2 === 0 ? 1 : -1) * 1e7))
  const twice = (x: Tensor): Tensor => x.reshape([1, 3001]).add(zeros([2, 1], 'float32'))
  const rows = trace((x) => [x!.sum(), twice(x!).sum({ axis: 1 })], [fromTypedArray(cancelling, [3001])])
  for (const target of [software, hardware]) {
    for (const y of await onGpu(rows.program, rows.inputs, target)) for (const value of y) assert.is(value, 0.25)
  }
})

test('no axes, axes of length one and of length zero', async () => {
  await agree('scalars', (x, y) => [x!.add(y!), x!.mul(2).sum(), x!.reshape([1, 1]).max({ axis: 0 })], [real(), real()])
  await agree('empty', (x) => [x!.sum(), x!.sum({ axis: 0 }), x!.sum({ axis: 1 }), x!.add(1), concat([x!, zeros([2, 4], 'float32')], 0)], [real(0, 4)])
})

test('integers wrap', async () => {
  const extreme = fromTypedArray(Int32Array.of(2 ** 31 - 1, -(2 ** 31), -1, 65_536, 46_341, 7, 0), [7])
  await agree('int32', (x, y) => [
    x!.add(y!), x!.sub(y!), x!.mul(y!), x!.neg(), x!.abs(), x!.square(), x!.pow(3), x!.sum(), x!.mul(y!).sum(), x!.max(), x!.min(), x!.sign(),
    x!.maximum(y!), x!.add(1), x!.mul(65_537), x!.less(y!), x!.equal(y!), x!.cast('bool'), x!.abs2(), x!.flip(0).sum({ axis: 0 }),
  ], [extreme, extreme.flip(0)])
  await agree('sums of many', (x) => [x!.sum(), x!.sum({ axis: 0 }), x!.max({ axis: 1 }), x!.min()], [integer(-(2 ** 31), 2 ** 31 - 1, 70, 90)])
})

test('integers become floating-point numbers before they could wrap', async () => {
  const x = fromTypedArray(Int32Array.of(100_000, -70_000, 3, 2 ** 30), [4])
  await agree('int32 and float32', (i, f) => [
    i!.cast('float32').mul(i!.cast('float32')), i!.mul(f!), i!.cast('float32').square().sum(), i!.div(3), i!.cast('float32').add(i!.cast('float32')),
    i!.mean(), where(f!.less(0), i!, f!), i!.cast('complex64').mul(i!.cast('complex64')).abs2().sum(), arange(0, 4).cast('float32').mul(f!),
  ], [x, real(4)])
  await agree('casts to int32', (f) => [f!.cast('int32'), f!.mul(1e3).cast('int32').add(5), f!.less(0).cast('int32').sum(), f!.cast('bool')],
    [fromTypedArray(Float32Array.of(0.5, -0.5, 1.5, -1.5, 2 ** 31, -(2 ** 31), 3e9, -3e9, 1e20, NaN, Infinity, -Infinity), [12])])
})

test('truth values', async () => {
  await agree('bool', (x, y) => {
    const [p, q] = [x!.less(0), y!.greater(0.3)]
    return [p.and(q), p.or(q), p.xor(q), p.not(), p.any(), p.all(), q.sum({ axis: 0 }), where(p, x!, y!), p.add(q), p.mul(x!),
      concat([p, q], 0), p.max({ axis: 1 }), p.pad([[1, 1], [0, 0]]), p.cast('float32').mul(2)]
  }, [real(20, 30), real(20, 30)])
})

test('NaN, infinities, zeros with their signs', async () => {
  const special = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e38, -3e38, 1e-30]
  const pairs = special.flatMap((p) => special.map((q) => [p, q] as const))
  const column = (k: 0 | 1): Tensor => fromTypedArray(Float32Array.from(pairs, (p) => p[k]!), [pairs.length])
  await agree('special values', (x, y) => [
    x!.less(y!), x!.lessEqual(y!), x!.greater(y!), x!.equal(y!), x!.notEqual(y!), x!.isNaN(), x!.isFinite(), x!.cast('bool'),
    x!.maximum(y!), x!.minimum(y!), x!.neg(), x!.abs(), x!.sign(), x!.equal(Infinity), x!.less(Infinity), x!.greaterEqual(-Infinity), x!.notEqual(x!),
    where(x!.isNaN(), 0, x!), x!.max(), x!.min(), x!.sum(), x!.reshape([10, 10]).max({ axis: 0 }), x!.reshape([10, 10]).min({ axis: 1 }),
  ], [column(0), column(1)])
  const { program, inputs } = trace((x) => [x!.neg(), x!.abs(), x!.minimum(0), x!.maximum(-0)], [fromTypedArray(Float32Array.of(0, -0), [2])])
  for (const target of [software, hardware]) {
    const signs = (await onGpu(program, inputs, target)).map((y) => Array.from(y, (v) => Object.is(v, -0)))
    assert.equal(signs, [[true, false], [false, false], [false, true], [false, true]])
  }
})

test('the host sees that something was not finite', async () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    for (const n of [3, 10_000]) {
      const x = new Float32Array(n).fill(1)
      x[n >> 1] = value
      await agree(`${value} among ${n}`, (y) => [y!.sum(), y!.mul(2).sum(), y!.max(), y!.min(), y!.sum().add(1)], [fromTypedArray(x, [n])])
    }
  }
  await agree('overflow', (y) => [y!.mul(y!).sum(), y!.sum().exp()], [tensor([1e3, 1], 'float32')])
})

test('more arrays than a kernel may bind', async () => {
  const n = 1500
  const many = Array.from({ length: 20 }, () => real(n))
  const weights = real(20)
  await agree('a combination of twenty', (w, ...xs) => [xs.map((x, k) => x.mul(w!.at(k))).reduce((p, q) => p.add(q))], [weights, ...many])
  await agree('a product of sums of eleven', (...xs) => {
    const sums = xs.slice(0, 11).map((x, k) => x.add(xs[(k + 1) % 11]!))
    const product = sums.reduce((p, q) => p.mul(q))
    const negative = xs.slice(0, 11).map((x) => x.less(0)).reduce((p, q) => p.and(q))
    return [product, product.sum(), negative, xs.slice(0, 11).reduce((p, q) => p.maximum(q)).sum()]
  }, many)
  await agree('many results', (...xs) => xs.map((x, k) => x.mul(xs[(k + 3) % 20]!).add(k)), many)
  await agree('many sums', (...xs) => xs.map((x, k) => x.mul(xs[(k + 3) % 20]!).sum()), many)
  const folded = (xs: readonly Tensor[]): Tensor => xs.slice(0, 12).reduce((p, q) => p.mul(q).add(p))
  await agree('sums of rows', (...xs) => [folded(xs).reshape([15, 100]).sum({ axis: 0 })], many)
})

test('results of different boxes in one kernel', async () => {
  for (const dims of [[3, 4], [9, 9], [50, 60], [1, 9], [9, 200]]) {
    const [m, n] = dims as [number, number]
    await agree(`[${dims.join()}]`, (x) => {
      const down = x!.slice([1, 0], [m, n]).sub(x!.slice([0, 0], [m - 1, n]))
      const right = x!.slice([0, 1], [m, n]).sub(x!.slice([0, 0], [m, n - 1]))
      return [down, right, down.square().sum(), right.square().sum(), x!.slice([0, 0], [1, 1]).mul(2), x!.sum()]
    }, [real(m, n)])
  }
})

test('small steps that depend on one another are one kernel', async () => {
  const softmax = (x: Tensor): readonly Tensor[] => {
    const e = x.sub(x.max({ axis: 1, keepDims: true })).square().add(1)
    const y = e.div(e.sum({ axis: 1, keepDims: true }))
    return [y, y.mean(), y.sub(y.mean()).square().sum(), y.sum({ axis: 0 }).max()]
  }
  for (const dims of [[1, 1], [5, 7], [16, 16], [60, 70]]) await agree(`[${dims.join()}]`, (x) => softmax(x!), [real(...dims)])
  assert.is(dispatchesOf((x) => softmax(x!), [real(12, 12)], software), 1)
})

const rosenbrock = (x: Tensor): Tensor => {
  const [head, tail] = [x.at(range(0, -1)), x.at(range(1, x.shape[0]!))]
  return tail.sub(head.square()).square().mul(100).add(head.neg().add(1).square()).sum()
}
const objective = (x: Tensor): readonly Tensor[] => {
  const { value, grad } = valueAndGrad(rosenbrock)(x)
  return [value, grad]
}

test('value and gradient are two dispatches at most', async () => {
  for (const n of [2, 100, 1000, 100_000]) {
    await agree(`Rosenbrock ${n}`, (x) => objective(x!), [real(n)])
    for (const target of [software, hardware]) {
      assert.ok(dispatchesOf((x) => objective(x!), [real(n)], target) <= (n > 4096 ? 2 : 1))
    }
  }
})

test.run()
