// Gather and scatter-add: the definition, repeats, negative indices, and refusals; each is the other's adjoint.

import { suite } from 'uvu'
import { gather, scatterAdd } from '../../../backends/cpu/kernels/gather.ts'
import { exact, throwsError } from '../../close.ts'

const test = suite('gather kernels')

test('gather picks rows, negative indices from the end', () => {
  const out = new Float64Array(6)
  gather(1, 4, 3, 2, 1)(Float64Array.of(0, 1, 10, 11, 20, 21, 30, 31), Int32Array.of(2, -1, -4), out)
  exact(out, [20, 21, 30, 31, 0, 1])
})

test('gather picks complex elements, batch by batch', () => {
  const x = Float32Array.from({ length: 12 }, (_, i) => i)
  const out = new Float32Array(8)
  gather(2, 3, 2, 1, 2)(x, Int32Array.of(2, 0, 1, -3), out)
  exact(out, [4, 5, 0, 1, 8, 9, 6, 7])
})

test('scatterAdd adds repeats up and leaves the rest as it was', () => {
  const base = Float64Array.of(1, 2, 3, 4, 5, 6)
  const src = Float64Array.of(10, 20, 100, 200, 1000, 2000)
  const idx = Int32Array.of(1, 1, -1)
  const out = new Float64Array(6).fill(NaN)
  scatterAdd(1, 3, 3, 2, 1)(base, idx, src, out)
  exact(out, [1, 2, 113, 224, 1005, 2006])
  exact(base, [1, 2, 3, 4, 5, 6])
  scatterAdd(1, 3, 3, 1, 2)(base, idx, src, base)
  exact(base, [1, 2, 113, 224, 1005, 2006])
})

test('scatterAdd of integers wraps, batches stay apart', () => {
  const out = new Int32Array(4)
  scatterAdd(2, 2, 1, 1, 1)(Int32Array.of(2147483647, 0, 0, 5), Int32Array.of(0, 1), Int32Array.of(1, 2), out)
  exact(out, [-2147483648, 0, 0, 7])
})

test('the two are adjoint: ⟨gather(x), y⟩ = ⟨x, scatterAdd(0, y)⟩', () => {
  const [batch, n, k, inner] = [2, 3, 5, 4]
  const x = Float64Array.from({ length: batch * n * inner }, (_, i) => (i * 37) % 11)
  const y = Float64Array.from({ length: batch * k * inner }, (_, i) => (i * 17) % 13)
  const idx = Int32Array.of(0, 2, 2, -3, 1, 1, -1, 0, 0, 0)
  const picked = new Float64Array(y.length)
  gather(batch, n, k, inner, 1)(x, idx, picked)
  const added = new Float64Array(x.length)
  scatterAdd(batch, n, k, inner, 1)(new Float64Array(x.length), idx, y, added)
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0)
  exact(dot(picked, y), dot(x, added))
})

test('an index outside names itself and the axis; scatterAdd then writes nothing', () => {
  const x = new Float64Array(3)
  const wrong = (index: number) => () => gather(1, 3, 2, 1, 1)(x, Int32Array.of(0, index), new Float64Array(2))
  throwsError(wrong(3), RangeError, /index 3 .*length 3/)
  throwsError(wrong(-4), RangeError, /index -4 .*length 3/)
  throwsError(() => gather(1, 0, 1, 1, 1)(x, Int32Array.of(0), x), RangeError, /index 0 .*length 0/)
  const scatter = (): void => scatterAdd(1, 3, 2, 1, 1)(x, Int32Array.of(0, 3), Float64Array.of(5, 5), x)
  throwsError(scatter, RangeError, /index 3 .*length 3/)
  exact(x, [0, 0, 0])
})

test('nothing to pick', () => {
  gather(2, 0, 0, 3, 1)(new Float64Array(0), new Int32Array(0), new Float64Array(0))
  const out = new Float64Array(2)
  scatterAdd(1, 2, 0, 1, 1)(Float64Array.of(1, 2), new Int32Array(0), new Float64Array(0), out)
  exact(out, [1, 2])
})

test.run()
