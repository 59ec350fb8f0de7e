// Fourier transforms along an axis: against the definition, and the laws that hold for every length.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decompose } from '../../backends/cpu/fft/decompose.ts'
import { fftAlong } from '../../backends/cpu/fft/index.ts'
import type { FftSpec } from '../../backends/cpu/fft/index.ts'
import { recent } from '../../backends/cpu/fft/recent.ts'
import { roots } from '../../backends/lower/fft/roots.ts'
import { rowsOf } from '../../backends/lower/fft/steps.ts'
import { exact, throwsError } from '../close.ts'

const test = suite('fft')

const base: FftSpec = { outer: 1, n: 1, inner: 1, inverse: false, storage: 'float64', codegen: true }
const modes = [true, false]
const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, k) => first + k)

/** Every residue of small primes, all products of radices, primes on both sides of the largest radix. */
const lengths = [...range(1, 43), 61, 64, 74, 96, 97, 121, 128, 143, 194, 210, 243, 257, 372, 500, 509, 512]

const random = (seed: number, length: number): Float64Array => {
  let state = seed
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  })
}
const input = (spec: FftSpec): Float64Array => random(spec.n, 2 * spec.outer * spec.n * spec.inner)
const transformed = (spec: FftSpec, source: Float64Array): Float64Array => {
  const target = new Float64Array(source.length)
  fftAlong(spec)(source, target)
  return target
}

/** A sum that carries its rounding errors along (Neumaier). */
const accurateSum = (terms: Float64Array): number => {
  let sum = 0
  let error = 0
  for (const term of terms) {
    const next = sum + term
    error += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  return sum + error
}

/** The definition, with angles reduced in integers. */
const definition = (x: Float64Array): Float64Array => {
  const n = x.length / 2
  const y = new Float64Array(2 * n)
  const [res, ims] = [new Float64Array(2 * n), new Float64Array(2 * n)]
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n
      const [c, s, re, im] = [Math.cos(angle), Math.sin(angle), x[2 * j]!, x[2 * j + 1]!]
      res[2 * j] = re * c
      res[2 * j + 1] = -im * s
      ims[2 * j] = re * s
      ims[2 * j + 1] = im * c
    }
    y[2 * k] = accurateSum(res)
    y[2 * k + 1] = accurateSum(ims)
  }
  return y
}

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0))
/** The norm of the error relative to the norm of the truth, in units of 1e-15·log₂ n. */
const near = (actual: Float64Array, expected: Float64Array, n: number, message: string): void => {
  const error = norm(actual.map((value, at) => value - expected[at]!)) / norm(expected)
  const units = error / (1e-15 * Math.max(1, Math.log2(n)))
  assert.ok(units <= 1, `${message}: the error is ${units} × 1e-15·log₂ ${n}`)
}
const conjugate = (x: Float64Array): Float64Array => x.map((value, at) => (at % 2 === 0 ? value : -value))

test('is what the definition says, for every length', () => {
  for (const n of lengths) {
    const x = input({ ...base, n })
    const expected = definition(x)
    for (const codegen of modes) {
      near(transformed({ ...base, n, codegen }, x), expected, n, `forward, n = ${n}, codegen ${codegen}`)
      near(transformed({ ...base, n, codegen, inverse: true }, conjugate(x)), conjugate(expected), n,
        `inverse, n = ${n}, codegen ${codegen}`)
    }
  }
})

test('there and back is n times the identity, for long lengths too', () => {
  for (const n of [...lengths, 1000, 1009, 1024, 2017, 4093, 4096, 10007, 16384, 30030, 65521, 65536, 3 * 2 ** 14]) {
    for (const codegen of modes) {
      const x = input({ ...base, n })
      const back = transformed({ ...base, n, codegen, inverse: true }, transformed({ ...base, n, codegen }, x))
      near(back.map((value) => value / n), x, n, `n = ${n}, codegen ${codegen}`)
    }
  }
})

test('keeps energy, turns shifts into phases, and an impulse into a wave', () => {
  for (const n of [2, 12, 37, 100, 127, 341, 1009, 1024]) {
    for (const codegen of modes) {
      const spec = { ...base, n, codegen }
      const unit = roots(n)
      const x = input(spec)
      const y = transformed(spec, x)
      assert.ok(Math.abs(norm(y) / norm(x) / Math.sqrt(n) - 1) < 1e-15 * Math.log2(n) + 1e-15, `energy, n = ${n}`)

      const shifted = x.map((_, at) => x[(at + 2 * n - 2) % (2 * n)]!)
      const turned = y.map((value, at) => at % 2 === 0
        ? value * unit[at]! - y[at + 1]! * unit[at + 1]!
        : y[at - 1]! * unit[at]! + value * unit[at - 1]!)
      near(transformed(spec, shifted), turned, n, `shift, n = ${n}`)

      const impulse = new Float64Array(2 * n)
      impulse[2] = 1
      near(transformed(spec, impulse), unit, n, `impulse, n = ${n}`)
    }
  }
})

test('runs along any axis, whatever lies around it', () => {
  const shapes = [[3, 8, 1], [1, 4, 100], [2, 12, 5], [2, 60, 17], [1, 64, 129], [3, 128, 33], [1, 6, 700], [2, 37, 18],
    [1, 97, 50], [1, 360, 35], [4, 1, 7], [2, 257, 3], [1, 2, 2], [1, 31, 300], [2, 62, 70]] as const
  for (const [outer, n, inner] of shapes) {
    for (const codegen of modes) {
      for (const inverse of [false, true]) {
        const spec = { ...base, outer, n, inner, codegen, inverse }
        const x = input(spec)
        const y = transformed(spec, x)
        for (let o = 0; o < outer; o++) {
          for (let c = 0; c < inner; c++) {
            const at = (k: number): number => 2 * ((o * n + (k >> 1)) * inner + c) + (k & 1)
            const line = Float64Array.from({ length: 2 * n }, (_, k) => x[at(k)]!)
            near(Float64Array.from(line, (_, k) => y[at(k)]!), transformed({ ...base, n, codegen, inverse }, line), n,
              `${outer}×${n}×${inner}, codegen ${codegen}, block ${o}, column ${c}`)
          }
        }
      }
    }
  }
})

test('in place gives the same bits', () => {
  for (const n of [1, 2, 3, 8, 12, 31, 37, 60, 101, 256, 1000]) {
    for (const inner of [1, 5, 40]) {
      for (const codegen of modes) {
        const spec = { ...base, outer: 2, n, inner, codegen }
        const x = input(spec)
        const y = transformed(spec, x)
        fftAlong(spec)(x, x)
        exact(x, y, `n = ${n}, inner = ${inner}, codegen ${codegen}`)
      }
    }
  }
})

test('32-bit storage is rounded once, at the end', () => {
  for (const n of [1, 2, 5, 16, 97, 210, 1024]) {
    for (const inner of [1, 9]) {
      for (const codegen of modes) {
        const spec = { ...base, n, inner, codegen }
        const x = Float32Array.from(input(spec))
        const y = new Float32Array(x.length)
        fftAlong({ ...spec, storage: 'float32' })(x, y)
        exact(y, Float32Array.from(transformed(spec, Float64Array.from(x))), `n = ${n}, codegen ${codegen}`)
      }
    }
  }
})

test('leaves nothing behind: what ran before does not matter', () => {
  for (const codegen of modes) {
    const spec = { ...base, n: 74, inner: 20, codegen }
    const x = input(spec)
    const y = transformed(spec, x)
    transformed(spec, x.map(() => Infinity))
    exact(transformed(spec, x), y)
    transformed({ ...base, n: 900, inner: 3, codegen }, input({ ...base, n: 900, inner: 3 }).fill(NaN))
    exact(transformed(spec, x), y)
  }
})

test('of one number is that number, of nothing is nothing', () => {
  for (const codegen of modes) {
    const x = Float64Array.of(1, -2, 3, 4)
    exact(transformed({ ...base, outer: 2, codegen }, x), x)
    for (const empty of [{ n: 0 }, { n: 5, outer: 0 }, { n: 5, inner: 0 }]) {
      exact(transformed({ ...base, ...empty, codegen }, new Float64Array(0)), [])
    }
  }
})

test('refuses sizes and arrays that do not fit', () => {
  throwsError(() => fftAlong({ ...base, n: -1 }), RangeError, /1×-1×1/)
  throwsError(() => fftAlong({ ...base, n: 2.5 }), RangeError, /non-negative integers/)
  const run = fftAlong({ ...base, outer: 2, n: 3 })
  throwsError(() => run(new Float64Array(12), new Float64Array(6)), RangeError, /2×3×1 is stored in 12 .* 12 and 6/)
})

test('never does more than n log n work', () => {
  for (const codegen of modes) {
    for (const n of range(2, 2000)) {
      const work = decompose(n, codegen).reduce((sum, step) => sum + step.radix * rowsOf(step), 0)
      assert.ok(work <= 32 * n * Math.log2(n), `n = ${n}: ${work}`)
    }
  }
})

test('needs no code generation when told so', () => {
  const script = `
    import { fftAlong } from './backends/cpu/fft/index.ts'
    const x = Float64Array.from({ length: 2 * 1009 }, (_, k) => k)
    const spec = { outer: 1, n: 1009, inner: 1, inverse: false, storage: 'float64' }
    fftAlong({ ...spec, codegen: false })(x, x)
    let refused = ''
    try { fftAlong({ ...spec, codegen: true }) } catch (error) { refused = error.name }
    console.log(Math.round(x[0]), refused)`
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const flags = ['--disallow-code-generation-from-strings', '--import', 'tsx', '--input-type=module']
  const output = execFileSync(process.execPath, [...flags, '-e', script], { cwd: root, encoding: 'utf8' })
  assert.is(output.trim(), `${1009 * 1008} EvalError`)
})

test('roots of unity: exact where they can be, symmetric everywhere', () => {
  const unit = roots(24)
  const at = (k: number): readonly number[] => [unit[2 * k]!, unit[2 * k + 1]!]
  exact([at(0), at(6), at(12), at(18)].map(([re, im]) => [re! + 0, im! + 0]), [[1, 0], [0, -1], [-1, 0], [0, 1]])
  exact([at(2)[1]!, at(4)[0]!, at(8)[0]!, at(22)[1]!], [-0.5, 0.5, -0.5, 0.5])
  for (const n of [7, 24, 96, 1009]) {
    const table = roots(n)
    for (let k = 1; k < n; k++) {
      assert.is(table[2 * k], table[2 * (n - k)])
      assert.is(table[2 * k + 1], -table[2 * (n - k) + 1]!)
      assert.ok(Math.abs(Math.hypot(table[2 * k]!, table[2 * k + 1]!) - 1) < 2.3e-16)
    }
  }
})

test('what is planned is kept within a budget, the least recently used going first', () => {
  const made: string[] = []
  const cache = recent<number>(10, (weight) => weight)
  const get = (key: string, weight: number): number => cache(key, () => {
    made.push(key)
    return weight
  })
  get('a', 4)
  get('b', 4)
  get('a', 4)
  get('c', 4)
  get('a', 4)
  assert.equal(made, ['a', 'b', 'c'])
  get('b', 4)
  assert.equal(made, ['a', 'b', 'c', 'b'])
  get('large', 100)
  get('large', 100)
  get('a', 4)
  assert.equal(made, ['a', 'b', 'c', 'b', 'large', 'a'])
})

test.run()
