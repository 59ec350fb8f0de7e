import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DType } from '../../../core/dtype.ts'
import type { Node } from '../../../core/node.ts'
import * as op from '../../../core/operations/elementwise.ts'
import { cast } from '../../../core/operations/cast.ts'
import { allclose } from '../../../core/operations/allclose.ts'
import { throwsError } from '../../close.ts'
import { c, close, exact, precision, read, relative, tensor } from './fixture.ts'

const test = suite('elementwise')

const x = tensor([[1, 2, 3], [4, 5, 6]])
const z = tensor([c(3, 4), c(-1, 2), c(0, 0)])
const ints = tensor([1, 2, -3], 'int32')
const flags = tensor([true, false, true])

test('broadcasts as NumPy does', () => {
  exact(read(op.sub(x, tensor([10, 20, 30]))), [[-9, -18, -27], [-6, -15, -24]])
  exact(read(op.mul(tensor([[1], [2]]), tensor([3, 4, 5]))), [[3, 4, 5], [6, 8, 10]])
  exact(read(op.add(tensor([[[1]]]), x)), [[[2, 3, 4], [5, 6, 7]]])
  assert.equal(op.add(tensor([]), 1).shape, [0])
  assert.equal(op.add(tensor([[], []]), tensor([[1], [2]])).shape, [2, 0])
})

test('shapes that do not fit are named', () => {
  throwsError(() => op.sub(x, tensor([1, 2])), 'ShapeError',
    /sub: shapes \[2, 3\] and \[2\] do not broadcast.*3 meets 2/)
  throwsError(() => op.add(tensor([1, 2]), tensor([[[1, 2, 3]], [[4, 5, 6]]])), 'ShapeError', /add: .* 2 meets 3/)
})

test('host scalars take the precision of the tensor', () => {
  const single = tensor([1, 2], 'float32')
  const dtypes = (...nodes: readonly Node[]): readonly DType[] => nodes.map((node) => node.dtype)
  assert.equal(dtypes(op.add(single, 0.5), op.add(0.5, single), op.mul(single, c(0, 1)), op.pow(single, 2.5)),
    ['float32', 'float32', 'complex64', 'float32'])
  assert.equal(dtypes(op.add(ints, 2), op.add(flags, 2), op.add(flags, flags), op.div(ints, 2), op.div(ints, ints)),
    ['int32', 'int32', 'int32', 'float64', 'float64'])
  const two = tensor(2, 'float32')
  assert.equal(dtypes(op.exp(ints), op.sqrt(single), op.mul(ints, two), op.square(flags), op.neg(flags)),
    ['float64', 'float32', 'float32', 'int32', 'int32'])
  assert.equal(dtypes(op.add(1, 2), op.add(1, c(0, 1)), op.abs(z), op.abs(ints), op.abs(flags), op.angle(ints)),
    ['float64', 'complex128', 'float64', 'int32', 'bool', 'float64'])
})

test('an int32 tensor refuses numbers that are no integers, except where the result is float64 anyway', () => {
  throwsError(() => op.add(ints, 0.5), 'DTypeError', /add: 0\.5 is no.* integer.*int32.*float64/)
  throwsError(() => op.mul(2 ** 40, ints), 'DTypeError', /mul: 1099511627776/)
  throwsError(() => op.pow(ints, 0.5), 'DTypeError', /pow: 0\.5/)
  exact(read(op.div(ints, 0.5)), [2, 4, -6])
  exact(read(op.atan2(ints, 0.5)), [Math.atan2(1, 0.5), Math.atan2(2, 0.5), Math.atan2(-3, 0.5)])
})

test('what is no tensor is refused with the name of the operation', () => {
  // JavaScript callers are not held back by the types.
  const wrong = op.add as unknown as (a: unknown, b: unknown) => Node
  throwsError(() => wrong(x, 'two'), 'DTypeError', /add: the string 'two' is neither/)
  throwsError(() => wrong(x, undefined), 'DTypeError', /add: undefined/)
})

test('parts of real tensors cost nothing', () => {
  assert.is(op.real(x), x)
  assert.is(op.conj(x), x)
  assert.is(op.floor(ints), ints)
  exact(read(op.imag(x)), [[0, 0, 0], [0, 0, 0]])
  exact(read(op.phase(tensor([-2, 0, 5]))), [-1, 0, 1])
  exact(read(op.sign(ints)), [1, 1, -1])
})

test('parts of complex tensors', () => {
  exact(read(op.abs(z)), [5, Math.sqrt(5), 0])
  exact(read(op.abs2(z)), [25, 5, 0])
  exact(read(op.real(z)), [3, -1, 0])
  exact(read(op.imag(z)), [4, 2, 0])
  close(read(op.sign(z)), [c(0.6, 0.8), c(-1 / Math.sqrt(5), 2 / Math.sqrt(5)), c(0, 0)], 1e-15)
  exact(read(op.mul(z, op.conj(z))), [c(25, 0), c(5, 0), c(0, 0)])
})

test('powers: integers exactly, the rest on the principal branch', () => {
  exact(read(op.pow(tensor([3, -2, 0]), 3)), [27, -8, 0])
  exact(read(op.pow(tensor([0, 7]), 0)), [1, 1])
  exact(read(op.pow(ints, 2)), [1, 4, 9])
  assert.is(op.pow(x, 1), x)
  close(read(op.pow(z, 2)), [c(-7, 24), c(-3, -4), c(0, 0)], 1e-15)
  close(read(op.pow(2, tensor([1, 0.5, -1]))), [2, Math.SQRT2, 0.5], 1e-15)
  close(read(op.pow(tensor([-4]), c(0.5, 0))), [c(0, 2)], 1e-15)
  throwsError(() => op.pow(ints, ints), 'DTypeError', /pow: exponents that are int32 may be negative/)
  throwsError(() => op.pow(ints, -1), 'DTypeError', /pow: int32 to the power -1 is not an integer/)
})

test('relu and clip let NaN pass', () => {
  exact(read(op.relu(tensor([-1, 0, 2, NaN]))), [0, 0, 2, NaN])
  exact(read(op.clip(tensor([-5, 0.5, 9, NaN]), -1, 1)), [-1, 0.5, 1, NaN])
  exact(read(op.clip(ints, -1, 1)), [1, 1, -1])
})

test('hypot neither overflows nor underflows', () => {
  const { far } = precision
  relative(read(op.hypot(tensor([3, 3 * far, 3 / far]), tensor([4, 4 * far, 4 / far]))), [5, 5 * far, 5 / far], 1e-15)
  exact(read(op.hypot(tensor([3], 'int32'), 4)), [5])
})

test('complex numbers are refused where they have no order', () => {
  const refusals: readonly (readonly [string, () => Node])[] = [
    ['maximum', () => op.maximum(z, 1)], ['minimum', () => op.minimum(1, z)], ['relu', () => op.relu(z)],
    ['clip', () => op.clip(z, 0, 1)],
  ]
  for (const [name, run] of refusals) {
    throwsError(run, 'DTypeError',
      new RegExp(`^${name}: complex numbers have no order: compare abs\\(\\) or real\\(\\)`))
  }
  throwsError(() => op.floor(z), 'DTypeError', /^floor: /)
  throwsError(() => op.erf(z), 'DTypeError', /^erf: /)
  throwsError(() => op.hypot(z, 1), 'DTypeError', /^hypot: /)
  throwsError(() => op.atan2(z, 1), 'DTypeError', /^atan2: .*angle\(\)/)
})

test('cast keeps what it can and refuses to lose an imaginary part', () => {
  assert.is(cast(x, 'float64'), x)
  exact(read(cast(tensor([1.7, -1.7]), 'int32')), [1, -1])
  exact(read(cast(x, 'complex64')), [[c(1, 0), c(2, 0), c(3, 0)], [c(4, 0), c(5, 0), c(6, 0)]])
  throwsError(() => cast(z, 'float64'), 'DTypeError',
    /^cast: a complex tensor cannot become float64: take real\(\), imag\(\) or abs\(\)$/)
  throwsError(() => cast(z, 'bool'), 'DTypeError', /notEqual\(0\)/)
})

test('allclose compares to the larger of two tolerances, and infinities by equality', () => {
  assert.is(allclose(tensor([1, 2]), tensor([1, 2 + 1e-6])), true)
  assert.is(allclose(tensor([1, 2]), tensor([1, 2.1])), false)
  assert.is(allclose(tensor([Infinity, -Infinity]), tensor([Infinity, -Infinity])), true)
  assert.is(allclose(tensor([1]), tensor([Infinity])), false)
  assert.is(allclose(tensor([NaN]), tensor([NaN])), false)
  assert.is(allclose(z, z), true)
  assert.is(allclose(tensor([1.01]), 1, { rtol: 0.1 }), true)
  assert.is(allclose(tensor([]), tensor([])), true)
})

test.run()
