// Kernels of stores and full reductions: a thread takes points of the flattened iteration space, far from one another so
// that neighbouring threads read neighbouring numbers.
import type { Expr } from '../../lower/expression.ts'
import type { Kernel } from '../../lower/kernel.ts'
import type { Dispatch, Maker } from '../dispatch.ts'
import { Accumulators } from './accumulators.ts'
import { reductions, sizeOf } from './kernel.ts'
import { atPoint, valuesOf } from './points.ts'
import { gridFor } from './sizes.ts'
import { indent, Writer } from './writer.ts'

/** The loop of a thread that begins at `first`, with the accumulators that it fills. */
export const flatLoop = (
  w: Writer, kernel: Kernel, first: string, threads: number,
): { readonly lines: readonly string[]; readonly accumulators: Accumulators | null } => {
  const scope = new Map<Expr, string>()
  const reduces = reductions(kernel)
  const accumulators = reduces.length === 0 ? null : new Accumulators(w, reduces)
  const axes = [...kernel.extents.keys()]
  const hoisted = axes.length === 0 ? [] : w.hoist(valuesOf(kernel), 0, scope)
  const body = [...w.counters(axes, kernel.extents, 'f'), ...atPoint(w, kernel, scope, accumulators)]
  const loop = w.stride('f', first, threads, sizeOf(kernel.extents), body)
  return { accumulators, lines: [...hoisted, ...accumulators?.declare() ?? [], ...loop] }
}

export const oneThread = (lines: readonly string[]): string[] => ['if (local == 0u) {', ...indent(lines), '}']

export const flatKernel = (kernel: Kernel, maker: Maker, isEager: boolean): readonly Dispatch[] => {
  const w = new Writer(maker, isEager)
  const label = `loops [${kernel.extents.join(', ')}]`
  const points = sizeOf(kernel.extents)
  const { threads, groups } = gridFor(maker.target, points, reductions(kernel).length)
  const { lines, accumulators } = flatLoop(w, kernel, 'thread', threads * groups)
  if (accumulators === null) return [w.dispatch(label, lines, threads, groups)]
  const combined = [...lines, ...points === 1 ? [] : accumulators.tree(threads)]
  if (groups === 1) return [w.dispatch(label, [...combined, ...oneThread(accumulators.finish())], threads, 1)]
  const partials = accumulators.room(groups)
  const first = w.dispatch(label, [...combined, ...oneThread(accumulators.store(partials, 'group'))], threads, groups)
  const v = new Writer(maker, isEager)
  const sums = new Accumulators(v, reductions(kernel))
  const second = [
    ...sums.declare(),
    ...v.stride('f', 'local', threads, groups, sums.load(partials, 'f')),
    ...sums.tree(threads), ...oneThread(sums.finish()),
  ]
  return [first, v.dispatch(`${label}: partial results`, second, threads, 1)]
}
