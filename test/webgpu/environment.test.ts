// The ground under the WebGPU tests: an adapter in Node, counters that count, and a browser with WebGPU.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openBrowser } from '../gpu/browser.ts'
import { countDevice } from '../gpu/counted.ts'
import type { Counts } from '../gpu/counted.ts'
import { openAdapter, openDevice } from '../gpu/device.ts'
import { gpuMode } from '../gpu/software.ts'

const code = `
@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&x)) { x[id.x] = x[id.x] * x[id.x]; }
}`

/** Squares numbers on a device. It runs in a page too, so it must not refer to anything outside. */
const squares = async (device: GPUDevice, code: string, list: readonly number[]): Promise<readonly number[]> => {
  const size = 4 * list.length
  const module = device.createShaderModule({ code })
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } })
  const storage = device.createBuffer({
    size,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
  })
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  device.queue.writeBuffer(storage, 0, Float32Array.from(list))
  const layout = pipeline.getBindGroupLayout(0)
  const group = device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer: storage } }] })
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(0, group)
  pass.dispatchWorkgroups(Math.ceil(list.length / 64))
  pass.end()
  encoder.copyBufferToBuffer(storage, 0, staging, 0, size)
  device.queue.submit([encoder.finish()])
  await staging.mapAsync(GPUMapMode.READ)
  const result = [...new Float32Array(staging.getMappedRange())]
  staging.unmap()
  storage.destroy()
  return result
}

const numbers = Array.from({ length: 1000 }, (_, i) => i - 300)
const answer = numbers.map((x) => x * x)

const it = suite('the WebGPU of the tests')

it('runs a kernel in Node', async () => {
  assert.equal(await squares(await openDevice(), code, numbers), answer)
})

it('is played by the processor unless hardware is asked for', async () => {
  const { info } = await openAdapter()
  assert.is(info.isFallbackAdapter, gpuMode() === 'software')
})

it('has devices of default limits and of all that the adapter has', async () => {
  const { limits } = await openAdapter()
  assert.is((await openDevice('default')).limits.maxStorageBuffersPerShaderStage, 8)
  const large = (await openDevice('adapter')).limits
  assert.is(large.maxStorageBuffersPerShaderStage, limits.maxStorageBuffersPerShaderStage)
  assert.is(large.maxStorageBufferBindingSize, limits.maxStorageBufferBindingSize)
})

const oneRun: Counts = {
  submits: 1,
  encoders: 1,
  passes: 1,
  dispatches: 1,
  workgroups: 16,
  shaderModules: 1,
  pipelines: 1,
  bindGroups: 1,
  buffersCreated: 2,
  buffersDestroyed: 1,
  copies: 1,
  reads: 1,
  bytesRead: 4000,
  uploads: 1,
  bytesUploaded: 4000,
}

it('counts a known run', async () => {
  const counter = countDevice(await openDevice())
  assert.equal(await squares(counter.device, code, numbers), answer)
  assert.equal(counter.counts(), oneRun)
  assert.equal(counter.live(), { buffers: 1, bytes: 4000, peak: 8000 })
  assert.equal(counter.shaders(), [code])
  assert.equal(await counter.during(() => squares(counter.device, code, numbers)), oneRun)
  assert.is(counter.counts().submits, 2)
  counter.reset()
  assert.equal(counter.counts(), await counter.during(() => 0))
  assert.equal(counter.shaders(), [])
  assert.equal(counter.live(), { buffers: 2, bytes: 8000, peak: 8000 })
})

it('counts parts of arrays, mapped writing and what is destroyed twice', async () => {
  const { device, counts, live } = countDevice(await openDevice())
  const target = device.createBuffer({ size: 64, usage: GPUBufferUsage.COPY_DST })
  const buffer = device.createBuffer({ size: 64, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC })
  device.queue.writeBuffer(buffer, 0, new Float32Array(8), 2)
  device.queue.writeBuffer(buffer, 0, new Float32Array(8), 2, 3)
  device.queue.writeBuffer(buffer, 0, new ArrayBuffer(32), 4, 8)
  assert.is(counts().bytesUploaded, 24 + 12 + 8)
  const mapped = device.createBuffer({ size: 32, usage: GPUBufferUsage.MAP_WRITE, mappedAtCreation: true })
  mapped.unmap()
  await mapped.mapAsync(GPUMapMode.WRITE, 8, 16)
  assert.is(counts().uploads, 5)
  assert.is(counts().bytesUploaded, 44 + 32 + 16)
  assert.is(counts().reads, 0)
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.end()
  encoder.copyBufferToBuffer(buffer, target, 8)
  encoder.clearBuffer(buffer)
  mapped.unmap()
  device.queue.submit([])
  device.queue.submit([encoder.finish(), device.createCommandEncoder().finish()])
  assert.equal([counts().submits, counts().encoders, counts().passes, counts().copies], [2, 2, 1, 1])
  mapped.destroy()
  mapped.destroy()
  assert.equal(live(), { buffers: 2, bytes: 128, peak: 160 })
  assert.is(counts().buffersDestroyed, 1)
})

it('counts pipelines made in the background', async () => {
  const { device, counts } = countDevice(await openDevice())
  const module = device.createShaderModule({ code })
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } })
  assert.is(pipeline instanceof GPUComputePipeline, true)
  assert.is(counts().pipelines, 1)
})

const inPage = `(async () => {
  const adapter = await navigator.gpu.requestAdapter()
  const device = await adapter.requestDevice()
  return await (${squares.toString()})(device, ${JSON.stringify(code)}, ${JSON.stringify(numbers)})
})()`

it('runs a kernel in a page of a browser', async () => {
  const browser = await openBrowser()
  const page = await browser.openPage()
  assert.equal(await page.evaluate<readonly number[]>(inPage), answer)
  const played = await page.evaluate<boolean>('navigator.gpu.requestAdapter().then((a) => a.info.isFallbackAdapter)')
  assert.is(played, gpuMode() === 'software')
  await browser.close()
})

it('does not overlook what a page throws', async () => {
  const browser = await openBrowser()
  const page = await browser.openPage()
  const seen = page.waitForEvent('pageerror')
  await page.evaluate('setTimeout(() => { throw new Error("lost in the page") })')
  await seen
  const message = await browser.close().catch((error: unknown) => String(error))
  assert.match(String(message), 'lost in the page')
})

it.run()
