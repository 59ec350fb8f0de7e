// Value and derivatives of every primitive on WebGPU, forwards and backwards, against the reference.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reference } from '../../backends/reference/index.ts'
import { isElementwise, primitives } from '../../core/primitive.ts'
import { rules } from '../../autodiff/rules.ts'
import { cpu, useBackend } from '../../index.ts'
import { openSynchronous } from '../gpu/synchronous.ts'
import { agrees, derivatives, neighbours, rounded } from '../laws/across.ts'
import { samples, type Sample } from '../laws/samples.ts'

const gpu = await openSynchronous()
const test = suite('laws on WebGPU')

/** Other shapes of what goes element by element make the same kernels. */
const isTaken = ({ primitive, args }: Sample): boolean => !isElementwise(primitive) || args[0]!.info.rank === 1 && args[0]!.info.size > 1

/** @throws where the sample's derivatives differ. */
const check = (sample: Sample): void => {
  useBackend(reference)
  const point = rounded(sample)
  const expected = derivatives(point, rules)
  if (expected === null) return
  const beside = neighbours(point, rules)
  useBackend(gpu)
  const verdict = agrees(derivatives(point, rules)!, expected, beside)
  if (verdict !== null) throw new Error(`${sample.name}: ${verdict}`)
}

for (const primitive of primitives) {
  const list = samples[primitive]
  if (list === 'elsewhere') continue
  const taken = list.filter(isTaken)
  test(`${primitive}: ${taken.length} samples`, () => {
    assert.ok(taken.length > 0, `${primitive} has no sample`)
    try {
      taken.forEach(check)
    } finally {
      useBackend(cpu)
    }
  })
}

test.run()
