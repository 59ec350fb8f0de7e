// Steps of a random program: reductions, and the kernels that are not loops.
import { isComplex, isFloat, isReal } from '../../../core/dtype.ts'
import { alongAt, memoryLength, productsAt } from '../../../core/lbfgs.ts'
import type { Primitive } from '../../../core/primitive.ts'
import type { Choices } from './choices.ts'
import type { Draft, Term } from './draft.ts'
import { all, any, complex, largest, lengths, pick, sizeOf, withAt, type Step } from './operands.ts'

const axesOf = (t: Term, c: Choices): readonly number[] => t.info.dims.map((_, k) => k).filter(() => c.maybe())

export const sumStep: Step = (d, c) => {
  const t = any(d, c)
  const axes = axesOf(t, c)
  const n = sizeOf(axes.map((k) => t.info.dims[k]!))
  return d.make('sum', [t], axes, Math.max(1, n) * t.bound, Math.max(1, n) * t.error)
}

export const extremumStep: Step = (d, c) => {
  const t = pick(d, c, (x) => isReal(x.dtype))
  if (t === null) return null
  const name = c.of<Primitive>(['max', 'min', 'argmax', 'argmin', 'sort'])
  const axes = axesOf(t, c).filter((k) => t.info.dims[k]! > 0)
  if (name === 'max' || name === 'min') return d.move(name, [t], axes)
  if (axes.length === 0 || t.error > 0) return null
  if (name !== 'sort') return d.move(name, [t], [axes[0]!], 10, 0)
  const sorted = d.move('sort', [t], [axes[0]!, c.below(2)], t.bound, 0)
  const indices = d.move('pick', [sorted], [1], 10, 0)
  return c.maybe() ? indices : d.move('pick', [sorted], [0], t.bound, 0)
}

export const cumsumStep: Step = (d, c) => {
  const t = pick(d, c, (x) => x.info.rank > 0)
  if (t === null) return null
  const axis = c.below(t.info.rank)
  const n = Math.max(1, t.info.dims[axis]!)
  return d.make('cumsum', [t], [axis, c.below(2)], n * t.bound, n * t.error)
}

export const matmulStep: Step = (d, c) => {
  const t = pick(d, c, (x) => x.info.rank >= 2)
  if (t === null) return null
  const r = t.info.rank
  const swap = Array.from({ length: r }, (_, k) => (k < r - 2 ? k : 2 * r - 3 - k))
  const dims = [...t.info.dims.slice(0, -2), t.info.dims[r - 1]!, c.of(lengths)]
  const own = c.below(3) === 0
  let other = own ? d.move('transpose', [t], swap) : d.input(c.of(all), dims)
  if (own && isComplex(t.dtype)) other = d.move('conj', [other], [], other.bound, other.error)
  const k = Math.max(1, t.info.dims[r - 1]!)
  if (t.info.size * (own ? t.info.dims[r - 2]! : dims.at(-1)!) > 20 * largest) return null
  const error = t.error * other.bound + other.error * t.bound
  return d.make('matmul', [t, other], [], k * t.bound * other.bound, k * error)
}

export const fourierStep: Step = (d, c) => {
  const z = complex(d, c)
  const axes = axesOf(z, c).filter((k) => z.info.dims[k]! > 0)
  if (axes.length === 0) return null
  const n = sizeOf(axes.map((k) => z.info.dims[k]!))
  return d.make('fft', [z], [c.below(2), ...axes], n * z.bound, 2 * n * z.error)
}

export const indexStep: Step = (d, c) => {
  const t = pick(d, c, (x) => x.info.rank > 0)
  if (t === null) return null
  const batch = c.below(t.info.rank)
  const n = t.info.dims[batch]!
  const k = n === 0 ? 0 : c.of(lengths)
  if (sizeOf(withAt(t.info.dims, batch, k)) > largest) return null
  const index = d.input('int32', [...t.info.dims.slice(0, batch), k], { low: -n, high: Math.max(-n, n - 1) })
  if (c.maybe()) return d.move('gather', [t, index], [batch], t.bound, t.error)
  if (t.dtype === 'bool') return null
  const source = d.input(t.dtype, withAt(t.info.dims, batch, k))
  return d.make('scatterAdd', [t, index, source], [batch], t.bound + k * source.bound, t.error + k * source.error)
}

export const randomStep: Step = (d, c) => {
  const key = d.input('int32', [2], { low: -1e9, high: 1e9 })
  return d.move('threefry', [key], [c.of(lengths)], 2 ** 31, 0)
}

export const directionStep: Step = (d, c) => {
  const g = pick(d, c, (t) => t.info.rank === 1 && isReal(t.dtype) && isFloat(t.dtype))
  if (g === null) return null
  const k = c.below(3)
  const memorySize = c.of([2, 3])
  const n = g.info.dims[0]!
  const pairs = Array.from({ length: 2 * k }, () => d.input(g.dtype, [n]))
  // s = g + 3 and y = g + 5 have a positive inner product, so that no decision hangs on rounding.
  const small = d.within(g, 1)
  const [s, y] = [3, 5].map((shift) => d.make('add', [small, d.beside(small, shift)], [], 1 + shift, small.error))
  const memory = k === 0 ? [] : [memoryOf(d, d.make('sub', [small, y!], [], 8, small.error), pairs, memorySize)]
  const growth = 1e3 * (1 + 8 * n) ** (k + 1)
  const found = d.make('lbfgs', [small, s!, y!, ...memory, ...pairs], [k, memorySize, c.below(2)], growth, growth * (small.error + 4 * d.epsilon(g.dtype)))
  return d.move('pick', [found], [0], growth, found.error)
}

/** A memory that could have come about: products of a pair's own vectors are the largest; those with `g0` are what they are. */
const memoryOf = (d: Draft, g0: Term, pairs: readonly Term[], memorySize: number): Term => {
  const { dtype } = g0
  const k = pairs.length / 2
  const numbers = Array.from({ length: alongAt(memorySize, 0) }, () => 0.1)
  for (let j = 0; j < k; j++) {
    numbers[productsAt(j, j)] = 1 + j
    numbers[productsAt(j, j) + 1] = 2 + j
  }
  const vector = (x: Term): Term => d.move('reshape', [x], [1])
  const n = Math.max(1, g0.info.dims[0]!)
  const along = pairs.map((v) => {
    const product = d.make('mul', [v, g0], [], 16, 2 * g0.error)
    return vector(d.make('sum', [product], [0], 16 * n, n * product.error))
  })
  const rest = Array.from({ length: memoryLength(memorySize) - numbers.length - along.length }, () => 0)
  const parts = [...numbers.map((x) => vector(d.constant(x, dtype))), ...along, ...rest.map((x) => vector(d.constant(x, dtype)))]
  return d.make('concat', parts, [0], 16 * n, Math.max(...along.map((x) => x.error)))
}
