// Primitives that only move elements: each says where the element at an index comes from.
import type { Equation } from '../../core/program.ts'
import { at, build, elementAt, positionOf, realAt, replace, tabulate, type Value } from './value.ts'

type Meaning = (args: readonly Value[], e: Equation) => Value

/** Same elements, in the same row-major order. */
const reshape: Meaning = ([x], e) => tabulate(e, (k) => elementAt(x!, k))

const transpose: Meaning = ([x], e) => build(e, (index) => {
  const from = new Array<number>(index.length)
  e.attrs.forEach((axis, k) => { from[axis] = index[k]! })
  return at(x!, from)
})

const expand: Meaning = ([x], e) => build(e, (index) => {
  const inner = index.slice(index.length - x!.shape.rank)
  return at(x!, inner.map((i, k) => (x!.shape.dims[k] === 1 ? 0 : i)))
})

const slice: Meaning = ([x], e) => {
  const r = x!.shape.rank
  return build(e, (index) => at(x!, index.map((i, k) => e.attrs[k]! + i * e.attrs[2 * r + k]!)))
}

/** Zero but for the operand's elements, which lie interior + 1 apart, from `low` on. */
const pad: Meaning = ([x], e) => {
  const r = x!.shape.rank
  return build(e, (index) => {
    const from = index.map((i, k) => (i - e.attrs[k]!) / (e.attrs[2 * r + k]! + 1))
    const isInside = from.every((i, k) => Number.isInteger(i) && i >= 0 && i < x!.shape.dims[k]!)
    return isInside ? at(x!, from) : 0
  })
}

const flip: Meaning = ([x], e) =>
  build(e, (index) => at(x!, index.map((i, k) => (e.attrs.includes(k) ? x!.shape.dims[k]! - 1 - i : i))))

const concat: Meaning = (args, e) => {
  const axis = e.attrs[0]!
  return build(e, (index) => {
    let i = index[axis]!
    for (const x of args) {
      if (i < x.shape.dims[axis]!) return at(x, replace(index, axis, i))
      i -= x.shape.dims[axis]!
    }
    throw new RangeError('concat: an index beyond the last operand')
  })
}

const realView: Meaning = ([z], e) => tabulate(e, (k) => z!.data[k]!)

const complexView: Meaning = ([x], e) => tabulate(e, (k) => ({ re: realAt(x!, 2 * k), im: realAt(x!, 2 * k + 1) }))

const bits = new DataView(new ArrayBuffer(8))

const constant: Meaning = (_, e) => {
  bits.setInt32(0, e.attrs[1]!, true)
  bits.setInt32(4, e.attrs[2]!, true)
  return tabulate(e, () => bits.getFloat64(0, true))
}

const iota: Meaning = (_, e) => build(e, (index) => positionOf(e.shape, index))

export const movementMeanings = {
  constant, iota, reshape, transpose, expand, slice, pad, flip, concat, realView, complexView,
} as const satisfies Readonly<Record<string, Meaning>>
