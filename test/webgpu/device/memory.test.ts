// Storage within a budget of bytes, given back by hand or by the collector.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Device } from '../../../backends/webgpu/device/index.ts'
import type { Handle, Slice } from '../../../backends/webgpu/device/owned.ts'
import { sizeClass } from '../../../backends/webgpu/device/pool.ts'
import { MemoryBudgetError } from '../../../core/errors.ts'
import { increment, MB, run, share, thrown, tick, word, words, write } from './shared.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // the function of that flag

/** Collects until it holds, for finalizers run when they like. */
const collectUntil = async (holds: () => boolean): Promise<void> => {
  for (let k = 0; k < 100 && !holds(); k++) {
    await tick()
    collect()
  }
}

const pool = suite('pool')

pool('size classes waste little', () => {
  let last = 0
  for (let bytes = 1; bytes < 2 ** 27; bytes = Math.ceil(bytes * 1.07)) {
    const size = sizeClass(bytes)
    const isTight = size >= bytes && size <= bytes * 9 / 8 + 256
    assert.ok(isTight && size % 256 === 0 && size >= last, `${bytes}: ${size}`)
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
  assert.is(used, sizeClass(50_000))
  assert.ok(pooled >= 2 * sizeClass(5000) && peak >= 2 * sizeClass(5000) + sizeClass(50_000))
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
  assert.match(error.message, /524288 numbers of 2\.0 MB exceeds the memory budget: 15\.0 MB of 16\.0 MB are in use/)
  assert.match(error.message, /Await a read.*hold fewer tensors.*raise memoryBudget/)
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
  assert.match(error.message, /33554433 numbers needs 134217732 bytes \(128\.0 MB\)/)
  assert.match(error.message, /but maxStorageBufferBindingSize of this device is 134217728/)
  assert.is(blocks.take(2 ** 27 - 4).bytes, 2 ** 27)
})

pool.run()

const owned = suite('owners')

owned('a block goes back when its last handle is released, once', async () => {
  const { pool: blocks, owner } = await share()
  const block = blocks.take(1000)
  const handles = owner.hold(block, [{ offset: 0, bytes: 4 }, { offset: 256, bytes: 12 }])
  const [a, b] = [handles[0]!, handles[1]!]
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
  await collectUntil(() => blocks.stats().used === 2 * MB)
  assert.is(blocks.stats().used, 2 * MB)
  collect()
  await tick()
  assert.equal([blocks.stats().used, kept.isReleased], [2 * MB, false])
  kept = null
  await collectUntil(() => blocks.stats().used === 0)
  assert.is(blocks.stats().used, 0)
})

/** Makes many tensors, holds each only until the next, and waits for something after every sixteenth. */
const eagerLoop = async (
  device: Device, count: number, bytes: number, wait: (slice: Slice) => Promise<unknown>,
): Promise<void> => {
  let last = device.owner.take(bytes)
  for (let k = 0; k < count; k++) {
    const next = device.owner.take(bytes)
    run(device, increment(device), last.block, next.block)
    last = next
    if (k % 16 === 15) await wait(word(last.block))
  }
  assert.equal(words(await device.queue.read([word(last.block)])), [count])
}

for (const [count, megabytes] of [[1500, 1], [300, 4]] as const) {
  owned(`${count} tensors of ${megabytes} MB stay under 256 MB where one in 16 is read`, async () => {
    const device = await share({ memoryBudget: 256 * MB })
    await eagerLoop(device, count, megabytes * MB, (slice) => device.queue.read([slice]))
    assert.ok(device.seen.live().peak < 256 * MB + 4096, `${device.seen.live().peak / MB} MB`)
  })
}

owned('1500 tensors of 1 MB do not pile up where one merely waits', async () => {
  const device = await share()
  await eagerLoop(device, 1500, MB, tick)
  assert.ok(device.seen.live().peak < 512 * MB, `${device.seen.live().peak / MB} MB`)
})

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
