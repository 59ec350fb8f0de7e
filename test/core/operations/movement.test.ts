import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as op from '../../../core/operations/movement.ts'
import { throwsError } from '../../close.ts'
import { c, exact, flat, numbers, read, tensor } from './fixture.ts'

const test = suite('movement')

const x = tensor([[1, 2, 3], [4, 5, 6]])
const cube = op.reshape(tensor(numbers(24)), [2, 3, 4])

test('reshape keeps row-major order and infers one dimension', () => {
  exact(read(op.reshape(x, [3, 2])), [[1, 2], [3, 4], [5, 6]])
  assert.equal(op.reshape(x, [-1]).shape, [6])
  assert.equal(op.reshape(cube, [4, -1, 2]).shape, [4, 3, 2])
  exact(read(op.reshape(op.reshape(cube, [6, 4]), [2, 3, 4])), read(cube))
  assert.is(op.reshape(x, [2, 3]), x)
  throwsError(() => op.reshape(x, [4, 2]), 'ShapeError', /reshape: \[2, 3\] has 6 elements and \[4, 2\] has 8/)
  throwsError(() => op.reshape(x, [4, -1]), 'ShapeError', /reshape: \[2, 3\] has 6 elements: no -1 fits in \[4, -1\]/)
  throwsError(() => op.reshape(x, [-1, -1]), 'ShapeError', /no -1 fits/)
})

test('transpose permutes axes, and its inverse undoes it', () => {
  exact(read(op.transpose(x)), [[1, 4], [2, 5], [3, 6]])
  const turned = op.transpose(cube, 2, 0, 1)
  assert.equal(turned.shape, [4, 2, 3])
  exact(read(op.transpose(turned, 1, 2, 0)), read(cube))
  assert.is(op.transpose(cube, 0, 1, -1), cube)
  throwsError(() => op.transpose(cube, 0, 1), 'ShapeError',
    /transpose: \[0, 1\] does not name each axis of \[2, 3, 4\] once/)
  throwsError(() => op.transpose(cube, 0, 1, 1), 'ShapeError', /transpose/)
})

test('dimensions of one come and go', () => {
  assert.equal(op.expandDims(x, 0).shape, [1, 2, 3])
  assert.equal(op.expandDims(x, -1).shape, [2, 3, 1])
  assert.equal(op.squeeze(op.reshape(x, [1, 2, 1, 3])).shape, [2, 3])
  assert.equal(op.squeeze(op.reshape(x, [1, 2, 1, 3]), 2).shape, [1, 2, 3])
  throwsError(() => op.squeeze(x, 0), 'ShapeError', /squeeze: axis 0 of \[2, 3\] has not length 1/)
  exact(read(op.broadcastTo(tensor([1, 2]), [2, 2])), [[1, 2], [1, 2]])
  throwsError(() => op.broadcastTo(x, [2]), 'ShapeError', /broadcastTo: \[2, 3\] does not broadcast to \[2\]/)
})

test('concat and split undo each other', () => {
  for (const axis of [0, 1, 2, -1]) {
    const parts = op.split(cube, [1], axis)
    assert.is(parts.length, 2)
    exact(read(op.concat(parts, axis)), read(cube), `axis ${axis}`)
  }
  assert.equal(op.split(cube, 2, 2).map((part) => part.shape), [[2, 3, 2], [2, 3, 2]])
  assert.equal(op.split(tensor([1, 2, 3, 4, 5]), [1, 1, 4]).map((part) => read(part)), [[1], [], [2, 3, 4], [5]])
  throwsError(() => op.split(cube, 2, 1), 'ShapeError', /split: length 3 has no 2 equal parts/)
})

test('concat and stack promote dtypes and name what does not fit', () => {
  exact(read(op.concat([tensor([1]), tensor([c(0, 1)])])), [c(1, 0), c(0, 1)])
  assert.is(op.concat([tensor([1], 'int32'), tensor([1], 'float32')]).dtype, 'float32')
  assert.is(op.concat([x]), x)
  exact(read(op.concat([tensor([]), tensor([1])])), [1])
  exact(read(op.stack([tensor([1, 2]), tensor([3, 4])], 1)), [[1, 3], [2, 4]])
  exact(read(op.stack([tensor([1, 2]), tensor([3, 4])], -2)), [[1, 2], [3, 4]])
  throwsError(() => op.concat([x, tensor([[1, 2]])]), 'ShapeError',
    /concat: \[1, 2\] and \[2, 3\] differ outside axis 0/)
  throwsError(() => op.stack([x, tensor([1])]), 'ShapeError', /stack: shapes \[1\] and \[2, 3\] differ/)
  exact(read(op.stack([1, tensor(2)])), [1, 2])
  throwsError(() => op.concat([1, x]), 'ShapeError', /concat: axis 0 does not exist in a tensor of rank 0/)
  throwsError(() => op.concat([]), 'OptionError', /no tensors/)
})

test('flip, and flip again', () => {
  exact(read(op.flip(x, 1)), [[3, 2, 1], [6, 5, 4]])
  exact(read(op.flip(x)), [[6, 5, 4], [3, 2, 1]])
  exact(read(op.flip(op.flip(cube))), read(cube))
})

test('roll: by n and back, over the end, flattened', () => {
  exact(read(op.roll(tensor([1, 2, 3, 4]), 1)), [4, 1, 2, 3])
  exact(read(op.roll(x, 1)), [[6, 1, 2], [3, 4, 5]])
  exact(read(op.roll(x, -1, 1)), [[2, 3, 1], [5, 6, 4]])
  exact(read(op.roll(x, [1, 1], [0, 1])), [[6, 4, 5], [3, 1, 2]])
  assert.is(op.roll(x, 3, 1), x)
  exact(read(op.roll(op.roll(cube, 7, 2), -7, 2)), read(cube))
  exact(read(op.roll(tensor([]), 1)), [])
  throwsError(() => op.roll(x, [1], [0, 1]), 'OptionError', /roll: 1 shifts for 2 axes/)
})

test('tile', () => {
  exact(read(op.tile(tensor([1, 2]), 2)), [1, 2, 1, 2])
  exact(read(op.tile(tensor([1, 2]), [2, 1])), [[1, 2], [1, 2]])
  exact(read(op.tile(tensor([[1, 2], [3, 4]]), [1, 2])), [[1, 2, 1, 2], [3, 4, 3, 4]])
  exact(read(op.tile(tensor([[1], [2]]), 2)), [[1, 1], [2, 2]])
  assert.equal(op.tile(tensor([1, 2]), 0).shape, [0])
})

test('pad with zeros, or with a value', () => {
  exact(read(op.pad(tensor([1, 2]), [1, 2])), [0, 1, 2, 0, 0])
  exact(read(op.pad(tensor([[1]]), [[0, 1], [1, 0]], { value: 7 })), [[7, 1], [7, 7]])
  exact(read(op.pad(tensor([c(1, 1)]), [1, 0], { value: c(0, 2) })), [c(0, 2), c(1, 1)])
  exact(read(op.pad(tensor([]), [1, 1])), [0, 0])
  assert.is(op.pad(x, [0, 0]), x)
  throwsError(() => op.pad(x, [-1, 0]), 'OptionError', /pad: widths are integers ≥ 0, but -1 is not: use slice/)
  throwsError(() => op.pad(x, [[1, 1]]), 'OptionError', /pad: 1 pairs of widths for the shape \[2, 3\]/)
})

test('spread puts zeros between', () => {
  exact(read(op.spread(tensor([1, 2, 3]), 0, 1, 2, 1)), [0, 1, 0, 2, 0, 3, 0, 0])
  assert.equal(flat(op.narrow(tensor([1, 2, 3, 4, 5]), 0, 1, 2, 2)), [2, 4])
})

test.run()
