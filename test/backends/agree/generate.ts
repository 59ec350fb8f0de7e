// Random programs out of all primitives. A program is read off a list of numbers, each step choosing what to do and on
// what, so that whatever fast-check leaves of the list is a program too. Values stay moderate and away from cuts and
// poles, and what jumps is applied only where both backends hold the same bits; so rounding explains little.
import { code, complexOf, isComplex, isFloat, isReal, realOf, type DType } from '../../../core/dtype.ts'
import type { Primitive, Aval } from '../../../core/primitive.ts'
import { Draft, type Term } from './draft.ts'

/** Decisions, one after the other; when they run out, the first choice, and no further step. */
export class Choices {
  readonly #numbers: readonly number[]
  #next = 0
  constructor(numbers: readonly number[]) { this.#numbers = numbers }
  below(n: number): number { return n <= 1 ? 0 : (this.#numbers[this.#next++] ?? 0) % n }
  of<A>(list: readonly A[]): A { return list[this.below(list.length)]! }
  between(low: number, high: number): number { return low + this.below(high - low + 1) }
  get isSpent(): boolean { return this.#next >= this.#numbers.length }
  maybe(): boolean { return this.below(2) === 1 }
}

const floats: readonly DType[] = ['float64', 'complex128', 'float32', 'complex64']
const all: readonly DType[] = [...floats, 'int32', 'bool']
const lengths = [2, 3, 1, 4, 0, 5, 7] as const
const largest = 700

const sizeOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)
const withAt = (list: readonly number[], k: number, value: number): readonly number[] => list.map((x, j) => (j === k ? value : x))

type Step = (d: Draft, c: Choices) => Term | null

// --- operands ------------------------------------------------------------------------------------------------------

const someShape = (c: Choices): readonly number[] => {
  const dims = Array.from({ length: c.below(5) }, () => c.of(lengths))
  return sizeOf(dims) <= largest ? dims : dims.slice(0, 3)
}

const pick = (d: Draft, c: Choices, accepts: (t: Term) => boolean = () => true): Term | null => {
  const fit = d.terms.filter((t) => t.outputs === null && accepts(t))
  if (fit.length === 0) return null
  return fit[fit.length - 1 - c.below(c.maybe() ? fit.length : Math.min(3, fit.length))]! // late ones, so that programs are deep
}

/** A float; others are cast. */
const float = (d: Draft, c: Choices): Term => {
  const t = pick(d, c) ?? d.input(c.of(floats), someShape(c))
  return isFloat(t.dtype) ? t : d.make('cast', [t], [code('float64')], t.bound, 0, true)
}

const real = (d: Draft, c: Choices): Term => {
  const t = float(d, c)
  return isReal(t.dtype) ? t : d.make(c.of(['real', 'imag', 'abs']), [t])
}

const complex = (d: Draft, c: Choices): Term => {
  const t = float(d, c)
  return isComplex(t.dtype) ? t : d.make('cast', [t], [code(complexOf(t.dtype))], t.bound, t.error, true)
}

/** A partner of the same shape: one that is there, one broadcast, or a new input. */
const partner = (d: Draft, c: Choices, t: Term, accepts: (dtype: DType) => boolean): Term => {
  const dims = t.info.dims
  const fits = (p: Term): boolean => accepts(p.dtype) && p.info.rank <= dims.length
    && p.info.dims.every((n, k) => n === 1 || n === dims[dims.length - p.info.rank + k])
  const p = (c.below(4) === 3 ? null : pick(d, c, fits)) ?? d.input(c.of(all.filter(accepts)), dims)
  return p.info === t.info ? p : d.make('expand', [p], dims, p.bound, p.error, true)
}

/** Scaled to modulus ≤ 1, plus 2: no cut, pole or zero is near. */
const shifted = (d: Draft, t: Term): Term => {
  const small = d.within(t, 1)
  return d.make('add', [small, d.beside(small, 2)], [], 3, small.error)
}

// --- elementwise ---------------------------------------------------------------------------------------------------

/** Functions of a real or complex number: moduli up to which they are used, and their greatest slope and value there. */
const smooth: readonly (readonly [Primitive, limit: number, slope: number, bound: number])[] = [
  ['exp', 1, 2.8, 2.8], ['sin', 1, 1.6, 1.2], ['cos', 1, 1.2, 1.6], ['sinh', 1, 1.6, 1.2], ['cosh', 1, 1.2, 1.6], ['expm1', 1, 2.8, 1.8],
  ['tanh', 1, 3.5, 1.6], ['tan', 1, 3.5, 1.6], ['asin', 0.5, 1.2, 0.6], ['acos', 0.5, 1.2, 2.2], ['atan', 0.5, 1.4, 0.6],
  ['asinh', 0.5, 1.2, 0.6], ['atanh', 0.5, 1.4, 0.6], ['log1p', 0.5, 2, 0.8], ['sigmoid', 1, 1, 2], ['softplus', 1, 1, 2],
]
const smoothStep: Step = (d, c) => {
  const [name, limit, slope, bound] = c.of(smooth)
  const t = d.within(float(d, c), limit)
  return d.make(name, [t], [], bound, slope * t.error)
}

/** Functions with a cut or a pole, on numbers around 2. */
const cutStep: Step = (d, c) => {
  const name = c.of<Primitive>(['log', 'log2', 'log10', 'sqrt', 'phase', 'angle', 'acosh'])
  const t = shifted(d, name === 'phase' ? complex(d, c) : name === 'acosh' ? real(d, c) : float(d, c))
  if (name === 'acosh') {
    const above = d.make('add', [t, d.beside(t, 1)], [], 4, t.error)
    return d.make('acosh', [above], [], 2.1, above.error)
  }
  return d.make(name, [t], [], 3, 2 * t.error)
}

const realStep: Step = (d, c) => {
  const name = c.of<Primitive>(['erf', 'lgamma', 'polygamma'])
  const t = shifted(d, real(d, c))
  return name === 'erf' ? d.make(name, [t], [], 1, 1.2 * t.error) : d.make(name, [t], name === 'polygamma' ? [c.below(4)] : [], 12, 20 * t.error)
}

const partsStep: Step = (d, c) => {
  const t = pick(d, c) ?? d.input(c.of(floats), someShape(c))
  switch (c.below(5)) {
    case 0: return d.make('neg', [t], [], t.bound, t.error, true)
    case 1: return isComplex(t.dtype) ? d.make('conj', [t], [], t.bound, t.error, true) : d.make('abs', [t], [], t.bound, t.error, true)
    case 2: return d.make('abs', [t])
    case 3: return d.make('abs2', [t], [], t.bound ** 2, 2 * t.bound * t.error)
    default: return d.make(c.of(['real', 'imag']), [complex(d, c)])
  }
}

const powerStep: Step = (d, c) => {
  const n = c.between(-3, 5)
  const t = pick(d, c) ?? d.input('float64', someShape(c))
  if (!isFloat(t.dtype)) return n < 0 ? null : d.make('ipow', [t], [n], 2 ** 31)
  const x = n < 0 ? shifted(d, t) : d.within(t, 3)
  return d.make('ipow', [x], [n], n < 0 ? 1 : 3 ** n, (Math.abs(n) * (n < 0 ? 1 : 3 ** n) + 1) * x.error)
}

const arithmeticStep: Step = (d, c) => {
  const a = pick(d, c) ?? d.input(c.of(all), someShape(c))
  const b = partner(d, c, a, () => true)
  switch (c.below(5)) {
    case 0: return d.make('add', [a, b], [], a.bound + b.bound, a.error + b.error)
    case 1: return d.make('sub', [a, b], [], a.bound + b.bound, a.error + b.error)
    case 2: return d.make('mul', [a, b], [], a.bound * b.bound, a.error * b.bound + b.error * a.bound)
    case 3: {
      const q = shifted(d, isFloat(b.dtype) ? b : d.make('cast', [b], [code('float64')], b.bound, 0, true))
      return d.make('div', [a, q], [], a.bound, a.error + a.bound * q.error)
    }
    default: {
      const base = shifted(d, isFloat(a.dtype) ? a : d.make('cast', [a], [code('float64')], a.bound, 0, true))
      const exponent = d.within(b, 2)
      return d.make('pow', [base, exponent], [], 30, 60 * (base.error + exponent.error))
    }
  }
}

const pairStep: Step = (d, c) => {
  const a = real(d, c)
  const b = partner(d, c, a, (t) => isReal(t) && isFloat(t))
  switch (c.below(4)) {
    case 0: return d.make('maximum', [a, b], [], Math.max(a.bound, b.bound), a.error + b.error, true)
    case 1: return d.make('minimum', [a, b], [], Math.max(a.bound, b.bound), a.error + b.error, true)
    case 2: return d.make('complex', [a, b], [], a.bound + b.bound, a.error + b.error, true)
    default: {
      const x = shifted(d, b)
      return d.make('atan2', [a, x], [], 1.6, a.error + x.error)
    }
  }
}

/** What jumps: only where no rounding came before. */
const jumpStep: Step = (d, c) => {
  const a = pick(d, c, (t) => t.error === 0)
  if (a === null) return null
  const known = partner(d, c, a, () => true)
  const b = known.error === 0 ? known : a
  if (isComplex(a.dtype) || isComplex(b.dtype)) return d.make(c.of(['equal', 'notEqual']), [a, b], [], 1, 0, true)
  switch (c.below(3)) {
    case 0: return d.make(c.of(['sign', 'floor', 'ceil', 'round']), [a], [], a.bound + 1, 0, true)
    case 1: return d.make(c.of(['isNaN', 'isFinite']), [a], [], 1, 0, true)
    default: return d.make(c.of(['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual']), [a, b], [], 1, 0, true)
  }
}

const logicStep: Step = (d, c) => {
  const a = pick(d, c, (t) => t.dtype === 'bool') ?? d.input('bool', someShape(c))
  if (c.below(4) === 0) return d.make('not', [a])
  return d.make(c.of(['and', 'or', 'xor']), [a, partner(d, c, a, (t) => t === 'bool')])
}

const whereStep: Step = (d, c) => {
  const a = pick(d, c) ?? d.input(c.of(all), someShape(c))
  const b = partner(d, c, a, () => true)
  const test = partner(d, c, a, (t) => t === 'bool')
  return d.make('where', [test, a, b], [], Math.max(a.bound, b.bound), Math.max(a.error, b.error))
}

const castStep: Step = (d, c) => {
  const t = pick(d, c) ?? d.input(c.of(all), someShape(c))
  const to = c.of(all)
  if (isComplex(t.dtype) && isReal(to)) return null
  if (!isFloat(to) && t.error > 0) return null
  return d.make('cast', [t], [code(to)], t.bound, t.error)
}

// --- movement ------------------------------------------------------------------------------------------------------

const moved = (d: Draft, name: Primitive, t: Term, attrs: readonly number[]): Term => d.make(name, [t], attrs, t.bound, t.error, true)
const any = (d: Draft, c: Choices): Term => pick(d, c) ?? d.input(c.of(all), someShape(c))

const reshapeStep: Step = (d, c) => {
  const t = any(d, c)
  let rest = t.info.size
  const dims: number[] = []
  while (dims.length < 3 && rest > 1) {
    const divisors = Array.from({ length: rest }, (_, k) => k + 1).filter((n) => rest % n === 0)
    const n = c.of(divisors)
    dims.push(n)
    rest /= n
  }
  return moved(d, 'reshape', t, [...dims, rest])
}

const transposeStep: Step = (d, c) => {
  const t = any(d, c)
  const left = t.info.dims.map((_, k) => k)
  const order: number[] = []
  while (left.length > 0) order.push(...left.splice(left.length - 1 - c.below(left.length), 1))
  return moved(d, 'transpose', t, order)
}

const expandStep: Step = (d, c) => {
  const t = any(d, c)
  const dims = t.info.dims.map((n) => (n === 1 && c.maybe() ? c.of(lengths) : n))
  const full = t.info.rank < 4 && c.maybe() ? [c.of(lengths), ...dims] : dims
  return sizeOf(full) > largest ? null : moved(d, 'expand', t, full)
}

const sliceStep: Step = (d, c) => {
  const t = any(d, c)
  const steps = t.info.dims.map(() => c.between(1, 3))
  const starts = t.info.dims.map((n) => c.below(n + 1))
  const counts = t.info.dims.map((n, k) => Math.max(0, Math.ceil((n - starts[k]!) / steps[k]!) - c.below(2)))
  return moved(d, 'slice', t, [...starts, ...counts, ...steps])
}

const padStep: Step = (d, c) => {
  const t = any(d, c)
  const some = (n: number): readonly number[] => t.info.dims.map(() => Math.max(0, c.below(n + 2) - 1))
  const [low, high, inside] = [some(2), some(2), c.maybe() ? some(2) : t.info.dims.map(() => 0)]
  const size = sizeOf(t.info.dims.map((n, k) => low[k]! + n + Math.max(0, n - 1) * inside[k]! + high[k]!))
  return size > largest ? null : moved(d, 'pad', t, [...low, ...high, ...inside])
}

const flipStep: Step = (d, c) => {
  const t = any(d, c)
  return moved(d, 'flip', t, t.info.dims.map((_, k) => k).filter(() => c.maybe()))
}

const concatStep: Step = (d, c) => {
  const t = pick(d, c, (x) => x.info.rank > 0)
  if (t === null) return null
  const axis = c.below(t.info.rank)
  const fits = (x: Term): boolean => x.dtype === t.dtype && x.info.rank === t.info.rank && x.info.dims.every((n, k) => k === axis || n === t.info.dims[k])
  const parts = [t, ...Array.from({ length: c.between(0, 5) }, () => pick(d, c, fits) ?? t)]
  if (sizeOf(t.info.dims) * parts.length > 2 * largest) return null
  return d.make('concat', parts, [axis], Math.max(...parts.map((x) => x.bound)), Math.max(...parts.map((x) => x.error)), true)
}

const storageStep: Step = (d, c) => {
  const z = pick(d, c, (t) => isComplex(t.dtype))
  const x = pick(d, c, (t) => isFloat(t.dtype) && isReal(t.dtype) && t.info.dims.at(-1) === 2)
  if (x !== null && (z === null || c.maybe())) return d.make('complexView', [x], [], 2 * x.bound, 2 * x.error, true)
  return z === null ? null : moved(d, 'realView', z, [])
}

const countStep: Step = (d, c) => {
  const n = c.of(lengths)
  return d.make('iota', [], [code(c.of<DType>(['float64', 'int32', 'float32', 'complex128'])), n], n, 0, true)
}

// --- kernels -------------------------------------------------------------------------------------------------------

const axesOf = (t: Term, c: Choices): readonly number[] => t.info.dims.map((_, k) => k).filter(() => c.maybe())

const sumStep: Step = (d, c) => {
  const t = any(d, c)
  const axes = axesOf(t, c)
  const n = sizeOf(axes.map((k) => t.info.dims[k]!))
  return d.make('sum', [t], axes, Math.max(1, n) * t.bound, Math.max(1, n) * t.error)
}

const extremumStep: Step = (d, c) => {
  const t = pick(d, c, (x) => isReal(x.dtype))
  if (t === null) return null
  const name = c.of<Primitive>(['max', 'min', 'argmax', 'argmin', 'sort'])
  const axes = axesOf(t, c).filter((k) => t.info.dims[k]! > 0)
  if (name === 'max' || name === 'min') return moved(d, name, t, axes)
  if (axes.length === 0 || t.error > 0) return null
  if (name !== 'sort') return d.make(name, [t], [axes[0]!], 10, 0, true)
  const sorted = d.make('sort', [t], [axes[0]!, c.below(2)], t.bound, 0, true)
  const indices = d.make('pick', [sorted], [1], 10, 0, true)
  return c.maybe() ? indices : d.make('pick', [sorted], [0], t.bound, 0, true)
}

const cumsumStep: Step = (d, c) => {
  const t = pick(d, c, (x) => x.info.rank > 0)
  if (t === null) return null
  const axis = c.below(t.info.rank)
  const n = Math.max(1, t.info.dims[axis]!)
  return d.make('cumsum', [t], [axis, c.below(2)], n * t.bound, n * t.error + n * t.bound * (t.dtype.endsWith('64') ? 0 : 1e-14))
}

const matmulStep: Step = (d, c) => {
  const t = pick(d, c, (x) => x.info.rank >= 2)
  if (t === null) return null
  const r = t.info.rank
  const swap = Array.from({ length: r }, (_, k) => (k < r - 2 ? k : 2 * r - 3 - k))
  const dims = [...t.info.dims.slice(0, -2), t.info.dims[r - 1]!, c.of(lengths)]
  const own = c.below(3) === 0
  let other = own ? moved(d, 'transpose', t, swap) : d.input(c.of(all), dims)
  if (own && isComplex(t.dtype)) other = d.make('conj', [other], [], other.bound, other.error, true)
  const k = Math.max(1, t.info.dims[r - 1]!)
  if (t.info.size * (own ? t.info.dims[r - 2]! : dims.at(-1)!) > 20 * largest) return null
  return d.make('matmul', [t, other], [], k * t.bound * other.bound, k * (t.error * other.bound + other.error * t.bound))
}

const fourierStep: Step = (d, c) => {
  const z = complex(d, c)
  const axes = axesOf(z, c).filter((k) => z.info.dims[k]! > 0)
  if (axes.length === 0) return null
  const n = sizeOf(axes.map((k) => z.info.dims[k]!))
  return d.make('fft', [z], [c.below(2), ...axes], n * z.bound, 2 * n * z.error)
}

const indexStep: Step = (d, c) => {
  const t = pick(d, c, (x) => x.info.rank > 0)
  if (t === null) return null
  const batch = c.below(t.info.rank)
  const n = t.info.dims[batch]!
  const k = n === 0 ? 0 : c.of(lengths)
  if (sizeOf(withAt(t.info.dims, batch, k)) > largest) return null
  const index = d.input('int32', [...t.info.dims.slice(0, batch), k], { low: -n, high: Math.max(-n, n - 1) })
  if (c.maybe()) return d.make('gather', [t, index], [batch], t.bound, t.error, true)
  if (t.dtype === 'bool') return null
  const source = d.input(t.dtype, withAt(t.info.dims, batch, k))
  return d.make('scatterAdd', [t, index, source], [batch], t.bound + k * source.bound, t.error + k * source.error)
}

const randomStep: Step = (d, c) => {
  const key = d.input('int32', [2], { low: -1e9, high: 1e9 })
  return d.make('threefry', [key], [c.of(lengths)], 2 ** 31, 0, true)
}

const directionStep: Step = (d, c) => {
  const g = pick(d, c, (t) => t.info.rank === 1 && isReal(t.dtype) && isFloat(t.dtype))
  if (g === null) return null
  const k = c.below(3)
  const [small, n] = [d.within(g, 2), g.info.dims[0]!]
  const pairs = Array.from({ length: 2 * k }, () => d.input(g.dtype, [n]))
  const growth = (1 + 8 * n) ** k
  return d.make('twoLoop', [small, d.input(realOf(g.dtype), [k + 1]), ...pairs], [k], 4 * growth, growth * small.error)
}

const steps: readonly Step[] = [
  smoothStep, arithmeticStep, smoothStep, arithmeticStep, partsStep, cutStep, realStep, powerStep, pairStep, jumpStep, logicStep, whereStep, castStep,
  reshapeStep, transposeStep, expandStep, sliceStep, padStep, flipStep, concatStep, storageStep, countStep,
  sumStep, sumStep, extremumStep, cumsumStep, matmulStep, fourierStep, indexStep, randomStep, directionStep,
]

/** A program of `count` steps (those that find nothing to act on are left out), and its outputs. */
export const generate = (c: Choices, count: number): { readonly draft: Draft; readonly outputs: readonly Term[] } => {
  const draft = new Draft()
  draft.input(c.of(floats), someShape(c))
  for (let k = 0; k < count && !c.isSpent; k++) {
    const t = c.of(steps)(draft, c)
    if (t !== null && t.bound > 50 && isFloat(t.dtype)) draft.within(t, 3)
  }
  const used = new Set(draft.equations.flatMap((e) => e.args))
  const single = draft.terms.filter((t) => t.outputs === null)
  const ends = single.filter((t) => !used.has(t.at) && draft.equations[t.at]!.primitive !== 'input')
  const outputs = [...ends, c.of(single), c.of(single)].slice(-8) // those that nothing else uses, and two of any kind
  return { draft, outputs }
}

export type { Aval }
