// Steps of a random program: views, and counting.
import { code, isComplex, isFloat, isReal, type DType } from '../../../core/dtype.ts'
import type { Term } from './draft.ts'
import { any, largest, lengths, pick, sizeOf, type Step } from './operands.ts'

export const reshapeStep: Step = (d, c) => {
  const t = any(d, c)
  let rest = t.info.size
  const dims: number[] = []
  while (dims.length < 3 && rest > 1) {
    const divisors = Array.from({ length: rest }, (_, k) => k + 1).filter((n) => rest % n === 0)
    const n = c.of(divisors)
    dims.push(n)
    rest /= n
  }
  return d.move('reshape', [t], [...dims, rest])
}

export const transposeStep: Step = (d, c) => {
  const t = any(d, c)
  const left = t.info.dims.map((_, k) => k)
  const order: number[] = []
  while (left.length > 0) order.push(...left.splice(left.length - 1 - c.below(left.length), 1))
  return d.move('transpose', [t], order)
}

export const expandStep: Step = (d, c) => {
  const t = any(d, c)
  const dims = t.info.dims.map((n) => (n === 1 && c.maybe() ? c.of(lengths) : n))
  const full = t.info.rank < 4 && c.maybe() ? [c.of(lengths), ...dims] : dims
  return sizeOf(full) > largest ? null : d.move('expand', [t], full)
}

export const sliceStep: Step = (d, c) => {
  const t = any(d, c)
  const steps = t.info.dims.map(() => c.between(1, 3))
  const starts = t.info.dims.map((n) => c.below(n + 1))
  const counts = t.info.dims.map((n, k) => Math.max(0, Math.ceil((n - starts[k]!) / steps[k]!) - c.below(2)))
  return d.move('slice', [t], [...starts, ...counts, ...steps])
}

export const padStep: Step = (d, c) => {
  const t = any(d, c)
  const some = (n: number): readonly number[] => t.info.dims.map(() => Math.max(0, c.below(n + 2) - 1))
  const [low, high, inside] = [some(2), some(2), c.maybe() ? some(2) : t.info.dims.map(() => 0)]
  const size = sizeOf(t.info.dims.map((n, k) => low[k]! + n + Math.max(0, n - 1) * inside[k]! + high[k]!))
  return size > largest ? null : d.move('pad', [t], [...low, ...high, ...inside])
}

export const flipStep: Step = (d, c) => {
  const t = any(d, c)
  return d.move('flip', [t], t.info.dims.map((_, k) => k).filter(() => c.maybe()))
}

export const concatStep: Step = (d, c) => {
  const t = pick(d, c, (x) => x.info.rank > 0)
  if (t === null) return null
  const axis = c.below(t.info.rank)
  const fits = (x: Term): boolean => x.dtype === t.dtype && x.info.rank === t.info.rank
    && x.info.dims.every((n, k) => k === axis || n === t.info.dims[k])
  const parts = [t, ...Array.from({ length: c.between(0, 5) }, () => pick(d, c, fits) ?? t)]
  if (sizeOf(t.info.dims) * parts.length > 2 * largest) return null
  const most = (of: (x: Term) => number): number => Math.max(...parts.map(of))
  return d.move('concat', parts, [axis], most((x) => x.bound), most((x) => x.error))
}

export const storageStep: Step = (d, c) => {
  const z = pick(d, c, (t) => isComplex(t.dtype))
  const x = pick(d, c, (t) => isFloat(t.dtype) && isReal(t.dtype) && t.info.dims.at(-1) === 2)
  if (x !== null && (z === null || c.maybe())) return d.move('complexView', [x], [], 2 * x.bound, 2 * x.error)
  return z === null ? null : d.move('realView', [z], [])
}

export const countStep: Step = (d, c) => {
  const n = c.of(lengths)
  return d.move('iota', [], [code(c.of<DType>(['float64', 'int32', 'float32', 'complex128'])), n], n, 0)
}
