// Values of the scalar expressions: against an arbitrary-precision oracle, C99's special values, and in float32.
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { float32Limits, type ElementwisePrimitive } from '../../../backends/lower/scalar.ts'
import { isComplex, type DType } from '../../../core/dtype.ts'
import { close, exact } from '../../close.ts'
import { complexRule, rule } from './rule.ts'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number

// Oracle values.

type Row = readonly (number | string)[]
const text = readFileSync(new URL('./scalar-values.json', import.meta.url), 'utf8')
const oracle = JSON.parse(text) as Readonly<Record<string, readonly Row[]>> // as scalar-values.py writes it

const list = (x: readonly number[]): string => x.map((q) => (Object.is(q, -0) ? '-0' : q)).join(', ')
const size = (w: readonly number[]): number => Math.max(...w.map(Math.abs))

/** |a − e| in units of 2^-53 of the scale; a last bit of the subnormal numbers is nothing. */
const units = (a: number, e: number, scale: number): number =>
  a === e || Object.is(a, e) ? 0
    : Number.isFinite(a - e) ? Math.max(0, Math.abs(a - e) - 1e-323) / scale * 2 ** 53 : inf

interface Accuracy {
  readonly primitive: ElementwisePrimitive
  readonly dtypes: readonly DType[]
  /** Largest errors in units of 2^-53: relative to |w|, and of each part relative to itself. */
  readonly norm: number
  readonly parts?: readonly [number, number]
}
const c: readonly DType[] = ['complex128']
const accuracy: Readonly<Record<string, Accuracy>> = {
  exp: { primitive: 'exp', dtypes: c, norm: 3, parts: [3, 3] },
  expm1: { primitive: 'expm1', dtypes: c, norm: 3 },
  log: { primitive: 'log', dtypes: c, norm: 3, parts: [3, 3] },
  log1p: { primitive: 'log1p', dtypes: c, norm: 3, parts: [3, 3] },
  log2: { primitive: 'log2', dtypes: c, norm: 4, parts: [4, 4] },
  log10: { primitive: 'log10', dtypes: c, norm: 4, parts: [4, 4] },
  sqrt: { primitive: 'sqrt', dtypes: c, norm: 4, parts: [4, 4] },
  sin: { primitive: 'sin', dtypes: c, norm: 4, parts: [4, 4] },
  cos: { primitive: 'cos', dtypes: c, norm: 4, parts: [4, 4] },
  tan: { primitive: 'tan', dtypes: c, norm: 6, parts: [8, 8] },
  sinh: { primitive: 'sinh', dtypes: c, norm: 4, parts: [4, 4] },
  cosh: { primitive: 'cosh', dtypes: c, norm: 4, parts: [4, 4] },
  tanh: { primitive: 'tanh', dtypes: c, norm: 6, parts: [8, 8] },
  asin: { primitive: 'asin', dtypes: c, norm: 6, parts: [6, 6] },
  acos: { primitive: 'acos', dtypes: c, norm: 6, parts: [6, 6] },
  atan: { primitive: 'atan', dtypes: c, norm: 4 },
  asinh: { primitive: 'asinh', dtypes: c, norm: 6, parts: [6, 6] },
  acosh: { primitive: 'acosh', dtypes: c, norm: 6, parts: [6, 6] },
  atanh: { primitive: 'atanh', dtypes: c, norm: 4 },
  sigmoid: { primitive: 'sigmoid', dtypes: c, norm: 6 },
  softplus: { primitive: 'softplus', dtypes: c, norm: 4 },
  abs: { primitive: 'abs', dtypes: c, norm: 3, parts: [3, 0] },
  angle: { primitive: 'angle', dtypes: c, norm: 3, parts: [3, 0] },
  phase: { primitive: 'phase', dtypes: c, norm: 4, parts: [4, 4] },
  div: { primitive: 'div', dtypes: ['complex128', 'complex128'], norm: 5 },
  // Powers: the error of the exponent b·log a is multiplied by the exponent.
  pow: { primitive: 'pow', dtypes: ['complex128', 'complex128'], norm: 600 },
  powReal: { primitive: 'pow', dtypes: ['complex128', 'float64'], norm: 60 },
  realPow: { primitive: 'pow', dtypes: ['float64', 'complex128'], norm: 600 },
}

const values = suite('oracle values')

for (const [name, { primitive, dtypes, norm, parts }] of Object.entries(accuracy)) {
  values(name, () => {
    const rows = oracle[name]!
    assert.ok(rows.length > 15, 'the oracle has values')
    const f = rule(primitive, dtypes)
    const inputs = dtypes.reduce((n, d) => n + (isComplex(d) ? 2 : 1), 0)
    let worst = 0
    for (const row of rows.map((r) => r.map(Number))) {
      const [x, all] = [row.slice(0, inputs), row.slice(inputs)]
      const w = f(...x)
      const want = all.slice(0, w.length)
      w.forEach((v, k) => {
        const e = want[k]!
        const error = units(v, e, size(want))
        worst = Math.max(worst, error)
        const label = `${name}(${list(x)}) = ${list(w)}, not ${list(want)}`
        assert.ok(error <= norm, `${label}: ${error.toFixed(1)} units`)
        if (parts === undefined) return
        const own = e === 0 ? units(v, 0, Number.MIN_VALUE) : units(v, e, Math.abs(e))
        assert.ok(own <= parts[k]!, `${label}: part ${k} is off by ${own.toFixed(1)} of its own units`)
        if (e === 0 && name !== 'log1p') assert.ok(Object.is(v, e), `${label}: sign of zero`)
      })
    }
    if (process.env['ACCURACY'] !== undefined) console.log(`${name}: ${worst.toFixed(2)} units of 2^-53`)
  })
}
values.run()

// Special values as x, y, re, im. Where C99 leaves a sign open, this is the one that we give.

const special = suite('special values')
type Case = readonly [number, number, number, number]
const table = (p: ElementwisePrimitive, cases: readonly Case[], conjugate = true): void => {
  special(p, () => {
    const f = complexRule(p)
    for (const [x, y, re, im] of cases) {
      exact(f(x, y), [re, im], `${p}(${x} + ${y}i)`)
      // f(conj z) = conj f(z), on both sides of every cut
      if (conjugate && y === y) exact(f(x, -y), [re, -im], `${p}(${x} - ${y}i)`)
    }
  })
}
const pi = Math.PI
table('exp', [
  [800, 0, inf, 0], [0, 0, 1, 0], [-0, 0, 1, 0], [inf, 0, inf, 0], [-inf, 1, 0, 0], [-inf, 2, -0, 0],
  [inf, 1, inf, inf],
  [inf, 2, -inf, inf], [-inf, inf, 0, 0], [1, inf, nan, nan], [nan, 0, nan, 0], [-inf, nan, 0, 0],
  [inf, nan, inf, nan], [1, nan, nan, nan],
], false)
table('expm1', [[0, 0, 0, 0], [-0, 0, -0, 0], [-inf, 1, -1, 0], [800, 0, inf, 0], [-800, 0, -1, 0]])
table('log', [
  [-0, 0, -inf, pi], [0, 0, -inf, 0], [-4, 0, Math.log(4), pi], [1, inf, inf, pi / 2], [-inf, 1, inf, pi],
  [inf, 1, inf, 0],
  [-inf, inf, inf, 0.75 * pi], [inf, inf, inf, 0.25 * pi], [inf, nan, inf, nan], [-inf, nan, inf, nan],
  [1, nan, nan, nan], [nan, inf, inf, nan],
  [nan, 1, nan, nan], [5e-324, 0, Math.log(5e-324), 0],
])
table('log2', [[8, 0, 3, 0], [0, 2 ** -600, -600, pi / 2 * Math.LOG2E], [2 ** 900, 0, 900, 0]])
table('log10', [[1000, 0, 3, 0]])
table('log1p', [[-1, 0, -inf, 0], [0, 0, 0, 0], [inf, 0, inf, 0], [1e-200, 1e-200, 1e-200, 1e-200]])
table('sqrt', [
  [-4, 0, 0, 2], [0, 0, 0, 0], [-0, 0, 0, 0], [1, inf, inf, inf], [nan, inf, inf, inf], [inf, inf, inf, inf],
  [-inf, 1, 0, inf],
  [inf, 1, inf, 0], [-inf, nan, nan, inf], [inf, nan, inf, nan], [nan, 1, nan, nan], [1, nan, nan, nan],
  [3e200, 4e200, 2 * Math.sqrt(1e200), Math.sqrt(1e200)],
])
table('sinh', [
  [0, 0, 0, 0], [0, inf, 0, nan], [0, nan, 0, nan], [1, inf, nan, nan], [inf, 0, inf, 0], [inf, 1, inf, inf],
  [inf, 2, -inf, inf], [inf, inf, inf, nan],
  [inf, nan, inf, nan], [nan, 0, nan, 0], [nan, 1, nan, nan],
])
table('cosh', [
  [0, 0, 1, 0], [0, inf, nan, 0], [0, nan, nan, 0], [1, inf, nan, nan], [inf, 0, inf, 0], [inf, 1, inf, inf],
  [inf, 2, -inf, inf], [inf, inf, inf, nan],
  [inf, nan, inf, nan], [nan, 0, nan, 0], [nan, 1, nan, nan],
], false)
table('tanh', [
  [0, 0, 0, 0], [0, inf, 0, nan], [1, inf, nan, nan], [1, nan, nan, nan], [inf, 1, 1, 0], [inf, inf, 1, 0],
  [inf, nan, 1, 0], [nan, 0, nan, 0],
  [nan, 1, nan, nan], [400, 1, 1, 4 * Math.sin(1) * Math.cos(1) * Math.exp(-400) ** 2], [400, 2, 1, -0],
], false)
table('sin', [[0, 0, 0, 0], [inf, 0, nan, 0], [inf, inf, nan, inf], [0, inf, 0, inf]])
table('cos', [[0, 0, 1, -0], [inf, 0, nan, -0], [0, inf, inf, -0]], false)
table('tan', [[1, inf, 0, 1], [inf, inf, 0, 1], [0, 0, 0, 0]])
table('acos', [
  [0, 0, pi / 2, -0], [-0, 0, pi / 2, -0], [0, nan, pi / 2, nan], [1, inf, pi / 2, -inf], [1, nan, nan, nan],
  [-inf, 1, pi, -inf], [inf, 1, 0, -inf],
  [-inf, inf, 0.75 * pi, -inf], [inf, inf, 0.25 * pi, -inf], [nan, 1, nan, nan], [nan, inf, nan, -inf],
  [1, 0, 0, -0], [-1, 0, pi, -0],
])
table('asin', [
  [0, 0, 0, 0], [0, nan, 0, nan], [1, 0, pi / 2, 0], [inf, 1, pi / 2, inf], [1, inf, 0, inf],
  [inf, inf, pi / 4, inf], [nan, inf, nan, inf],
])
table('asinh', [
  [0, 0, 0, 0], [1, inf, inf, pi / 2], [1, nan, nan, nan], [inf, 1, inf, 0], [inf, inf, inf, pi / 4],
  [inf, nan, inf, nan], [nan, 0, nan, 0],
  [nan, 1, nan, nan],
])
table('acosh', [
  [0, 0, 0, pi / 2], [-0, 0, 0, pi / 2], [1, inf, inf, pi / 2], [1, nan, nan, nan], [-inf, 1, inf, pi],
  [inf, 1, inf, 0], [-inf, inf, inf, 0.75 * pi],
  [inf, inf, inf, pi / 4], [inf, nan, inf, nan], [nan, 1, nan, nan], [nan, inf, inf, nan], [1, 0, 0, 0], [-1, 0, 0, pi],
])
table('atanh', [
  [0, 0, 0, 0], [0, nan, 0, nan], [1, 0, inf, 0], [1, inf, 0, pi / 2], [1, nan, nan, nan], [inf, 1, 0, pi / 2],
  [inf, inf, 0, pi / 2], [inf, nan, 0, nan],
  [nan, 1, nan, nan], [nan, inf, 0, pi / 2],
])
table('atan', [[0, 0, 0, 0], [inf, 1, pi / 2, 0], [0, 1, 0, inf]])
table('sigmoid', [[-800, 1, 0, 0], [800, 1, 1, 0], [0, 0, 0.5, 0], [-inf, 1, 0, 0], [inf, 1, 1, 0]])
table('softplus', [[0, 0, Math.LN2, 0], [800, 0, 800, 0], [-inf, 1, 0, 0]])
table('phase', [
  [0, 0, 0, 0], [-0, 0, -0, 0], [3 * 2 ** 999, 4 * 2 ** 999, 0.6, 0.8], [3 * 2 ** -999, 4 * 2 ** -999, 0.6, 0.8],
  [5e-324, 0, 1, 0], [inf, 1, 1, 0],
  [-inf, inf, -1 / Math.sqrt(2), 1 / Math.sqrt(2)],
  [nan, 1, nan, nan], [inf, nan, nan, nan],
])

special('abs', () => {
  const abs = complexRule('abs')
  const cases: readonly (readonly [number, number, number])[] = [
    [0, -0, 0], [3 * 2 ** 999, 4 * 2 ** 999, 5 * 2 ** 999], [3 * 2 ** -999, 4 * 2 ** -999, 5 * 2 ** -999],
    [5e-324, 0, 5e-324], [1.7e308, 1.7e308, inf], [inf, nan, inf], [nan, -inf, inf], [nan, 1, nan],
  ]
  for (const [x, y, r] of cases) exact(abs(x, y), [r], `|${x} + ${y}i|`)
})

special('division', () => {
  const div = rule('div', ['complex128', 'complex128'])
  close(div(1e308, 1e308, 1e308, 1e308), [1, 0], 1e-15)
  close(div(1e200, 1e200, 1e200, 1e200), [1, 0], 1e-15)
  close(div(1e-310, 1e-310, 2e-310, 0), [0.5, 0.5], 1e-12)
  close(div(1e-151, 1e-151, 1e146, 0).map((v) => v * 1e297), [1, 1], 1e-14, 'a small number by a large one')
  close(div(1e151, 1e151, 1e-146, 0).map((v) => v / 1e297), [1, 1], 1e-14, 'a large number by a small one')
  exact(div(1, 2, 0, 0), [inf, inf])
  exact(div(1, -2, -0, 0), [-inf, inf])
  exact(div(1, 2, inf, 3), [0, 0])
  exact(div(1, 1, 1, nan), [nan, nan])
  exact(rule('div', ['float64', 'complex128'])(1, 0, 2), [0, -0.5])
  exact(rule('div', ['complex128', 'float64'])(inf, 1, 2), [inf, 0.5], 'a real divisor has no imaginary part')
})

special('powers', () => {
  const real = rule('pow', ['float64', 'float64'])
  const cases = [
    [1, nan, 1], [-1, inf, 1], [-1, -inf, 1], [1, inf, 1], [0, 0, 1], [nan, 0, 1],
    [-8, 1 / 3, nan], [-2, 3, -8], [nan, 1, nan],
  ] as const
  for (const [x, y, w] of cases) {
    exact(real(x, y), [w], `${x}^${y}`)
  }
  const complex = rule('pow', ['complex128', 'complex128'])
  const toReal = rule('pow', ['complex128', 'float64'])
  const ofReal = rule('pow', ['float64', 'complex128'])
  exact(complex(0, 0, 0, 0), [1, 0])
  exact(complex(0, 0, 2, 3), [0, 0])
  exact(toReal(0, 0, 0), [1, 0])
  exact(toReal(0, 0, 2.5), [0, 0])
  exact(ofReal(0, 0, 0), [1, 0])
  exact(ofReal(0, 2, 3), [0, 0])
  exact(toReal(2, 0, 1e6), [inf, 0], 'a positive base stays real past overflow')
  close(ofReal(-2, 0.5, 0), [0, Math.SQRT2], 1e-15, 'a negative base has a complex logarithm')
  close(toReal(-4, -0, 0.5), [0, -2], 1e-15, 'the sign of zero names the side of the cut')
})
special.run()

// float32: the same formulas with that format's limits, every operation rounded to it.

/** Points that are nothing special. */
const sample: readonly (readonly [number, number])[] =
  Array.from({ length: 60 }, (_, k) => [3 * Math.sin(1.7 * k + 0.3), 2 * Math.cos(2.3 * k * k + 0.1)])

const single = suite('float32')
single('all functions to a few units of 2^-24', () => {
  for (const [name, { primitive, dtypes }] of Object.entries(accuracy)) {
    if (name.includes('ow')) continue
    const options = { limits: float32Limits, round: Math.fround }
    const f = rule(primitive, dtypes, options)
    const reference = rule(primitive, dtypes)
    for (const z of sample) {
      const x = [...z, ...sample[7]!].slice(0, dtypes.length * 2).map(Math.fround)
      const [w, want] = [f(...x), reference(...x)]
      const error = size(w.map((v, k) => v - want[k]!)) / size(want)
      assert.ok(error <= 16 * 2 ** -24, `${name}(${list(x)}) = ${list(w)}, not ${list(want)}`)
    }
  }
})
single('no spurious overflow', () => {
  const options = { limits: float32Limits, round: Math.fround }
  const [abs, phase] = [complexRule('abs', options), complexRule('phase', options)]
  const div = rule('div', ['complex128', 'complex128'], options)
  close(abs(3e30, 4e30).map((v) => v / 1e30), [5], 1e-6)
  close(abs(3e-30, 4e-30).map((v) => v / 1e-30), [5], 1e-6)
  close(div(1e38, 1e38, 1e38, 1e38), [1, 0], 1e-6)
  close(div(1e-30, 1e-30, 1e-35, 1e-35).map((v) => v / 1e5), [1, 0], 1e-6)
  close(phase(3e35, 4e35), [0.6, 0.8], 1e-6)
})
single.run()
