import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Node } from '../../../core/node.ts'
import * as op from '../../../core/operations/contraction.ts'
import { complex } from '../../../core/construct.ts'
import { reshape } from '../../../core/operations/movement.ts'
import { throwsError } from '../../close.ts'
import { c, close, exact, flat, numbers, read, tensor } from './fixture.ts'

const test = suite('contraction')

const of = (dims: readonly number[], seed = 1): Node =>
  reshape(tensor(numbers(dims.reduce((n, d) => n * d, 1), seed)), dims)

/** The product of one m×k and one k×n matrix, by its definition. */
const loops = (a: readonly number[], b: readonly number[], m: number, k: number, n: number): readonly number[] =>
  Array.from({ length: m * n }, (_, p) => {
    let total = 0
    for (let q = 0; q < k; q++) total += a[Math.floor(p / n) * k + q]! * b[q * n + (p % n)]!
    return total
  })

test('matrices and vectors as in NumPy', () => {
  const [a, b] = [of([2, 3]), of([3, 4], 2)]
  const product = loops(numbers(6), numbers(12, 2), 2, 3, 4)
  close([...flat(op.matmul(a, b))], product, 1e-15)
  close([...flat(op.matmul(a, of([3], 3)))], loops(numbers(6), numbers(3, 3), 2, 3, 1), 1e-15)
  close([...flat(op.matmul(of([3], 3), b))], loops(numbers(3, 3), numbers(12, 2), 1, 3, 4), 1e-15)
  exact(read(op.matmul(tensor([1, 2, 3]), tensor([4, 5, 6]))), 32)
  exact(read(op.matmul(tensor([[1, 2]], 'int32'), tensor([[3], [4]], 'int32'))), [[11]])
  assert.equal(op.matmul(of([2, 0]), of([0, 3])).shape, [2, 3])
  exact(read(op.matmul(of([2, 0]), of([0, 3]))), [[0, 0, 0], [0, 0, 0]])
})

test('batches broadcast', () => {
  const [a, b] = [of([2, 1, 3, 4]), of([5, 4, 2], 2)]
  const y = op.matmul(a, b)
  assert.equal(y.shape, [2, 5, 3, 2])
  const [p, q] = [numbers(24), numbers(40, 2)]
  const expected = [0, 1].flatMap((i) => [0, 1, 2, 3, 4].flatMap((j) =>
    loops(p.slice(12 * i, 12 * i + 12), q.slice(8 * j, 8 * j + 8), 3, 4, 2)))
  close([...flat(y)], expected, 1e-15)
  const tall = op.matmul(of([2, 3, 4]), of([4, 2], 2))
  close([...flat(tall)], loops(numbers(24), numbers(8, 2), 6, 4, 2), 1e-15)
  assert.equal(op.matmul(of([5, 3, 4]), of([4])).shape, [5, 3])
  assert.equal(op.matmul(of([4]), of([5, 4, 2])).shape, [5, 2])
  assert.equal(op.matmul(of([2, 3, 0]), of([0, 2])).shape, [2, 3, 2])
})

test('complex products do not conjugate', () => {
  const a = tensor([[c(1, 1), c(0, 2)]])
  const b = tensor([[c(0, 1)], [c(3, 0)]])
  exact(read(op.matmul(a, b)), [[c(-1, 7)]])
  exact(read(op.matmul(tensor([[2, 1]]), b)), [[c(3, 2)]])
  exact(read(op.dot(tensor([c(0, 1)]), tensor([c(0, 1)]))), c(-1, 0))
  exact(read(op.vdot(tensor([c(0, 1)]), tensor([c(0, 1)]))), c(1, 0))
  exact(read(op.vdot(tensor([[1, 2], [3, 4]]), tensor([[1, 2], [3, 4]]))), 30)
})

test('misfits', () => {
  throwsError(() => op.matmul(of([3, 4]), of([5, 2])), 'ShapeError',
    /matmul: inner dimensions differ in \[3, 4\] @ \[5, 2\]: 4 against 5/)
  throwsError(() => op.matmul(of([3, 4]), of([3])), 'ShapeError', /matmul: inner dimensions differ in \[3, 4\] @ \[3\]/)
  throwsError(() => op.matmul(tensor(2), of([2])), 'ShapeError', /scalar operand: use mul/)
  throwsError(() => op.matmul(of([2]), 2), 'ShapeError', /matmul: \[2\] @ \[\] has a scalar operand: use mul/)
  throwsError(() => op.matmul(of([2, 3, 4]), of([3, 4, 2])), 'ShapeError',
    /matmul: the leading dimensions of \[2, 3, 4\] @ \[3, 4, 2\] do not broadcast/)
  throwsError(() => op.vdot(of([2]), of([3])), 'ShapeError', /vdot: vectors of lengths 2 and 3/)
})

test('adjoint: (A·B)ᴴ = Bᴴ·Aᴴ', () => {
  const a = complex(of([2, 3]), of([2, 3], 5))
  const b = complex(of([3, 4], 2), of([3, 4], 7))
  close(read(op.adjoint(op.matmul(a, b))), read(op.matmul(op.adjoint(b), op.adjoint(a))), 1e-15)
  exact(read(op.adjoint(tensor([[c(1, 2), c(3, 4)]]))), [[c(1, -2)], [c(3, -4)]])
  assert.equal(op.adjoint(of([5, 2, 3])).shape, [5, 3, 2])
  throwsError(() => op.adjoint(tensor([1, 2])), 'ShapeError',
    /adjoint: shape \[2\] is no matrix: use conj\(\) for a vector/)
})

test('outer and kron', () => {
  exact(read(op.outer(tensor([1, 2]), tensor([3, 4, 5]))), [[3, 4, 5], [6, 8, 10]])
  exact(read(op.kron(tensor([[1, 2], [3, 4]]), tensor([[0, 1]]))), [[0, 1, 0, 2], [0, 3, 0, 4]])
  exact(read(op.kron(tensor([1, 10]), tensor([1, 2]))), [1, 2, 10, 20])
  exact(read(op.kron(tensor([1, 2]), tensor([[1], [3]]))), [[1, 2], [3, 6]])
})

test('matrix powers by squaring', () => {
  const fibonacci = tensor([[1, 1], [1, 0]])
  exact(read(op.matrixPower(fibonacci, 13)), [[377, 233], [233, 144]])
  assert.is(op.matrixPower(fibonacci, 1), fibonacci)
  exact(read(op.matrixPower(of([2, 2, 2]), 0)), [[[1, 0], [0, 1]], [[1, 0], [0, 1]]])
  throwsError(() => op.matrixPower(fibonacci, -1), 'OptionError', /matrixPower: the power is an integer ≥ 0, not -1/)
  throwsError(() => op.matrixPower(of([2, 3]), 2), 'ShapeError', /matrixPower: expected a square matrix/)
})

test.run()
