// The WGSL that every kind of kernel becomes, with all that it calls, as snapshots in snapshots/; `UPDATE_SNAPSHOTS=1` writes
// them anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { random, tensor, valueAndGrad, zeros, type Tensor } from '../../index.ts'
import type { Target } from '../../backends/webgpu/dispatch.ts'
import { hardware, kernelsOf, software } from './agree.ts'

const test = suite('snapshots')

type Case = readonly [name: string, f: (...args: readonly Tensor[]) => readonly Tensor[], args: readonly Tensor[], target: Target]

const x = zeros([3, 200], 'float32')
const z = zeros([40, 30], 'complex64')
const index = tensor([2, 0, 1], 'int32')

const cases: readonly Case[] = [
  ['chain', (a) => [a!.abs2().exp().log1p()], [z], hardware],
  ['misfit', (a, b) => {
    const { value, grad } = valueAndGrad((p: Tensor) => a!.matmul(p).abs().sub(1).square().sum())(b!)
    return [value, grad]
  }, [z, zeros([30], 'complex64')], software],
  ['product', (a) => [a!.matmul(a!.adjoint())], [z], software],
  ['product.tiles', (a) => [a!.matmul(a!.transpose())], [zeros([128, 96], 'float32')], hardware],
  ['transform', (a) => [a!.fft()], [z], software],
  ['transform.tiles', (a) => [a!.fft2()], [z], hardware],
  ['gather', (a, k) => [a!.take(k!.cast('int32'))], [x, index], hardware],
  ['scatter', (a, k) => [a!.scatterAdd(k!.cast('int32'), x)], [x, index], hardware],
  ['sort', (a) => [a!.sort()], [x], hardware],
  ['extrema', (a) => [a!.argmax({ axis: 1 }), a!.max({ axis: 0 })], [x], hardware],
  ['cumsum', (a) => [a!.cumsum(1)], [x], hardware],
  ['uniform', (k) => [random.uniform(k!.cast('int32').reshape([2]), [10], { dtype: 'float32' })], [random.key(1)], hardware],
]

for (const [name, f, args, target] of cases) {
  test(name, () => {
    const text = `${kernelsOf(f, args, target)}\n`
    const file = new URL(`snapshots/${name}.txt`, import.meta.url)
    if (process.env['UPDATE_SNAPSHOTS'] === '1' || !existsSync(file)) {
      if (process.env['CI'] !== undefined) throw new Error(`there is no snapshot ${file.pathname}`)
      writeFileSync(file, text)
    }
    assert.is(text, readFileSync(file, 'utf8'))
  })
}

test.run()
