// Moving numbers around without computing: shapes, axes, pieces.
import { promote } from '../dtype.ts'
import { OptionError, ShapeError } from '../errors.ts'
import { make } from '../make.ts'
import type { Node } from '../node.ts'
import { axesOf, axisOf, shape, show } from '../shape.ts'
import { cast } from './cast.ts'
import { where } from './comparison.ts'
import { inserted, productOf, removed, replaced } from './dims.ts'
import { options as checked } from './options.ts'
import { expandTo, filled, operand } from './operand.ts'
import type { Operand } from './operand.ts'

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, k) => k)
const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, k) => n === b[k])

// --- shapes --------------------------------------------------------------------------------------------------------

const inferred = (x: Node, dims: readonly number[]): readonly number[] => {
  if (!Array.isArray(dims)) throw new ShapeError('reshape: the shape is one array, as in reshape([2, 3])')
  const at = dims.indexOf(-1)
  if (at < 0) return dims
  const missing = x.info.size / productOf(removed(dims, at))
  if (dims.lastIndexOf(-1) !== at || !Number.isInteger(missing)) {
    throw new ShapeError(`reshape: ${show(x.info)} has ${x.info.size} elements: no -1 fits in [${dims.join(', ')}]`)
  }
  return replaced(dims, at, missing)
}

/** The same numbers in row-major order; one -1 stands for whatever is left. */
export const reshape = (x: Node, dims: readonly number[]): Node => {
  const to = inferred(x, dims)
  return same(x.shape, to) ? x : make('reshape', [x], to)
}

export const transpose = (x: Node, ...axes: readonly number[]): Node => {
  const rank = x.info.rank
  if (Array.isArray(axes[0])) throw new ShapeError(`transpose: axes are arguments of their own: transpose(${String(axes[0])})`)
  const permutation = axes.length === 0 ? [...range(rank)].reverse() : axes.map((a) => axisOf('transpose', a, rank))
  if (permutation.length !== rank || new Set(permutation).size !== rank) {
    throw new ShapeError(`transpose: [${axes.join(', ')}] does not name each axis of ${show(x.info)} once`)
  }
  return permutation.every((a, k) => a === k) ? x : make('transpose', [x], permutation)
}

/** The axis `from` at place `to`, the others in their order. */
export const moveAxis = (x: Node, from: number, to: number): Node =>
  transpose(x, ...inserted(removed(range(x.info.rank), from), to, from))

export const broadcastTo = (x: Node, dims: readonly number[]): Node => expandTo(x, shape(dims))

export const expandDims = (x: Node, axis: number): Node =>
  reshape(x, inserted(x.shape, axisOf('expandDims', axis, x.info.rank + 1), 1))

export const squeeze = (x: Node, axis?: number | readonly number[]): Node => {
  if (axis === undefined) return reshape(x, x.shape.filter((n) => n !== 1))
  const axes = axesOf('squeeze', axis, x.info.rank)
  const wide = axes.find((k) => x.shape[k] !== 1)
  if (wide !== undefined) throw new ShapeError(`squeeze: axis ${wide} of ${show(x.info)} has not length 1`)
  return reshape(x, x.shape.filter((_, k) => !axes.includes(k)))
}

// --- pieces --------------------------------------------------------------------------------------------------------

export interface Stride { readonly start: number; readonly count: number; readonly step: number }

/** Elements start, start + step, … of every axis: in range, steps ≥ 1. */
export const pieces = (x: Node, parts: readonly Stride[]): Node =>
  parts.every(({ start, count, step }, k) => start === 0 && count === x.shape[k] && (step === 1 || count < 2)) ? x
    : make('slice', [x], [...parts.map((p) => p.start), ...parts.map((p) => p.count), ...parts.map((p) => p.step)])

/** `count` elements from `start` on, along one axis. */
export const narrow = (x: Node, axis: number, start: number, count: number, step = 1): Node =>
  pieces(x, x.shape.map((n, k) => (k === axis ? { start, count, step } : { start: 0, count: n, step: 1 })))

/** Zeros around and between the elements of one axis. */
export const spread = (x: Node, axis: number, low: number, high: number, interior = 0): Node => {
  if (low === 0 && high === 0 && interior === 0) return x
  const at = (n: number): readonly number[] => x.shape.map((_, k) => (k === axis ? n : 0))
  return make('pad', [x], [...at(low), ...at(high), ...at(interior)])
}

export const flip = (x: Node, axes?: number | readonly number[]): Node => {
  const turned = axesOf('flip', axes, x.info.rank).filter((k) => x.shape[k]! > 1)
  return turned.length === 0 ? x : make('flip', [x], turned)
}

const listed = (op: string, operands: readonly Operand[]): void => {
  if (!Array.isArray(operands)) throw new OptionError(`${op}: the tensors are one array, as in ${op}([a, b])`)
}

export const concat = (operands: readonly Operand[], axis = 0): Node => {
  listed('concat', operands)
  const tensors = operands.map((x) => operand('concat', x))
  const [first] = tensors
  if (first === undefined) throw new OptionError('concat: there are no tensors to concatenate')
  const at = axisOf('concat', axis, first.info.rank)
  const outline = removed(first.shape, at)
  const odd = tensors.find((t) => t.info.rank !== first.info.rank || !same(removed(t.shape, at), outline))
  if (odd !== undefined) {
    throw new ShapeError(`concat: ${show(odd.info)} and ${show(first.info)} differ outside axis ${at}`)
  }
  const dtype = tensors.reduce((d, t) => promote(d, t.dtype), first.dtype)
  const parts = tensors.map((t) => cast(t, dtype)).filter((t) => t.shape[at] !== 0)
  return parts.length > 1 ? make('concat', parts, [at]) : parts[0] ?? cast(first, dtype)
}

export const stack = (operands: readonly Operand[], axis = 0): Node => {
  listed('stack', operands)
  const tensors = operands.map((x) => operand('stack', x))
  const [first] = tensors
  if (first === undefined) throw new OptionError('stack: there are no tensors to stack')
  const odd = tensors.find((t) => t.info !== first.info)
  if (odd !== undefined) throw new ShapeError(`stack: shapes ${show(odd.info)} and ${show(first.info)} differ`)
  const at = axisOf('stack', axis, first.info.rank + 1)
  return concat(tensors.map((t) => expandDims(t, at)), at)
}

const boundaries = (n: number, sections: number | readonly number[]): readonly number[] => {
  if (typeof sections !== 'number') return sections.map((b) => Math.min(Math.max(b < 0 ? b + n : b, 0), n))
  if (!(Number.isInteger(sections) && sections > 0 && n % sections === 0)) {
    throw new ShapeError(`split: length ${n} has no ${sections} equal parts: give the boundaries as an array`)
  }
  return range(sections - 1).map((k) => ((k + 1) * n) / sections)
}

/** Equal parts, or the parts between boundaries. */
export const split = (x: Node, sections: number | readonly number[], axis = 0): readonly Node[] => {
  const at = axisOf('split', axis, x.info.rank)
  const n = x.shape[at]!
  const cuts = boundaries(n, sections)
  return [...cuts, n].map((end, k) => {
    const start = cuts[k - 1] ?? 0
    return narrow(x, at, start, Math.max(0, end - start))
  })
}

// --- arrangements --------------------------------------------------------------------------------------------------

const rollAlong = (x: Node, shift: number, axis: number): Node => {
  if (!Number.isInteger(shift)) throw new OptionError(`roll: a shift is an integer, not ${shift}`)
  const n = x.shape[axis]!
  const head = n === 0 ? 0 : ((shift % n) + n) % n
  return head === 0 ? x : concat([narrow(x, axis, n - head, head), narrow(x, axis, 0, n - head)], axis)
}

/** Elements pushed out at the end come in at the front; without an axis, of the flattened tensor. */
export const roll = (x: Node, shift: number | readonly number[], axis?: number | readonly number[]): Node => {
  if (axis === undefined) {
    if (typeof shift !== 'number') throw new OptionError('roll: several shifts need as many axes')
    return reshape(rollAlong(reshape(x, [x.info.size]), shift, 0), x.shape)
  }
  const axes = typeof axis === 'number' ? [axis] : axis
  const shifts = typeof shift === 'number' ? axes.map(() => shift) : shift
  if (shifts.length !== axes.length) throw new OptionError(`roll: ${shifts.length} shifts for ${axes.length} axes`)
  return axes.reduce((y, a, k) => rollAlong(y, shifts[k]!, axisOf('roll', a, x.info.rank)), x)
}

/** Copies side by side, `reps[k]` of them along axis k, by way of an inserted axis of that length. */
export const tile = (x: Node, reps: number | readonly number[]): Node => {
  const wanted = typeof reps === 'number' ? [reps] : reps
  const rank = Math.max(wanted.length, x.info.rank)
  const dims = [...range(rank - x.info.rank).map(() => 1), ...x.shape]
  const times = [...range(rank - wanted.length).map(() => 1), ...wanted]
  if (times.every((r) => r === 1)) return reshape(x, dims)
  const apart = reshape(x, dims.flatMap((n) => [1, n]))
  return reshape(broadcastTo(apart, dims.flatMap((n, k) => [times[k]!, n])), dims.map((n, k) => n * times[k]!))
}

export type Widths = readonly [number, number] | readonly (readonly [number, number])[]
const isPair = (widths: Widths): widths is readonly [number, number] => typeof widths[0] === 'number'

/** A frame around the tensor: [before, after] for all axes, or one pair per axis. */
export const pad = (x: Node, widths: Widths, options: { readonly value?: Operand } = {}): Node => {
  const { value = 0 } = checked('pad', options, ['value'])
  const rank = x.info.rank
  const all = isPair(widths) ? range(rank).map(() => widths) : widths
  if (all.length !== rank) throw new OptionError(`pad: ${all.length} pairs of widths for the shape ${show(x.info)}`)
  const [lows, highs] = [all.map((w) => w[0]), all.map((w) => w[1])]
  const bad = [...lows, ...highs].find((w) => !(Number.isInteger(w) && w >= 0))
  if (bad !== undefined) throw new OptionError(`pad: widths are integers ≥ 0, but ${bad} is not: use slice to cut`)
  if (all.every(([low, high]) => low === 0 && high === 0)) return x
  const frame = (y: Node): Node => make('pad', [y], [...lows, ...highs, ...lows.map(() => 0)])
  return value === 0 ? frame(x) : where(frame(filled(1, 'bool', x.info)), frame(x), operand('pad', value, x.dtype))
}
