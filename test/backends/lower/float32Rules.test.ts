// The formulas of complex numbers in single precision, over its whole range: the elementary functions are the
// expansions, and every operation is rounded, as on a device, also one without subnormal numbers.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { binaryExpansions, unaryExpansions } from '../../../backends/lower/float32/index.ts'
import { float32Limits, type ElementwisePrimitive } from '../../../backends/lower/scalar.ts'
import { isComplex, type DType } from '../../../core/dtype.ts'
import { exact } from '../../close.ts'
import type { EvaluateOptions } from './evaluate.ts'
import { compile, type Device } from './float32.ts'
import { rule, type Evaluate } from './rule.ts'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const least = 2 ** -126

const options = (device: Device): EvaluateOptions & { readonly limits: typeof float32Limits } => {
  const { toInt32: _, ...functions } = unaryExpansions // its result is made of bits
  const special = Object.fromEntries(Object.entries({ ...functions, ...binaryExpansions })
    .map(([op, expansion]) => [op, compile(expansion, device)] as const))
  const flush = (x: number): number => (Math.abs(x) < least ? (x < 0 || Object.is(x, -0) ? -0 : 0) : Math.fround(x))
  return { limits: float32Limits, special, round: device.flush === true ? flush : Math.fround }
}

const devices = { good: options({}), poor: options({ flush: true, division: 2 }) }

const c: DType = 'complex128'
const r: DType = 'float64'
type Entry = readonly [primitive: ElementwisePrimitive, dtypes: readonly DType[]]
const ofOne: readonly ElementwisePrimitive[] = [
  'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sqrt', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'asin', 'acos',
  'atan', 'asinh', 'acosh', 'atanh', 'sigmoid', 'softplus', 'abs', 'angle', 'phase',
]
const entries: readonly Entry[] = [
  ...ofOne.map((p) => [p, [c]] as const),
  ['div', [c, c]], ['div', [r, c]], ['div', [c, r]], ['sigmoid', [r]], ['softplus', [r]],
]

const isCircular: ReadonlySet<ElementwisePrimitive> = new Set(['sin', 'cos', 'tan'])
/** These turn nothing. */
const isAlgebraic: ReadonlySet<ElementwisePrimitive> = new Set([
  'log', 'log1p', 'log2', 'log10', 'sqrt', 'asin', 'acos', 'atan', 'asinh', 'acosh', 'atanh', 'abs', 'angle', 'phase',
  'div',
])

let state = 1
const random = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  const z = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
  return ((z ^ (z >>> 13)) >>> 0) / 2 ** 32
}
const someNumber = (spread: number): number => {
  const k = Math.floor(random() * 100)
  return k < 4 ? [0, -0, 1, -1][k]! : Math.fround((random() < 0.5 ? -1 : 1) * Math.exp((random() - 0.5) * spread))
}

/** |got − want| in units of 2^−24·|want|; what is beyond single precision is infinite, and what is below zero. */
const units = (got: readonly number[], want: readonly number[]): number => {
  const size = Math.max(...want.map(Math.abs))
  const part = (a: number, e: number): number => {
    if (Object.is(a, e) || Object.is(a, Math.fround(e))) return 0
    if (Math.abs(e) > 3.4e38 && Math.abs(a) > 3.4e38) return 0
    return Math.abs(a - e) <= 2 * least ? 0 : Math.abs(a - e) / size * 2 ** 24
  }
  return Math.max(...want.map((e, k) => { const u = part(got[k]!, e); return u === u ? u : inf }))
}

const whole = suite('complex formulas over the whole range of float32')
for (const [primitive, dtypes] of entries) {
  whole(`${primitive}(${dtypes.map((d) => (isComplex(d) ? 'complex' : 'real')).join()})`, () => {
    const reference = rule(primitive, dtypes)
    for (const [name, device] of Object.entries(devices)) {
      const f = rule(primitive, dtypes, device)
      for (const spread of [2, 20, 80, 174]) {
        for (let k = 0; k < 1000; k++) {
          const x: number[] = dtypes.flatMap((d) => [someNumber(spread), ...isComplex(d) ? [someNumber(spread)] : []])
          // Beyond 2^24 angles are right to the last digits of 1 alone.
          const angle = isCircular.has(primitive) ? 0 : 1
          if (angle < x.length && !isAlgebraic.has(primitive)) x[angle] = Math.fround(x[angle]! % 2 ** 23)
          const [got, want] = [f(...x), reference(...x)]
          const error = units(got, want)
          const label = `${primitive}(${x.join()}) = ${got.join()}, not ${want.join()}`
          assert.ok(error <= 12, `${label}: ${error.toFixed(1)} units on a ${name} device`)
        }
      }
    }
  })
}
whole.run()

const edges = suite('edge cases of float32')
for (const [name, device] of Object.entries(devices)) {
  const of = (p: ElementwisePrimitive, dtypes: readonly DType[] = [c]): Evaluate => {
    const f = rule(p, dtypes, device)
    return (...x) => f(...x.map(Math.fround))
  }
  const near = (got: readonly number[], want: readonly number[]): void =>
    assert.ok(units(got, want) <= 6, `${got.join()}, not ${want.join()}`)
  const [log, sqrt, abs, sigmoid] = [of('log'), of('sqrt'), of('abs'), of('sigmoid')]
  const [div, pow] = [of('div', [c, c]), of('pow', [c, r])]

  edges(`overflow and underflow, ${name} device`, () => {
    exact(of('exp')(100, 0), [inf, 0])
    exact(of('exp')(100, -0), [inf, -0])
    near(of('exp')(89, 1.5), [Math.exp(89) * Math.cos(1.5), inf])
    assert.ok(Math.max(...sigmoid(-100, 1).map(Math.abs)) < 1e-42)
    near(sigmoid(-80, 1), [Math.exp(-80) * Math.cos(1), Math.exp(-80) * Math.sin(1)])
    near(of('softplus')(-80, 0), [Math.exp(-80), 0])
    for (const s of [1e30, 1e38, 1e-30, 1e-37]) {
      near(abs(3 * s / 4, s), [1.25 * Math.fround(s)])
      near(of('phase')(3 * s / 4, s), [0.6, 0.8])
      near(div(s, s, s, s), [1, 0])
      near(div(s, -s, s, s), [0, -1])
      near(of('div', [r, c])(s, s, s), [0.5, -0.5])
      near(sqrt(s, s).map((x) => x / Math.sqrt(s)), [1.09868411346781, 0.4550898605622273])
      near(of('angle')(s, s), [Math.PI / 4])
    }
    near(div(1e-30, 1e-30, 1e-35, 1e-35), [1e5, 0])
    near(div(1e-20, 1e-20, 1e18, 0), [1e-38, 1e-38])
    near(div(1e19, 1e19, 1e-19, 0), [1e38, 1e38])
    exact(abs(3e38, 3e38), [inf])
  })
  edges(`cuts and signs of zero, ${name} device`, () => {
    exact(sqrt(-4, 0), [0, 2])
    exact(sqrt(-4, -0), [0, -2])
    near(log(-4, 0), [Math.log(4), Math.PI])
    near(log(-4, -0), [Math.log(4), -Math.PI])
    exact(log(0, 0), [-inf, 0])
    exact(sqrt(-0, -0), [0, -0])
    near(pow(-4, -0, 0.5), [0, -2])
    exact(pow(0, 0, 0), [1, 0])
    exact(pow(0, 0, 2.5), [0, 0])
    exact(of('pow', [r, r])(-8, 1 / 3), [nan])
    exact(of('tanh')(nan, 0), [nan, 0])
  })
}
edges.run()
