// Every rule of the table passes the property recipe. The samples are exhaustive by type, so no rule is forgotten.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isFloat } from '../../core/dtype.ts'
import { useBackend } from '../../core/backend.ts'
import { primitives } from '../../core/primitive.ts'
import { rules } from '../../autodiff/rules.ts'
import { reference } from '../../backends/reference/index.ts'
import { descends, metamorphic, prepare, singlePrecision, verdict, type Verdict } from './law.ts'
import { samples, single } from './samples.ts'
import { onAll } from './backend.ts'

const it = suite('rules')

const judge = (name: string, v: Verdict): void => { if (v !== null) throw new Error(`${name}: ${v}`) }

for (const primitive of primitives) {
  const list = samples[primitive]
  if (list === 'elsewhere') continue
  it(`${primitive}: ${list.length} samples`, () => {
    assert.ok(list.length > 0, `${primitive} has no sample`)
    useBackend(reference)
    const cases = list.map((sample) => [prepare(sample), prepare(single(sample), [])] as const)
    for (const [known, less] of cases) {
      judge(known.sample.name, metamorphic(known, rules))
      judge(known.sample.name, descends(known, rules))
      judge(less.sample.name, singlePrecision(less, rules))
    }
    onAll(() => cases.forEach(([known]) => judge(known.sample.name, verdict(known, rules))))()
  })
}

it('an operand without a rule is an index, a truth value or a step', () => {
  for (const primitive of primitives) {
    const [list, rule] = [samples[primitive], rules[primitive]]
    if (list === 'elsewhere' || !Array.isArray(rule)) continue
    const moves = list.some((s) => isFloat(s.apply(s.args).dtype) && s.args.some((a) => isFloat(a.dtype)))
    const steps = ['sign', 'floor', 'ceil', 'round'].includes(primitive)
    assert.is(rule.some((e) => e !== null), moves && !steps, primitive)
  }
})

it.run()
