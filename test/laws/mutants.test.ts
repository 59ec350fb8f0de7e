// The laws must catch every wrong rule: each generated mutant of the tables is run through them, and survivors fail.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { primitives, type Primitive } from '../../core/primitive.ts'
import type { Rules } from '../../autodiff/rules.ts'
import { prepare, verdict, type Case } from './law.ts'
import { mutant, mutationsOf, nameOf, watching } from './mutants.ts'
import { samples } from './samples.ts'
import './backend.ts'

const it = suite('mutants')

const casesOf = (primitive: Primitive): readonly Case[] => {
  const list = samples[primitive]
  return list === 'elsewhere' ? [] : list.map((sample) => prepare(sample))
}

/** A mutant that throws is caught as well. */
const isCaught = (known: Case, rules: Rules): boolean => {
  try {
    return verdict(known, rules) !== null
  } catch {
    return true
  }
}

it('all are caught', () => {
  const counts = { dropped: 0, doubled: 0 }
  const survivors: string[] = []
  for (const primitive of primitives) {
    const cases = casesOf(primitive)
    for (const known of cases) assert.is(verdict(known, watching(primitive)), null, known.sample.name)
    for (const mutation of mutationsOf(primitive)) {
      counts[mutation.drop === null ? 'doubled' : 'dropped']++
      if (!cases.some((known) => isCaught(known, mutant(mutation)))) survivors.push(nameOf(mutation))
    }
  }
  console.log(`${counts.dropped + counts.doubled} mutants of the rule tables: `
    + `${counts.dropped} with a conj or a real part dropped, ${counts.doubled} doubled; ${survivors.length} survived`)
  assert.ok(counts.dropped > 70 && counts.doubled > 200, 'mutants are generated')
  assert.equal(survivors, [])
})

it.run()
