import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { leaf } from '../../core/node.ts'
import { make } from '../../core/make.ts'
import * as random from '../../core/random.ts'
import { hostArray } from '../../core/evaluate.ts'
import { shape } from '../../core/shape.ts'
import { exact, throwsError } from '../close.ts'
import { tensor } from './operations/fixture.ts'

const test = suite('random')

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length

test('Threefry-2x32: the known answer of its authors for key 0 and counter 0', () => {
  const words = hostArray(make('threefry', [leaf(Int32Array.of(0, 0), 'int32', shape([2]))], [2]))
  assert.equal([...words].map((word) => (word >>> 0).toString(16)), ['6b200159', '99ba4efe'])
})

test('the same key gives the same numbers, another key others', () => {
  const [a, b] = [random.key(1), random.key(2)]
  exact([...hostArray(random.normal(a, [10]))], [...hostArray(random.normal(a, [10]))])
  const [p, q] = random.split(a) as [typeof a, typeof a] // two keys unless another count is asked for
  const samples = [a, b, p, q].map((key) => hostArray(random.uniform(key, [])))
  assert.is(new Set(samples.map((data) => data[0])).size, 4)
  assert.is(random.split(a, 5).length, 5)
  assert.equal([...hostArray(random.key(2 ** 32 + 5))], [1, 5])
  assert.equal([...hostArray(random.key(-1))], [-1, -1])
})

test('uniform fills [low, high) evenly', () => {
  for (const dtype of ['float32', 'float64'] as const) {
    const data = hostArray(random.uniform(random.key(3), [20000], { dtype }))
    assert.ok(data.every((x) => x >= 0 && x < 1))
    assert.ok(Math.abs(mean(data) - 1 / 2) < 0.01)
    assert.ok(Math.abs(mean(Array.from(data, (x) => x * x)) - 1 / 3) < 0.01)
    const bins = new Array<number>(16).fill(0)
    data.forEach((x) => { bins[Math.floor(x * 16)]! += 1 })
    const chiSquare = bins.reduce((total, n) => total + (n - 1250) ** 2 / 1250, 0)
    assert.ok(chiSquare < 40, `chi-square of 15 degrees of freedom: ${chiSquare}`)
    const scaled = hostArray(random.uniform(random.key(4), [1000], { low: -3, high: 5, dtype }))
    assert.ok(scaled.every((x) => x >= -3 && x < 5))
    const high = dtype === 'float32' ? 1 + 2 ** -22 : 1 + 2 ** -51
    const narrow = hostArray(random.uniform(random.key(5), [1000], { low: 1, high, dtype }))
    assert.ok(narrow.every((x) => x < high), 'rounding stays below high')
  }
  const fine = hostArray(random.uniform(random.key(6), [200]))
  assert.ok(fine.some((x) => (x * 2 ** 52) % 1 !== 0), 'all 53 bits are used')
  const coarse = hostArray(random.uniform(random.key(6), [200], { dtype: 'float32' }))
  assert.ok(coarse.every((x) => Number.isInteger(x * 2 ** 24)), 'multiples of 2⁻²⁴')
  assert.ok(coarse.some((x) => (x * 2 ** 23) % 1 !== 0), 'all 24 bits are used')
})

test('normal has mean 0, variance 1, the right tails, and is finite', () => {
  const data = hostArray(random.normal(random.key(7), [20001]))
  assert.is(data.length, 20001)
  assert.ok(data.every((x) => Number.isFinite(x)))
  assert.ok(Math.abs(mean(data)) < 0.02)
  assert.ok(Math.abs(mean(Array.from(data, (x) => x * x)) - 1) < 0.03)
  assert.ok(Math.abs(mean(Array.from(data, (x) => x ** 4)) - 3) < 0.2)
  assert.ok(Math.abs(mean(Array.from(data, (x) => Number(Math.abs(x) < 1))) - 0.6827) < 0.01)
  assert.is(hostArray(random.normal(random.key(7), [3], 'float32')).constructor, Float32Array)
  assert.equal(random.normal(random.key(7), [0, 2]).shape, [0, 2])
})

test('a complex normal has E|z|² = 1, and its parts are independent', () => {
  const data = hostArray(random.normal(random.key(8), [100, 100], 'complex128'))
  const [re, im] = [data.filter((_, k) => k % 2 === 0), data.filter((_, k) => k % 2 === 1)]
  assert.ok(Math.abs(mean(Array.from(re, (x) => x * x)) - 0.5) < 0.02)
  assert.ok(Math.abs(mean(Array.from(im, (x) => x * x)) - 0.5) < 0.02)
  assert.ok(Math.abs(mean(Array.from(re, (x, k) => x * im[k]!))) < 0.02)
})

test('errors', () => {
  throwsError(() => random.key(0.5), 'OptionError', /random\.key: a seed is an integer below 2⁵³, not 0\.5/)
  throwsError(() => random.normal(tensor([1, 2]), [3]), 'DTypeError', /random\.normal: the first argument is a key/)
  throwsError(() => random.split(random.key(1), -1), 'OptionError', /random\.split: count/)
  throwsError(() => random.uniform(random.key(1), [2], { low: 1, high: 1 }), 'OptionError',
    /low 1 must be less than high 1/)
  throwsError(() => random.normal(random.key(1), [2], 'int32'), 'DTypeError',
    /random\.normal: dtype is a floating point type, not int32/)
})

test.run()
