import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as op from '../../../core/operations/reduction.ts'
import { sum } from '../../../core/operations/sum.ts'
import { throwsError } from '../../close.ts'
import { c, close, exact, flat, numbers, read, tensor } from './fixture.ts'

const test = suite('reduction')

const x = tensor([[1, 2, 3], [4, 5, 6]])
const z = tensor([[c(1, 2), c(3, -1)], [c(0, 1), c(2, 2)]])

test('sums along any axes, keeping them or not', () => {
  exact(read(sum(x)), 21)
  exact(read(sum(x, { axis: 0 })), [5, 7, 9])
  exact(read(sum(x, { axis: -1, keepDims: true })), [[6], [15]])
  exact(read(sum(x, { axis: [0, 1], keepDims: true })), [[21]])
  exact(read(sum(z, { axis: 1 })), [c(4, 1), c(2, 3)])
  assert.is(sum(x, { axis: [] }), x)
  assert.is(sum(tensor([true, true])).dtype, 'int32')
  exact(read(sum(tensor([true, true]))), 2)
  exact(read(sum(tensor([]))), 0)
  throwsError(() => sum(x, { axis: 2 }), 'ShapeError', /sum: axis 2 does not exist in a tensor of rank 2/)
  throwsError(() => sum(x, { axis: [0, -2] }), 'ShapeError', /sum: axis 0 is named twice/)
})

test('mean, variance and standard deviation', () => {
  exact(read(op.mean(x, { axis: 0 })), [2.5, 3.5, 4.5])
  exact(read(op.mean(tensor([1, 2], 'int32'))), 1.5)
  close(read(op.variance(x, { axis: 1 })), [2 / 3, 2 / 3], 1e-15)
  close(read(op.variance(x, { ddof: 1 })), 3.5, 1e-15)
  close(read(op.std(x, { axis: 0, keepDims: true })), [[1.5, 1.5, 1.5]], 1e-15)
  const values = [c(1, 2), c(3, -1), c(0, 1), c(2, 2)]
  const m = c(1.5, 1)
  const expected = values.reduce((total, v) => total + (v.re - m.re) ** 2 + (v.im - m.im) ** 2, 0) / 4
  close(read(op.variance(z)), expected, 1e-15)
  assert.is(op.variance(z).dtype, 'float64')
  exact(read(op.std(tensor([2, 2, 2]))), 0)
  throwsError(() => op.mean(tensor([])), 'ShapeError', /mean: nothing to average in a tensor of shape \[0\]/)
  throwsError(() => op.variance(tensor([1]), { ddof: 1 }), 'OptionError', /var: ddof 1 must be smaller/)
})

test('products of any length, with zeros, of complex numbers, of nothing', () => {
  for (const n of [1, 2, 3, 5, 8, 13]) {
    const values = numbers(n, n).map((v) => v + 1.5)
    close(read(op.prod(tensor(values))), values.reduce((p, v) => p * v, 1), 1e-14, `n = ${n}`)
  }
  exact(read(op.prod(x, { axis: 0 })), [4, 10, 18])
  exact(read(op.prod(x, { axis: [0, 1], keepDims: true })), [[720]])
  exact(read(op.prod(tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), { axis: [0, 2] })), [60, 672])
  exact(read(op.prod(z, { axis: 1 })), [c(5, 5), c(-2, 2)])
  exact(read(op.prod(tensor([3, 0, 2]))), 0)
  exact(read(op.prod(tensor([]))), 1)
  exact(read(op.prod(tensor([[], []]), { axis: 1 })), [1, 1])
  exact(read(op.prod(tensor([2, 3], 'int32'))), 6)
  assert.is(op.prod(tensor([true])).dtype, 'int32')
})

test('extremes', () => {
  exact(read(op.max(x)), 6)
  exact(read(op.min(x, { axis: 1, keepDims: true })), [[1], [4]])
  exact(read(op.max(tensor([1, NaN, 2]))), NaN)
  exact(read(op.max(tensor([-1, -5]))), -1)
  assert.is(op.max(x, { axis: [] }), x)
  throwsError(() => op.max(z), 'DTypeError', /^max: complex numbers have no order: compare abs\(\) or real\(\)/)
  throwsError(() => op.max(tensor([])), 'ShapeError', /max.*empty/)
})

test('any and all', () => {
  exact(read(op.any(tensor([[true, false], [false, false]]), { axis: 1 })), [1, 0])
  exact(read(op.all(tensor([[true, false], [true, true]]), { axis: 1 })), [0, 1])
  exact(read(op.all(z)), 1)
  exact(read(op.any(tensor([0, 0]))), 0)
  exact(read(op.any(tensor([]))), 0)
  exact(read(op.all(tensor([]))), 1)
  assert.is(op.all(x).dtype, 'bool')
})

test('argmax and argmin: flattened without an axis, the first of equals', () => {
  exact(read(op.argmax(x)), 5)
  exact(read(op.argmin(x, { axis: 0 })), [0, 0, 0])
  exact(read(op.argmax(tensor([2, 7, 7]))), 1)
  exact(read(op.argmax(x, { axis: 1, keepDims: true })), [[2], [2]])
  assert.equal(op.argmax(x, { keepDims: true }).shape, [1, 1])
  throwsError(() => op.argmax(z), 'DTypeError', /argmax: complex numbers have no order/)
})

test('cumsum', () => {
  exact(read(op.cumsum(x)), [1, 3, 6, 10, 15, 21])
  exact(read(op.cumsum(x, 0)), [[1, 2, 3], [5, 7, 9]])
  exact(read(op.cumsum(z, 1)), [[c(1, 2), c(4, 1)], [c(0, 1), c(2, 3)]])
  exact(flat(op.cumsum(tensor([true, true]))) as readonly number[], [1, 2]) // int32 elements are numbers
})

test.run()
