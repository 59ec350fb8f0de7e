// Random numbers as pure functions of a key. The words come from the counter-based generator Threefry-2x32 (Salmon et
// al., "Parallel random numbers: as easy as 1, 2, 3", 2011): the same key gives the same numbers on every backend.
import { isComplex, isFloat, realOf } from './dtype.ts'
import type { DType } from './dtype.ts'
import { DTypeError, OptionError } from './errors.ts'
import { constant, make } from './make.ts'
import { leaf, Node } from './node.ts'
import { cast } from './operations/cast.ts'
import { less, where } from './operations/comparison.ts'
import { add, cos, floor, log1p, minimum, mul, neg, sin, sqrt, sub } from './operations/elementwise.ts'
import { concat, narrow, reshape } from './operations/movement.ts'
import { options as checked } from './operations/options.ts'
import { shape } from './shape.ts'

/** A key from a seed: any integer up to 2⁵³ in size. */
export const key = (seed: number): Node => {
  if (!Number.isSafeInteger(seed)) throw new OptionError(`random.key: a seed is an integer below 2⁵³, not ${seed}`)
  return leaf(Int32Array.of(Math.floor(seed / 2 ** 32), seed | 0), 'int32', shape([2]))
}

const words = (op: string, from: Node, count: number): Node => {
  const isKey = from instanceof Node && from.dtype === 'int32' && from.info === shape([2])
  if (isKey) return make('threefry', [from], [count])
  throw new DTypeError(`${op}: the first argument is a key, made by random.key(seed) or random.split(key)`)
}

/** Independent keys; the one that was split is used up. */
export const split = (from: Node, count = 2): readonly Node[] => {
  if (!Number.isInteger(count) || count < 0) {
    throw new OptionError(`random.split: count must be an integer ≥ 0, not ${count}`)
  }
  const all = words('random.split', from, 2 * count)
  return Array.from({ length: count }, (_, k) => narrow(all, 0, 2 * k, 2))
}

/** The upper `bits` of each word as an integer. */
const top = (word: Node, bits: number): Node => {
  const unsigned = add(cast(word, 'float64'), constant(2 ** 31, 'float64'))
  return floor(mul(unsigned, constant(2 ** (bits - 32), 'float64')))
}

/** The number next below `x` in that precision. */
const below = (x: number, dtype: DType): number => {
  const data = dtype === 'float32' ? Float32Array.of(x) : Float64Array.of(x)
  const bits = dtype === 'float32' ? new Int32Array(data.buffer) : new BigInt64Array(data.buffer)
  if (data[0] === 0) return dtype === 'float32' ? -(2 ** -149) : -Number.MIN_VALUE
  const step = x > 0 ? -1 : 1
  if (bits instanceof BigInt64Array) bits[0]! += BigInt(step)
  else bits[0]! += step
  return data[0]!
}

/** Keeps numbers below `high` on backends that compute in 32 bits: there, rounding may reach it. */
const under = (x: Node, high: number, low: number): Node => where(less(x, high), x, Math.max(low, below(high, 'float32')))

/** n numbers in [0, 1), multiples of 2⁻⁵³, from two words each. */
const fine = (op: string, from: Node, n: number): Node => {
  const all = words(op, from, 2 * n)
  const high = mul(top(narrow(all, 0, 0, n), 26), constant(2 ** -26, 'float64'))
  return under(add(high, mul(top(narrow(all, 0, n, n), 27), constant(2 ** -53, 'float64'))), 1, 0)
}

/**
 * n numbers in [0, 1), multiples of 2⁻²⁴, which float32 holds exactly. So it does whatever they are made of here: the last
 * byte of a word is taken away as an integer.
 */
const coarse = (op: string, from: Node, n: number): Node => {
  const word = words(op, from, n)
  const last = cast(mul(cast(mul(word, 2 ** 24), 'float64'), constant(2 ** -24, 'float64')), 'int32')
  const rest = sub(word, where(less(last, 0), add(last, 256), last))
  return mul(add(cast(rest, 'float64'), constant(2 ** 31, 'float64')), constant(2 ** -32, 'float64'))
}

export interface Uniform { readonly low?: number; readonly high?: number; readonly dtype?: 'float32' | 'float64' }

/** Uniform in [low, high). */
export const uniform = (from: Node, dims: readonly number[], options: Uniform = {}): Node => {
  const { low = 0, high = 1, dtype = 'float64' } = checked('random.uniform', options, ['low', 'high', 'dtype'])
  if (dtype !== 'float32' && dtype !== 'float64') {
    throw new DTypeError(`random.uniform: dtype is float32 or float64, not ${String(dtype)}`)
  }
  if (!(low < high && Number.isFinite(high - low))) {
    throw new OptionError(`random.uniform: low ${low} must be less than high ${high}, and their difference finite`)
  }
  const info = shape(dims)
  const unit = (dtype === 'float32' ? coarse : fine)('random.uniform', from, info.size)
  if (low === 0 && high === 1) return reshape(cast(unit, dtype), dims)
  const stretched = cast(add(mul(unit, high - low), low), dtype)
  return reshape(under(minimum(stretched, below(high, dtype)), high, low), dims) // rounding may reach `high`
}

/** Box and Muller's pairs: a radius √(−scale·log u), with u in (0, 1] so that it is finite, and an angle. */
const pairs = (from: Node, n: number, scale: number): readonly [Node, Node] => {
  const u = fine('random.normal', from, 2 * n)
  const radius = sqrt(mul(log1p(neg(narrow(u, 0, 0, n))), constant(-scale, 'float64')))
  const angle = mul(narrow(u, 0, n, n), constant(2 * Math.PI, 'float64'))
  return [mul(radius, cos(angle)), mul(radius, sin(angle))]
}

/** Standard normal; complex ones have E|z|² = 1, so each part has variance ½. */
export const normal = (from: Node, dims: readonly number[], dtype: DType = 'float64'): Node => {
  if (!isFloat(dtype)) throw new DTypeError(`random.normal: dtype is a floating point type, not ${String(dtype)}`)
  const info = shape(dims)
  if (isComplex(dtype)) {
    const parts = pairs(from, info.size, 1).map((part) => cast(part, realOf(dtype)))
    return reshape(make('complex', parts), dims)
  }
  const both = concat(pairs(from, Math.ceil(info.size / 2), 2))
  return reshape(cast(narrow(both, 0, 0, info.size), dtype), dims)
}
