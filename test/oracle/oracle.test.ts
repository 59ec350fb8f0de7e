// Values and gradients of objectives from many fields, made by systems that are not ours, against every backend of the host.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reference } from '../../backends/reference/index.ts'
import { cpu, useBackend } from '../../index.ts'
import { cases, check, excluded, groups } from './cases.ts'
import { objectives } from './objectives.ts'

const test = suite('oracle')

test('every case is either written or excluded, and nothing else is', () => {
  assert.is(cases.length, 138)
  const ids = new Set(cases.map(({ id }) => id))
  assert.is(ids.size, 138)
  for (const id of ids) assert.is(objectives.has(id), !excluded.has(id), id)
  for (const id of [...objectives.keys(), ...excluded]) assert.ok(ids.has(id), `${id} is no case`)
  assert.is(objectives.size, 116)
})

for (const backend of [reference, cpu]) {
  for (const [group, mine] of groups) {
    test(`${group} on ${backend.name}: ${mine.length} cases`, () => {
      useBackend(backend)
      try {
        for (const c of mine) check(c)
      } finally {
        useBackend(cpu)
      }
    })
  }
}

test.run()
