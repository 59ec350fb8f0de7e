// What programs need of a device: storage within a budget, commands in order, reads in one piece, and every fault told.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { limitsOf, needed, type Reason } from '../../backends/webgpu/device/acquire.ts'
import { constantsText } from '../../backends/webgpu/device/constants.ts'
import { open, openOrThrow, type Device } from '../../backends/webgpu/device/index.ts'
import { checkOptions, type WebGpuOptions } from '../../backends/webgpu/device/options.ts'
import type { Handle, Slice } from '../../backends/webgpu/device/owned.ts'
import type { Kernel } from '../../backends/webgpu/device/pipelines.ts'
import { sizeClass, type Block } from '../../backends/webgpu/device/pool.ts'
import type { DeviceLike, GpuLike } from '../../backends/webgpu/gpu.ts'
import { MemoryBudgetError, UnavailableError, WirtingerError } from '../../core/errors.ts'
import { E } from '../../core/fp.ts'
import { countDevice, type Counter } from '../gpu/counted.ts'
import { openAdapter, openDevice, openGpu } from '../gpu/device.ts'

const MB = 2 ** 20
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // the function of that flag
const tick = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })

interface Shared extends Device {
  readonly gpu: GPUDevice
  /** What the device itself is asked, counted without the help of what is tested. */
  readonly seen: Counter
}

/** A backend's device on a device that was handed in, as a renderer's would be. */
const share = async (options: Omit<WebGpuOptions, 'device' | 'gpu'> = {}): Promise<Shared> => {
  const gpu = await openDevice()
  const seen = countDevice(gpu)
  const device = await openOrThrow({ ...options, device: gpu })
  seen.reset()
  return { ...device, gpu, seen }
}

const kernelText = (body: string): string => `${constantsText}
@group(0) @binding(0) var<uniform> U: Constants;
@group(1) @binding(0) var<storage, read> x: array<u32>;
@group(1) @binding(1) var<storage, read_write> y: array<u32>;
@compute @workgroup_size(1) fn main() {
  ${body}
}`

/** y[0] = x[0] + 1. */
const increment = (device: Device): Kernel => device.pipelines.get('increment', kernelText('y[0] = x[0] + 1u;'), 'rw')

const run = (device: Device, kernel: Kernel, x: Block, y: Block): void =>
  device.queue.dispatch(kernel, device.bindings.get(kernel.layout, [x, y]), 1, 1)

const word = (block: Block, k = 0): Slice => ({ block, offset: 4 * k, bytes: 4 })
const words = (buffers: readonly ArrayBuffer[]): readonly number[] => buffers.flatMap((b) => [...new Uint32Array(b)])
const write = (device: Device, block: Block, ...values: readonly number[]): void => device.queue.write(block, 0, Uint32Array.from(values))

const thrown = (act: () => unknown): WirtingerError => {
  try {
    act()
  } catch (error) {
    if (error instanceof WirtingerError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const rejected = async (promise: Promise<unknown>): Promise<WirtingerError> => {
  const outcome = await promise.then(() => null, (error: unknown) => ({ error }))
  if (outcome?.error instanceof WirtingerError) return outcome.error
  throw new Error('nothing of ours was thrown', { cause: outcome?.error })
}

const pool = suite('pool')

pool('size classes waste little', () => {
  let last = 0
  for (let bytes = 1; bytes < 2 ** 27; bytes = Math.ceil(bytes * 1.07)) {
    const size = sizeClass(bytes)
    assert.ok(size >= bytes && size <= Math.max(256, bytes * 9 / 8 + 256) && size % 256 === 0 && size >= last, `${bytes}: ${size}`)
    last = size
  }
  for (const bytes of [256, 4096, MB, 64 * MB]) assert.is(sizeClass(bytes), bytes)
})

pool('hands out again what was given back', async () => {
  const { pool: blocks } = await share()
  const [a, b] = [blocks.take(5000), blocks.take(5000)]
  assert.is.not(a, b)
  assert.equal(blocks.stats().blocks, 2)
  blocks.give(a)
  assert.is.not(blocks.take(50_000), a)
  assert.is(blocks.take(4999), a)
  blocks.give(a)
  blocks.give(b)
  const { used, pooled, peak } = blocks.stats()
  assert.ok(used === sizeClass(50_000) && pooled >= 2 * sizeClass(5000) && peak >= 2 * sizeClass(5000) + sizeClass(50_000))
  blocks.drain()
  assert.is(blocks.stats().pooled, 0)
  assert.is.not(blocks.take(5000), a)
})

pool('keeps within its budget and says what to do', async () => {
  const { pool: blocks } = await share({ memoryBudget: 16 * MB })
  const taken = Array.from({ length: 15 }, () => blocks.take(MB, 'a tensor of 262144 numbers'))
  const error = thrown(() => blocks.take(2 * MB, 'a tensor of 524288 numbers'))
  assert.ok(error instanceof MemoryBudgetError)
  assert.equal([error.used, error.wanted, error.budget], [15 * MB, 2 * MB, 16 * MB])
  assert.match(error.message, /524288 numbers of 2\.0 MB exceeds the memory budget: 15\.0 MB of 16\.0 MB.*Await a read.*raise memoryBudget/)
  blocks.take(MB)
  taken.forEach((block) => { blocks.give(block) })
  for (let k = 0; k < 5; k++) {
    blocks.take(3 * MB) // what was given back is of no use for it, and is destroyed
    const { used, pooled } = blocks.stats()
    assert.ok(used + pooled <= 16 * MB)
  }
  thrown(() => blocks.take(MB))
})

pool('what is recorded runs before a block that it uses is destroyed', async () => {
  const device = await share({ memoryBudget: MB })
  const [x, y] = [device.pool.take(4), device.pool.take(4)]
  const big = device.pool.take(MB / 2)
  write(device, x, 41)
  run(device, increment(device), x, big)
  device.queue.copy(big, 0, y, 0, 4)
  device.pool.give(big)
  device.pool.take(MB * 0.8)
  assert.equal(words(await device.queue.read([word(y)])), [42])
})

pool('a tensor beyond the limits of the device', async () => {
  const { pool: blocks } = await share()
  const error = thrown(() => blocks.take(2 ** 27 + 4, 'a tensor of 33554433 numbers'))
  assert.is(error._tag, 'BackendError')
  assert.match(error.message, /33554433 numbers needs 134217732 bytes \(128\.0 MB\), but maxStorageBufferBindingSize of this device is 134217728/)
  assert.is(blocks.take(2 ** 27 - 4).bytes, 2 ** 27)
})

pool.run()

const owned = suite('owners')

owned('a block goes back when its last handle is released, once', async () => {
  const { pool: blocks, owner } = await share()
  const block = blocks.take(1000)
  const [a, b] = owner.hold(block, [{ offset: 0, bytes: 4 }, { offset: 256, bytes: 12 }]) as [Handle, Handle] // two ranges
  assert.equal([b.block, b.offset, b.bytes, b.isReleased], [block, 256, 12, false])
  a.release()
  a.release()
  assert.is(blocks.stats().blocks, 1)
  b.release()
  assert.ok(b.isReleased)
  assert.is(blocks.stats().blocks, 0)
  b.release()
  assert.is(blocks.stats().used, 0)
})

owned('a block goes back when its handles are collected', async () => {
  const { pool: blocks, owner } = await share()
  let kept: Handle | null = owner.take(2 * MB)
  ;(() => {
    for (let k = 0; k < 10; k++) owner.take(2 * MB)
    owner.hold(blocks.take(MB), [{ offset: 0, bytes: 4 }, { offset: 4, bytes: 4 }])[0]!.release()
    owner.take(MB).release()
  })()
  assert.is(blocks.stats().used, 23 * MB)
  await tick()
  collect()
  await tick()
  assert.is(blocks.stats().used, 2 * MB)
  assert.not.ok(kept.isReleased)
  kept = null
  await tick()
  collect()
  await tick()
  assert.is(blocks.stats().used, 0)
})

/** Makes many tensors, holds each only until the next, and reads one in sixteen. */
const eagerLoop = async (device: Device, count: number, bytes: number): Promise<void> => {
  const first = device.owner.take(bytes)
  let last = first
  for (let k = 0; k < count; k++) {
    const next = device.owner.take(bytes)
    run(device, increment(device), last.block, next.block)
    last = next
    if (k % 16 === 15) await device.queue.read([word(last.block)])
  }
  assert.equal(words(await device.queue.read([word(last.block)])), [count])
}

for (const [count, megabytes] of [[1500, 1], [400, 4]] as const) {
  owned(`${count} tensors of ${megabytes} MB stay under 256 MB where one in 16 is read`, async () => {
    const device = await share({ memoryBudget: 256 * MB })
    await eagerLoop(device, count, megabytes * MB)
    assert.ok(device.seen.live().peak < 256 * MB + 4096, `${device.seen.live().peak / MB} MB`)
  })
}

owned('a synchronous loop gets the typed error, and may go on after a read', async () => {
  const device = await share({ memoryBudget: 256 * MB })
  const first = device.owner.take(4)
  const error = thrown(() => { for (let k = 0; k < 1500; k++) device.owner.take(MB) })
  assert.is(error._tag, 'MemoryBudgetError')
  await device.queue.read([first])
  device.owner.take(MB)
  assert.ok(device.memory().used < 128 * MB)
})

owned('reads do not wait for garbage where there is none', async () => {
  const device = await share({ memoryBudget: 16 * MB })
  const live = Array.from({ length: 12 }, () => device.owner.take(MB))
  await device.queue.read([live[0]!])
  const start = performance.now()
  for (let k = 0; k < 20; k++) await device.queue.read([{ ...word(live[0]!.block) }])
  assert.ok(performance.now() - start < 20 * 16, 'sixteen milliseconds a read would be the wait')
})

owned.run()

const order = suite('queue')

order('a write waits for what is recorded before it, and only for that', async () => {
  const device = await share()
  const [x, y, z] = [device.pool.take(4), device.pool.take(4), device.pool.take(4)]
  const kernel = increment(device)
  write(device, x, 1)
  run(device, kernel, x, y)
  write(device, z, 7)
  assert.is(device.counts.submits, 0)
  write(device, x, 100)
  assert.is(device.counts.submits, 1)
  run(device, kernel, x, z)
  assert.equal(words(await device.queue.read([word(y), word(z)])), [2, 101])
  device.queue.copy(x, 0, y, 0, 4)
  write(device, y, 5)
  device.queue.clear(x, 0, 4)
  write(device, x, 6)
  assert.equal(words(await device.queue.read([word(x), word(y)])), [6, 5])
})

order('a block that was given back serves the next command', async () => {
  const device = await share()
  const kernel = increment(device)
  const [x, y] = [device.pool.take(4), device.pool.take(4)]
  write(device, x, 1)
  let from = x
  for (let k = 0; k < 100; k++) {
    const to = device.pool.take(MB)
    run(device, kernel, from, to)
    if (from !== x) device.pool.give(from)
    from = to
  }
  run(device, kernel, from, y)
  assert.equal(words(await device.queue.read([word(y)])), [102])
  assert.equal([device.counts.submits, device.counts.dispatches, device.seen.live().peak < 3 * MB], [1, 101, true])
})

order('one submit and one map for a read of many slices', async () => {
  const device = await share()
  const blocks = Array.from({ length: 30 }, () => device.pool.take(1024))
  blocks.forEach((block, k) => { write(device, block, k, 100 + k, 200 + k, 300 + k) })
  const slices = blocks.flatMap((block) => [word(block, 1), word(block, 0), word(block, 2), { block, offset: 12, bytes: 0 }, word(block, 3)])
  const read = await device.queue.read(slices)
  const { submits, reads, copies, bytesRead } = device.seen.counts()
  assert.equal([submits, reads, copies, bytesRead], [1, 1, 90, 480])
  assert.equal(words(read), blocks.flatMap((_, k) => [100 + k, k, 200 + k, 300 + k]))
  assert.is(read[3]!.byteLength, 0)
  assert.equal(device.counts, { submits: 1, dispatches: 0, copies: 0, writes: 30, reads: 1, bytesUp: 480, bytesDown: 480 })
  const many = await Promise.all(blocks.map((block) => device.queue.read([word(block)])))
  assert.equal(many.flatMap(words), blocks.map((_, k) => k))
  assert.equal(await device.queue.read([]), [])
})

order('what nobody reads is submitted all the same, once', async () => {
  const device = await share()
  const [x, y] = [device.pool.take(4), device.pool.take(4)]
  const kernel = increment(device)
  device.queue.flush()
  for (let k = 0; k < 10; k++) run(device, kernel, x, y)
  assert.is(device.seen.counts().submits, 0)
  await Promise.resolve()
  assert.is(device.seen.counts().submits, 1)
  device.queue.flush()
  await Promise.resolve()
  assert.is(device.seen.counts().submits, 1)
  run(device, kernel, x, y)
  device.queue.flush()
  await Promise.resolve()
  assert.is(device.seen.counts().submits, 2)
})

order('a synchronous loop is submitted in parts', async () => {
  const device = await share()
  const [x, y] = [device.pool.take(4), device.pool.take(4)]
  for (let k = 0; k < 5000; k++) run(device, increment(device), x, y)
  assert.ok(device.counts.submits >= 4)
  await device.queue.read([word(y)])
})

order('Firefox is given an empty submit after each map', async () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator')
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { userAgent: 'Mozilla/5.0 Gecko/20100101 Firefox/141.0' } })
  try {
    const device = await share()
      await device.queue.read([word(device.pool.take(4))])
    const { submits, reads } = device.seen.counts()
    assert.equal([submits, reads], [2, 1])
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'navigator')
    else Object.defineProperty(globalThis, 'navigator', before)
  }
})

order('kernels and bindings are made once', async () => {
  const device = await share()
  const kernel = increment(device)
  assert.is(increment(device), kernel)
  const other = device.pipelines.get('writes both', kernelText('y[0] = x[0] + 1u;').replace('storage, read>', 'storage, read_write>'), 'ww')
  assert.is.not(other, kernel)
  const [x, y, z] = [device.pool.take(4), device.pool.take(4), device.pool.take(4)]
  const { bindings } = device
  const first = bindings.get(kernel.layout, [x, y])
  assert.is(bindings.get(kernel.layout, [x, y]), first)
  assert.is(bindings.get(kernel.layout, [x, y], first), first)
  assert.is.not(bindings.get(kernel.layout, [x, z], first), first)
  assert.is.not(bindings.get(kernel.layout, [y, x]), first)
  assert.is.not(bindings.get(other.layout, [x, y], first), first)
  for (let k = 0; k < 10_000; k++) bindings.get(kernel.layout, [{ ...x }, y]) // more than are kept
  run(device, kernel, x, y)
  await device.queue.read([word(y)])
})

order.run()

const faults = suite('faults')

/** Everything that may tell of a fault does. */
const tells = async (device: Device, tag: string, message: RegExp): Promise<void> => {
  const block = { id: -1, buffer: device.gpu.createBuffer({ size: 256, usage: 0x8c }), bytes: 256, stamp: 0 }
  const errors = [
    await rejected(device.queue.read([word(block)])), await rejected(device.queue.read([word(block)])),
    thrown(() => { device.queue.flush() }), thrown(() => device.pool.take(4)), thrown(device.check),
  ]
  for (const error of errors) {
    assert.is(error._tag, tag, error.message)
    assert.match(error.message, message)
  }
}

faults('a destroyed device', async () => {
  const device = await share()
  const block = device.pool.take(4)
  const pending = rejected(device.queue.read([word(block)]))
  device.gpu.destroy()
  assert.is((await pending)._tag, 'DeviceLostError')
  await tells(device, 'DeviceLostError', /the device is lost \(destroyed.*make a new backend/)
  assert.ok(device.isLost())
})

faults('a kernel that does not compile is named, with its line', async () => {
  const device = await share()
  const kernel = device.pipelines.get('the third kernel', kernelText('y[0] = x[0] + 1.0;'), 'rw')
  const [x, y] = [device.pool.take(4), device.pool.take(4)]
  run(device, kernel, x, y)
  await tells(device, 'GpuValidationError', /'the third kernel' does not compile: [^]*6: y\[0\] = x\[0\] \+ 1\.0;/)
})

faults('a kernel whose bindings do not fit its signature', async () => {
  const device = await share()
  device.pipelines.get('unfit', kernelText('y[0] = x[0] + 1u;'), 'rr')
  await tells(device, 'GpuValidationError', /'unfit'/)
})

faults('a command that is refused, whoever notices', async () => {
  const device = await share()
  device.queue.copy(device.pool.take(4), 0, device.pool.take(4), 1024, 4)
  const error = await rejected(device.queue.read([word(device.pool.take(4))]))
  assert.is(error._tag, 'GpuValidationError')
  await tells(device, 'GpuValidationError', /a command was refused/)
})

faults('a command that nobody reads', async () => {
  const device = await share()
  device.queue.copy(device.pool.take(4), 0, device.pool.take(4), 1024, 4)
  await tick()
  await tells(device, 'GpuValidationError', /a command was refused/)
})

faults('a device without memory', async () => {
  const device = await share()
  const popErrorScope = device.gpu.popErrorScope.bind(device.gpu)
  device.gpu.popErrorScope = async () => await popErrorScope() ?? new GPUOutOfMemoryError('full')
  device.pool.take(MB, 'a tensor of 262144 numbers')
  device.gpu.popErrorScope = popErrorScope
  await tick()
  await tells(device, 'GpuOutOfMemoryError', /no memory for a tensor of 262144 numbers \(full\)/)
})

faults('an error outside our scopes: told on a device of our own, left to the owner of a shared one', async () => {
  const own = await openOrThrow({ gpu: openGpu() })
  own.gpu.createBuffer({ size: 16, usage: 0x3 }) // mapped for reading and writing: refused
  await tick()
  await tells(own, 'GpuValidationError', /a command was refused/)
  const shared = await share()
  shared.gpu.addEventListener('uncapturederror', (event) => { event.preventDefault() })
  shared.gpu.createBuffer({ size: 16, usage: 0x3 })
  await tick()
  shared.check()
})

faults.run()

const acquiring = suite('acquiring')

const reasonOf = async (options: WebGpuOptions): Promise<Reason> => {
  const found = await open(options)()
  if (E.isRight(found)) throw new Error('a device was found')
  const error = await rejected(openOrThrow(options))
  assert.instance(error, UnavailableError)
  assert.equal([error._tag, error.message], [found.left._tag, found.left.message])
  return found.left
}

acquiring('asks for all that the adapter has', async () => {
  const adapter = await openAdapter()
  const device = await openOrThrow({ gpu: openGpu() })
  assert.equal(limitsOf(device.gpu.limits), limitsOf(adapter.limits))
  assert.equal(device.info.limits, limitsOf(adapter.limits))
  assert.is(device.target.storageBuffers, adapter.limits.maxStorageBuffersPerShaderStage)
  assert.ok(device.info.adapter.length > 0)
  assert.is(device.info.isSoftware, adapter.info.isFallbackAdapter)
  assert.ok(device.memory().budget >= 2 ** 30)
})

acquiring("finds Node's package by itself", async () => {
  const found = await open()()
  assert.ok(E.isRight(found))
})

acquiring('takes a device as it is', async () => {
  const device = await share({ precision: 'strict' })
  assert.equal(device.info.limits, { ...needed, maxBufferSize: 2 ** 28 })
  assert.is(device.info.precision, 'strict')
  assert.is(device.target.storageBuffers, 8)
})

acquiring('NoWebGPU where there is no package either', () => {
  const hook = 'export const resolve = (name, context, next) => { if (name === "webgpu") throw new Error("absent"); return next(name, context) }'
  const register = `import { register } from 'node:module'; register('data:text/javascript,${encodeURIComponent(hook)}')`
  const code = "const { openOrThrow } = await import('./backends/webgpu/device/index.ts'); await openOrThrow().catch((e) => console.log(e._tag, e.message))"
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--import', `data:text/javascript,${encodeURIComponent(register)}`,
    '--input-type=module', '-e', code], { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8' })
  assert.match(stdout, /^NoWebGPU webgpu: there is no WebGPU here: in Node run `npm install webgpu`/)
})

acquiring('NoAdapter', async () => {
  const none = await reasonOf({ gpu: { requestAdapter: () => Promise.resolve(null) } })
  assert.is(none._tag, 'NoAdapter')
  const fails: GpuLike = { requestAdapter: () => Promise.reject(new Error('blocklisted')) }
  assert.match((await reasonOf({ gpu: fails })).message, /no adapter \(blocklisted\).*or use the cpu backend/)
})

acquiring('LimitsTooSmall names the limit', async () => {
  const limits = { ...needed, maxStorageBuffersPerShaderStage: 4 }
  const requestDevice = (): Promise<DeviceLike> => Promise.reject(new Error('not asked'))
  const reason = await reasonOf({ gpu: { requestAdapter: () => Promise.resolve({ limits, requestDevice }) } })
  assert.ok(reason._tag === 'LimitsTooSmall')
  assert.equal([reason.limit, reason.value, reason.needed], ['maxStorageBuffersPerShaderStage', 4, 8])
  assert.match(reason.message, /maxStorageBuffersPerShaderStage of this device is 4, but 8 is needed/)
})

acquiring('DeviceRefused', async () => {
  const requestDevice = (): Promise<DeviceLike> => Promise.reject(new Error('too many'))
  const reason = await reasonOf({ gpu: { requestAdapter: () => Promise.resolve({ limits: needed, requestDevice }) } })
  assert.is(reason._tag, 'DeviceRefused')
  assert.match(reason.message, /gave no device \(too many\)/)
})

/** A device whose driver "optimises" the text of kernels. */
const spoiled = async (spoil: (code: string) => string): Promise<GPUDevice> => {
  const device = await openDevice()
  const createShaderModule = device.createShaderModule.bind(device)
  device.createShaderModule = (descriptor) => createShaderModule({ ...descriptor, code: spoil(descriptor.code) })
  return device
}

acquiring('the probe notices what a driver does to sums and bits', async () => {
  assert.is((await share()).info.twoSum, 'exact')
  const reassociated = await spoiled((code) => code.replace('let t = rounded(s - a);', 'let t = b;'))
  assert.is((await openOrThrow({ device: reassociated })).info.twoSum, 'hostSums')
  const noNaN = await spoiled((code) => code.replace(/(fn is_nan.*return).*(;)/, '$1 x != x$2'))
  assert.match((await reasonOf({ device: noNaN })).message, /does not keep the bits of NaN and infinity/)
  const broken = await spoiled((code) => code.replace('fn main', 'fn mian'))
  assert.match((await reasonOf({ device: broken })).message, /fails at its first kernel.*'probe' does not compile/)
})

acquiring('options that are unknown or wrong', () => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [3, /^webgpu: the options must be an object, got 3$/],
    [null, /the options must be an object, got null/],
    [{ memory: 3 }, /there is no option memory: there are device, gpu, powerPreference, memoryBudget, precision/],
    [{ memoryBudget: '1 GB' }, /memoryBudget must be a number of bytes > 0, got '1 GB'/],
    [{ memoryBudget: 0 }, /memoryBudget must be/],
    [{ memoryBudget: NaN }, /memoryBudget must be/],
    [{ precision: 'float32' }, /precision must be 'report' or 'strict', got 'float32'/],
    [{ powerPreference: 'high' }, /powerPreference must be 'low-power' or 'high-performance', got 'high'/],
    [{ device: {} }, /device must be a GPUDevice, got an object/],
    [{ gpu: null }, /gpu must be what navigator\.gpu is/],
    [{ precision: 1, budget: 2 }, /precision must be .*; there is no option budget/],
  ]
  for (const [options, message] of wrong) {
    const error = thrown(() => { checkOptions(options) })
    assert.is(error._tag, 'OptionError')
    assert.match(error.message, message)
  }
  checkOptions({ memoryBudget: 1e9, precision: undefined })
})

acquiring.run()
