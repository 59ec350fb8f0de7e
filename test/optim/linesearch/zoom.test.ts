import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { zoom } from '../../../optim/linesearch/zoom.ts'
import type { ZoomOptions } from '../../../optim/linesearch/zoom.ts'
import { close, relative, throwsError } from '../../close.ts'
import { along, probeAt, search } from './line.ts'
import type { Line } from './line.ts'
import { cases, firstSteps } from './more-thuente.ts'
import { fixtures, objectives } from './optax.ts'

const test = suite('zoom')

const optax: ZoomOptions = { increaseFactor: 2, interpolation: 'threePoint', approximateDecrease: 1e-6 }
const tight: ZoomOptions = { intervalTolerance: 1e-12 }

test('Moré and Thuente: strong Wolfe every time, in fewer evaluations than dcsrch', () => {
  const counts = cases.map(({ line, decrease, curvature }) => firstSteps.map((first) => {
    const { verdict, probe, probes } = search(zoom({ decrease, curvature, ...tight }), line, first)
    const [value, slope] = line(0)
    assert.equal(verdict, { _tag: 'Accept', which: 'latest', conditions: 'wolfe' })
    assert.ok(probe.value <= value + decrease * probe.step * slope, 'sufficient decrease')
    assert.ok(Math.abs(probe.slope) <= curvature * Math.abs(slope), 'small curvature')
    return probes.length
  }))
  const total = counts.flat().reduce((sum, n) => sum + n, 0)
  const dcsrch = cases.flatMap((row) => row.dcsrch).reduce((sum, n) => sum + n, 0)
  assert.is(dcsrch, 179)
  assert.ok(total <= 166, `${total} evaluations: ${JSON.stringify(counts)}`)
})

test('reproduces the steps of Optax with its rules', () => {
  for (const { problem, x0, u0, step, steps } of fixtures.zoom) {
    const { verdict, probe, probes } = search(zoom(optax), along(objectives[problem]!, x0, u0), 1)
    assert.equal(verdict, { _tag: 'Accept', which: 'latest', conditions: 'wolfe' })
    assert.is(probes.length, steps, `${problem} from ${x0[0]}`)
    relative(probe.step, step, 2e-5, problem)
  }
})

test('with the rules of Optax, the steps that they take on functions 3 to 6 of Moré and Thuente', () => {
  const counts = cases.slice(2).map(({ line, decrease, curvature }) => firstSteps.map((first) =>
    search(zoom({ ...optax, decrease, curvature, ...tight }), line, first).probes.length))
  assert.equal(counts, [[19, 13, 14, 19], [6, 1, 3, 5], [10, 4, 10, 13], [16, 11, 8, 8]])
})

test('needs no more steps than Optax on its own cases', () => {
  const total = (options: ZoomOptions): number => fixtures.zoom.reduce((sum, { problem, x0, u0 }) =>
    sum + search(zoom(options), along(objectives[problem]!, x0, u0), 1).probes.length, 0)
  assert.ok(total({}) < total(optax), `${total({})} against ${total(optax)}`)
})

/** A smooth line that descends at 0 and is bounded below: a parabola with waves on it. */
const wavy = fc.record({
  minimum: fc.double({ min: 1e-2, max: 1e2, noNaN: true }),
  height: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  waves: fc.array(fc.tuple(
    fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 5, noNaN: true }),
    fc.double({ min: 0, max: 6, noNaN: true })), { maxLength: 3 }),
}).map(({ minimum, height, waves }): Line => (t) => {
  const parts = waves.map(([a, k, shift]) => [a * Math.sin(k * t + shift), a * k * Math.cos(k * t + shift)] as const)
  return [
    height + (t - minimum) ** 2 + parts.reduce((sum, part) => sum + part[0], 0),
    2 * (t - minimum) + parts.reduce((sum, part) => sum + part[1], 0),
  ]
})
const firstStep = fc.double({ min: -3, max: 3, noNaN: true }).map((x) => 10 ** x)

test('what is accepted meets the conditions, and is never worse than the origin', () => {
  let wolfe = 0
  let accepted = 0
  fc.assert(fc.property(wavy, firstStep, (line, first) => {
    const origin = probeAt(line, 0)
    const { verdict, probe, probes } = search(zoom(), line, first)
    const slack = 2 ** -51 * Math.abs(origin.value)
    assert.ok(probes.length <= 30)
    assert.ok(probe.value <= origin.value + slack, 'worse than the origin')
    if (origin.slope >= 0) {
      assert.equal(verdict, { _tag: 'Fail', reason: 'ascent' })
      return
    }
    if (verdict._tag !== 'Accept') throw new Error(`no step found: ${JSON.stringify(verdict)}`)
    accepted += 1
    assert.ok(probe.value <= origin.value + 1e-4 * probe.step * origin.slope + slack, 'sufficient decrease')
    if (verdict.conditions === 'wolfe') {
      wolfe += 1
      assert.ok(Math.abs(probe.slope) <= 0.9 * Math.abs(origin.slope), 'small curvature')
    }
  }), { numRuns: 500, seed: 1 })
  assert.ok(wolfe >= 0.98 * accepted, `small curvature in only ${wolfe} of ${accepted} searches`)
})

test('is pure: an old state told again answers the same', () => {
  fc.assert(fc.property(wavy, firstStep, (line, first) => {
    const machine = zoom({ curvature: 0.01 })
    const turns: { readonly again: () => unknown; readonly answer: string }[] = []
    let verdict = machine.start(probeAt(line, 0), first)
    while (verdict._tag === 'Try') {
      const { state, step } = verdict
      const probe = Object.freeze(probeAt(line, step))
      verdict = machine.tell(Object.freeze(state), probe)
      turns.push({ again: () => machine.tell(state, probe), answer: JSON.stringify(verdict) })
    }
    for (const { again, answer } of turns.reverse()) assert.is(JSON.stringify(again()), answer)
  }), { numRuns: 100, seed: 2 })
})

test('an ascent direction, a flat one and a broken origin fail at once', () => {
  const machine = zoom()
  assert.equal(machine.start({ step: 0, value: 1, slope: 1 }, 1), { _tag: 'Fail', reason: 'ascent' })
  assert.equal(machine.start({ step: 0, value: 1, slope: 0 }, 1), { _tag: 'Fail', reason: 'ascent' })
  assert.equal(machine.start({ step: 0, value: NaN, slope: -1 }, 1), { _tag: 'Fail', reason: 'nonFinite' })
  assert.equal(machine.start({ step: 0, value: 1, slope: NaN }, 1), { _tag: 'Fail', reason: 'nonFinite' })
  assert.equal(machine.start({ step: 0, value: -Infinity, slope: -1 }, 1), { _tag: 'Fail', reason: 'nonFinite' })
})

for (const [name, outside] of [['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity]] as const) {
  test(`${name} means too far, before and after growing`, () => {
    const line: Line = (t) => (t < 3 ? [-Math.log(3 - t) - 2 * t, 1 / (3 - t) - 2] : [outside, outside])
    for (const first of [1e-4, 1, 4, 1e4, 1e8]) {
      const { verdict, probe, probes } = search(zoom(), line, first)
      assert.equal(verdict, { _tag: 'Accept', which: 'latest', conditions: 'wolfe' })
      assert.ok(probe.step > 0 && probe.step < 3)
      assert.ok(probes.length <= 12, `${probes.length} probes from ${first}`)
    }
  })
}

test('a finite value with a slope that is not is too far as well', () => {
  const line: Line = (t) => [(t - 1) ** 2, t > 1.5 ? NaN : 2 * (t - 1)]
  assert.ok(search(zoom(), line, 5).probe.step <= 1.5)
})

test('an objective that is nowhere finite but at the origin fails as non-finite', () => {
  const { verdict } = search(zoom(), (t) => (t === 0 ? [1, -1] : [NaN, NaN]), 1)
  assert.equal(verdict, { _tag: 'Fail', reason: 'nonFinite' })
})

test('a slope that lies is told from the end of precision, and never followed uphill', () => {
  const lying = (slope: number): Line => (t) => [1 + slope * t, t === 0 ? -slope : slope]
  for (const smallestStep of [0, 1e-16]) {
    const { verdict, probe } = search(zoom(), lying(1), 1, smallestStep)
    assert.equal(verdict, { _tag: 'Fail', reason: 'noDecrease' })
    assert.is(probe.step, 0)
  }
  assert.equal(search(zoom(), lying(1e-14), 1).verdict, { _tag: 'Fail', reason: 'stalled' })
})

test('steps that move nothing are stalled', () => {
  const { verdict, probes } = search(zoom(), (t) => [1 + t, t === 0 ? -1 : 1], 1, 0.1)
  assert.equal(verdict, { _tag: 'Fail', reason: 'stalled' })
  assert.ok(probes.every(({ step }) => step > 0.1))
  assert.equal(zoom().start({ step: 0, value: 1, slope: -1 }, 1e-4, 1e-3), { _tag: 'Fail', reason: 'stalled' })
})

test('a search ends where nothing tells the probe from the origin', () => {
  const coarse: Line = (t) => (t < 0.1 ? [1, -1e-15] : [1 + 1e-14 * t, 1e-14])
  const { verdict, probes } = search(zoom(), coarse, 1)
  assert.equal(verdict, { _tag: 'Fail', reason: 'stalled' })
  assert.ok(probes.length <= 6)
})

test('where the value shows no decrease any more, the slopes decide', () => {
  // The decrease of 1e-14 is lost beside 1e8.
  const line: Line = (t) => [1e8 + 1e-14 * ((t - 3) ** 2 - 9), 2e-14 * (t - 3)]
  const { verdict, probe } = search(zoom({ curvature: 0.1 }), line, 1)
  assert.equal(verdict, { _tag: 'Accept', which: 'latest', conditions: 'wolfe' })
  close(probe.step, 3, 0.1)
  const single: Line = (t) => [Math.fround(1 + 1e-9 * ((t - 3) ** 2 - 9)), 2e-9 * (t - 3)]
  const { verdict: inSingle } = search(zoom({ resolution: 2 ** -23, curvature: 0.1 }), single, 20)
  assert.equal(inSingle, { _tag: 'Accept', which: 'latest', conditions: 'wolfe' })
})

test('values that are nothing but rounding do not mislead the interpolation', () => {
  for (let k = 0; k < 40; k++) {
    const first = 4 + k / 2
    const line: Line = (t) => [1 + 2 ** -52 * Math.round(Math.sin(1e3 * t)), 2e-17 * (t - 3)]
    const { verdict, probe, probes } = search(zoom({ curvature: 0.1 }), line, first)
    assert.equal(verdict, { _tag: 'Accept', which: 'latest', conditions: 'wolfe' })
    close(probe.step, 3, 0.1)
    assert.ok(probes.length <= 3, `${probes.length} probes from ${first}`)
  }
})

test('no increase beyond the resolution is accepted, whatever the slopes', () => {
  assert.is(search(zoom(), (t) => (t === 0 ? [1, -1e-12] : [1 + 1e-14, 0]), 1).verdict._tag, 'Fail')
  assert.is(search(zoom(), (t) => (t === 0 ? [1, -1e-12] : [1, 5e-12]), 1).verdict._tag, 'Fail')
})

test('where the value does show it, slopes do not excuse a missing decrease', () => {
  // At the first step the line is flat, but has come down by far too little.
  const line: Line = (t) => [-t / (t * t + 2), (t * t - 2) / (t * t + 2) ** 2]
  const { probe } = search(zoom({ decrease: 0.001, curvature: 0.1 }), line, 1e3)
  assert.ok(probe.value <= 0.001 * probe.step * -0.5)
})

test('at the longest step, sufficient decrease is enough', () => {
  const { verdict, probe, probes } = search(zoom({ maxStep: 4 }), (t) => [-t, -1], 1)
  assert.equal(verdict, { _tag: 'Accept', which: 'latest', conditions: 'decrease' })
  assert.is(probe.step, 4)
  assert.is(probes.length, 2)
  assert.is(search(zoom({ maxStep: 4 }), (t) => [-t, -1], 1e3).probe.step, 4)
})

test('out of steps, the best step with sufficient decrease is accepted', () => {
  const line: Line = (t) => [(t - 1) ** 2 + 1e-3 * Math.abs(t - 1), 2 * (t - 1) + 1e-3 * Math.sign(t - 1)]
  const { verdict, probe, probes } = search(zoom({ curvature: 1e-4, maxSteps: 6 }), line, 0.3)
  assert.is(verdict._tag === 'Accept' && verdict.conditions, 'decrease')
  assert.is(probes.length, 6)
  assert.is(probe.value, Math.min(...probes.map(({ value }) => value)))
})

test('a kink ends with a narrow bracket, relative to the step', () => {
  const line = (scale: number): Line => (t) => [Math.abs(t / scale - 1), Math.sign(t / scale - 1) / scale]
  for (const scale of [1e-6, 1, 1e6]) {
    const { verdict, probe, probes } = search(zoom({ maxSteps: 100 }), line(scale), 0.3 * scale)
    assert.is(verdict._tag === 'Accept' && verdict.conditions, 'decrease')
    assert.ok(probes.length < 30)
    relative(probe.step, scale, 2e-5)
  }
})

test('before a jump the bracket is halved, not crept along', () => {
  const { verdict, probe } = search(zoom(), (t) => (t < 1 ? [-t, -1] : [1e6, 0]), 1.5)
  assert.is(verdict._tag === 'Accept' && verdict.conditions, 'decrease')
  assert.ok(probe.step > 0.999 && probe.step < 1, `stopped at ${probe.step}`)
})

test('the point to hold is the best one, also when it is not the latest', () => {
  const line: Line = (t) => (t < 1.1 ? [-t, -1] : [-1.1 + 5 * (t - 1.1), 5])
  for (const maxSteps of [2, 3]) {
    const { verdict, probe, probes } = search(zoom({ maxSteps }), line, 1)
    assert.equal(verdict, { _tag: 'Accept', which: 'held', conditions: 'decrease' })
    assert.is(probe.step, 1)
    assert.is(probes.length, maxSteps)
  }
})

test('the first step: one, or the one accepted last', () => {
  assert.is(zoom().firstStep(0.25), 1)
  assert.is(zoom({ initialStep: 'keep' }).firstStep(0.25), 0.25)
})

test('options out of range are refused by name', () => {
  throwsError(() => zoom({ maxSteps: 0 }), 'OptionError', /zoom: maxSteps must be a positive integer, got 0/)
  throwsError(() => zoom({ decrease: 0.6 }), 'OptionError', /decrease must be at least 0 and below 0.5/)
  throwsError(() => zoom({ decrease: 0.2, curvature: 0.1 }), 'OptionError', /curvature must be at least 0.2/)
  throwsError(() => zoom({ increaseFactor: 1 }), 'OptionError', /increaseFactor must be above 1/)
  throwsError(() => zoom({ resolution: NaN }), 'OptionError', /resolution must be at least 0, got NaN/)
  throwsError(() => zoom().start({ step: 0, value: 1, slope: -1 }, 0), 'OptionError', /firstStep must be positive/)
})

test.run()
