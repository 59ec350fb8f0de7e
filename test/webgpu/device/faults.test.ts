// What goes wrong on a device is told by everything that follows.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openOrThrow, type Device } from '../../../backends/webgpu/device/index.ts'
import { openGpu } from '../../gpu/device.ts'
import { increment, kernelText, MB, rejected, run, share, thrown, tick, word } from './shared.ts'

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
  await tells(device, 'GpuValidationError', /commands were refused: /)
})

faults('kernels that are refused when they are submitted', async () => {
  const device = await share()
  const kernel = increment(device)
  const blocks = [device.pool.take(4), device.pool.take(4)]
  run(device, device.pipelines.get('an innocent', kernelText('y[0] = 1u;'), 'rw'), blocks[0]!, blocks[1]!)
  device.queue.dispatch(kernel, device.bindings.get(kernel.layout, blocks), 65536, 1)
  await tells(device, 'GpuValidationError', /commands were refused \(kernels: an innocent; increment\): .*65536/)
})

faults('the first of several faults is the one that is told', async () => {
  const device = await share()
  device.queue.copy(device.pool.take(4), 0, device.pool.take(4), 1024, 4)
  await Promise.resolve()
  device.pipelines.get('a later kernel', kernelText('y[0] = x[0] + 1.0;'), 'rw')
  const other = await share()
  other.pipelines.get('an earlier kernel', kernelText('y[0] = x[0] + 1.0;'), 'rw')
  other.queue.copy(other.pool.take(4), 0, other.pool.take(4), 1024, 4)
  await tells(device, 'GpuValidationError', /commands were refused/)
  await tells(other, 'GpuValidationError', /'an earlier kernel'/)
})

faults('a command that nobody reads', async () => {
  const device = await share()
  device.queue.copy(device.pool.take(4), 0, device.pool.take(4), 1024, 4)
  await tick()
  await tells(device, 'GpuValidationError', /commands were refused: /)
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
