// WebGPU against the reference, on random programs out of all primitives. The reference computes with 64 bits, from inputs
// that 32 bits hold: what it answers is exact here.
import { suite } from 'uvu'
import { isFloat } from '../../core/dtype.ts'
import { programs, type Computing } from '../backends/agree/programs.ts'
import { openSynchronous } from '../gpu/synchronous.ts'

const gpu = await openSynchronous()
const device: Computing = {
  ways: [gpu], epsilon: (dtype) => (isFloat(dtype) ? 2 ** -23 : 0), round: Math.fround, seconds: 15,
}

const test = suite('agreement with the reference on WebGPU')

test('programs of one or two steps, which run with their sizes as parameters', () => programs(2, 400, device))
test('programs of about ten steps', () => programs(10, 300, device))
test('programs of about forty steps', () => programs(40, 100, device))

test.run()
