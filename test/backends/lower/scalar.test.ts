// Scalar expressions: identities between them, and what their shape promises (sharing, wrapping, no needless work).
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Builder, isTest, type Expr, type Value } from '../../../backends/lower/expression.ts'
import { isElementwise, scalarRules, type ElementwisePrimitive } from '../../../backends/lower/scalar.ts'
import { code, type DType } from '../../../core/dtype.ts'
import { primitives } from '../../../core/primitive.ts'
import { close, exact, relative } from '../../close.ts'
import { ordered } from './evaluate.ts'
import { build, complexRule, point, rule } from './rule.ts'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const c: readonly DType[] = ['complex128']

/** Points that are nothing special. */
const sample: readonly (readonly [number, number])[] =
  Array.from({ length: 60 }, (_, k) => [3 * Math.sin(1.7 * k + 0.3), 2 * Math.cos(2.3 * k * k + 0.1)])

const identities = suite('identities')
const inverses: readonly (readonly [ElementwisePrimitive, ElementwisePrimitive])[] = [
  ['exp', 'log'], ['sin', 'asin'], ['cos', 'acos'], ['tan', 'atan'], ['sinh', 'asinh'], ['cosh', 'acosh'],
  ['tanh', 'atanh'], ['expm1', 'log1p'],
]
for (const [f, g] of inverses) {
  identities(`${f} after ${g}`, () => {
    const [outer, inner] = [complexRule(f), complexRule(g)]
    for (const z of sample) close(outer(...inner(...z)), z, 4e-15, `at ${z.join()}`)
  })
}
identities('the square of sqrt', () => {
  const [square, sqrt] = [complexRule('ipow', { attrs: [2] }), complexRule('sqrt')]
  for (const z of sample) close(square(...sqrt(...z)), z, 1e-15)
})
identities('log1p(z) and log(1 + z) where |1 + z| is all but 1', () => {
  const [log1p, log] = [complexRule('log1p'), complexRule('log')]
  for (let k = -60; k <= 60; k++) {
    const x = k / 64 // 1 + x is exact
    const y = Math.sqrt(1 - x * x)
    relative(log1p(x - 1, y), log(x, y), 1e-15, `at ${x - 1} + ${y}i`)
  }
})
identities('softplus and sigmoid by their definitions', () => {
  const [softplus, sigmoid] = [complexRule('softplus'), complexRule('sigmoid')]
  const [exp, log1p] = [complexRule('exp'), complexRule('log1p')]
  const div = rule('div', ['float64', 'complex128'])
  for (const [x, y] of sample) {
    close(softplus(x, y), log1p(...exp(x, y)), 4e-15)
    const [p, q] = exp(-x, -y)
    close(sigmoid(x, y), div(1, 1 + p!, q!), 4e-14)
  }
})
identities('integer powers', () => {
  const product = rule('mul', ['complex128', 'complex128'])
  for (const z of sample) {
    let w: readonly number[] = [1, 0]
    for (let n = 0; n <= 9; n++, w = product(w[0]!, w[1]!, ...z)) {
      const power = complexRule('ipow', { attrs: [n] })(...z)
      close(power, w, 1e-14 * n)
      const [re, im] = product(...power, ...complexRule('ipow', { attrs: [-n] })(...z))
      close([re!, im!], [1, 0], 1e-14)
    }
  }
})
identities.run()

// What the expressions look like.

const shape = suite('structure')
shape('the table covers the elementwise primitives', () => {
  assert.is(primitives.filter(isElementwise).length, Object.keys(scalarRules).length)
  assert.not(isElementwise('matmul'))
  assert.not(isElementwise('constant'))
})
shape('a real operand adds nothing to the imaginary part', () => {
  const add = build('add', ['complex128', 'float64'])
  assert.is(add.value.im!.op, 'load')
  assert.is(ordered(build('mul', ['float64', 'complex128']).outputs).length, 3 + 2)
  assert.is(ordered(build('div', ['complex128', 'float64']).outputs).length, 3 + 2)
  assert.is(build('sub', ['float64', 'complex128']).value.im!.op, 'neg')
})
shape('w = a/d, g/conj(d) and |d|² share conj(d)/|d|²', () => {
  const b = new Builder()
  const [a, d, g] = [0, 1, 2].map((k): Value => ({ re: b.load(2 * k, point), im: b.load(2 * k + 1, point) }))
  const context = { dtypes: ['complex128', 'complex128'], dtype: 'complex128', attrs: [] } as const
  const parts = (v: Value): readonly Expr[] => [v.re, v.im!]
  const w = scalarRules.div(b, [a!, d!], context)
  const h = scalarRules.div(b, [g!, scalarRules.conj(b, [d!], context)], context)
  const count = (values: readonly Value[]): number =>
    ordered(values.flatMap(parts)).filter((e) => e.op === 'div').length
  assert.is(count([w]), 2, 'one division on the common path, one on the rare one')
  assert.is(count([w, h]), 2)
})
shape('integer powers are products', () => {
  const operations = (n: number, d: DType): string => {
    const names = ordered(build('ipow', [d], { attrs: [n] }).outputs).map((e) => e.op)
    return names.filter((op) => op !== 'load' && op !== 'const').join(' ')
  }
  assert.is(operations(5, 'float64'), 'mul mul mul')
  assert.is(operations(-2, 'float64'), 'mul div')
  assert.is(operations(3, 'int32'), 'imul imul')
  assert.is(operations(1000, 'float64'), 'pow')
  assert.ok(operations(2_000_000_000, 'complex128').split(' ').length < 300)
  exact(rule('ipow', ['float64'], { attrs: [-2] })(10), [0.01])
  exact(rule('ipow', ['int32'], { attrs: [31] })(3), [Number(BigInt.asIntN(32, 3n ** 31n))])
})
shape('integers wrap, truth values count', () => {
  exact(rule('add', ['int32', 'int32'])(2 ** 31 - 1, 1), [-(2 ** 31)])
  exact(rule('sub', ['int32', 'int32'])(-(2 ** 31), 1), [2 ** 31 - 1])
  exact(rule('mul', ['int32', 'int32'])(123456789, 987654321), [Math.imul(123456789, 987654321)])
  exact(rule('neg', ['int32'])(0), [0])
  exact(rule('abs', ['int32'])(-5), [5])
  exact(rule('add', ['bool', 'bool'])(1, 1), [2])
  exact(rule('mul', ['bool', 'float64'])(1, 2.5), [2.5])
  exact(rule('div', ['int32', 'int32'])(1, 2), [0.5])
})
shape('comparisons, logic and casts are truth values where they say bool', () => {
  const dtypes: readonly DType[] = ['float64', 'float64']
  const comparisons = ['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual'] as const
  for (const p of comparisons) assert.ok(isTest(build(p, dtypes).value.re), p)
  for (const p of ['and', 'or', 'xor'] as const) assert.ok(isTest(build(p, ['bool', 'bool']).value.re), p)
  for (const p of ['isNaN', 'isFinite'] as const) {
    for (const d of ['int32', 'complex128', 'float32'] as const) assert.ok(isTest(build(p, [d]).value.re), p)
  }
  assert.ok(isTest(build('cast', ['float64'], { attrs: [code('bool')] }).value.re))
  assert.ok(isTest(build('where', ['bool', 'bool', 'bool']).value.re))
  assert.ok(isTest(build('maximum', ['bool', 'bool']).value.re))
  const facts: readonly (readonly [ElementwisePrimitive, readonly DType[], readonly number[], number])[] = [
    ['less', dtypes, [1, 2], 1], ['greater', dtypes, [1, 2], 0], ['greaterEqual', dtypes, [2, 2], 1],
    ['less', dtypes, [nan, 2], 0],
    ['notEqual', dtypes, [nan, nan], 1], ['equal', ['complex128', 'float64'], [2, 0, 2], 1],
    ['equal', ['complex128', 'float64'], [2, 1, 2], 0],
    ['xor', ['bool', 'bool'], [1, 0], 1], ['xor', ['bool', 'bool'], [1, 1], 0], ['not', ['bool'], [0], 1],
    ['isNaN', c, [1, nan], 1], ['isFinite', c, [1, inf], 0], ['isFinite', ['int32'], [3], 1],
    ['isNaN', ['int32'], [3], 0],
  ]
  for (const [p, d, x, want] of facts) exact(rule(p, d)(...x), [want], `${p}(${x.join()})`)
  exact(rule('cast', ['float64'], { attrs: [code('int32')] })(-3.7), [-3])
  exact(rule('cast', ['float64'], { attrs: [code('bool')] })(nan), [1])
  exact(rule('cast', ['float64'], { attrs: [code('complex128')] })(-0), [-0, 0])
  exact(rule('cast', ['bool'], { attrs: [code('float32')] })(1), [1])
  exact(rule('where', ['bool', 'float64', 'complex128'])(1, 5, 6, 7), [5, 0])
  exact(rule('where', ['bool', 'float64', 'complex128'])(0, 5, 6, 7), [6, 7])
})
shape('real functions', () => {
  const sign = rule('sign', ['float64'])
  for (const x of [3, -3, 0, -0, nan]) exact(sign(x), [Math.sign(x)])
  const round = rule('round', ['float64'])
  const rounded = [[0.5, 0], [1.5, 2], [2.5, 2], [-0.5, -0], [-1.5, -2], [inf, inf]] as const
  for (const [x, want] of rounded) exact(round(x), [want])
  assert.is(build('floor', ['int32']).value.re.op, 'load')
  const extrema = ['maximum', 'minimum'] as const
  for (const p of extrema) exact(rule(p, ['float64', 'float64'])(1, nan), [nan])
  exact(rule('sigmoid', ['float64'])(-745), [5e-324])
  exact(rule('sigmoid', ['float64'])(800), [1])
  exact(rule('softplus', ['float64'])(-800), [0])
  exact(rule('softplus', ['float64'])(800), [800])
  exact(rule('softplus', ['float64'])(nan), [nan])
  exact(rule('angle', ['float64'])(-2), [Math.PI])
  exact(rule('atan2', ['int32', 'int32'])(0, 1), [0])
  const erf = rule('erf', ['float64'], { special: { erf: (x) => x + 1, polygamma: (n, x) => n + x } })
  exact(erf(1), [2])
  exact(rule('polygamma', ['float64'], { attrs: [2], special: { polygamma: (n, x) => 10 * n + x } })(1), [21])
})
shape.run()
