// What the steps of a random program act on: values that are there, or new inputs.
import { code, complexOf, isComplex, isFloat, isReal, type DType } from '../../../core/dtype.ts'
import type { Choices } from './choices.ts'
import type { Draft, Term } from './draft.ts'

export const floats: readonly DType[] = ['float64', 'complex128', 'float32', 'complex64']
export const all: readonly DType[] = [...floats, 'int32', 'bool']
export const lengths = [2, 3, 1, 4, 0, 5, 7] as const
export const largest = 700

export const sizeOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)
export const withAt = (list: readonly number[], k: number, value: number): readonly number[] =>
  list.map((x, j) => (j === k ? value : x))

/** Adds something to a program; null if it finds nothing to act on. */
export type Step = (d: Draft, c: Choices) => Term | null

export const someShape = (c: Choices): readonly number[] => {
  const dims = Array.from({ length: c.below(5) }, () => c.of(lengths))
  return sizeOf(dims) <= largest ? dims : dims.slice(0, 3)
}

export const pick = (d: Draft, c: Choices, accepts: (t: Term) => boolean = () => true): Term | null => {
  const fit = d.terms.filter((t) => t.outputs === null && accepts(t))
  if (fit.length === 0) return null
  const near = c.maybe() ? fit.length : Math.min(3, fit.length) // often a late one, so that programs are deep
  return fit[fit.length - 1 - c.below(near)]!
}

/** A float; others are cast. */
export const float = (d: Draft, c: Choices): Term => {
  const t = pick(d, c) ?? d.input(c.of(floats), someShape(c))
  return isFloat(t.dtype) ? t : d.move('cast', [t], [code('float64')], t.bound, 0)
}

export const real = (d: Draft, c: Choices): Term => {
  const t = float(d, c)
  return isReal(t.dtype) ? t : d.make(c.of(['real', 'imag', 'abs']), [t])
}

export const complex = (d: Draft, c: Choices): Term => {
  const t = float(d, c)
  return isComplex(t.dtype) ? t : d.move('cast', [t], [code(complexOf(t.dtype))], t.bound, t.error)
}

/** A partner of the same shape: one that is there, one broadcast, or a new input. */
export const partner = (d: Draft, c: Choices, t: Term, accepts: (dtype: DType) => boolean): Term => {
  const dims = t.info.dims
  const fits = (p: Term): boolean => accepts(p.dtype) && p.info.rank <= dims.length
    && p.info.dims.every((n, k) => n === 1 || n === dims[dims.length - p.info.rank + k])
  const p = (c.below(4) === 3 ? null : pick(d, c, fits)) ?? d.input(c.of(all.filter(accepts)), dims)
  return p.info === t.info ? p : d.move('expand', [p], dims, p.bound, p.error)
}

/** Scaled to modulus ≤ 1, plus 2: no cut, pole or zero is near. */
export const shifted = (d: Draft, t: Term): Term => {
  const small = d.within(t, 1)
  return d.make('add', [small, d.beside(small, 2)], [], 3, small.error)
}

export const any = (d: Draft, c: Choices): Term => pick(d, c) ?? d.input(c.of(all), someShape(c))
