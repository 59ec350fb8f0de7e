// Slices as in Python: negative positions count from the end, those outside are clipped, a negative step walks back.
import { OptionError, ShapeError } from '../errors.ts'
import type { Node } from '../node.ts'
import { show } from '../shape.ts'
import { flip, pieces } from './movement.ts'
import type { Stride } from './movement.ts'

/** From `start` up to, not including, `stop`; what is absent means: as far as the axis goes. */
export interface Range {
  readonly start?: number | undefined
  readonly stop?: number | undefined
  readonly step?: number | undefined
}

interface Walk extends Stride { readonly backwards: boolean }

const position = (op: string, at: number, n: number, low: number, high: number): number => {
  if (Number.isNaN(at) || (Number.isFinite(at) && !Number.isInteger(at))) {
    throw new OptionError(`${op}: positions are integers, not ${at}`)
  }
  return Math.min(Math.max(at < 0 ? at + n : at, low), high)
}

/** A slice of an axis of length n as a forward walk, and whether it is then turned round. */
export const resolve = (op: string, { start, stop, step = 1 }: Range, n: number): Walk => {
  if (!Number.isInteger(step) || step === 0) throw new OptionError(`${op}: a step is an integer but 0, not ${step}`)
  const backwards = step < 0
  const [low, high] = backwards ? [-1, n - 1] : [0, n]
  const from = position(op, start ?? (backwards ? Infinity : 0), n, low, high)
  const to = position(op, stop ?? (backwards ? -Infinity : Infinity), n, low, high)
  const count = Math.max(0, Math.ceil((to - from) / step))
  if (count === 0) return { start: 0, count, step: 1, backwards: false }
  return { start: backwards ? from + (count - 1) * step : from, count, step: Math.abs(step), backwards }
}

/** Cuts every axis to its walk. */
export const cut = (x: Node, walks: readonly Walk[]): Node =>
  flip(pieces(x, walks), walks.flatMap(({ backwards }, k) => (backwards ? [k] : [])))

type Positions = readonly (number | undefined)[]

export const slice = (x: Node, starts: Positions, stops: Positions, steps: Positions = []): Node => {
  const longest = Math.max(starts.length, stops.length, steps.length)
  if (longest > x.info.rank) throw new ShapeError(`slice: bounds of ${longest} axes for the shape ${show(x.info)}`)
  return cut(x, x.shape.map((n, k) => resolve('slice', { start: starts[k], stop: stops[k], step: steps[k] }, n)))
}
