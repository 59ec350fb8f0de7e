// The compiled backend against the reference, on random programs out of all primitives.
import fc from 'fast-check'
import { suite } from 'uvu'
import { compare, fill } from './agree/compare.ts'
import { Choices } from './agree/choices.ts'
import { generate } from './agree/generate.ts'

const test = suite('agreement with the reference')

const programs = (count: number, runs: number): void => {
  const numbers = fc.array(fc.nat({ max: 5039 }), { minLength: 4, maxLength: 10 * count, size: 'max' })
  const fixed = { numRuns: Number(process.env['AGREE_RUNS'] ?? runs), seed: Number(process.env['AGREE_SEED'] ?? 2) }
  fc.assert(fc.property(numbers, fc.nat(1000), (choices, seed) => {
    const { draft, outputs } = generate(new Choices(choices), count)
    const program = draft.program(outputs)
    compare(program, fill(program, draft.ranges, seed), outputs.map((t) => 20 * t.error))
  }), { ...fixed, includeErrorInReport: true })
}

test('programs of one or two steps, which run with their sizes as parameters', () => programs(2, 800))
test('programs of about ten steps', () => programs(10, 500))
test('programs of about forty steps', () => programs(40, 150))

test.run()
