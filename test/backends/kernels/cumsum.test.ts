// Cumulative sums: along every axis, both ways, complex, in place, in double precision.

import { suite } from 'uvu'
import { cumsum } from '../../../backends/cpu/kernels/cumsum.ts'
import { close, exact } from '../../close.ts'

const test = suite('cumsum kernel')

test('a line, forwards and backwards', () => {
  const x = Float64Array.of(1, 2, 3, 4)
  const out = new Float64Array(4)
  cumsum(1, 4, 1, false, 1)(x, out)
  exact(out, [1, 3, 6, 10])
  cumsum(1, 4, 1, true, 1)(x, out)
  exact(out, [10, 9, 7, 4])
})

test('a middle axis, in place, twice with one plan', () => {
  const run = cumsum(2, 3, 2, false, 1)
  for (let i = 0; i < 2; i++) {
    const x = Float64Array.of(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60)
    run(x, x)
    exact(x, [1, 2, 4, 6, 9, 12, 10, 20, 40, 60, 90, 120])
  }
})

test('complex numbers', () => {
  const out = new Float32Array(6)
  cumsum(1, 3, 1, true, 2)(Float32Array.of(1, 2, 3, 4, 5, 6), out)
  exact(out, [9, 12, 8, 10, 5, 6])
})

test('integers wrap, bools count', () => {
  const out = new Int32Array(3)
  cumsum(1, 3, 1, false, 1)(Int32Array.of(2147483647, 2147483647, 3), out)
  exact(out, [2147483647, -2, 1])
  cumsum(1, 3, 1, false, 1)(Uint8Array.of(1, 1, 1), out)
  exact(out, [1, 2, 3])
})

test('integers wrap exactly, however long the sum', () => {
  const n = 5e6 // times 2^31 this is beyond what a double holds exactly
  const out = new Int32Array(n)
  cumsum(1, n, 1, false, 1)(new Int32Array(n).fill(2147483647), out)
  exact(out[n - 1]!, Number(BigInt.asIntN(32, BigInt(n) * 2147483647n)))
})

test('a long float32 sum keeps its precision', () => {
  const n = 1e6
  const out = new Float32Array(n)
  cumsum(1, n, 1, false, 1)(new Float32Array(n).fill(0.1), out)
  close(out[n - 1]! / (n * Math.fround(0.1)), 1, 1e-7)
})

test('empty axes', () => {
  cumsum(2, 0, 3, false, 1)(new Float64Array(0), new Float64Array(0))
  cumsum(2, 3, 0, false, 2)(new Float64Array(0), new Float64Array(0))
})

test.run()
