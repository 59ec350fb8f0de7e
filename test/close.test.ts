// The numeric assertions pass what they should and, above all, refuse what they should.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { close, exact, rejectsError, relative, throwsError } from './close.ts'

const it = suite('close')

class Tagged extends Error {
  readonly _tag = 'ShapeError'
}

const refuses = (run: () => unknown, message: RegExp): void => assert.throws(run, message)

it('close scales its tolerance with the largest expected value', () => {
  close([1e6, 1], [1e6 + 0.5, 1], 1e-6)
  close(new Float64Array([1, 2]), [1, 2 + 1e-13], 1e-12)
  close([NaN, Infinity, 0], [NaN, Infinity, -0], 0)
  refuses(() => close([1, 2], [1, 2.1], 1e-3), /\[1\] 2 instead of 2.1/)
  refuses(() => close([Infinity], [1e300], 1), /1 of 1/)
  refuses(() => close([1], [NaN], 1), /instead of NaN/)
  refuses(() => close([NaN], [1], 1), /NaN instead of 1/)
})

it('shapes must agree', () => {
  close([[1, 2], [3, 4]], [new Float32Array([1, 2]), [3, 4]], 0)
  close({ re: 1, im: 2 }, { re: 1, im: 2 }, 0)
  refuses(() => close([1, 2], [1, 2, 3], 1), /shapes differ: \[2\] against \[3\]/)
  refuses(() => close([], [0], 1), /shapes differ/)
  refuses(() => close([1, 2], { re: 1, im: 2 }, 1), /shapes differ: \[2\] against c/)
  refuses(() => close([[1], [2, 3]], [[1, 2], [3]], 1), /shapes differ/)
})

it('exact tells -0 from 0 and takes NaN for NaN', () => {
  exact([0, NaN, true], [0, NaN, 1])
  refuses(() => exact(0, -0), /0 instead of -0/)
  refuses(() => exact(1, 1 + Number.EPSILON), /exact/)
})

it('relative judges each element by its own size', () => {
  relative([1e-300, 1e300], [1.0000001e-300, 1e300], 1e-6)
  refuses(() => relative([1e-9, 1], [0, 1], 1e-3), /\[0\]/)
})

it('errors are checked by tag or class, and by message', async () => {
  const fail = (): never => {
    throw new Tagged('matmul: [2, 3] and [4, 5]')
  }
  throwsError(fail, 'ShapeError', /matmul/)
  assert.instance(throwsError(fail, Tagged, /matmul/), Tagged)
  refuses(() => throwsError(fail, 'DTypeError', /matmul/), /expected DTypeError/)
  refuses(() => throwsError(fail, 'ShapeError', /conv/), /does not match/)
  refuses(() => throwsError(() => 1, 'ShapeError', /x/), /got none/)
  await rejectsError(async () => fail(), 'ShapeError', /matmul/)
})

it.run()
