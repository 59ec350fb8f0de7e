// Fourier transforms on WebGPU: against the same transforms in 64 bits, for the kernels of both kinds of device.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fftAlong } from '../../backends/cpu/fft/index.ts'
import { GpuArray } from '../../backends/webgpu/array.ts'
import { compileOn } from '../../backends/webgpu/compile.ts'
import { openOrThrow } from '../../backends/webgpu/device/index.ts'
import type { Dispatch, Target } from '../../backends/webgpu/dispatch.ts'
import { webgpu } from '../../backends/webgpu/index.ts'
import { fftKernels } from '../../backends/webgpu/kernels/fft.ts'
import { Tables } from '../../backends/webgpu/tables.ts'
import type { Equation, Program } from '../../core/equation.ts'
import { shape } from '../../core/shape.ts'

const test = suite('webgpu fft')

const backend = await webgpu()
const device = await openOrThrow({})
const tables = new Tables(device)
const software: Target = { ...device.target, isSoftware: true }
const hardware = (workgroupBytes: number): Target => ({ ...device.target, isSoftware: false, workgroupBytes })

interface Transform {
  readonly dims: readonly number[]
  readonly axes: readonly number[]
  readonly inverse: boolean
}

const programOf = ({ dims, axes, inverse }: Transform): Program => {
  const value = { dtype: 'complex64', shape: shape(dims), outputs: null } as const
  const input: Equation = { ...value, primitive: 'input', args: [], attrs: [] }
  const fft: Equation = { ...value, primitive: 'fft', args: [0], attrs: [Number(inverse), ...axes] }
  return { equations: [input, fft], inputs: [0], outputs: [1] }
}

const onDevice = async (transform: Transform, x: Float32Array, target: Target): Promise<Float32Array> => {
  const program = compileOn(backend, { ...device, target }, tables)(programOf(transform))
  const [result] = program.run([x])
  if (!(result instanceof GpuArray)) throw new Error('a result elsewhere than on the device')
  const [bytes] = await device.queue.read([result.handle])
  result.handle.release()
  return new Float32Array(bytes!, 0, x.length)
}

const product = (sizes: readonly number[]): number => sizes.reduce((n, size) => n * size, 1)

const inDouble = ({ dims, axes, inverse }: Transform, x: Float32Array): Float64Array => {
  const y = Float64Array.from(x)
  for (const axis of axes) {
    const [outer, inner] = [product(dims.slice(0, axis)), product(dims.slice(axis + 1))]
    fftAlong({ outer, n: dims[axis]!, inner, inverse, storage: 'float64', codegen: false })(y, y)
  }
  return y
}

const random = (seed: number, length: number): Float32Array => {
  let state = seed
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  })
}

/** Relative error, in the Euclidean norm. */
const errorOf = (actual: ArrayLike<number>, expected: Float64Array): number => {
  let [difference, total] = [0, 0]
  expected.forEach((value, k) => {
    difference += (actual[k]! - value) ** 2
    total += value ** 2
  })
  return Math.sqrt(difference / total)
}

/** @throws where a transform is off by more than 5e-7, in single precision and for every length. */
const check = async (transform: Transform, target: Target): Promise<void> => {
  const x = random(product(transform.dims), 2 * product(transform.dims))
  const error = errorOf(await onDevice(transform, x, target), inDouble(transform, x))
  assert.ok(error < 5e-7, `${JSON.stringify(transform)}: relative error ${error}`)
}

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, k) => first + k)

const kernels = (transform: Transform, target: Target): readonly Dispatch[] => {
  let buffers = 2
  const { equations: operands } = programOf(transform)
  const { attrs } = operands[1]!
  return fftKernels(
    { kind: 'library', primitive: 'fft', attrs, operands, args: [0], results: [1] },
    { buffers: [], target, scratch: () => buffers++, table: () => buffers++, isRoot: () => false })
}

// Small arrays share a slab, and a kernel is made for each place in it: arrays beyond that size share kernels.
test('every length to 260, rows and columns, both directions', async () => {
  for (const n of range(1, 260)) {
    const inverse = n % 2 === 0
    await check({ dims: [Math.ceil(520 / n), n], axes: [1], inverse }, software)
    await check({ dims: [Math.ceil(260 / n), n, 3], axes: [1], inverse: !inverse }, software)
  }
})

test('long ones: products of all radices, powers, primes', async () => {
  const lengths = [
    1009, 2048, 5040, 10007, 30030, 46341, 65536, 65537, 177147, 371293, 390625, 823543, 999983, 2 ** 20,
  ]
  for (const [k, n] of lengths.entries()) await check({ dims: [n], axes: [0], inverse: k % 2 === 1 }, software)
})

test('several axes, batches on both sides', async () => {
  for (const inverse of [false, true]) {
    await check({ dims: [5, 6, 7], axes: [0, 1, 2], inverse }, software)
    await check({ dims: [2, 32, 3, 17], axes: [1, 3], inverse }, software)
    await check({ dims: [64, 96], axes: [0, 1], inverse }, software)
    await check({ dims: [3, 1, 4], axes: [1], inverse }, software)
  }
})

// Small workgroups lead through the same cases as large lengths do.
type Case = readonly [workgroupBytes: number, dims: readonly number[], axes: readonly number[], passes: number]
const tiles: readonly Case[] = [
  [16384, [24, 36], [0, 1], 2],
  [16384, [3, 130], [1], 1],
  [1024, [2, 90, 7], [1], 2],
  [4096, [3, 512], [1], 2],
  [1024, [8, 150], [1], 2],
  [1024, [2, 720, 3], [1], 3],
  [4096, [3, 31, 2], [1], 1],
  [2048, [2, 331], [1], 3],
  [1024, [1009], [0], 5],
]

test('the kernels for hardware: tiles of rows, of columns and of both, in one pass and several', async () => {
  for (const [k, [workgroupBytes, dims, axes, passes]] of tiles.entries()) {
    const target = hardware(workgroupBytes)
    const transform = { dims, axes, inverse: k % 2 === 1 }
    assert.is(kernels(transform, target).length, passes, `[${dims.join()}] in ${workgroupBytes} bytes`)
    await check(transform, target)
  }
})

test('forth and back is times n', async () => {
  for (const n of [120, 127, 343]) {
    const x = random(n, 2 * n)
    const there = await onDevice({ dims: [n], axes: [0], inverse: false }, x, software)
    const back = await onDevice({ dims: [n], axes: [0], inverse: true }, there, software)
    assert.ok(errorOf(back.map((value) => value / n), Float64Array.from(x)) < 5e-7)
  }
})

test('NaN and infinity reach every frequency; empty arrays and single numbers pass', async () => {
  for (const n of [8, 30, 1024, 17]) {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const x = random(n, 2 * n)
      x[2 * (n >> 1)] = bad
      const y = await onDevice({ dims: [n], axes: [0], inverse: false }, x, software)
      for (let k = 0; k < n; k++) assert.not.ok(isFinite(y[2 * k]!) && isFinite(y[2 * k + 1]!), `${bad}: ${k} of ${n}`)
    }
  }
  assert.equal(kernels({ dims: [3, 0], axes: [0], inverse: false }, software), [])
  const one = Float32Array.of(3, 4)
  assert.equal(await onDevice({ dims: [1], axes: [0], inverse: false }, one, software), one)
})

test('a few dispatches of modest kernels', () => {
  const plane = { dims: [8, 128, 128], axes: [1, 2], inverse: false }
  assert.is(kernels(plane, hardware(16384)).length, 2)
  assert.is(kernels(plane, software).length, 4)
  assert.is(kernels({ dims: [16, 1024, 1024], axes: [1, 2], inverse: true }, hardware(49152)).length, 2)
  assert.is(kernels({ dims: [2 ** 20], axes: [0], inverse: false }, hardware(49152)).length, 2)
  for (const n of [...range(2, 40), 97, 128, 250, 512, 1000, 1009, 1024, 3125]) {
    for (const [dims, axis] of [[[n], 0], [[n, 2], 0], [[n, 64], 0], [[2 ** 14, n], 1]] as const) {
      for (const target of [software, hardware(16384), hardware(32768)]) {
        for (const dispatch of kernels({ dims, axes: [axis], inverse: false }, target)) {
          const { label, arrays, declarations, workgroupSize } = dispatch
          const numbers = Number(/array<vec2f, (\d+)>/.exec(declarations)?.[1] ?? 0)
          assert.ok(arrays.length <= target.storageBuffers && 8 * numbers <= target.workgroupBytes, label)
          assert.ok(workgroupSize <= 256, label)
        }
      }
    }
  }
})

test.run()
