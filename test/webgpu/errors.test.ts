// What goes wrong on a device, as users see it: typed errors that say what to do, and minimizations that end with what they
// have. Devices are destroyed in the middle, or made to answer with errors.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { webgpu, webgpuEither, type WebGpuOptions } from '../../backends/webgpu/index.ts'
import { needed } from '../../backends/webgpu/device/acquire.ts'
import type { DeviceLike, GpuLike } from '../../backends/webgpu/gpu.ts'
import { useBackend } from '../../core/backend.ts'
import {
  adam, cpu, fromTypedArray, jit, lbfgs, minimize, minimizeAsync, ones, sgd, tensor, zeros, type Optimizer, type Scalar, type Solution,
  type Tensor,
} from '../../index.ts'
import { close } from '../close.ts'
import { openGpu } from '../gpu/device.ts'
import { MB, rejected, thrown, tick, watched } from './watched.ts'

type Vector = Tensor<'float64', [number]>

const rosenbrock = (x: Vector): Scalar => {
  const n = x.shape[0]
  const [a, b] = [x.slice([0], [n - 1]), x.slice([1], [n])]
  return b.sub(a.square()).square().mul(100).add(a.sub(1).square()).sum()
}
const start: Vector = fromTypedArray(Float64Array.from([-1.2, 1, -1.2, 1, 0.5, -0.3]), [6])

// ---- Lost devices ----

const lost = suite('lost devices')

/** Loses its device after so many iterations. */
const losing = async (optimizer: Optimizer, lastIteration: number): Promise<Solution<Vector>> => {
  const { backend, device } = await watched()
  const values: number[] = [rosenbrock(start).item()]
  const found = await minimizeAsync(rosenbrock, start, {
    backend, optimizer, snapshotSeconds: 0,
    onIteration: ({ iterations, value }) => {
      values.push(value)
      if (iterations === lastIteration) device.destroy()
    },
  })
  assert.ok(found.status._tag === 'DeviceFailed', found.status._tag)
  assert.is(found.status.reason, 'DeviceLostError')
  assert.match(found.status.message, /the device is lost \(destroyed.*make a new backend.*resumeFrom goes on from it/)
  // The point is on the host, whole, and what it says of itself is so.
  close(rosenbrock(found.params).item(), found.value, 1e-5 * Math.abs(found.value))
  close(found.grad.abs().max().item(), found.gradientNorm, 1e-5 * found.gradientNorm)
  assert.ok(values.slice(-3).some((v) => Math.abs(v - found.value) <= 1e-5 * v), `${found.value} of ${values.join(' ')}`)
  assert.ok(found.iterations >= lastIteration - 2 && found.iterations <= lastIteration, `${found.iterations}`)
  return found
}

lost('in the middle of L-BFGS: the best point is on the host, and goes on elsewhere', async () => {
  const optimizer = lbfgs({ memorySize: 3 })
  const other = await watched()
  for (const lastIteration of [1, 9]) {
    const found = await losing(optimizer, lastIteration)
    const there = await minimizeAsync(rosenbrock, start, { optimizer, backend: other.backend, resumeFrom: found })
    const here = await minimizeAsync(rosenbrock, start, { optimizer, backend: cpu, resumeFrom: found })
    const alone = minimize(rosenbrock, start, { optimizer, resumeFrom: found })
    for (const { status, value, iterations } of [there, here, alone]) {
      assert.is(status._tag, 'ConvergedByGradient', status.message)
      assert.ok(value < 1e-6 && iterations > found.iterations)
    }
    assert.equal([here.precision, there.precision], ['float64', 'float32'])
  }
})

for (const [name, optimizer] of [['Adam', adam(0.01)], ['gradient descent', sgd(1e-3)]] as const) {
  lost(`in the middle of ${name}`, async () => {
    const found = await losing(optimizer, 5)
    const other = await watched()
    const on = { optimizer, resumeFrom: found, maxIterations: 20 }
    for (const on_ of [{ ...on, backend: other.backend }, { ...on, backend: cpu }]) {
      const { status, iterations, value } = await minimizeAsync(rosenbrock, start, on_)
      assert.is(status._tag, 'IterationLimit', status.message)
      assert.ok(iterations === 20 && value < found.value)
    }
  })
}

lost('before anything came to the host: the promise is rejected', async () => {
  const { backend, device } = await watched()
  const x0 = start.to(backend)
  const running = rejected(minimizeAsync(rosenbrock, x0))
  device.destroy()
  assert.is((await running)._tag, 'DeviceLostError')
  assert.is((await rejected(minimizeAsync(rosenbrock, start, { backend })))._tag, 'DeviceLostError')
})

lost('while something is read, before, and after', async () => {
  const { backend, device } = await watched()
  const x = ones([1000]).to(backend)
  const y = x.mul(2)
  assert.is((await y.read())[999], 2)
  const reading = [x.sin().read(), y.sum().read(), x.read()].map(rejected)
  device.destroy()
  for (const error of await Promise.all(reading)) assert.is(error._tag, 'DeviceLostError')
  assert.is((await rejected(y.read()))._tag, 'DeviceLostError')
  assert.match(thrown(() => x.add(1)).message, /^webgpu: the device is lost/)
  assert.is(thrown(() => ones([3]).to(backend))._tag, 'DeviceLostError')
  assert.is(thrown(() => jit((v: typeof x) => v.mul(3).sum())(x))._tag, 'DeviceLostError')
})

lost('in the middle of eager work', async () => {
  const { backend, device } = await watched()
  let x = zeros([50_000], 'float32').to(backend)
  const error = await rejected((async () => {
    for (let k = 0; k < 1000; k++) {
      x = x.add(1)
      if (k === 20) device.destroy()
      if (k % 8 === 7) await x.read()
    }
  })())
  assert.is(error._tag, 'DeviceLostError')
  // Others work on.
  const other = await watched()
  assert.is((await zeros([5]).to(other.backend).add(3).read())[4], 3)
})

lost.run()

// ---- Refused commands, full devices ----

const refused = suite('refused commands')

/** From now on the scopes of a device that watch for such errors tell of one. */
const failing = (device: GPUDevice, filter: GPUErrorFilter, make: () => GPUError): { readonly stop: () => void } => {
  const filters: GPUErrorFilter[] = []
  const pushErrorScope = device.pushErrorScope.bind(device)
  const popErrorScope = device.popErrorScope.bind(device)
  const replace = (push: GPUDevice['pushErrorScope'], pop: GPUDevice['popErrorScope']): void => {
    Object.defineProperty(device, 'pushErrorScope', { value: push, configurable: true })
    Object.defineProperty(device, 'popErrorScope', { value: pop, configurable: true })
  }
  replace(
    (kind) => {
      filters.push(kind)
      return pushErrorScope(kind)
    },
    async () => {
      const isMeant = filters.pop() === filter
      return await popErrorScope() ?? (isMeant ? make() : null)
    })
  return { stop: () => { replace(pushErrorScope, popErrorScope) } }
}

const kinds = [
  ['GpuOutOfMemoryError', 'out-of-memory', () => new GPUOutOfMemoryError('full'), /no memory for a tensor of 300000 numbers \(float32\) \(full\): .*smaller memoryBudget/],
  ['GpuValidationError', 'validation', () => new GPUValidationError('unfit'), /refused.*: unfit/],
] as const

for (const [tag, filter, make, message] of kinds) {
  refused(`${tag} rejects what is read`, async () => {
    const { backend, device } = await watched()
    const x = ones([10]).to(backend)
    const { stop } = failing(device, filter, make)
    const big = zeros([300_000], 'float32').to(backend)
    const error = await rejected(big.read())
    stop()
    assert.is(error._tag, tag, error.message)
    assert.match(error.message, message)
    assert.is((await rejected(x.read()))._tag, tag)
    assert.is(thrown(() => x.add(1))._tag, tag)
  })

  refused(`${tag} in the middle of a minimization`, async () => {
    const { backend, device } = await watched()
    const found = await minimizeAsync(rosenbrock, start, {
      backend, snapshotSeconds: 0, onIteration: ({ iterations }) => { if (iterations === 6) failing(device, filter, make) },
    })
    assert.ok(found.status._tag === 'DeviceFailed' && found.status.reason === tag, found.status._tag)
    close(rosenbrock(found.params).item(), found.value, 1e-5 * found.value)
    const whole = minimize(rosenbrock, start, { resumeFrom: found })
    assert.is(whole.status._tag, 'ConvergedByGradient')
  })
}

refused('a kernel that the driver refuses is named', async () => {
  const { backend, device } = await watched()
  const create = device.createShaderModule.bind(device)
  const spoil: typeof create = (descriptor) => create({ ...descriptor, code: descriptor.code.replace('fn main', 'fn niam') })
  Object.defineProperty(device, 'createShaderModule', { value: spoil })
  const error = await rejected(ones([5]).to(backend).exp().read())
  assert.is(error._tag, 'GpuValidationError')
  assert.match(error.message, /^webgpu: the kernel '.*' does not compile: /)
})

refused('the memory budget, in the middle of a minimization', async () => {
  const n = 20_000
  const x0 = fromTypedArray(Float64Array.from({ length: n }, (_, i) => -1 + 0.1 * Math.sin(i)), [n])
  const { backend } = await watched({ memoryBudget: 1.6 * MB })
  const found = await minimizeAsync(rosenbrock, x0, { backend, optimizer: lbfgs({ memorySize: 20 }), snapshotSeconds: 0 })
  assert.ok(found.status._tag === 'DeviceFailed' && found.status.reason === 'MemoryBudgetError', found.status.message)
  assert.ok(found.iterations > 2, `${found.iterations}`)
  close(rosenbrock(found.params).item(), found.value, 1e-4 * found.value)
  const less = { optimizer: lbfgs({ memorySize: 1 }), maxIterations: found.iterations + 2 }
  const again = await minimizeAsync(rosenbrock, x0, { ...less, backend, resumeFrom: found })
  assert.is(again.status._tag, 'IterationLimit', again.status.message)
  assert.ok(again.value < found.value)
})

refused.run()

// ---- Misuse ----

const misuse = suite('misuse')

misuse('two devices in one operation', async () => {
  const [a, b] = [await watched(), await watched()]
  const [x, y] = [ones([3]).to(a.backend), ones([3]).to(b.backend)]
  const wrong = [() => x.add(y), () => jit((p: typeof x) => p.mul(y))(x), () => jit((p: typeof x, q: typeof x) => p.mul(q))(x, y)]
  for (const act of wrong) {
    const error = thrown(act)
    assert.is(error._tag, 'BackendError')
    assert.match(error.message, /operands on two devices, webgpu and webgpu: read one of them \(await x\.read\(\)\)/)
  }
  const moved = fromTypedArray(await y.read(), y.shape, y.dtype).to(a.backend)
  assert.equal([...await x.add(moved).read()], [2, 2, 2])
})

misuse('numbers do not come by themselves', async () => {
  const { backend } = await watched()
  const x = tensor([1, 2, 3]).to(backend)
  for (const [name, act] of [
    ['item', () => x.sum().item()], ['toArray', () => x.toArray()], ['toTypedArray', () => x.toTypedArray()], ['view', () => x.view()],
  ] as const) {
    const error = thrown(act)
    assert.is(error._tag, 'BackendError')
    assert.match(error.message, new RegExp(`^${name}: the tensor float64 \\[.*\\] is on webgpu.*: await x\\.read\\(\\) first$`))
  }
  const s = x.sum()
  await s.read()
  assert.is(s.item(), 6) // what has been read is known
  assert.is(thrown(() => minimize((v: Vector) => v.square().sum(), x as Vector))._tag, 'BackendError')
})

misuse('to()', async () => {
  const { backend } = await watched()
  const other = await watched()
  const x = tensor([1, 2, 3]).to(backend)
  assert.is(x.to(backend), x)
  const there = thrown(() => x.to(other.backend))
  assert.match(there.message, /^to: the tensor is on webgpu, and nothing leaves a device by itself: fromTypedArray\(await x\.read\(\)/)
  assert.is(thrown(() => x.to(cpu))._tag, 'BackendError')
  // @ts-expect-error a name is not a backend
  assert.match(thrown(() => x.to('webgpu')).message, /^to: a backend has a name and compile/)
  // @ts-expect-error a promise of a backend is not one
  assert.is(thrown(() => x.to(webgpu({ device: other.device })))._tag, 'BackendError')
  const traced = thrown(() => jit((v: typeof x) => v.mul(2).to(backend))(x))
  assert.is(traced._tag, 'TraceError')
  assert.match(traced.message, /^to: the tensor belongs to the trace/)
  // @ts-expect-error a promise of a backend is not one
  assert.is((await rejected(minimizeAsync(rosenbrock, start, { backend: webgpu({ device: other.device }) })))._tag, 'OptionError')
})

misuse('as the chosen backend: new results are on the device, and can be read', async () => {
  const { backend } = await watched()
  useBackend(backend)
  try {
    const x = tensor([3, 4]).norm()
    assert.is(thrown(() => x.item())._tag, 'BackendError')
    assert.is((await x.read())[0], 5)
    assert.match(jit((v: Vector) => v.sin()).name, /.*/)
  } finally {
    useBackend(cpu)
  }
})

misuse('a tensor beyond the limits of the device names the limit', async () => {
  const { backend } = await watched()
  const few = zeros([1000], 'float32').to(backend)
  const before = backend.memory()
  const error = thrown(() => few.expandDims(1).add(zeros([1, 33_555], 'float32')))
  assert.is(error._tag, 'BackendError')
  assert.match(error.message, /a tensor of 33555000 numbers \(float32\) needs 134220000 bytes \(128\.0 MB\), but maxStorageBufferBindingSize of /)
  assert.match(error.message, /this device is 134217728 \(128\.0 MB\): split it, or compute on the cpu backend/)
  assert.match(thrown(() => zeros([33_555_000], 'float32').to(backend)).message, /maxStorageBufferBindingSize/)
  assert.is(backend.memory().used, before.used)
  assert.is((await few.add(1).read())[999], 1)
})

misuse.run()

// ---- No device ----

const absent = suite('no device')

/** What both forms say of the same options. */
const reasonOf = async (options: WebGpuOptions): Promise<string> => {
  const error = await rejected(webgpu(options))
  const either = await webgpuEither(options)()
  if (either._tag === 'Right') throw new Error('a device was found')
  assert.equal([either.left._tag, either.left.message], [error._tag, error.message])
  return `${error._tag} ${error.message}`
}

absent('both forms say why', async () => {
  const adapterWith = (limits: typeof needed, requestDevice: () => Promise<DeviceLike>): GpuLike =>
    ({ requestAdapter: () => Promise.resolve({ limits, requestDevice }) })
  const gone = (): Promise<DeviceLike> => Promise.reject(new Error('lost'))
  assert.match(await reasonOf({ gpu: { requestAdapter: () => Promise.resolve(null) } }), /^NoAdapter .*or use the cpu backend/)
  const few = adapterWith({ ...needed, maxStorageBuffersPerShaderStage: 4 }, gone)
  assert.match(await reasonOf({ gpu: few }), /^LimitsTooSmall .*maxStorageBuffersPerShaderStage of this device is 4, but 8 is needed/)
  assert.match(await reasonOf({ gpu: adapterWith(needed, gone) }), /^DeviceRefused .*the adapter gave no device \(lost\)/)
})

absent('nothing but options is thrown, and options at the call', async () => {
  const wrong = { memoryBudge: 3 } as object
  assert.match((await rejected(webgpu(wrong))).message, /^webgpu: there is no option memoryBudge: there are device, gpu/)
  const error = thrown(() => webgpuEither(wrong))
  assert.is(error._tag, 'OptionError')
  const precise = { precision: 'float64' } as object
  assert.match(thrown(() => webgpuEither(precise)).message, /precision must be 'report' or 'strict', got 'float64'/)
})

absent('where there is one, both forms open it, anew each time', async () => {
  const opening = webgpuEither({ gpu: openGpu() })
  const [a, b] = [await opening(), await opening()]
  assert.ok(a._tag === 'Right' && b._tag === 'Right' && a.right !== b.right)
  await tick()
  assert.is((await tensor([1, 2]).to(a.right).sum().read())[0], 3)
})

absent.run()
