// What happens at one point of a loop nest: values, and what is done with them.
import type { Expr } from '../../lower/expression.ts'
import type { Box, Kernel, Statement } from '../../lower/kernel.ts'
import type { Scope } from '../../lower/print/block.ts'
import type { Accumulators } from './accumulators.ts'
import { sizeOf } from './kernel.ts'
import { indent, type Writer, type Written } from './writer.ts'

const volume = ({ low, high }: Box): number => low.reduce((n, l, k) => n * Math.max(0, high[k]! - l), 1)

/** What is done with a statement's value. */
const effect = (w: Writer, s: Statement, written: Written, position: number, accumulators: Accumulators | null): string[] => {
  const value = w.stored(s.value, written, s.buffer)
  if (s.kind === 'reduce') return accumulators!.add(s, value)
  if (!w.maker.isRoot(s.buffer)) return [w.write(s.buffer, w.index(s.at), value)]
  return [`let r${position} = ${value};`, ...w.result(s.buffer, '0u', `r${position}`)]
}

/** The statements at one point; those that run at few points compute their values there alone. */
export const atPoint = (w: Writer, kernel: Kernel, scope: Scope, accumulators: Accumulators | null): string[] => {
  const { extents, statements } = kernel
  const total = sizeOf(extents)
  const isCommon = (s: Statement): boolean => 2 * volume(s.box) >= total
  const common = w.values(statements.filter(isCommon).map((s) => s.value), scope)
  const places = new Map<string, { readonly statements: Statement[]; readonly isCommon: boolean }>()
  for (const s of statements) {
    const test = w.inside(s.box, extents)
    const place = places.get(test)
    if (place === undefined) places.set(test, { statements: [s], isCommon: isCommon(s) })
    else place.statements.push(s)
  }
  let position = 0
  return [...common.lines, ...[...places].flatMap(([test, place]): string[] => {
    const written = place.isCommon ? common : w.values(place.statements.map((s) => s.value), scope)
    const lines = [
      ...place.isCommon ? [] : written.lines,
      ...place.statements.flatMap((s) => effect(w, s, written, position++, accumulators)),
    ]
    return test === '' ? lines : [`if (${test}) {`, ...indent(lines), '}']
  })]
}

export const valuesOf = ({ statements }: Kernel): readonly Expr[] => statements.map((s) => s.value)
