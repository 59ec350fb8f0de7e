// The contraction kernels against the definition of a matrix product, for every pairing of operands and layouts.

import { suite } from 'uvu'
import { contraction } from '../../../backends/cpu/kernels/contraction.ts'
import type { Contraction, Operand } from '../../../backends/cpu/kernels/contraction.ts'
import type { Typed } from '../../../backends/cpu/kernels/product.ts'
import { close, exact } from '../../close.ts'

const test = suite('contraction kernels')

/** Deterministic numbers in [-1, 1). */
const numbers = (seed: number) => {
  let state = seed
  return (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  }
}

const filled = (length: number, seed: number, Storage: new (n: number) => Typed = Float64Array): Typed => {
  const next = numbers(seed)
  const scale = Storage === Int32Array || Storage === Uint8Array ? 100 : 1
  return new Storage(length).map(() => scale * next())
}

const at = (o: Operand, x: Typed, batch: readonly number[], i: number, j: number): readonly [number, number] => {
  const e = o.offset + i * o.row + j * o.column + batch.reduce((sum, b, axis) => sum + b * o.batch[axis]!, 0)
  return o.complex ? [x[2 * e]!, (o.conj ? -1 : 1) * x[2 * e + 1]!] : [x[e]!, 0]
}

const indices = (sizes: readonly number[]): readonly (readonly number[])[] =>
  sizes.reduce<readonly (readonly number[])[]>((all, size) =>
    all.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])), [[]])

/** The definition, one complex number at a time. */
const expected = (c: Contraction, a: Typed, b: Typed): Float64Array => {
  const complex = c.a.complex || c.b.complex
  const out: number[] = []
  for (const batch of indices(c.batch)) {
    for (let i = 0; i < c.m; i++) {
      for (let j = 0; j < c.n; j++) {
        let re = 0
        let im = 0
        for (let p = 0; p < c.k; p++) {
          const [ar, ai] = at(c.a, a, batch, i, p)
          const [br, bi] = at(c.b, b, batch, p, j)
          re += ar * br - ai * bi
          im += ar * bi + ai * br
        }
        out.push(re, ...(complex ? [im] : []))
      }
    }
  }
  return Float64Array.from(out)
}

const operand = (row: number, column: number, rest: Partial<Operand> = {}): Operand =>
  ({ complex: false, conj: false, row, column, batch: [], offset: 0, ...rest })

const extent = (o: Operand, sizes: readonly number[], rows: number, columns: number): number =>
  (o.complex ? 2 : 1) * (o.offset + (rows - 1) * o.row + (columns - 1) * o.column
    + sizes.reduce((sum, size, axis) => sum + (size - 1) * o.batch[axis]!, 0) + 1)

interface Storages { readonly a?: new (n: number) => Typed; readonly b?: new (n: number) => Typed }

const check = (c: Contraction, tolerance = 1e-13, storages: Storages = {}): void => {
  const a = filled(extent(c.a, c.batch, c.m, c.k), 1, storages.a)
  const b = filled(extent(c.b, c.batch, c.k, c.n), 2, storages.b)
  const wanted = expected(c, a, b)
  const Out = { float64: Float64Array, float32: Float32Array, int32: Int32Array }[c.kind]
  // What was in the result before must not matter, so it starts as garbage; the second run checks the scratch memory.
  const out = new Out(wanted.length).fill(77)
  const run = contraction(c)
  const text = JSON.stringify(c)
  run(a, b, out)
  close(out, wanted, tolerance, text)
  run(a, b, out.fill(-5))
  close(out, wanted, tolerance, text)
}

const kinds = [[false, false], [false, true], [true, false], [true, true]] as const
const layouts = (m: number, k: number): readonly (readonly [number, number])[] =>
  [[k, 1], [1, m], [2 * k + 3, 2], [3, 3 * m + 1]]

test('every pairing of kinds, conjugations and layouts, in every size class', () => {
  const sizes = [
    [1, 1, 1], [3, 2, 4], [1, 7, 1], [1, 1300, 1], [9, 1, 5], [1, 1, 6], [21, 40, 1], [1, 40, 21], [19, 33, 2],
    [2, 33, 19], [3, 70, 3], [5, 60, 7], [13, 17, 11], [4, 4, 64],
  ] as const
  for (const [m, k, n] of sizes) {
    for (const [complexA, complexB] of kinds) {
      layouts(m, k).forEach(([aRow, aColumn], i) => {
        const [bRow, bColumn] = layouts(k, n)[(i * 3 + m) % 4]!
        for (const conj of complexA || complexB ? [0, 1, 2, 3] : [0]) {
          check({
            batch: [], m, k, n, kind: 'float64',
            a: operand(aRow, aColumn, { complex: complexA, conj: (conj & 1) > 0, offset: 3 }),
            b: operand(bRow, bColumn, { complex: complexB, conj: (conj & 2) > 0, offset: 1 }),
          })
        }
      })
    }
  }
})

test('sizes across every block boundary', () => {
  const sizes = [
    [130, 5, 9], [5, 257, 6], [4, 6, 515], [131, 258, 13], [521, 9, 1], [9, 1030, 1], [600, 515, 1],
  ] as const
  for (const [m, k, n] of sizes) {
    for (const complex of [false, true]) {
      const rows: Contraction = {
        batch: [], m, k, n, kind: 'float64',
        a: operand(k, 1, { complex, conj: complex }), b: operand(n, 1, { complex }),
      }
      check(rows, 1e-12)
      check({ ...rows, a: operand(1, m, { complex, conj: complex }), b: operand(1, k, { complex }) }, 1e-12)
    }
  }
})

test('operands that repeat along an axis', () => {
  for (const [m, k, n] of [[6, 7, 8], [40, 9, 1], [1, 9, 40], [1, 9, 1]] as const) {
    check({ batch: [], m, k, n, kind: 'float64', a: operand(0, 1), b: operand(n, 1) })
    check({ batch: [], m, k, n, kind: 'float64', a: operand(k, 1), b: operand(0, 0, { complex: true }) })
    const complex = { complex: true }
    check({ batch: [], m, k, n, kind: 'float64', a: operand(0, 0, complex), b: operand(1, 0, complex) })
  }
})

test('batches: dense, broadcast on either side, transposed, folded into the rows or columns', () => {
  const variants: readonly (readonly [readonly number[], readonly number[], readonly number[]])[] = [
    [[3], [12], [20]], [[3], [0], [20]], [[3], [12], [0]], [[2, 3], [36, 12], [0, 20]], [[2, 3], [12, 24], [60, 0]],
    [[3, 1], [12, 0], [0, 0]], [[2, 3], [36, 12], [0, 0]], [[2, 2, 2], [0, 12, 0], [40, 0, 20]],
  ]
  for (const [batch, batchA, batchB] of variants) {
    for (const [complexA, complexB] of kinds) {
      const a = operand(4, 1, { complex: complexA, batch: batchA, conj: complexA })
      const b = operand(5, 1, { complex: complexB, batch: batchB, offset: 2 })
      check({ batch, m: 3, k: 4, n: 5, kind: 'float64', a, b })
      check({ batch, m: 1, k: 4, n: 5, kind: 'float64', a, b })
      check({ batch, m: 1, k: 4, n: 1, kind: 'float64', a, b: { ...b, row: 1 } })
      check({ batch, m: 3, k: 4, n: 1, kind: 'float64', a: { ...a, row: 1, column: 3 }, b })
    }
  }
  const rows = { batch: [70], m: 1, k: 30, n: 1, kind: 'float64' } as const
  check({ ...rows, a: operand(0, 1, { batch: [30] }), b: operand(1, 0, { batch: [0] }) })
  check({ ...rows, a: operand(0, 1, { batch: [0] }), b: operand(1, 0, { batch: [30] }) })
})

test('mixed storages are computed in double and rounded once per block', () => {
  for (const [m, k, n] of [[3, 3, 3], [40, 50, 1], [9, 50, 9], [1, 50, 1], [9, 1, 9]] as const) {
    for (const [complexA, complexB] of kinds) {
      const c: Contraction = {
        batch: [], m, k, n, kind: 'float32',
        a: operand(k, 1, { complex: complexA }), b: operand(n, 1, { complex: complexB, conj: true }),
      }
      check(c, 6e-8, { a: Float32Array, b: Float32Array })
      check({ ...c, kind: 'float64' }, 1e-14, { a: Float32Array, b: Float64Array })
      check({ ...c, kind: 'float64' }, 1e-14, { a: Float64Array, b: Float32Array })
      check({ ...c, kind: 'float64' }, 1e-14, { a: Uint8Array, b: Int32Array })
    }
  }
})

test('int32 products wrap modulo 2^32', () => {
  const c: Contraction = {
    batch: [2], m: 2, k: 2, n: 2, kind: 'int32', a: operand(2, 1, { batch: [4] }), b: operand(2, 1, { batch: [0] }),
  }
  const a = Int32Array.of(2147483647, 2, -2147483648, 3, 65537, 65537, 1, -1)
  const b = Int32Array.of(2147483647, 5, 65539, -7)
  const out = new Int32Array(8).fill(9)
  contraction(c)(a, b, out)
  const wrapped = (batch: number, i: number, j: number): number => Number(BigInt.asIntN(32, [0, 1].reduce((sum, p) =>
    sum + BigInt(a[4 * batch + 2 * i + p]!) * BigInt(b[2 * p + j]!), 0n)))
  exact(out, indices([2, 2, 2]).map(([batch, i, j]) => wrapped(batch!, i!, j!)))
  check({ ...c, m: 5, k: 4, n: 3, batch: [], a: operand(1, 5), b: operand(3, 1) }, 0, { a: Int32Array, b: Uint8Array })
})

test('empty products do nothing, empty sums are zero', () => {
  const c: Contraction = {
    batch: [2], m: 2, k: 0, n: 3, kind: 'float64', a: operand(0, 1, { batch: [0] }), b: operand(3, 1, { batch: [0] }),
  }
  const out = new Float64Array(13).fill(4)
  contraction(c)(new Float64Array(0), new Float64Array(0), out)
  exact(out, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4])
  const complex = new Float64Array(25).fill(4)
  contraction({ ...c, b: { ...c.b, complex: true } })(new Float64Array(0), new Float64Array(0), complex)
  exact(complex, [...new Float64Array(24), 4])
  const untouched = Float64Array.of(4)
  for (const empty of [{ m: 0 }, { n: 0 }, { batch: [0] }, { k: 0, batch: [0] }]) {
    contraction({ ...c, k: 2, ...empty })(new Float64Array(9), new Float64Array(9), untouched)
  }
  exact(untouched, [4])
})

test('a real operand has no imaginary part: infinities stay where they are', () => {
  const out = new Float64Array(2)
  contraction({ batch: [], m: 1, k: 2, n: 1, kind: 'float64', a: operand(2, 1), b: operand(1, 1, { complex: true }) })(
    Float64Array.of(Infinity, 1), Float64Array.of(1, 2, 3, 4), out)
  exact(out, [Infinity, Infinity])
})

test('long sums are accurate: ten million tenths', () => {
  const n = 1e7
  const a = new Float32Array(n).fill(0.1)
  const out = new Float64Array(1)
  const run = contraction({ batch: [], m: 1, k: n, n: 1, kind: 'float64', a: operand(n, 1), b: operand(0, 0) })
  run(a, Float64Array.of(1), out)
  const wanted = Math.fround(0.1) * n
  close(out[0]! / wanted, 1, 1e-15)
})

test.run()
