import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as op from '../../../core/operations/comparison.ts'
import { throwsError } from '../../close.ts'
import { c, exact, read, tensor } from './fixture.ts'

const test = suite('comparison')

const a = tensor([1, 2, NaN])
const b = tensor([2, 2, 2])
const z = tensor([c(1, 2), c(1, 3)])

test('comparisons are false for NaN, notEqual true', () => {
  exact(read(op.less(a, b)), [1, 0, 0])
  exact(read(op.lessEqual(a, b)), [1, 1, 0])
  exact(read(op.greater(a, b)), [0, 0, 0])
  exact(read(op.greaterEqual(a, 2)), [0, 1, 0])
  exact(read(op.equal(a, b)), [0, 1, 0])
  exact(read(op.notEqual(a, b)), [1, 0, 1])
  assert.is(op.less(a, b).dtype, 'bool')
})

test('complex numbers can be equal but have no order', () => {
  exact(read(op.equal(z, c(1, 2))), [1, 0])
  exact(read(op.notEqual(z, 1)), [1, 1])
  throwsError(() => op.less(z, 1), 'DTypeError', /less: complex numbers have no order: compare abs\(\) or real\(\)/)
})

test('integers are compared with any number', () => {
  const ints = tensor([1, 2, 3], 'int32')
  exact(read(op.greater(ints, 1.5)), [0, 1, 1])
  exact(read(op.less(2.5, ints)), [0, 0, 1])
})

test('logic is for bool', () => {
  const p = tensor([true, true, false, false])
  const q = tensor([true, false, true, false])
  exact(read(op.and(p, q)), [1, 0, 0, 0])
  exact(read(op.or(p, q)), [1, 1, 1, 0])
  exact(read(op.xor(p, q)), [0, 1, 1, 0])
  exact(read(op.not(p)), [0, 0, 1, 1])
  throwsError(() => op.and(a, p), 'DTypeError', /and: float64 is not bool: compare first/)
})

test('where selects, broadcasting all three', () => {
  const mask = tensor([[true], [false]])
  exact(read(op.where(mask, tensor([1, 2]), 0)), [[1, 2], [0, 0]])
  exact(read(op.where(tensor([true, false]), tensor([1, NaN]), tensor([NaN, 2]))), [1, 2])
  exact(read(op.where(tensor([true, false]), z, 5)), [c(1, 2), c(5, 0)])
  assert.is(op.where(mask, 1, 2).dtype, 'float64')
  assert.is(op.where(mask, tensor([1], 'float32'), 0.1).dtype, 'float32')
  throwsError(() => op.where(a, a, b), 'DTypeError', /where: float64 is not bool/)
  throwsError(() => op.where(mask, tensor([1, 2]), tensor([1, 2, 3])), 'ShapeError', /where: shapes \[2\] and \[3\]/)
})

test('isNaN and isFinite', () => {
  const x = tensor([1, NaN, Infinity])
  exact(read(op.isNaN(x)), [0, 1, 0])
  exact(read(op.isFinite(x)), [1, 0, 0])
  exact(read(op.isFinite(tensor([c(1, Infinity), c(1, 1)]))), [0, 1])
  exact(read(op.isNaN(tensor([1, 2], 'int32'))), [0, 0])
})

test.run()
