// The WGSL that programs become, as snapshots.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { range, valueAndGrad, where, zeros, type Tensor } from '../../index.ts'
import type { Target } from '../../backends/webgpu/dispatch.ts'
import { hardware, kernelsOf, software } from './agree.ts'

const test = suite('WGSL')

const rosenbrock = (x: Tensor): Tensor => {
  const [head, tail] = [x.at(range(0, 99)), x.at(range(1, 100))]
  return tail.sub(head.square()).square().mul(100).add(head.neg().add(1).square()).sum()
}

type Case = readonly [name: string, f: (...args: readonly Tensor[]) => readonly Tensor[], args: readonly Tensor[], target: Target]

const cases: readonly Case[] = [
  ['rosenbrock', (x) => {
    const { value, grad } = valueAndGrad(rosenbrock)(x!)
    return [value, grad]
  }, [zeros([100], 'float32')], software],
  ['steps', (x) => {
    const y = x!.square().sub(x!.square().sum({ axis: 1, keepDims: true }))
    return [y.mul(y.sum())]
  }, [zeros([6, 7], 'float32')], software],
  ['integers', (i, f) => [i!.mul(3).add(i!), i!.cast('float32').mul(f!).add(1), where(f!.less(0).and(i!.equal(2)), i!, 5), i!.neg().sum()],
    [zeros([10], 'int32'), zeros([10], 'float32')], software],
  ['rows', (x) => [x!.mul(2).add(1).sum({ axis: 0 })], [zeros([5000, 300], 'float32')], hardware],
  ['sums', (x) => [x!.square().sum(), x!.max(), x!.sub(1).square().add(1)], [zeros([20_000], 'float32')], hardware],
]

for (const [name, f, args, target] of cases) {
  test(name, () => {
    const text = `${kernelsOf(f, args, target)}\n`
    const file = new URL(`wgsl.${name}.txt`, import.meta.url)
    if (process.env['UPDATE_SNAPSHOTS'] === '1' || !existsSync(file)) {
      if (process.env['CI'] !== undefined) throw new Error(`there is no snapshot ${file.pathname}`)
      writeFileSync(file, text)
    }
    assert.is(text, readFileSync(file, 'utf8'))
  })
}

test.run()
