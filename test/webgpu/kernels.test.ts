// The library kernels of WebGPU against the reference, for both kinds of device: to the bit where numbers are moved or
// ordered.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { threefry } from '../../backends/cpu/kernels/threefry.ts'
import { reference } from '../../backends/reference/index.ts'
import { checkIndices, indexInputs } from '../../backends/webgpu/kernels/indices.ts'
import type { DType, HostArray } from '../../core/dtype.ts'
import type { Program } from '../../core/equation.ts'
import { IndexError } from '../../core/errors.ts'
import { uniform } from '../backends/agree/compare.ts'
import { Draft, type Term } from '../backends/agree/draft.ts'
import { close, exact, throwsError } from '../close.ts'
import { hardware, onGpu, software } from './agree.ts'

const test = suite('webgpu kernels')

const random = uniform(3)
const below = (n: number): number => Math.floor(n * random())
const of = <A>(list: readonly A[]): A => list[below(list.length)]!
const sizeOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)
const withAt = (dims: readonly number[], axis: number, n: number): readonly number[] =>
  dims.map((d, k) => (k === axis ? n : d))

const integers = (n: number): Int32Array => Int32Array.from({ length: n }, () => (random() * 2 ** 32) | 0)
const truths = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => below(2))
const few = (n: number): Int32Array => Int32Array.from({ length: n }, () => below(7) - 3)
const reals = (n: number): Float32Array => Float32Array.from({ length: n }, () => 2 * random() - 1)
const odd = [NaN, Infinity, -Infinity, 0, -0, 1e-42, -1e-42, 3e38, -3e38, 1, -1] as const
const oddities = (n: number): Float32Array =>
  Float32Array.from({ length: n }, () => (below(3) === 0 ? of(odd) : below(5) - 2))
const indices = (n: number, k: number): Int32Array => Int32Array.from({ length: k }, () => below(2 * n) - n)

type Check = (actual: readonly HostArray[], where: string) => void

const kinds: readonly (readonly [DType, (n: number) => HostArray])[] =
  [['float32', reals], ['complex64', (n) => reals(2 * n)], ['int32', integers]]

const both = async (program: Program, inputs: readonly HostArray[], check: Check): Promise<void> => {
  const text = program.equations
    .map((e) => `${e.primitive} ${e.dtype} [${e.shape.dims.join()}] (${e.attrs.join()})`).join('; ')
  for (const target of [software, hardware]) {
    check(await onGpu(program, inputs, target), `${target.isSoftware ? 'software' : 'hardware'}, ${text}`)
  }
}

/** Rounded once at most. */
const roundedOnce = (actual: HostArray, wanted: Float64Array, where: string): void =>
  actual.forEach((v, k) => assert.ok(
    Math.abs(v - wanted[k]!) <= 1.2e-7 * Math.abs(wanted[k]!), `${where}: ${v} instead of ${wanted[k]} at ${k}`))

/** Exactly equal, or within a tolerance relative to the largest number. */
const agree = (draft: Draft, outputs: readonly Term[], inputs: readonly HostArray[], tolerance = 0): Promise<void> => {
  const program = draft.program(outputs)
  const expected = reference.compile(program).run(inputs)
  return both(program, inputs, (actual, where) => expected.forEach((y, k) =>
    tolerance === 0 ? exact(actual[k]!, y, where) : close(actual[k]!, y, tolerance, where)))
}

/** Shapes with an axis: short lines, long lines, one line, many. */
const shapes: readonly (readonly [readonly number[], number])[] = [
  [[1], 0], [[5, 7], 0], [[5, 7], 1], [[2, 33, 3], 1], [[300], 0], [[3, 700], 1], [[700, 3], 0], [[400, 2, 5], 2],
  [[2, 500, 2], 1], [[2000], 0], [[3, 1000, 2], 1], [[6000], 0],
]

test('argmax and argmin: of equal ones the first, NaN before all', async () => {
  for (const [dims, axis] of shapes) {
    const n = sizeOf(dims)
    for (const [dtype, data] of [['float32', of([reals, oddities])(n)], ['int32', of([few, integers])(n)]] as const) {
      const d = new Draft()
      const x = d.input(dtype, dims)
      await agree(d, [d.move('argmax', [x], [axis]), d.move('argmin', [x], [axis])], [data])
    }
  }
})

test('sort and argsort: stable, NaN last, the bits of the values', async () => {
  for (const [dims, axis] of shapes) {
    const n = sizeOf(dims)
    const other = of([['float32', reals(n)], ['int32', few(n)]] as const)
    for (const [dtype, data] of [['float32', oddities(n)], other] as const) {
      const d = new Draft()
      const sorted = d.move('sort', [d.input(dtype, dims)], [axis, below(2)])
      await agree(d, [d.move('pick', [sorted], [0]), d.move('pick', [sorted], [1])], [data])
    }
  }
})

test('running sums, forwards and backwards', async () => {
  for (const [dims, axis] of shapes.slice(0, -2)) {
    for (const [dtype, fill] of kinds) {
      const d = new Draft()
      const x = d.input(dtype, dims)
      const sums = [0, 1].map((reverse) => d.move('cumsum', [x], [axis, reverse]))
      await agree(d, sums, [fill(sizeOf(dims))], dtype === 'int32' ? 0 : 2e-7)
    }
  }
})

test('running sums round each number once, however many terms it has', async () => {
  const n = 20000
  const x = Float32Array.from({ length: n }, () => 1e4 * (random() - 0.3))
  let sum = 0
  const wanted = Float64Array.from(x, (v) => (sum += v))
  const d = new Draft()
  const program = d.program([d.move('cumsum', [d.input('float32', [n])], [0, 0])])
  await both(program, [x], ([y], where) => roundedOnce(y!, wanted, where))
})

test('running sums pass on what is not finite', async () => {
  for (const bad of [[Infinity], [-Infinity], [NaN], [Infinity, -Infinity]]) {
    const x = reals(500)
    bad.forEach((v, k) => { x[100 + 200 * k] = v })
    const d = new Draft()
    await agree(d, [d.move('cumsum', [d.input('float32', [500])], [0, 0])], [x], 2e-7)
  }
})

const batches = [[[7], 0], [[5, 3], 0], [[3, 40], 1], [[2, 30, 5], 1], [[500], 0], [[2, 3, 4], 2]] as const

test('gather moves bits', async () => {
  for (const [dims, axis] of batches) {
    for (const [dtype, fill] of [...kinds, ['bool', truths] as const]) {
      const k = of([1, 6, 70])
      const lead = dims.slice(0, axis)
      const d = new Draft()
      const x = d.input(dtype, dims)
      const picked = d.move('gather', [x, d.input('int32', [...lead, k])], [axis])
      await agree(d, [picked], [fill(sizeOf(dims)), indices(dims[axis]!, sizeOf(lead) * k)])
    }
  }
})

test('scatterAdd adds repeated rows up', async () => {
  for (const [dims, axis] of batches) {
    for (const [dtype, fill] of kinds) {
      for (const k of [of([0, 1]), of([40, 2500])]) {
        const lead = dims.slice(0, axis)
        const source = withAt(dims, axis, k)
        if (sizeOf(source) > 30000) continue
        const d = new Draft()
        const [x, i, s] = [d.input(dtype, dims), d.input('int32', [...lead, k]), d.input(dtype, source)]
        const data = [fill(sizeOf(dims)), indices(dims[axis]!, sizeOf(lead) * k), fill(sizeOf(source))]
        await agree(d, [d.move('scatterAdd', [x, i, s], [axis])], data, dtype === 'int32' ? 0 : 2e-7)
      }
    }
  }
})

test('scatterAdd is accurate and gives the same bits each time', async () => {
  const [n, k] = [400, 9000]
  const source = Float32Array.from({ length: k }, () => of([1e7, -1e7]) + random())
  const index = Int32Array.from({ length: k }, () => below(n))
  const wanted = new Float64Array(n)
  source.forEach((v, j) => { wanted[index[j]!]! += v })
  const d = new Draft()
  const operands = [d.input('float32', [n]), d.input('int32', [k]), d.input('float32', [k])]
  const program = d.program([d.move('scatterAdd', operands, [0])])
  const seen: HostArray[] = []
  for (const _ of [1, 2]) {
    await both(program, [new Float32Array(n), index, source], ([y], where) => {
      roundedOnce(y!, wanted, where)
      seen.push(y!)
    })
  }
  exact(seen[0]!, seen[2]!)
  exact(seen[1]!, seen[3]!)
})

test('an index outside the axis is not passed over: NaN', async () => {
  for (const [n, k] of [[5, 4], [500, 3000]] as const) {
    const index = indices(n, k)
    for (const wrong of [n, -n - 1, 2 ** 31 - 1, -(2 ** 31)]) {
      index[2] = wrong
      const d = new Draft()
      const [x, i] = [d.input('float32', [n]), d.input('int32', [k])]
      const made = d.move('add', [i, d.input('int32', [k])]) // not known on the host
      const added = d.move('scatterAdd', [x, made, d.input('float32', [k])], [0])
      const program = d.program([d.move('gather', [x, made], [0]), added])
      const wanted = Uint8Array.from({ length: k }, (_, j) => Number(j === 2))
      await both(program, [reals(n), index, new Int32Array(k), reals(k)], ([picked, sums], where) => {
        exact(Uint8Array.from(picked!, (v) => Number(Number.isNaN(v))), wanted, where)
        assert.ok(sums!.some(Number.isNaN), where)
      })
    }
  }
})

test('indices that the host sees are checked there', () => {
  const d = new Draft()
  const [x, flat, source] = [d.input('float32', [2, 5]), d.input('int32', [3]), d.input('float32', [2, 3])]
  const lines = d.move('expand', [d.move('reshape', [flat], [1, 3])], [2, 3])
  const sums = d.move('scatterAdd', [x, lines, source], [1])
  const computed = d.move('gather', [x, d.move('add', [lines, lines])], [1])
  const found = indexInputs(d.program([sums, computed]))
  assert.equal(found, [{ operation: 'scatterAdd', input: 1, length: 5 }])
  const given = (...index: readonly number[]): readonly HostArray[] => [reals(10), Int32Array.from(index), reals(6)]
  checkIndices(found, given(4, -5, 0))
  for (const wrong of [5, -6]) {
    const said = new RegExp(`scatterAdd: index ${wrong} .* length 5`)
    throwsError(() => checkIndices(found, given(1, wrong, 0)), IndexError, said)
  }
})

test('random words are those of every other backend', async () => {
  for (const n of [0, 1, 2, 63, 1000, 4097]) {
    const key = integers(2)
    const d = new Draft()
    const program = d.program([d.move('threefry', [d.input('int32', [2])], [n])])
    const wanted = Int32Array.from({ length: n }, (_, k) => threefry(key[0]!, key[1]!, 0, k >> 1)[k & 1]!)
    await both(program, [key], ([words], where) => exact(words!, wanted, where))
  }
})

test.run()
