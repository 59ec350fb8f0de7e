// What the compiler makes of two objectives, as text: value and gradient are one fused kernel each. The whole text is kept
// in explain.<name>.txt; `UPDATE_SNAPSHOTS=1` writes it anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { explain, random, zeros, type Tensor } from '../../index.ts'
import { throwsError } from '../close.ts'

const test = suite('explain')

const rosenbrock = (x: Tensor<'float64', [100]>) => {
  const [a, b] = [x.slice([0], [99]), x.slice([1], [100])]
  return b.sub(a.square()).square().mul(100).add(a.neg().add(1).square()).sum()
}
const chain = (z: Tensor<'complex128', [100]>) => z.mul({ re: 0, im: 1 }).exp().add(z.conj()).abs2().sum()

const kernels = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('kernel '))

const matchesSnapshot = (name: string, text: string): void => {
  const file = new URL(`explain.${name}.txt`, import.meta.url)
  if (process.env['UPDATE_SNAPSHOTS'] === '1' || !existsSync(file)) {
    if (process.env['CI'] !== undefined) throw new Error(`there is no snapshot ${file.pathname}`)
    writeFileSync(file, `${text}\n`)
  }
  assert.is(`${text}\n`, readFileSync(file, 'utf8'))
}

for (const [name, text] of [
  ['rosenbrock', explain(rosenbrock, zeros([100]))],
  ['abs2', explain(chain, zeros([100], 'complex128'))],
] as const) {
  const [program, derivative] = text.split('\n\nvalue and gradient\n')
  test(`${name}: the value is one kernel, and so are value and gradient together`, () => {
    assert.is(kernels(program!).length, 1)
    assert.is(kernels(derivative!).length, 1)
    assert.match(kernels(derivative!)[0]!, /^kernel 1: loop nest \[100\]$/)
  })
  test(`${name}: nothing is loaded twice, and only results are stored`, () => {
    const loop = derivative!.slice(derivative!.indexOf('kernel 1'))
    assert.not.match(loop, /\b[DSNB]\[/) // no arena: no intermediate is stored
  })
  test(`${name}: snapshot`, () => matchesSnapshot(name, text))
}

test('a function that is no objective is explained without a derivative', () => {
  const text = explain((x: Tensor<'float64', [3]>) => x.sin(), zeros([3]))
  assert.not.match(text, /value and gradient/)
  assert.match(text, /Math\.sin/)
})

test('an objective that reads its values cannot be explained', () => {
  throwsError(() => explain((x: Tensor<'float64', []>) => (x.item() > 0 ? x : x.neg()), random.uniform(random.key(0), [])),
    'TraceError', /has no value while/)
})

test.run()
