// Reading and adding at integer positions, and sorting.
import { IndexError } from '../../core/errors.ts'
import type { Equation } from '../../core/program.ts'
import { add } from './scalar.ts'
import { at, build, elementAt, indexOf, positionOf, realAt, replace, tabulate } from './value.ts'
import type { Index, Value } from './value.ts'

/** Position along an axis of length n; negative ones count from the end. */
const position = (operation: string, i: number, n: number): number => {
  if (i < -n || i >= n) throw new IndexError(`${operation}: index ${i} is outside an axis of length ${n}`)
  return i < 0 ? i + n : i
}

/** Where x is met by the element at `index` of what has K in place of x's axis number `batch`. */
const meeting = (operation: string, x: Value, positions: Value, batch: number, index: Index): Index => {
  const i = realAt(positions, positionOf(positions.shape, index.slice(0, batch + 1)))
  return replace(index, batch, position(operation, i, x.shape.dims[batch]!))
}

export const gather = ([x, positions]: readonly Value[], e: Equation): Value =>
  build(e, (index) => at(x!, meeting('gather', x!, positions!, e.attrs[0]!, index)))

export const scatterAdd = ([base, positions, source]: readonly Value[], e: Equation): Value => {
  const totals = Array.from({ length: base!.shape.size }, (_, k) => elementAt(base!, k))
  for (let k = 0; k < source!.shape.size; k++) {
    const index = indexOf(source!.shape, k)
    const to = positionOf(base!.shape, meeting('scatterAdd', base!, positions!, e.attrs[0]!, index))
    totals[to] = add(totals[to]!, elementAt(source!, k))
  }
  return tabulate(e, (k) => totals[k]!)
}

/** Values and where they stood, line by line: stable, NaN last whichever the direction. */
export const sort = ([x]: readonly Value[], e: Equation): readonly Value[] => {
  const [axis, descending] = [e.attrs[0]!, e.attrs[1] === 1]
  const n = x!.shape.dims[axis]!
  const value = (index: Index, i: number): number => realAt(x!, positionOf(x!.shape, replace(index, axis, i)))
  const order = (line: readonly number[]): readonly number[] => {
    const places = line.map((_, i) => i)
    const isKnown = (i: number): boolean => !Number.isNaN(line[i]!)
    const sorted = places.filter(isKnown).sort((i, j) => {
      const [a, b] = [line[i]!, line[j]!]
      return a === b ? 0 : (a < b) === descending ? 1 : -1
    })
    return [...sorted, ...places.filter((i) => !isKnown(i))]
  }
  const orders = new Map<number, readonly number[]>()
  const place = (index: Index): number => {
    const start = positionOf(x!.shape, replace(index, axis, 0))
    const known = orders.get(start) ?? order(Array.from({ length: n }, (_, i) => value(index, i)))
    orders.set(start, known)
    return known[index[axis]!]!
  }
  const [values, indices] = e.outputs!.map(({ dtype, info }) => ({ dtype, shape: info }))
  return [build(values!, (index) => value(index, place(index))), build(indices!, place)]
}
