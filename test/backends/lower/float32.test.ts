// Elementary functions in single precision: every operation rounded, against double precision.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Builder } from '../../../backends/lower/expression.ts'
import { postorder } from '../../../backends/lower/loops.ts'
import { compile, termsOf, type Device } from './float32.ts'
import { cases, type Case } from './float32Cases.ts'
import { isFlushed, worst } from './float32Error.ts'

const count = 20_000

const errorOf = (c: Case, device: Device): ReturnType<typeof worst> => {
  const f = compile(c.expansion, device)
  const args = c.args(count)
  return worst(c, args, args.map(([x, y]) => f(x, y)), device.flush === true ? isFlushed : undefined)
}

const accuracy = suite('float32')
const table: string[] = []

for (const c of cases) {
  accuracy(c.name, () => {
    const ideal = errorOf(c, {})
    const poor = errorOf(c, { flush: true, division: 2 })
    const figures = [ideal, poor].map(({ units }) => units.toFixed(2).padStart(6)).join('')
    table.push(`${c.name.padEnd(12)}${figures}   ${ideal.at}`)
    assert.ok(ideal.units <= c.limit, `${c.name}${ideal.at}: ${ideal.units.toFixed(2)} units`)
    // WGSL may be 2.5 units off in a quotient, and know no subnormal numbers.
    assert.ok(poor.units <= c.limit + 0.1, `${c.name}${poor.at}: ${poor.units.toFixed(2)} units on a poor device`)
    // Only what is guarded has to be rounded by itself, and in its place.
    const free = [errorOf(c, { wide: true }), errorOf(c, { order: 'reversed' }), errorOf(c, { order: 'rotated' })]
    for (const { units, at } of free) {
      assert.ok(units <= c.limit + 1, `${c.name}${at}: ${units.toFixed(2)} units in another order`)
    }
  })
}

accuracy('in a table', () => {
  console.log(`units in the last place, at worst: with good and with poor division\n${table.join('\n')}`)
})

accuracy.run()

const guards = suite('guards')
guards('nothing cancels when sums are reordered', () => {
  for (const { name, expansion } of cases) {
    const b = new Builder()
    for (const e of postorder([expansion(b, b.parameter(0), b.parameter(1))])) {
      const terms = termsOf(e)
      const cancels = terms.some(([x, p]) => x.op !== 'const' && terms.some(([y, q]) => x === y && p !== q))
      const constants = terms.filter(([x]) => x.op === 'const')
      assert.not.ok(cancels || constants.length > 1, `${name}: a sum that has to be guarded`)
    }
  }
})
guards.run()
