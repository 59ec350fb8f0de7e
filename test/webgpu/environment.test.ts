// The ground under the WebGPU tests: an adapter in Node.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openAdapter, openDevice } from '../gpu/device.ts'
import { gpuMode } from '../gpu/software.ts'

const square = `
@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&x)) { x[id.x] = x[id.x] * x[id.x]; }
}`

/** Squares numbers on a device, by every kind of call that the counting wrapper counts. */
const squares = async (device: GPUDevice, numbers: Float32Array<ArrayBuffer>): Promise<readonly number[]> => {
  const { byteLength: size } = numbers
  const module = device.createShaderModule({ code: square })
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } })
  const storage = device.createBuffer({
    size,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
  })
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  device.queue.writeBuffer(storage, 0, numbers)
  const layout = pipeline.getBindGroupLayout(0)
  const group = device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer: storage } }] })
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(0, group)
  pass.dispatchWorkgroups(Math.ceil(numbers.length / 64))
  pass.end()
  encoder.copyBufferToBuffer(storage, 0, staging, 0, size)
  device.queue.submit([encoder.finish()])
  await staging.mapAsync(GPUMapMode.READ)
  const result = [...new Float32Array(staging.getMappedRange())]
  staging.unmap()
  storage.destroy()
  return result
}

const numbers = Float32Array.from({ length: 1000 }, (_, i) => i - 300)
const answer = [...numbers].map((x) => x * x)

const it = suite('the WebGPU of the tests')

it('runs a kernel in Node', async () => {
  assert.equal(await squares(await openDevice(), numbers), answer)
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

it.run()
