// Kernels of partial reductions. Where many results are wanted, each has a thread; where few are, the numbers that go into
// one are dealt out: to the threads of a workgroup if they are neighbours, else to threads far apart, and the pieces
// are put together by a second kernel.
import type { Expr } from '../../lower/expression.ts'
import type { Kernel } from '../../lower/kernel.ts'
import { permuted } from '../../lower/loops.ts'
import type { Dispatch, Maker } from '../dispatch.ts'
import { Accumulators, type Partials } from './accumulators.ts'
import { oneThread } from './flat.ts'
import { reductions, sizeOf } from './kernel.ts'
import { atPoint, valuesOf } from './points.ts'
import { sharing } from './sharing.ts'
import { gridFor } from './sizes.ts'
import { indent, Writer } from './writer.ts'

/** A kernel with the loops of its results outside those of its reductions. */
export interface Nest {
  readonly kernel: Kernel
  /** Axes of the results, and axes that are reduced over. */
  readonly kept: readonly number[]
  readonly reduced: readonly number[]
  readonly results: number
  readonly terms: number
  /** Whether the terms of one result are neighbours in the arrays. */
  readonly isInner: boolean
}

export const nestOf = (kernel: Kernel): Nest => {
  const over = reductions(kernel)[0]!.over
  const axes = [...over.keys()]
  const [kept, reduced] = [axes.filter((k) => !over[k]), axes.filter((k) => over[k])]
  const dims = (list: readonly number[]): number => sizeOf(list.map((k) => kernel.extents[k]!))
  return {
    kernel: permuted(kernel, [...kept, ...reduced]),
    kept: [...kept.keys()], reduced: reduced.map((_, j) => kept.length + j),
    results: dims(kept), terms: dims(reduced), isInner: over.at(-1)!,
  }
}

const longestOf = ({ kernel, reduced }: Nest): number =>
  reduced.reduce((best, k) => (kernel.extents[k]! > kernel.extents[best]! ? k : best), reduced[0]!)

/** The statements at every point below a result, loop by loop; `piece` is one of `pieces` of the longest loop. */
const loops = (
  w: Writer, nest: Nest, scope: ReadonlyMap<Expr, string>, accumulators: Accumulators, pieces: number,
): string[] => {
  const { kernel, reduced } = nest
  const longest = longestOf(nest)
  const from = (j: number, outer: ReadonlyMap<Expr, string>): string[] => {
    const k = reduced[j]
    if (k === undefined) return atPoint(w, kernel, outer, accumulators)
    const inner = new Map(outer)
    const hoisted = j + 1 < reduced.length ? w.hoist(valuesOf(kernel), k + 1, inner) : []
    const body = [...hoisted, ...from(j + 1, inner)]
    const n = kernel.extents[k]!
    const [low, high] = pieces === 1 || k !== longest ? ['0u', w.size(n)]
      : [`piece * ${w.size(Math.ceil(n / pieces))}`, `min(${w.size(n)}, (piece + 1u) * ${w.size(Math.ceil(n / pieces))})`]
    return [`for (var i${k} = ${low}; i${k} < ${high}; i${k} = i${k} + 1u) {`, ...indent(body), '}']
  }
  return from(0, scope)
}

/** A result (or, with several pieces, a part of one) for each thread. */
export const byThread = (
  w: Writer, nest: Nest, first: string, threads: number, pieces: number, partials: Partials | null,
): string[] => {
  const { kernel, kept, results } = nest
  const accumulators = new Accumulators(w, reductions(kernel))
  const scope = new Map<Expr, string>()
  const outer = w.hoist(valuesOf(kernel), 0, scope)
  const body = [
    ...pieces === 1 ? [] : [`let piece = f / ${w.size(results)};`, `let result = f % ${w.size(results)};`],
    ...w.counters(kept, kernel.extents, pieces === 1 ? 'f' : 'result'),
    ...w.hoist(valuesOf(kernel), kept.length, scope),
    ...accumulators.declare(), ...loops(w, nest, scope, accumulators, pieces),
    ...partials === null ? accumulators.finish() : accumulators.store(partials, 'f'),
  ]
  return [...outer, ...w.stride('f', first, threads, results * pieces, body)]
}

/** A result (or a part of one) for each workgroup. */
const byWorkgroup = (
  w: Writer, nest: Nest, threads: number, groups: number, pieces: number, partials: Partials | null,
): string[] => {
  const { kernel, kept, reduced, results, terms } = nest
  const accumulators = new Accumulators(w, reductions(kernel))
  const scope = new Map<Expr, string>()
  const outer = w.hoist(valuesOf(kernel), 0, scope)
  const isSingle = groups === results * pieces
  const body = [
    ...pieces === 1 ? [] : [`let piece = k / ${w.size(results)};`, `let result = k % ${w.size(results)};`],
    ...w.counters(kept, kernel.extents, pieces === 1 ? 'k' : 'result'),
    ...w.hoist(valuesOf(kernel), kept.length, scope),
    ...accumulators.declare(),
    ...w.stride('f', pieces === 1 ? 'local' : `piece * ${threads}u + local`, threads * pieces, terms,
      [...w.counters(reduced, kernel.extents, 'f'), ...atPoint(w, kernel, scope, accumulators)]),
    ...accumulators.tree(threads),
    ...oneThread(partials === null ? accumulators.finish() : accumulators.store(partials, 'k')),
  ]
  if (isSingle) return [...outer, 'let k = group;', ...body]
  const head = `for (var k = group; k < ${w.size(results * pieces)}; k = k + ${w.size(groups)}) {`
  return [...outer, head, ...indent([...body, 'workgroupBarrier();']), '}']
}

/** Puts the pieces of each result together, a thread for each. */
const joined = (nest: Nest, maker: Maker, isEager: boolean, pieces: number, partials: Partials, label: string): Dispatch => {
  const { kernel, kept, results } = nest
  const w = new Writer(maker, isEager)
  const accumulators = new Accumulators(w, reductions(kernel))
  const { threads, groups } = gridFor(maker.target, results, 0)
  const body = [
    ...w.counters(kept, kernel.extents, 'f'), ...accumulators.declare(),
    `for (var c = 0u; c < ${w.size(pieces)}; c = c + 1u) {`,
    ...indent(accumulators.load(partials, `c * ${w.size(results)} + f`)), '}',
    ...accumulators.finish(),
  ]
  return w.dispatch(`${label}: partial results`, w.stride('f', 'thread', threads * groups, results, body), threads, groups)
}

export const partialKernel = (kernel: Kernel, maker: Maker, isEager: boolean): readonly Dispatch[] => {
  const nest = nestOf(kernel)
  const label = `reduction [${kernel.extents.join(', ')}] to ${nest.results}`
  const { way, threads, groups, pieces } = sharing(maker.target, { ...nest, longest: nest.kernel.extents[longestOf(nest)]! })
  const w = new Writer(maker, isEager)
  const sums = new Accumulators(w, reductions(nest.kernel))
  const partials = pieces === 1 ? null : sums.room(nest.results * pieces)
  const lines = way === 'thread' ? byThread(w, nest, 'thread', threads * groups, pieces, partials)
    : byWorkgroup(w, nest, threads, groups, pieces, partials)
  const first = w.dispatch(label, lines, threads, groups)
  return partials === null ? [first] : [first, joined(nest, maker, isEager, pieces, partials, label)]
}
