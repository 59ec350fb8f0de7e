import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as make from '../../core/construct.ts'
import type { Nested } from '../../core/construct.ts'
import { hostArray } from '../../core/evaluate.ts'
import { exact, relative, throwsError } from '../close.ts'
import { c, flat, read } from './operations/fixture.ts'

const test = suite('construct')

test('tensor takes its dtype from the kind of the numbers, never from their values', () => {
  const of = (data: Nested) => make.tensor(data).dtype
  assert.equal([of([1, 2]), of([1.5]), of([true, false]), of([true, 1]), of([1, c(0, 1)]), of([]), of(3), of(c(1, 2))],
    ['float64', 'float64', 'bool', 'float64', 'complex128', 'float64', 'float64', 'complex128'])
  exact(read(make.tensor([[1, c(0, 1)], [true, 2]])), [[c(1, 0), c(0, 1)], [c(1, 0), c(2, 0)]])
  assert.equal(make.tensor([[[1, 2, 3]], [[4, 5, 6]]]).shape, [2, 1, 3])
  assert.equal(make.tensor([[], []]).shape, [2, 0])
})

test('tensor converts where nothing is lost, and refuses otherwise', () => {
  assert.equal([...hostArray(make.tensor([1, -2], 'int32'))], [1, -2])
  assert.equal([...hostArray(make.tensor([1, 0], 'bool'))], [1, 0])
  exact(read(make.tensor([1], 'complex64')), [c(1, 0)])
  exact([...hostArray(make.tensor([NaN, Infinity, -0]))], [NaN, Infinity, -0])
  throwsError(() => make.tensor([1.5], 'int32'), 'DTypeError', /tensor: 1\.5 is no int32: use float64/)
  throwsError(() => make.tensor([NaN], 'int32'), 'DTypeError', /tensor: NaN is no int32/)
  throwsError(() => make.tensor([2], 'bool'), 'DTypeError', /tensor: 2 is no bool/)
  throwsError(() => make.tensor([c(1, 2)], 'float64'), 'DTypeError',
    /tensor: 1 \+ 2i is no float64: use complex64 or complex128/)
  throwsError(() => make.tensor([1], 'float16' as 'float32'), 'OptionError',
    /there is no dtype float16: there are bool/)
})

test('ragged arrays and what is no number are named with their place', () => {
  throwsError(() => make.tensor([[1, 2], [3]]), 'ShapeError',
    /the array at \[1\] has length 1 where its neighbours have 2/)
  throwsError(() => make.tensor([[1], 2]), 'ShapeError', /expected an array of length 1 at \[1\], found a number/)
  throwsError(() => make.tensor([1, [2]]), 'ShapeError', /expected a number at \[1\], found an array/)
  const wrong = make.tensor as (data: unknown) => unknown // JavaScript callers are not held back by the types
  throwsError(() => wrong([1, 'x']), 'DTypeError', /the value at \[1\] is .*, neither a number nor \{ re, im \}/)
  throwsError(() => wrong(Float64Array.of(1)), 'DTypeError', /use fromTypedArray\(data, shape\)/)
  throwsError(() => wrong([make.tensor(1)]), 'DTypeError', /use stack\(\) or concat\(\)/)
})

test('typed arrays are copied in, wrap shares them', () => {
  const data = Float64Array.of(1, 2, 3, 4)
  const copy = make.fromTypedArray(data, [2, 2])
  const shared = make.wrap(data, [2], 'complex128')
  data[0] = 9
  exact(read(copy), [[1, 2], [3, 4]])
  exact(read(shared), [c(9, 2), c(3, 4)])
  assert.is(hostArray(shared), data)
  assert.equal(make.fromTypedArray(Int32Array.of(1, 2)).dtype, 'int32')
  assert.equal(make.fromTypedArray(Float32Array.of(1, 2), [1], 'complex64').shape, [1])
  assert.equal([...hostArray(make.fromTypedArray(Uint8Array.of(0, 255), [2], 'bool'))], [0, 1])
})

test('typed arrays that do not fit', () => {
  const data = Float64Array.of(1, 2, 3)
  throwsError(() => make.fromTypedArray(data, [2]), 'ShapeError', /float64 \[2\] needs 2 numbers, the array holds 3/)
  throwsError(() => make.fromTypedArray(data, [2], 'complex128'), 'ShapeError', /needs 4 numbers.*re and im/)
  throwsError(() => make.wrap(data, [3], 'float32'), 'DTypeError',
    /float32 is stored in a Float32Array, not a Float64Array/)
  throwsError(() => make.wrap(Uint8Array.of(2)), 'DTypeError', /wrap: bool is stored as 0 and 1/)
  const wrong = make.fromTypedArray as (data: unknown) => unknown // JavaScript callers are not held back by the types
  throwsError(() => wrong([1, 2]), 'DTypeError', /use tensor\(…\) for arrays/)
  throwsError(() => make.zeros([2, -1]), 'ShapeError', /every dimension is an integer ≥ 0, but -1 is not/)
})

test('complex from parts, which broadcast', () => {
  exact(read(make.complex(make.tensor([1, 2]), 3)), [c(1, 3), c(2, 3)])
  assert.is(make.complex(make.tensor([1], 'float32'), make.tensor([1], 'float32')).dtype, 'complex64')
  assert.is(make.complex(make.tensor([1], 'int32'), 0.5).dtype, 'complex128')
  throwsError(() => make.complex(make.tensor([c(1, 1)]), 1), 'DTypeError', /complex: both parts must be real/)
})

test('zeros, ones, full, eye', () => {
  exact(read(make.zeros([2, 1])), [[0], [0]])
  exact(read(make.ones([2], 'complex64')), [c(1, 0), c(1, 0)])
  exact(read(make.full([2], 2.5)), [2.5, 2.5])
  exact(read(make.full([1], c(0, 1), 'complex64')), [c(0, 1)])
  const like = make.zerosLike(make.tensor([c(1, 1)]))
  assert.equal([make.full([1], true).dtype, make.full([1], 1, 'int32').dtype, like.dtype],
    ['bool', 'int32', 'complex128'])
  exact(read(make.eye(2)), [[1, 0], [0, 1]])
  throwsError(() => make.full([2], c(1, 1), 'float64'), 'DTypeError', /is no float64/)
})

test('arange and linspace', () => {
  exact(read(make.arange(3)), [0, 1, 2])
  exact(read(make.arange(1, 2, 0.25)), [1, 1.25, 1.5, 1.75])
  exact(read(make.arange(3, 0, -1)), [3, 2, 1])
  assert.equal(make.arange(3, 0).shape, [0])
  exact(read(make.linspace(0, 1, 5)), [0, 0.25, 0.5, 0.75, 1])
  exact(read(make.linspace(2, 3, 1)), [2])
  relative(flat(make.linspace(0.1, 0.7, 4)), [0.1, 0.3, 0.5, 0.7], 1e-15)
  assert.is(flat(make.linspace(-1, 1 / 3, 7))[6], 1 / 3)
  throwsError(() => make.arange(0, 1, 0), 'OptionError', /arange: the step is 0/)
  throwsError(() => make.arange(Infinity), 'OptionError', /arange: bounds and steps are finite numbers, not Infinity/)
  throwsError(() => make.linspace(0, 1, -1), 'OptionError', /linspace: num is an integer ≥ 0/)
})

test.run()
