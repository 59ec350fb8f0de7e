// Where devices come from, why there may be none, and what is tried on them first.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { limitsOf, needed, type Reason } from '../../../backends/webgpu/device/acquire.ts'
import { open, openOrThrow } from '../../../backends/webgpu/device/index.ts'
import { checkOptions, type WebGpuOptions } from '../../../backends/webgpu/device/options.ts'
import type { DeviceLike, GpuLike } from '../../../backends/webgpu/gpu.ts'
import { UnavailableError } from '../../../core/errors.ts'
import { E } from '../../../core/fp.ts'
import { openAdapter, openDevice, openGpu } from '../../gpu/device.ts'
import { rejected, share, thrown } from './shared.ts'

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
  const module = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`
  const hook = module(`export const resolve = (name, context, next) => {
    if (name === 'webgpu') throw new Error('absent')
    return next(name, context)
  }`)
  const code = `const { openOrThrow } = await import('./backends/webgpu/device/index.ts')
    await openOrThrow().catch((error) => console.log(error._tag, error.message))`
  const hooked = module(`import { register } from 'node:module'; register(${JSON.stringify(hook)})`)
  const cwd = fileURLToPath(new URL('../../..', import.meta.url))
  const flags = ['--import', 'tsx', '--import', hooked, '--input-type=module']
  const { stdout } = spawnSync(process.execPath, [...flags, '-e', code], { cwd, encoding: 'utf8' })
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
  assert.is((await openOrThrow({ device: reassociated })).info.twoSum, 'spoiled')
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
