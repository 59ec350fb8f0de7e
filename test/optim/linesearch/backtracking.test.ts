import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { backtracking } from '../../../optim/linesearch/backtracking.ts'
import type { BacktrackingState } from '../../../optim/linesearch/backtracking.ts'
import type { LineSearch } from '../../../optim/linesearch/protocol.ts'
import { close, relative, throwsError } from '../../close.ts'
import { along, blind, probeAt, search } from './line.ts'
import type { Line } from './line.ts'
import { fixtures, objectives } from './optax.ts'

const test = suite('backtracking')

test('reproduces the steps of Optax along the steepest descent', () => {
  for (const { problem, x0, step, steps, value } of fixtures.backtracking) {
    for (const increaseFactor of [1, 1.5, Infinity]) {
      for (const decrease of [0, 1e-4]) {
        for (const tolerance of [0, 1e-4]) {
          const machine = backtracking({
            increaseFactor, decrease, absoluteTolerance: tolerance, relativeTolerance: tolerance, maxSteps: 50,
          })
          const descent = objectives[problem]!(x0)[1].map((g) => -g)
          const { verdict, probe, probes } =
            search(blind(machine), along(objectives[problem]!, x0, descent), machine.firstStep(1))
          assert.equal(verdict, { _tag: 'Accept', which: 'latest', conditions: 'decrease' })
          assert.is(probes.length, steps)
          relative(probe.step, step, 1e-6, problem)
          close(probe.value, value, 1e-5, problem)
        }
      }
    }
  }
})

test('a search that needs values may be told slopes', () => {
  const machine: LineSearch<BacktrackingState> = backtracking()
  assert.is(machine.needs, 'value')
})

const line = fc.record({
  minimum: fc.double({ min: 1e-3, max: 10, noNaN: true }),
  height: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  wave: fc.double({ min: -1, max: 1, noNaN: true }),
}).map(({ minimum, height, wave }): Line => (t) => [
  height + (t - minimum) ** 2 + wave * Math.sin(3 * t), 2 * (t - minimum) + 3 * wave * Math.cos(3 * t),
])

test('accepts the first sufficient decrease and nothing else, purely', () => {
  fc.assert(fc.property(line, (f) => {
    const machine = backtracking({ decrease: 0.3 })
    const origin = probeAt(f, 0)
    const isSufficient = (t: number): boolean => f(t)[0] <= origin.value + 0.3 * t * origin.slope
    const { verdict, probe, probes } = search(machine, f, 1)
    if (origin.slope >= 0) {
      assert.equal(verdict, { _tag: 'Fail', reason: 'ascent' })
    } else {
      assert.is(verdict._tag, 'Accept')
      assert.ok(isSufficient(probe.step))
      assert.ok(probes.slice(0, -1).every(({ step }) => !isSufficient(step)))
      close(probes.map(({ step }) => step), probes.map((_, i) => 0.8 ** i), 1e-14)
    }
    assert.equal(search(machine, f, 1).probes, probes)
  }), { numRuns: 200, seed: 1 })
})

test('out of steps, no increase is accepted', () => {
  const uphill: Line = (t) => [1 + t, t === 0 ? -1 : 1]
  const { verdict, probe, probes } = search(backtracking({ maxSteps: 7 }), uphill, 1)
  assert.equal(verdict, { _tag: 'Fail', reason: 'noDecrease' })
  assert.is(probe.step, 0)
  assert.is(probes.length, 7)
})

test('a promise that was seen is remembered', () => {
  const misleading: Line = (t) => (t === 0 ? [1, -1] : t > 0.5 ? [1.5, 1] : [1 + 1e-14, 1])
  const { verdict } = search(backtracking({ decreaseFactor: 1e-3 }), misleading, 1, 1e-16)
  assert.equal(verdict, { _tag: 'Fail', reason: 'noDecrease' })
})

test('tolerances allow what they say, for negative values too', () => {
  const uphill: Line = (t) => [-100 + 0.5 * t, t === 0 ? -1 : 0.5]
  assert.is(search(backtracking(), uphill, 1).verdict._tag, 'Fail')
  assert.is(search(backtracking({ absoluteTolerance: 0.6 }), uphill, 1).probe.step, 1)
  assert.is(search(backtracking({ relativeTolerance: 0.006 }), uphill, 1).probe.step, 1)
})

test('values that are not finite shrink the step, and faster', () => {
  for (const outside of [NaN, Infinity, -Infinity]) {
    const domain: Line = (t) => (t < 0.01 ? [-t, -1] : [outside, NaN])
    const { verdict, probes } = search(backtracking(), domain, 1)
    assert.is(verdict._tag, 'Accept')
    assert.is(probes.length, 8)
  }
  const broken = search(backtracking(), (t) => (t === 0 ? [1, -1] : [NaN, NaN]), 1)
  assert.equal(broken.verdict, { _tag: 'Fail', reason: 'nonFinite' })
  const origin = { step: 0, value: NaN, slope: -1 }
  assert.equal(backtracking().start(origin, 1), { _tag: 'Fail', reason: 'nonFinite' })
})

test('where the value shows no decrease any more, slopes decide if they are told', () => {
  const rounded: Line = (t) => [t === 0 ? 1e8 : 1e8 + 2 ** -26, 2e-14 * (t - 3)]
  assert.is(search(backtracking(), rounded, 1).probe.step, 1)
  assert.equal(search(blind(backtracking()), rounded, 1).verdict, { _tag: 'Fail', reason: 'stalled' })
  // An increase, a slope that is not small, and a decrease that should be visible and is not.
  assert.is(search(backtracking(), (t) => (t === 0 ? [1, -1e-12] : [1 + 1e-14, 0]), 1).verdict._tag, 'Fail')
  assert.is(search(backtracking(), (t) => (t === 0 ? [1, -1e-12] : [1 + 2 ** -52, 5e-12]), 1).verdict._tag, 'Fail')
  assert.is(search(backtracking(), (t) => (t === 0 ? [1, -1] : [1, 0]), 1).verdict._tag, 'Fail')
})

test('steps that move nothing are stalled', () => {
  const uphill: Line = (t) => [1 + t, t === 0 ? -1 : 1]
  const { verdict, probes } = search(backtracking(), uphill, 1, 0.3)
  assert.equal(verdict, { _tag: 'Fail', reason: 'stalled' })
  assert.ok(probes.every(({ step }) => step > 0.3))
  assert.equal(backtracking().start({ step: 0, value: 1, slope: -1 }, 0.1, 0.3), { _tag: 'Fail', reason: 'stalled' })
})

test('the first step grows from the last one, up to the longest', () => {
  assert.is(backtracking().firstStep(0.5), 0.75)
  assert.is(backtracking().firstStep(0.9), 1)
  assert.is(backtracking({ increaseFactor: Infinity, maxStep: 3 }).firstStep(0.1), 3)
})

test('options out of range are refused by name', () => {
  throwsError(() => backtracking({ decreaseFactor: 1 }), 'OptionError',
    /backtracking: decreaseFactor must be between 0 and 1/)
  throwsError(() => backtracking({ decrease: -1 }), 'OptionError', /decrease must be at least 0 and below 1, got -1/)
  throwsError(() => backtracking({ maxSteps: 1.5 }), 'OptionError', /maxSteps must be a positive integer/)
  throwsError(() => backtracking({ relativeTolerance: NaN }), 'OptionError', /relativeTolerance must be at least 0/)
})

test.run()
