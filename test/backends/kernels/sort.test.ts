// Sorting and the places of extrema, against the definitions.

import { suite } from 'uvu'
import { argExtremum } from '../../../backends/cpu/kernels/argextremum.ts'
import { sort } from '../../../backends/cpu/kernels/sort.ts'
import { exact } from '../../close.ts'

const test = suite('sort and extremum kernels')

/** Numbers with many ties, and NaN, infinities and both zeros among them. */
const awkward = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => {
  const h = Math.imul(i + 1, 2654435761) >>> 8
  return h % 29 === 0 ? NaN : h % 31 === 0 ? -Infinity : h % 37 === 0 ? -0 : (h % 41) - 20
})

const order = (x: Float64Array, descending: boolean): readonly number[] =>
  Array.from(x.keys()).sort((i, j) => {
    const [a, b] = [x[i]!, x[j]!]
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
    return a === b ? 0 : (a < b) !== descending ? -1 : 1
  })

test('sorted, stable, NaN last, whatever the length and the direction', () => {
  for (const n of [0, 1, 2, 3, 15, 16, 17, 33, 100, 1000, 4097]) {
    const x = awkward(n)
    for (const descending of [false, true]) {
      const values = new Float64Array(n)
      const indices = new Int32Array(n)
      sort(1, n, 1, descending)(x, values, indices)
      const wanted = order(x, descending)
      exact(indices, wanted)
      exact(values, wanted.map((i) => x[i]!))
    }
  }
})

test('a middle axis, in place, or only one of the two results', () => {
  const [outer, n, inner] = [2, 20, 3]
  const x = awkward(outer * n * inner)
  const values = x.slice()
  const indices = new Int32Array(x.length)
  const run = sort(outer, n, inner, false)
  run(values, values, indices)
  for (let o = 0; o < outer; o++) {
    for (let e = 0; e < inner; e++) {
      const at = (i: number): number => (o * n + i) * inner + e
      const line = Float64Array.from({ length: n }, (_, i) => x[at(i)]!)
      const wanted = order(line, false)
      exact(wanted.map((_, i) => indices[at(i)]!), wanted)
      exact(wanted.map((_, i) => values[at(i)]!), wanted.map((i) => line[i]!))
    }
  }
  const again = new Int32Array(x.length)
  run(x, undefined, again)
  exact(again, indices)
  const only = new Float64Array(x.length)
  run(x, only, undefined)
  exact(only, values)
})

test('other storages', () => {
  const values = new Int32Array(4)
  const indices = new Int32Array(4)
  sort(1, 4, 1, true)(Int32Array.of(-2147483648, 7, 2147483647, 7), values, indices)
  exact(values, [2147483647, 7, 7, -2147483648])
  exact(indices, [2, 1, 3, 0])
  const bools = new Uint8Array(3)
  sort(1, 3, 1, false)(Uint8Array.of(1, 0, 1), bools, indices)
  exact(bools, [0, 1, 1])
})

test('argmax and argmin: the first of equals, a NaN above all', () => {
  const out = new Int32Array(1)
  const of = (largest: boolean, ...x: readonly number[]): number => {
    argExtremum(1, x.length, 1, largest)(Float64Array.from(x), out)
    return out[0]!
  }
  exact([of(true, 1, 3, 2, 3), of(false, 2, 1, 3, 1), of(true, -0, 0), of(false, 0, -0)], [1, 1, 0, 0])
  exact([of(true, 1, NaN, 3, NaN), of(false, 1, NaN, 0), of(true, NaN, 1), of(false, 5)], [1, 1, 0, 0])
  exact([of(true, -Infinity, -Infinity), of(false, Infinity, 1)], [0, 1])
})

test('argmax along a middle axis', () => {
  const out = new Int32Array(4)
  argExtremum(2, 3, 2, true)(Float32Array.of(1, 9, 3, 8, 2, 7, 4, 1, 4, 2, 5, 3), out)
  exact(out, [1, 0, 2, 2])
})

test.run()
