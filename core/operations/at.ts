// Indexing with one index per axis: x.at(0, range(1, 5, 2), all, [2, 0]).
import { IndexError, OptionError, ShapeError } from '../errors.ts'
import { Node } from '../node.ts'
import { show } from '../shape.ts'
import { take } from './indexing.ts'
import { reshape } from './movement.ts'
import { cut, resolve } from './slice.ts'
import type { Range } from './slice.ts'

/** The whole axis; the free function `all` serves as this index. */
export type Whole = (...args: never[]) => unknown
export type Index = number | Range | Whole | Node | readonly number[]

/** The slice start, start + step, … before stop; `range(stop)` starts at 0. */
type Bound = number | undefined
export const range = (...bounds: readonly [stop?: Bound] | readonly [start: Bound, stop: Bound, step?: Bound]): Range =>
  bounds.length < 2 ? { stop: bounds[0] } : { start: bounds[0], stop: bounds[1], step: bounds[2] }

const isList = (index: Index): index is Node | readonly number[] => index instanceof Node || Array.isArray(index)
const isRange = (index: Index): index is Range => typeof index === 'object' && !isList(index)

const single = (at: number, axis: number, n: number): number => {
  if (!Number.isInteger(at)) throw new OptionError(`at: an index is an integer, not ${at}`)
  if (at < -n || at >= n) throw new IndexError(`at: index ${at} is outside axis ${axis}, whose length is ${n}`)
  return at < 0 ? at + n : at
}

const walkOf = (index: Index | undefined, axis: number, n: number) => {
  if (typeof index === 'number') return { start: single(index, axis, n), count: 1, step: 1, backwards: false }
  if (index === null || typeof index === 'boolean' || typeof index === 'string') {
    throw new OptionError(`at: an index is a number, range(…), all, or integers, not ${String(index)}`)
  }
  if (index === undefined || !isRange(index)) return resolve('at', {}, n)
  const stray = Object.keys(index).find((k) => k !== 'start' && k !== 'stop' && k !== 'step')
  if (stray !== undefined) {
    throw new OptionError(`at: a range has start, stop and step, but no ${stray}: write range(start, stop, step)`)
  }
  return resolve('at', index, n)
}

/** A number drops its axis, a range cuts it, integers take along it, each on its own; axes not named stay whole. */
export const at = (x: Node, ...indices: readonly Index[]): Node => {
  if (indices.length > x.info.rank) {
    throw new ShapeError(`at: ${indices.length} indices for a tensor of shape ${show(x.info)}`)
  }
  const cutOut = cut(x, x.shape.map((n, k) => walkOf(indices[k], k, n)))
  const rest = x.shape.flatMap((_, k) => (typeof indices[k] === 'number' ? [] : [k]))
  const kept = reshape(cutOut, rest.map((k) => cutOut.shape[k]!))
  // From the last axis to the first, so that an index of higher rank does not move the axes still to come.
  return rest.reduceRight((y, k, axis) => {
    const index = indices[k]
    return index !== undefined && isList(index) ? take(y, index, axis) : y
  }, kept)
}
