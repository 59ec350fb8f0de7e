// The order of commands, and how often the device is asked.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { increment, kernelText, MB, run, share, word, words, write } from './shared.ts'

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
  device.queue.clear(z, 0, 4)
  write(device, y, 3) // it was used, but by what is submitted
  assert.is(device.counts.submits, 2)
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
  const slices = blocks.flatMap((block) =>
    [word(block, 1), word(block, 0), word(block, 2), { block, offset: 12, bytes: 0 }, word(block, 3)])
  const read = await device.queue.read(slices)
  const { submits, reads, copies, bytesRead } = device.seen.counts()
  assert.equal([submits, reads, copies, bytesRead], [1, 1, 90, 480])
  assert.equal(words(read), blocks.flatMap((_, k) => [100 + k, k, 200 + k, 300 + k]))
  assert.is(read[3]!.byteLength, 0)
  const counted = { submits: 1, dispatches: 0, copies: 0, writes: 30, reads: 1, bytesUp: 480, bytesDown: 480 }
  assert.equal(device.counts, counted)
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
  const userAgent = 'Mozilla/5.0 Gecko/20100101 Firefox/141.0'
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { userAgent } })
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
  const code = kernelText('y[0] = x[0] + 1u;')
  const other = device.pipelines.get('writes both', code.replace('storage, read>', 'storage, read_write>'), 'ww')
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
