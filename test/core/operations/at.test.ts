import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, range } from '../../../core/operations/at.ts'
import type { Whole } from '../../../core/operations/at.ts'
import { reshape } from '../../../core/operations/movement.ts'
import { resolve, slice } from '../../../core/operations/slice.ts'
import { throwsError } from '../../close.ts'
import { c, exact, flat, read, tensor } from './fixture.ts'

const test = suite('at')

// In the public face it is the free function `all` that stands for a whole axis.
const all: Whole = () => undefined

const x = tensor([[0, 1, 2, 3, 4], [10, 11, 12, 13, 14], [20, 21, 22, 23, 24]])
const line = tensor([0, 1, 2, 3, 4, 5, 6])

test('a number drops its axis, a range cuts it, all keeps it', () => {
  exact(read(at(x, 1)), [10, 11, 12, 13, 14])
  exact(read(at(x, -1, 2)), 22)
  exact(read(at(x, all, 0)), [0, 10, 20])
  exact(read(at(x, range(1, 3), range(0, 5, 2))), [[10, 12, 14], [20, 22, 24]])
  exact(read(at(x, range(2))), [[0, 1, 2, 3, 4], [10, 11, 12, 13, 14]])
  exact(read(at(x, 0, range(-1, undefined, -2))), [4, 2, 0])
  assert.is(at(x), x)
  assert.is(at(x, all, all), x)
})

test('integers take along their axis, each index on its own', () => {
  exact(read(at(x, [2, 0])), [[20, 21, 22, 23, 24], [0, 1, 2, 3, 4]])
  exact(read(at(x, all, [4, -1, 0])), [[4, 4, 0], [14, 14, 10], [24, 24, 20]])
  exact(read(at(x, [0, 2], [1, 3])), [[1, 3], [21, 23]])
  exact(read(at(x, 1, tensor([[0, 1], [2, 3]], 'int32'))), [[10, 11], [12, 13]])
  exact(read(at(x, tensor([[0], [2]], 'int32'), [1, 1])), [[[1, 1]], [[21, 21]]])
  exact(read(at(tensor([c(1, 2), c(3, 4)]), [1])), [c(3, 4)])
})

test('slices agree with a walk through every combination of bounds', () => {
  const bounds = [undefined, -9, -7, -3, -1, 0, 1, 3, 6, 7, 9]
  for (const start of bounds) {
    for (const stop of bounds) {
      for (const step of [-3, -2, -1, 1, 2, 3]) {
        const clip = (k: number | undefined, low: number, high: number, missing: number): number =>
          k === undefined ? missing : Math.min(Math.max(k < 0 ? k + 7 : k, low), high)
        const from = clip(start, step > 0 ? 0 : -1, step > 0 ? 7 : 6, step > 0 ? 0 : 6)
        const to = clip(stop, step > 0 ? 0 : -1, step > 0 ? 7 : 6, step > 0 ? 7 : -1)
        const expected: number[] = []
        for (let k = from; step > 0 ? k < to : k > to; k += step) expected.push(k)
        const { start: first, count, step: stride, backwards } = resolve('at', { start, stop, step }, 7)
        const walked = Array.from({ length: count }, (_, k) => first + k * stride)
        assert.equal(backwards ? walked.reverse() : walked, expected, `${start}:${stop}:${step}`)
      }
    }
  }
})

test('slice names all axes at once', () => {
  exact(read(slice(x, [1, 1], [3, 4])), [[11, 12, 13], [21, 22, 23]])
  exact(read(slice(x, [0, -1], [3, -4], [2, -2])), [[4, 2], [24, 22]])
  exact(read(slice(line, [5], [-Infinity], [-2])), [5, 3, 1])
  assert.equal(slice(line, [3], [3]).shape, [0])
  throwsError(() => slice(line, [0, 0], [1, 1]), 'ShapeError', /slice: bounds of 2 axes for the shape \[7\]/)
  throwsError(() => slice(line, [0], [3], [0]), 'OptionError', /slice: a step is an integer but 0/)
})

test('what is out of range, or no index, is refused', () => {
  throwsError(() => at(x, 3), 'IndexError', /at: index 3 is outside axis 0, whose length is 3/)
  throwsError(() => at(x, 0, -6), 'IndexError', /at: index -6 is outside axis 1, whose length is 5/)
  throwsError(() => at(x, 0.5), 'OptionError', /at: an index is an integer, not 0\.5/)
  throwsError(() => at(x, 0, 0, 0), 'ShapeError', /at: 3 indices for a tensor of shape \[3, 5\]/)
  throwsError(() => at(x, [3]), 'IndexError', /take: index 3/)
  throwsError(() => at(x, tensor([true, false, true])), 'DTypeError', /mask.*where/)
  throwsError(() => at(x, tensor([0, 1])), 'DTypeError', /indices are float64 but must be int32/)
})

test('empty axes', () => {
  const empty = reshape(tensor([]), [0, 3])
  assert.equal(at(empty, all, 1).shape, [0])
  assert.equal(flat(at(line, [])), [])
})

test.run()
