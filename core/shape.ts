// Shapes, interned: two shapes are equal exactly when they are the same object, so a compile key can hold their ids.
import { ShapeError } from './errors.ts'

export interface ShapeInfo {
  readonly id: number
  readonly dims: readonly number[]
  readonly rank: number
  readonly size: number
  /** Row-major strides, in elements. */
  readonly strides: readonly number[]
}

interface Branch { info: ShapeInfo | null; readonly children: Map<number, Branch> }
const branch = (): Branch => ({ info: null, children: new Map() })
const root = branch()
let count = 0

const intern = (dims: readonly number[]): ShapeInfo => {
  const strides = new Array<number>(dims.length)
  let size = 1
  for (let k = dims.length - 1; k >= 0; k--) {
    strides[k] = size
    size *= dims[k]!
  }
  return { id: count++, dims: Object.freeze([...dims]), rank: dims.length, size, strides }
}

/** The shape with these dimensions. @throws ShapeError unless each is an integer ≥ 0. */
export const shape = (dims: readonly number[]): ShapeInfo => {
  if (!Array.isArray(dims)) throw new ShapeError(`a shape is an array of dimensions, such as [2, 3], not ${String(dims)}`)
  let at = root
  for (const d of dims) {
    let next = at.children.get(d)
    if (next === undefined) {
      if (!Number.isSafeInteger(d) || d < 0) {
        throw new ShapeError(`shape [${dims.join(', ')}]: every dimension is an integer ≥ 0, but ${d} is not`)
      }
      next = branch()
      at.children.set(d, next)
    }
    at = next
  }
  return at.info ??= intern(dims)
}

export const scalar: ShapeInfo = shape([])

export const show = (s: { readonly dims: readonly number[] }): string => `[${s.dims.join(', ')}]`

/** The shape to which both broadcast (NumPy's rule), or null. */
export const broadcast = (a: ShapeInfo, b: ShapeInfo): ShapeInfo | null => {
  if (a === b || b === scalar) return a
  if (a === scalar) return b
  const rank = Math.max(a.rank, b.rank)
  const dims: number[] = []
  for (let k = 0; k < rank; k++) {
    const x = a.dims[k - rank + a.rank] ?? 1
    const y = b.dims[k - rank + b.rank] ?? 1
    if (x !== y && x !== 1 && y !== 1) return null
    dims.push(x === 1 ? y : x)
  }
  return shape(dims)
}

/** One axis, counted from the front: −1 is the last. @throws ShapeError when there is no such axis. */
export const axisOf = (operation: string, axis: number, rank: number): number => {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new ShapeError(`${operation}: axis ${axis} does not exist in a tensor of rank ${rank}`
      + (rank === 0 ? '' : `: use −${rank} to ${rank - 1}`))
  }
  return axis < 0 ? axis + rank : axis
}

/** Axes as a sorted list without repeats; all of them when none are named. */
export const axesOf = (operation: string, axes: number | readonly number[] | undefined, rank: number): readonly number[] => {
  if (axes === undefined) return Array.from({ length: rank }, (_, k) => k)
  if (typeof axes !== 'number' && !Array.isArray(axes)) {
    throw new ShapeError(`${operation}: an axis is a number, several are an array of numbers, not ${String(axes)}`)
  }
  const list = (typeof axes === 'number' ? [axes] : axes).map((a) => axisOf(operation, a, rank)).sort((a, b) => a - b)
  list.forEach((a, k) => {
    if (a === list[k - 1]) throw new ShapeError(`${operation}: axis ${a} is named twice`)
  })
  return list
}
