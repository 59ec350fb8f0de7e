// Operands for the laws: random numbers of chosen magnitude, kept away from cuts, poles and ties.
import { allocate, isComplex, isFloat, type DType } from '../../core/dtype.ts'
import { leaf, type Node } from '../../core/node.ts'
import { shape } from '../../core/shape.ts'

/** Uniform in [0, 1), the same numbers on every run. */
export const generator = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 8) / 2 ** 24
  }
}

/** Whether a number may be used; a real one has im = 0. */
export type Domain = (re: number, im: number) => boolean

export const anywhere: Domain = () => true

interface Range { readonly low: number; readonly high: number }

/** A number with |z| log-uniform in the range, of any phase or sign, in the domain. */
const draw = (
  random: () => number, complex: boolean, { low, high }: Range, domain: Domain,
): readonly [number, number] => {
  for (let tries = 0; tries < 10_000; tries++) {
    const r = low * (high / low) ** random()
    const angle = complex ? 2 * Math.PI * random() : Math.PI * Math.round(random())
    const re = complex ? r * Math.cos(angle) : r * (angle === 0 ? 1 : -1)
    const im = complex ? r * Math.sin(angle) : 0
    if (domain(re, im)) return [re, im]
  }
  throw new Error('no number of this range lies in the domain')
}

export interface Spec {
  readonly dtype: DType
  readonly dims: readonly number[]
  readonly domain?: Domain
  readonly range?: Range
}

const wide: Range = { low: 0.01, high: 100 }

/** A concrete tensor of random numbers. */
export const randomTensor = (random: () => number, spec: Spec): Node => {
  const { dtype, dims, domain = anywhere, range = wide } = spec
  const info = shape(dims)
  const data = allocate(dtype, info.size)
  for (let k = 0; k < info.size; k++) {
    if (!isFloat(dtype)) {
      data[k] = dtype === 'bool' ? Math.round(random()) : Math.floor(random() * 7) - 3
      continue
    }
    const [re, im] = draw(random, isComplex(dtype), range, domain)
    if (isComplex(dtype)) data.set([re, im], 2 * k)
    else data[k] = re
  }
  return leaf(data, dtype, info)
}

/** A concrete tensor of these numbers (complex ones interleaved). */
export const tensorOf = (dtype: DType, dims: readonly number[], values: readonly number[]): Node => {
  const info = shape(dims)
  const data = allocate(dtype, info.size)
  data.set(values)
  return leaf(data, dtype, info)
}
