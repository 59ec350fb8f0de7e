// Matrix products on WebGPU against their definition, for the kernels of both kinds of device.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { software, hardware, agree, kernelsOf, onGpu, trace } from '../agree.ts'
import { uniform } from '../../backends/agree/compare.ts'
import { Draft } from '../../backends/agree/draft.ts'
import { close, exact } from '../../close.ts'
import { fromTypedArray, type Tensor } from '../../../index.ts'

const test = suite('webgpu products')

const random = uniform(11)
const below = (n: number): number => Math.floor(n * random())
const of = <A>(list: readonly A[]): A => list[below(list.length)]!
const sizeOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)
type Kind = 'float32' | 'complex64' | 'int32' | 'bool'
const numbers = (kind: Kind, dims: readonly number[]): Tensor => {
  const length = sizeOf(dims)
  const real = (): number => 2 * random() - 1
  switch (kind) {
    case 'bool': return fromTypedArray(Uint8Array.from({ length }, () => below(2)), [...dims], 'bool')
    case 'int32': return fromTypedArray(Int32Array.from({ length }, () => (random() * 2 ** 32) | 0), [...dims])
    case 'float32': return fromTypedArray(Float32Array.from({ length }, real), [...dims])
    case 'complex64': return fromTypedArray(Float32Array.from({ length: 2 * length }, real), [...dims], kind)
  }
}

/** A matrix for each batch, and a view of a tensor that has that shape. */
const operand = (kind: Kind, batch: readonly number[], rows: number, columns: number) => {
  const dims = [...batch, rows, columns]
  const last = dims.map((_, k) => k)
  last.push(last.splice(-2, 1)[0]!)
  const conj = (x: Tensor): Tensor => (kind === 'complex64' ? x.conj() : x)
  const start = dims.map(() => 0)
  const views: readonly [readonly number[], (x: Tensor) => Tensor][] = [
    [dims, (x) => x],
    [[...batch, columns, rows], (x) => x.transpose(...last)],
    [[...batch, columns, rows], (x) => conj(x.transpose(...last))],
    [dims.map((d) => d + 2), (x) => x.slice(start.map(() => 1), dims.map((d) => d + 1))],
    [dims.map((d) => 2 * d), (x) => x.slice(start, dims.map((d) => 2 * d), dims.map(() => 2))],
    [[1, columns], (x) => x.broadcastTo(dims)],
    [[...batch.map(() => 1), rows, columns], (x) => conj(x.broadcastTo(dims))],
    [dims, (x) => x.flip(dims.length - 2)],
  ]
  const [shape, view] = of(views)
  return { tensor: numbers(kind, shape), view }
}

const isExact = (kind: Kind): boolean => kind === 'int32' || kind === 'bool'

type Kinds = readonly [Kind, Kind]

const product = async (kinds: Kinds, batch: readonly number[], m: number, k: number, n: number): Promise<void> => {
  const [a, b] = [operand(kinds[0], batch, m, k), operand(kinds[1], batch, k, n)]
  const text = `${kinds.join(' · ')} [${batch.join()}] ${m}×${k}×${n}`
  await agree(text, (x, y) => [a.view(x!).matmul(b.view(y!))], [a.tensor, b.tensor], kinds.every(isExact) ? 0 : 1e-6)
}

const pairs: readonly Kinds[] = [
  ['float32', 'float32'], ['complex64', 'complex64'], ['float32', 'complex64'], ['complex64', 'float32'],
  ['int32', 'int32'],
]

test('random shapes and views', async () => {
  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31]
  for (let round = 0; round < 40; round++) {
    const batch = Array.from({ length: below(3) }, () => 1 + below(3))
    await product(pairs[round % pairs.length]!, batch, of(sizes), of(sizes), of(sizes))
  }
})

test('integers and truth values beside other numbers', async () => {
  const mixed: readonly Kinds[] = [
    ['bool', 'bool'], ['bool', 'int32'], ['int32', 'float32'], ['complex64', 'bool'], ['float32', 'bool'],
  ]
  for (const kinds of mixed) {
    for (const [m, k, n] of [[3, 5, 7], [1, 70, 1], [20, 18, 30]] as const) await product(kinds, [], m, k, n)
  }
})

test('tiles and their edges', async () => {
  for (const kinds of pairs) await product(kinds, [], 65, 33, 63)
  for (const [m, k, n] of [[63, 65, 64], [64, 64, 65], [129, 40, 66], [130, 17, 9]] as const) {
    await product(['float32', 'float32'], [], m, k, n)
  }
  await product(['complex64', 'complex64'], [2], 40, 20, 33)
})

test('the largest tiles', async () => {
  const [m, k, n] = [1000, 18, 1081]
  const [x, y] = [numbers('float32', [m, k]), numbers('float32', [k, n])]
  const f = (a: Tensor, b: Tensor): readonly [Tensor] => [a.matmul(b)]
  assert.match(kernelsOf((a, b) => f(a!, b!), [x, y], hardware), '128×64')
  const draft = new Draft()
  const made = draft.move('matmul', [draft.input('float32', [m, k]), draft.input('float32', [k, n])])
  const [result] = await onGpu(draft.program([made]), [x.view(), y.view()], hardware)
  close(result!, f(x, y)[0].view(), 1e-6)
})

test('no rows, no columns, no terms', async () => {
  for (const [m, k, n] of [[0, 3, 2], [2, 0, 3], [3, 2, 0], [0, 0, 0], [1, 0, 1]] as const) {
    await product(of(pairs), [], m, k, n)
    await product(['float32', 'float32'], [2, 3], m, k, n)
    await product(['float32', 'float32'], [2, 0], m, k, n)
  }
})

test('vectors, inner and outer products', async () => {
  const sizes = [[1, 1, 1], [1, 5000, 1], [700, 90, 1], [1, 90, 700], [3, 2000, 1], [70, 1, 60], [2, 900, 2]] as const
  for (const [m, k, n] of sizes) {
    for (const kinds of [pairs[0]!, of(pairs)]) await product(kinds, [], m, k, n)
  }
  await product(['float32', 'float32'], [50], 1, 30, 1)
})

test('long sums of small products are divided', async () => {
  await product(['float32', 'float32'], [], 10, 3000, 12)
  await product(['complex64', 'complex64'], [], 5, 1500, 6)
  await product(['int32', 'int32'], [2], 4, 2000, 4)
})

test('a batch of rows times one matrix is one product', () => {
  const [x, y] = [numbers('float32', [6, 5, 8]), numbers('float32', [8, 7])]
  const text = kernelsOf((a, b) => [a!.matmul(b!)], [x, y], hardware)
  assert.match(text, '30×8×7')
})

test('an inner product is accurate where its terms cancel', async () => {
  const n = 4000
  const x = Float32Array.from({ length: n }, (_, k) => (k % 2 === 0 ? 4096 : -4096) + (k % 7))
  const y = Float32Array.from({ length: n }, () => 1)
  const wanted = x.reduce((sum, v) => sum + v, 0)
  const { program, inputs } = trace((a, b) => [a!.matmul(b!)], [fromTypedArray(x, [n]), fromTypedArray(y, [n])])
  for (const target of [software, hardware]) exact((await onGpu(program, inputs, target))[0]!, [wanted])
})

test('what is not finite stays so', async () => {
  for (const bad of [Infinity, -Infinity, NaN]) {
    for (const [m, k, n] of [[6, 40, 5], [1, 300, 1], [40, 300, 1], [33, 40, 50], [2, 1, 2]] as const) {
      const x = Float32Array.from({ length: m * k }, () => 1)
      x[k - 1] = bad
      const y = Float32Array.from({ length: k * n }, (_, i) => 1 + (i % 3))
      const operands = [fromTypedArray(x, [m, k]), fromTypedArray(y, [k, n])]
      await agree(`${bad} in ${m}×${k}×${n}`, (a, b) => [a!.matmul(b!)], operands)
    }
  }
})

test.run()
