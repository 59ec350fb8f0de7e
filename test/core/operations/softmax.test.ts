import { suite } from 'uvu'
import { logSoftmax, logsumexp, softmax } from '../../../core/operations/softmax.ts'
import { throwsError } from '../../close.ts'
import { c, close, exact, read, tensor } from './fixture.ts'

const test = suite('softmax')

const x = tensor([[1, 2, 3], [-1000, 0, 1000]])

test('shifted: large exponents neither overflow nor vanish', () => {
  close(read(logsumexp(x, { axis: 1 })), [Math.log(Math.E + Math.E ** 2 + Math.E ** 3), 1000], 1e-15)
  close(read(logsumexp(x, { axis: 0, keepDims: true })), [[1, 2 + Math.log1p(Math.exp(-2)), 1000]], 1e-15)
  close(read(logsumexp(tensor([1000, 1000]))), 1000 + Math.LN2, 1e-15)
  const e = [1, 2, 3].map(Math.exp)
  const total = e[0]! + e[1]! + e[2]!
  close(read(softmax(x)), [e.map((v) => v / total), [0, 0, 1]], 1e-15)
  close(read(logSoftmax(x)), [[1, 2, 3].map((v) => v - Math.log(total)), [-2000, -1000, 0]], 1e-15)
  close(read(softmax(tensor([[0, 1], [0, 1]]), { axis: 0 })), [[0.5, 0.5], [0.5, 0.5]], 1e-15)
})

test('infinities have their limits, NaN stays', () => {
  const no = -Infinity
  exact(read(logsumexp(tensor([[no, no], [no, 0], [Infinity, 0], [NaN, 0]]), { axis: 1 })), [no, 0, Infinity, NaN])
  exact(read(softmax(tensor([[no, no], [no, 0], [Infinity, 0]]))), [[0.5, 0.5], [0, 1], [1, 0]])
  exact(read(softmax(tensor([NaN, 0]))), [NaN, NaN])
  close(read(logSoftmax(tensor([[no, 0], [Infinity, 0]]))), [[no, 0], [0, no]], 0)
  exact(read(logsumexp(tensor([]))), no)
})

test('complex exponents are shifted by their largest real part', () => {
  const z = tensor([c(800, 1), c(800, -1)])
  close(read(logsumexp(z)), c(800 + Math.log(2 * Math.cos(1)), 0), 1e-15)
})

test('softmax goes along one axis that exists', () => {
  throwsError(() => softmax(tensor(1)), 'ShapeError', /softmax: axis -1 does not exist in a tensor of rank 0/)
  throwsError(() => logSoftmax(x, { axis: 2 }), 'ShapeError', /logSoftmax: axis 2/)
})

test.run()
