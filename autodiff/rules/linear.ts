// Linear primitives carry their adjoint; the derivative forwards is the primitive itself. `t` is a tangent, `g` a
// cotangent.
import { make } from '../../core/make.ts'
import type { Node } from '../../core/node.ts'
import { expandTo, filled } from '../../core/operations/operand.ts'
import type { ShapeInfo } from '../../core/shape.ts'
import { complexified, kinds, type Conjugation } from '../kinds.ts'

const again = (t: Node, n: Node): Node => make(n.primitive, [t], n.attrs)
const shaped = (x: Node, to: ShapeInfo): Node => (x.info === to ? x : make('reshape', [x], to.dims))
const operandOf = (n: Node, j = 0): ShapeInfo => n.args[j]!.info

/** Sums over what `expand` repeated. */
const collapse = (g: Node, to: ShapeInfo): Node => {
  const lead = g.info.rank - to.rank
  const repeated = g.info.dims.flatMap((d, k) => (k < lead || (to.dims[k - lead] === 1 && d !== 1) ? [k] : []))
  return shaped(repeated.length === 0 ? g : make('sum', [g], repeated), to)
}

/** The inverse of `sum`: vanished axes come back as ones, and are expanded. */
export const respread = (x: Node, axes: readonly number[], to: ShapeInfo): Node => {
  const ones = to.dims.map((d, k) => (axes.includes(k) ? 1 : d))
  return expandTo(make('reshape', [x], ones), to)
}

const inverse = (permutation: readonly number[]): readonly number[] => {
  const p = new Array<number>(permutation.length)
  permutation.forEach((axis, k) => { p[axis] = k })
  return p
}

/** Puts strided elements back where `slice` took them, zeros elsewhere. */
const unslice = (g: Node, n: Node): Node => {
  const r = n.info.rank
  const from = operandOf(n).dims
  const [starts, counts, steps] = [n.attrs.slice(0, r), n.attrs.slice(r, 2 * r), n.attrs.slice(2 * r)]
  const lows = starts.map((s, k) => Math.min(s, from[k]!))
  const highs = counts.map((c, k) => from[k]! - lows[k]! - (c === 0 ? 0 : (c - 1) * steps[k]! + 1))
  return make('pad', [g], [...lows, ...highs, ...steps.map((s) => s - 1)])
}

const unpad = (g: Node, n: Node): Node => {
  const r = n.info.rank
  return make('slice', [g], [...n.attrs.slice(0, r), ...operandOf(n).dims, ...n.attrs.slice(2 * r).map((i) => i + 1)])
}

/** The part of a concatenation that came from operand `j`. */
const part = (g: Node, n: Node, j: number): Node => {
  const [axis] = n.attrs
  const start = n.args.slice(0, j).reduce((s, a) => s + a.info.dims[axis!]!, 0)
  const dims = operandOf(n, j).dims
  return make('slice', [g], [...dims.map((_, k) => (k === axis ? start : 0)), ...dims, ...dims.map(() => 1)])
}

const transposed = (x: Node): Node => {
  const r = x.info.rank
  return make('transpose', [x], [...Array.from({ length: r - 2 }, (_, k) => k), r - 1, r - 2])
}

const scatter = (index: Node, source: Node, batch: number, to: ShapeInfo): Node =>
  make('scatterAdd', [filled(0, source.dtype, to), index, source], [batch])
const gathered = (x: Node, index: Node, batch: number): Node => make('gather', [x, index], [batch])

export const linear = (conjugation: Conjugation) => {
  const { conj } = conjugation
  const { fit, linear: map, selection } = kinds(conjugation)
  const identity = map((t) => t, (g) => g)

  return {
    alias: [identity],
    reshape: [map(again, (g, n) => shaped(g, operandOf(n)))],
    transpose: [map(again, (g, n) => make('transpose', [g], inverse(n.attrs)))],
    expand: [map(again, (g, n) => collapse(g, operandOf(n)))],
    slice: [selection(again, unslice)],
    pad: [map(again, unpad)],
    flip: [map(again, again)],
    realView: [map((t, n) => again(complexified(t), n), (g) => make('complexView', [g]))],
    complexView: [map(again, (g) => make('realView', [complexified(g)]))],
    sum: [map(again, (g, n) => respread(g, n.attrs, operandOf(n)))],
    cumsum: [map(again, (g, n) => make('cumsum', [g], [n.attrs[0]!, 1 - n.attrs[1]!]))],
    matmul: [
      map((t, n) => make('matmul', [t, n.args[1]!]), (g, n) => make('matmul', [g, conj(transposed(n.args[1]!))])),
      map((t, n) => make('matmul', [n.args[0]!, t]), (g, n) => make('matmul', [conj(transposed(n.args[0]!)), g])),
    ],
    fft: [map(
      (t, n) => again(complexified(t), n),
      (g, n) => make('fft', [complexified(g)], [1 - n.attrs[0]!, ...n.attrs.slice(1)]))],
    gather: [
      selection(
        (t, n) => gathered(t, n.args[1]!, n.attrs[0]!),
        (g, n) => scatter(n.args[1]!, g, n.attrs[0]!, operandOf(n))),
      null,
    ],
    scatterAdd: [
      identity,
      null,
      map((t, n) => scatter(n.args[1]!, t, n.attrs[0]!, n.info), (g, n) => gathered(g, n.args[1]!, n.attrs[0]!)),
    ],
    /** All tangents at once: one concatenation instead of one padded term for each operand. */
    concat: {
      together: (ts: readonly (Node | null)[], n: Node): Node => make('concat', ts.map((t, j) => {
        const a = n.args[j]!
        return t === null ? filled(0, n.dtype, a.info) : t.dtype === n.dtype ? t : complexified(t)
      }), n.attrs),
      reverse: (g: Node, n: Node, j: number): Node => fit(part(g, n, j), n.args[j]!),
    },
  }
}
