import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { norm } from '../../../core/operations/norm.ts'
import { throwsError } from '../../close.ts'
import { c, close, exact, precision, read, relative, tensor } from './fixture.ts'

const test = suite('norm')

test('exact where the answer is', () => {
  exact(read(norm(tensor([3, 4, 12]))), 13)
  exact(read(norm(tensor([c(3, 4), c(0, 12)]))), 13)
  exact(read(norm(tensor([[3, 4], [6, 8]]), { axis: 1 })), [5, 10])
  exact(read(norm(tensor([[3, 4], [6, 8]]), { axis: 1, keepDims: true })), [[5], [10]])
  exact(read(norm(tensor([3, 4], 'int32'))), 5)
  exact(read(norm(tensor(-2))), 2)
})

test('any ord > 0', () => {
  const z = tensor([c(3, 4), c(-6, 8), c(0, 0)])
  exact(read(norm(z, { ord: 1 })), 15)
  exact(read(norm(z, { ord: Infinity })), 10)
  for (const ord of [0.5, 1.5, 3, 4, 7.25]) {
    relative(read(norm(z, { ord })), (5 ** ord + 10 ** ord) ** (1 / ord), 1e-14, `ord ${ord}`)
  }
  for (const ord of [0, -1, NaN]) {
    throwsError(() => norm(z, { ord }), 'OptionError', /norm: ord is a number > 0 or Infinity/)
  }
})

test('entries near the ends of the number range', () => {
  const { far, subnormal, divided: [most] } = precision
  for (const scale of [far, 1 / far, most / 10, ...(subnormal === null ? [] : [subnormal])]) {
    const tolerance = scale === subnormal ? 1e-12 : 1e-14 // subnormal numbers have few digits
    for (const ord of [1.5, 2, 3, 4]) {
      const expected = scale * (3 ** ord + 4 ** ord) ** (1 / ord)
      relative(read(norm(tensor([3 * scale, -4 * scale]), { ord })), expected, tolerance, `${scale} ${ord}`)
    }
    relative(read(norm(tensor([c(3 * scale, 4 * scale)]))), 5 * scale, tolerance)
  }
  relative(read(norm(tensor([3e30, 4e30], 'float32'))), 5e30, 1e-6)
  relative(read(norm(tensor([3e-30, 4e-30], 'float32'))), 5e-30, 1e-6)
})

test('zero, Infinity, NaN and nothing', () => {
  for (const ord of [1, 1.5, 2, 4, Infinity]) {
    exact(read(norm(tensor([0, 0]), { ord })), 0, `zero, ord ${ord}`)
    exact(read(norm(tensor([1, -Infinity]), { ord })), Infinity, `Infinity, ord ${ord}`)
    exact(read(norm(tensor([1, NaN]), { ord })), NaN, `NaN, ord ${ord}`)
    exact(read(norm(tensor([]), { ord })), 0, `nothing, ord ${ord}`)
  }
  exact(read(norm(tensor([c(Infinity, 0), c(1, 1)]))), Infinity)
})

test('the norm of complex numbers is real, in their precision', () => {
  assert.is(norm(tensor([c(1, 1)])).dtype, 'float64')
  assert.is(norm(tensor([c(1, 1)], 'complex64')).dtype, 'float32')
  close(read(norm(tensor([c(1, 1)], 'complex64'))), Math.SQRT2, 1e-7)
})

test.run()
