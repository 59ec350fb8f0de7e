// Sums, extrema and running sums along axes, one element after the other, in double precision until the store.
import type { Equation } from '../../core/program.ts'
import { add } from './scalar.ts'
import { at, build, elementAt, indexOf, positionOf, replace, tabulate } from './value.ts'
import type { Index, Scalar, Value } from './value.ts'

type Meaning = (args: readonly Value[], e: Equation) => Value

const reduce = (x: Value, e: Equation, start: Scalar, combine: (total: Scalar, next: Scalar) => Scalar): Value => {
  const totals = new Array<Scalar>(e.shape.size).fill(start)
  for (let k = 0; k < x.shape.size; k++) {
    const kept = indexOf(x.shape, k).filter((_, axis) => !e.attrs.includes(axis))
    const to = positionOf(e.shape, kept)
    totals[to] = combine(totals[to]!, elementAt(x, k))
  }
  return tabulate(e, (k) => totals[k]!)
}

const real = (x: Scalar): number => {
  if (typeof x === 'number') return x
  throw new TypeError('complex numbers have no order')
}

const extremum = (start: number, choose: (a: number, b: number) => number): Meaning =>
  ([x], e) => reduce(x!, e, start, (a, b) => choose(real(a), real(b)))

/** Where the first greatest (or least) element lies; the first NaN wins over all. */
const argument = (isBetter: (a: number, b: number) => boolean): Meaning => ([x], e) => {
  const axis = e.attrs[0]!
  return build(e, (index) => {
    const on = (i: number): Index => [...index.slice(0, axis), i, ...index.slice(axis)]
    const line = Array.from({ length: x!.shape.dims[axis]! }, (_, i) => real(at(x!, on(i))))
    const unknown = line.findIndex(Number.isNaN)
    return unknown >= 0 ? unknown : line.reduce((best, v, i) => (isBetter(v, line[best]!) ? i : best), 0)
  })
}

const cumsum: Meaning = ([x], e) => {
  const [axis, reverse] = [e.attrs[0]!, e.attrs[1] === 1]
  const n = x!.shape.dims[axis]!
  return build(e, (index) => {
    const i = index[axis]!
    const line = Array.from({ length: reverse ? n - i : i + 1 }, (_, k) => (reverse ? n - 1 - k : k))
    return line.map((j) => at(x!, replace(index, axis, j))).reduce(add)
  })
}

export const reductionMeanings = {
  sum: ([x], e) => reduce(x!, e, x!.dtype.startsWith('complex') ? { re: 0, im: 0 } : 0, add),
  max: extremum(-Infinity, Math.max),
  min: extremum(Infinity, Math.min),
  argmax: argument((a, b) => a > b),
  argmin: argument((a, b) => a < b),
  cumsum,
} as const satisfies Readonly<Record<string, Meaning>>
