// The same key gives the same numbers on WebGPU, as far as 32 bits hold them.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cpu, random, useBackend, type Tensor } from '../../index.ts'
import { close } from '../close.ts'
import { openSynchronous } from '../gpu/synchronous.ts'

const gpu = await openSynchronous()
const test = suite('random on WebGPU')

const onBoth = (make: () => Tensor): readonly [gpu: readonly number[], cpu: readonly number[]] => {
  const on = (backend: typeof cpu): readonly number[] => {
    useBackend(backend)
    try {
      return [...make().toTypedArray()]
    } finally {
      useBackend(cpu)
    }
  }
  return [on(gpu), on(cpu)]
}

// Key 8 makes a number here that 32 bits would round to 1.
const [count, nearOne] = [1_000_000, 627_978]

test('uniform numbers of 24 bits are the same, bit for bit', () => {
  const [x, y] = onBoth(() => random.uniform(random.key(8), [count], { dtype: 'float32' }))
  assert.is(x.findIndex((v, k) => v !== y[k]), -1)
  assert.is(x[nearOne], 1 - 2 ** -24)
})

test('uniform numbers of 53 bits are as near as they can be, and below 1', () => {
  const [x, y] = onBoth(() => random.uniform(random.key(8), [count]))
  assert.is(x.findIndex((v, k) => !(v < 1 && Math.abs(v - y[k]!) <= 2 ** -23)), -1)
  assert.ok(y[nearOne]! > 1 - 2 ** -25)
  const [z] = onBoth(() => random.uniform(random.key(8), [count], { low: 3, high: 5 }))
  assert.ok(z.every((v) => v >= 3 && v < 5))
})

test('normal numbers', () => {
  for (const dtype of ['float64', 'complex64'] as const) {
    const [x, y] = onBoth(() => random.normal(random.key(3), [1000], dtype))
    close(x, y, 1e-4, dtype)
  }
})

test.run()
