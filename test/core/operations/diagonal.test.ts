import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { diag, diagonal, eye, trace, tril, triu } from '../../../core/operations/diagonal.ts'
import { reshape } from '../../../core/operations/movement.ts'
import { throwsError } from '../../close.ts'
import { c, exact, flat, numbers, read, tensor } from './fixture.ts'

const test = suite('diagonal')

const matrix = (m: number, n: number) => reshape(tensor(numbers(m * n)), [m, n])

test('diagonals of matrices of every shape and offset', () => {
  for (const [m, n] of [[3, 3], [2, 4], [4, 2], [1, 3]] as const) {
    const values = numbers(m * n)
    for (let k = -m - 1; k <= n + 1; k++) {
      const expected: number[] = []
      for (let i = 0; i < m; i++) if (i + k >= 0 && i + k < n) expected.push(values[i * n + i + k]!)
      assert.equal(flat(diag(matrix(m, n), k)), expected, `${m} × ${n}, k = ${k}`)
    }
  }
})

test('a vector on a diagonal, and back', () => {
  exact(read(diag(tensor([1, 2]))), [[1, 0], [0, 2]])
  exact(read(diag(tensor([1, 2]), 1)), [[0, 1, 0], [0, 0, 2], [0, 0, 0]])
  exact(read(diag(tensor([c(1, 1)]), -1)), [[c(0, 0), c(0, 0)], [c(1, 1), c(0, 0)]])
  assert.equal(diag(tensor([])).shape, [0, 0])
  exact(read(diag(tensor([]), -1)), [[0]])
  for (let k = -2; k <= 2; k++) assert.equal(flat(diag(diag(tensor([5, 6, 7]), k), k)), [5, 6, 7])
  throwsError(() => diag(tensor(1)), 'ShapeError', /diag: expected a vector or a matrix, not a tensor of shape \[\]/)
  throwsError(() => diag(matrix(2, 2), 0.5), 'OptionError', /diag: the diagonal is an integer/)
})

test('triangles', () => {
  for (const [m, n] of [[3, 3], [2, 4], [4, 2]] as const) {
    const values = numbers(m * n)
    for (let k = -m; k <= n; k++) {
      const keep = (rule: (i: number, j: number) => boolean): readonly number[] =>
        values.map((v, p) => (rule(Math.floor(p / n), p % n) ? v : 0))
      assert.equal(flat(tril(matrix(m, n), k)), keep((i, j) => j - i <= k), `tril ${k}`)
      assert.equal(flat(triu(matrix(m, n), k)), keep((i, j) => j - i >= k), `triu ${k}`)
    }
  }
  exact(read(tril(tensor([[[c(1, 1), c(2, 2)], [c(3, 3), c(4, 4)]]]))), [[[c(1, 1), c(0, 0)], [c(3, 3), c(4, 4)]]])
  exact(read(triu(tensor([[NaN, 1], [NaN, 2]]), 1)), [[0, 1], [0, 0]])
  throwsError(() => tril(tensor([1])), 'ShapeError', /tril: expected a matrix/)
})

test('trace, eye and batches', () => {
  exact(read(trace(tensor([[1, 2, 3], [4, 5, 6]]))), 6)
  exact(read(trace(tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))), [5, 13])
  exact(read(diagonal(tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), 1)), [[2], [6]])
  exact(read(eye(2, 3)), [[1, 0, 0], [0, 1, 0]])
  assert.is(eye(2, 2, 'complex64').dtype, 'complex64')
  assert.equal(eye(0).shape, [0, 0])
})

test.run()
