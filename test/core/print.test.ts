import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { arange, tensor, zeros } from '../../core/construct.ts'
import { Trace, variable } from '../../core/node.ts'
import { reshape } from '../../core/operations/movement.ts'
import { print } from '../../core/print.ts'
import { shape } from '../../core/shape.ts'
import { c } from './operations/fixture.ts'

const test = suite('print')

const lines = (...text: readonly string[]): string => text.join('\n')

test('one line for scalars and short vectors', () => {
  assert.is(print(tensor(3.5)), 'Tensor float64 [] 3.5')
  assert.is(print(tensor([1, 2.5, -3])), 'Tensor float64 [3] [ 1.0,  2.5, -3.0]')
  assert.is(print(tensor([1, 2, 30])), 'Tensor float64 [3] [ 1,  2, 30]')
  assert.is(print(tensor([true, false])), 'Tensor bool [2] [ true, false]')
  assert.is(print(tensor([1, 2], 'int32')), 'Tensor int32 [2] [1, 2]')
  assert.is(print(tensor([])), 'Tensor float64 [0] []')
})

test('complex numbers align in both parts', () => {
  assert.is(print(tensor([c(1, -2.5), c(-0.25, 3)])), 'Tensor complex128 [2] [ 1.00-2.5i, -0.25+3.0i]')
  assert.is(print(tensor(c(0, 1))), 'Tensor complex128 [] 0+1i')
})

test('what is not finite keeps its name', () => {
  assert.is(print(tensor([NaN, Infinity, -Infinity, 1.5])),
    'Tensor float64 [4] [      NaN,  Infinity, -Infinity,       1.5]')
  assert.is(print(tensor([0, -0])), 'Tensor float64 [2] [ 0, -0]')
})

test('decimals are cut at six, and very large or small numbers are powers of ten', () => {
  assert.is(print(tensor([1 / 3, 2])), 'Tensor float64 [2] [0.333333, 2.000000]')
  assert.is(print(tensor([1e-9, 1])), 'Tensor float64 [2] [1.0e-9, 1.0e+0]')
  assert.is(print(tensor([1.5e300])), 'Tensor float64 [1] [1.5e+300]')
})

test('matrices in rows, deeper tensors in blocks', () => {
  assert.is(print(tensor([[1, 2.5], [-10, 3]])), lines('Tensor float64 [2, 2]', '[[  1.0,   2.5],', ' [-10.0,   3.0]]'))
  assert.is(print(reshape(arange(8), [2, 2, 2])),
    lines('Tensor float64 [2, 2, 2]', '[[[0, 1],', '  [2, 3]],', '', ' [[4, 5],', '  [6, 7]]]'))
})

test('large tensors show their edges', () => {
  assert.is(print(arange(2000)), 'Tensor float64 [2000] [   0,    1,    2, …, 1997, 1998, 1999]')
  const rows = print(zeros([100, 100])).split('\n')
  assert.is(rows.length, 8)
  assert.is(rows[1], '[[0, 0, 0, …, 0, 0, 0],')
  assert.is(rows[4], ' …,')
})

test('long lines are broken', () => {
  const rows = print(arange(100)).split('\n')
  assert.ok(rows.length > 3 && rows.every((row) => row.length <= 102))
})

test('a traced tensor says that it has no value', () => {
  const x = variable(new Trace('loss', true), 'float64', shape([2]))
  assert.is(print(x), 'Tensor float64 [2] (traced: no value yet)')
})

test.run()
