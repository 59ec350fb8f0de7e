import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operations } from '../../core/operations/table.ts'
import { tensor } from '../../index.ts'

const test = suite('methods')

test('every operation is a method: no field of a tensor hides one', () => {
  const x: object = tensor([1, 2])
  for (const name of Object.keys(operations)) assert.type(Reflect.get(x, name), 'function', name)
})

test.run()
