import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as op from '../../../core/operations/indexing.ts'
import { reshape } from '../../../core/operations/movement.ts'
import { throwsError } from '../../close.ts'
import { c, exact, flat, numbers, read, tensor } from './fixture.ts'

const test = suite('indexing')

const x = tensor([[1, 2, 3], [4, 5, 6]])
const ints = (...values: readonly number[]) => tensor(values, 'int32')

test('take along any axis, with indices of any shape', () => {
  exact(read(op.take(x, [1, 1, 0])), [[4, 5, 6], [4, 5, 6], [1, 2, 3]])
  exact(read(op.take(x, ints(2, -3), 1)), [[3, 1], [6, 4]])
  exact(read(op.take(x, tensor([[0, 1], [2, 0]], 'int32'), 1)), [[[1, 2], [3, 1]], [[4, 5], [6, 4]]])
  exact(read(op.take(x, tensor(1, 'int32'))), [4, 5, 6])
  exact(read(op.take(tensor([c(1, 2), c(3, 4)]), [1, 0])), [c(3, 4), c(1, 2)])
  assert.equal(op.take(x, [], 1).shape, [2, 0])
  throwsError(() => op.take(x, [2]), 'IndexError', /take: index 2 is not an integer within an axis of length 2/)
  throwsError(() => op.take(x, [0.5]), 'IndexError', /take: index 0\.5/)
  throwsError(() => op.take(x, ints(2)), 'IndexError', /gather: index 2 is out of bounds for an axis of length 2/)
  throwsError(() => op.take(x, tensor([1])), 'DTypeError',
    /take: indices are float64 but must be int32: call \.cast\('int32'\)/)
})

test('gather picks one element per index in each line', () => {
  const index = tensor([[2, 0], [1, -1]], 'int32')
  exact(read(op.gather(x, index)), [[3, 1], [5, 6]])
  exact(read(op.gather(x, tensor([[1, 0, 1]], 'int32'), 0)), [[4, 2, 6]])
  exact(read(op.gather(x, op.argsort(x, { descending: true }))), [[3, 2, 1], [6, 5, 4]])
  throwsError(() => op.gather(x, ints(0)), 'ShapeError',
    /gather: indices \[1\] must agree with \[2, 3\] outside axis 1/)
})

test('scatterAdd accumulates', () => {
  exact(read(op.scatterAdd(tensor([1, 1, 1, 1]), [1, 3, 1], tensor([10, 20, 30]))), [1, 41, 1, 21])
  exact(read(op.scatterAdd(x, [0, 0], tensor([[1, 1, 1], [2, 2, 2]]))), [[4, 5, 6], [4, 5, 6]])
  exact(read(op.scatterAdd(x, ints(2), tensor([[10], [20]]), 1)), [[1, 2, 13], [4, 5, 26]])
  exact(read(op.scatterAdd(x, tensor([[0, 1, 1]], 'int32'), tensor([[10, 20, 30]]), 0)), [[11, 2, 3], [4, 25, 36]])
  exact(read(op.scatterAdd(tensor([0, 0]), [1], tensor([c(1, 2)]))), [c(0, 0), c(1, 2)])
  exact(read(op.scatterAdd(tensor([0, 0, 0]), [0, 2], 5)), [5, 0, 5])
  throwsError(() => op.scatterAdd(x, [0], tensor([1, 2])), 'ShapeError',
    /scatterAdd: the source is \[2\], but into \[2, 3\] at \[1\] it must be \[1, 3\]/)
})

test('gather and scatterAdd are adjoint: Σ gather(x)·y = Σ x·scatterAdd(0, y)', () => {
  const values = reshape(tensor(numbers(12)), [3, 4])
  const index = tensor([[0, 3, 3], [1, 1, 1], [2, 0, -1]], 'int32')
  const y = reshape(tensor(numbers(9, 5)), [3, 3])
  const inner = (a: readonly unknown[], b: readonly unknown[]): number =>
    a.reduce<number>((total, v, k) => total + Number(v) * Number(b[k]), 0)
  const zero = tensor([[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
  assert.ok(Math.abs(inner(flat(op.gather(values, index)), flat(y))
    - inner(flat(values), flat(op.scatterAdd(zero, index, y, 1)))) < 1e-14)
})

test('sort and argsort: stable, NaN last, along any axis', () => {
  exact(read(op.sort(tensor([3, 1, NaN, 2]))), [1, 2, 3, NaN])
  exact(read(op.sort(tensor([3, 1, 2]), { descending: true })), [3, 2, 1])
  exact(read(op.sort(tensor([[3, 1], [2, 5]]), { axis: 0 })), [[2, 1], [3, 5]])
  exact(read(op.argsort(tensor([2, 1, 2, 1]))), [1, 3, 0, 2])
  assert.is(op.argsort(x).dtype, 'int32')
  throwsError(() => op.sort(tensor([c(1, 1)])), 'DTypeError', /sort: complex numbers have no order/)
})

test.run()
