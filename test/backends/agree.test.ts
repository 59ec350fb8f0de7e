// The compiled backend against the reference, on random programs out of all primitives.
import { suite } from 'uvu'
import { generated, interpreted } from './agree/compare.ts'
import { programs } from './agree/programs.ts'

const test = suite('agreement with the reference')
const host = { ways: [generated, interpreted] }

test('programs of one or two steps, which run with their sizes as parameters', () => programs(2, 800, host))
test('programs of about ten steps', () => programs(10, 500, host))
test('programs of about forty steps', () => programs(40, 150, host))

test.run()
