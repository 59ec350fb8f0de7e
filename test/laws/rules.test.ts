// Every rule of the table passes the property recipe. The samples are exhaustive by type, so no rule is forgotten.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isFloat } from '../../core/dtype.ts'
import { primitives } from '../../core/primitive.ts'
import { rules } from '../../autodiff/rules.ts'
import { descends, metamorphic, prepare, singlePrecision, verdict, type Verdict } from './law.ts'
import { samples, single } from './samples.ts'
import { onAll } from './backend.ts'

const it = suite('rules')

const judge = (name: string, v: Verdict): void => { if (v !== null) throw new Error(`${name}: ${v}`) }

for (const primitive of primitives) {
  const list = samples[primitive]
  if (list === 'elsewhere') continue
  it(`${primitive}: ${list.length} samples`, onAll(() => {
    assert.ok(list.length > 0, `${primitive} has no sample`)
    for (const sample of list) {
      const known = prepare(sample)
      judge(sample.name, verdict(known, rules))
      judge(sample.name, metamorphic(known, rules))
      judge(sample.name, descends(known, rules))
      const less = single(sample)
      judge(less.name, singlePrecision(prepare(less), rules))
    }
  }))
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
