// Square matrix products, jitted, against triple loops or against our own product of another size.
import { jit, wrap, type DType, type Tensor } from '../index.ts'
import { agree, numbers } from './byHand.ts'
import { paired, type Row } from './row.ts'

const realByHand = (n: number, a: Float64Array, b: Float64Array): Float64Array => {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += a[i * n + k]! * b[k * n + j]!
      out[i * n + j] = sum
    }
  }
  return out
}

const complexByHand = (n: number, a: Float64Array, b: Float64Array): Float64Array => {
  const out = new Float64Array(2 * n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let re = 0
      let im = 0
      for (let k = 0; k < n; k++) {
        const p = 2 * (i * n + k)
        const q = 2 * (k * n + j)
        re += a[p]! * b[q]! - a[p + 1]! * b[q + 1]!
        im += a[p]! * b[q + 1]! + a[p + 1]! * b[q]!
      }
      out[2 * (i * n + j)] = re
      out[2 * (i * n + j) + 1] = im
    }
  }
  return out
}

type Matrix = Tensor<'float64' | 'complex128', [number, number]>
const multiply = () => jit((a: Matrix, b: Matrix) => a.matmul(b))
const matrix = (data: Float64Array, n: number, dtype: Extract<DType, 'float64' | 'complex128'>): Matrix => wrap(data, [n, n], dtype)
const timing = { rounds: 8, seconds: 0.5 }

export const matmulRow = (n: number, dtype: 'float64' | 'complex128', bar: number): Row => {
  const run = multiply()
  const [width, byHand] = dtype === 'float64' ? [1, realByHand] as const : [2, complexByHand] as const
  return paired({
    name: `matmul ${n} ${dtype} against triple loops`,
    bar,
    ...timing,
    inputs: () => [1, 2, 3].map((seed) => {
      const [a, b] = [numbers(width * n * n, seed), numbers(width * n * n, seed + 10)]
      return { a, b, A: matrix(a, n, dtype), B: matrix(b, n, dtype) }
    }),
    ours: ({ A, B }) => run(A, B),
    against: ({ a, b }) => byHand(n, a, b),
    check: (ours, hand) => agree(ours.view(), hand),
  })
}

export const matmulSizeRow = (n: number, other: number, bar: number): Row => {
  const [run, runOther] = [multiply(), multiply()]
  const random = (size: number, seed: number): Matrix => matrix(numbers(size * size, seed), size, 'float64')
  return paired({
    name: `matmul ${n} float64 against our own ${other}`,
    bar,
    ...timing,
    inputs: () => [1, 2, 3].map((seed) => ({ A: random(n, seed), B: random(n, seed + 10), C: random(other, seed), D: random(other, seed + 10) })),
    ours: ({ A, B }) => run(A, B),
    against: ({ C, D }) => runOther(C, D),
  })
}
