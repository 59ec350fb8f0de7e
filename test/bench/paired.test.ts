// The benchmark harness: what it measures and what it concludes.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { estimate, median, pairedRatios } from '../../bench/paired.ts'
import { figure, paired } from '../../bench/row.ts'
import { close, rejectsError } from '../close.ts'

const it = suite('paired')

it('the median does not reorder its argument', () => {
  const values = [3, 1, 2]
  assert.is(median(values), 2)
  assert.equal(values, [3, 1, 2])
  assert.is(median([4, 1, 2, 3]), 2.5)
})

it('the estimate is a median of medians inside its interval', () => {
  const { ratio, low, high } = estimate([[1, 1.1, 0.9], [1, 1.2, 1], [3, 2.9, 3.1]])
  assert.is(ratio, 1)
  assert.ok(low <= ratio && ratio <= high && low >= 0.9 && high <= 3.1)
  assert.equal(estimate([[2], [2], [2]]), { ratio: 2, low: 2, high: 2 })
})

it('ratios are time of the first over time of the second, in either order', () => {
  const work = (n: number) => (): number => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += Math.sqrt(i)
    return sum
  }
  const timing = { rounds: 4, seconds: 0.02 }
  const slow = median(pairedRatios(work(80_000), work(10_000), timing))
  const fast = median(pairedRatios(work(10_000), work(80_000), timing))
  assert.ok(slow > 3 && slow < 24, `${slow}`)
  assert.ok(fast < 1 / 3 && fast > 1 / 24, `${fast}`)
})

it('a row rotates its inputs and checks each', async () => {
  const seen: number[] = []
  const checked: number[] = []
  const row = paired({
    name: 'n', bar: 1, inputs: () => [1, 2, 3], ours: (x) => seen.push(x), against: () => 0,
    check: (_a, _b, input) => checked.push(input),
  })
  await row.run((a) => {
    for (let i = 0; i < 5; i++) a()
    return [1]
  })
  assert.equal(seen, [1, 2, 3, 1, 2, 3, 1, 2])
  assert.equal(checked, [1, 2, 3])
})

it('a row with fewer than three inputs is refused', async () => {
  const row = paired({ name: 'n', bar: 1, inputs: () => [1, 2], ours: () => 0, against: () => 0 })
  await rejectsError(() => row.run(() => [1]), Error, /three sets/)
})

it('a figure is reported as it is', async () => {
  const { samples, unit } = await figure({ name: 'n', bar: null, unit: 'ms', measure: async () => 12.5 }).run(() => [])
  close(samples, [12.5], 0)
  assert.is(unit, 'ms')
})

it.run()
