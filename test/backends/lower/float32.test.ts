// Elementary functions in single precision: every operation rounded, against double precision.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, isFlushed, worst, type Device } from './float32.ts'
import { cases, type Case } from './float32Cases.ts'

const count = 60_000

const errorOf = (c: Case, device: Device): ReturnType<typeof worst> => {
  const f = compile(c.expansion, device)
  const args = c.args(count)
  return worst({ ...c, args }, args.map(([x, y]) => f(x, y)), device.flush === true ? isFlushed : undefined)
}

const accuracy = suite('float32')
const table: string[] = []

for (const c of cases) {
  accuracy(c.name, () => {
    const ideal = errorOf(c, {})
    const poor = errorOf(c, { flush: true, division: 2 })
    table.push(`${c.name.padEnd(12)}${ideal.units.toFixed(2).padStart(6)}${poor.units.toFixed(2).padStart(6)}   ${ideal.at}`)
    assert.ok(ideal.units <= c.limit, `${c.name}${ideal.at}: ${ideal.units.toFixed(2)} units`)
    // WGSL may be 2.5 units off in a quotient, and know no subnormal numbers.
    assert.ok(poor.units <= c.limit + 0.1, `${c.name}${poor.at}: ${poor.units.toFixed(2)} units on a poor device`)
  })
}

accuracy('in a table', () => {
  console.log(`units in the last place, at worst: with good and with poor division\n${table.join('\n')}`)
})

accuracy.run()
