// Conditions on loop counters (from pad, concat, the adjoint of slice) split the loops' ranges: inside one region every
// such condition is decided, so nothing is tested in the inner loop.
import { range, type Affine } from './affine.ts'
import type { Expr } from './expression.ts'
import type { Kernel, Statement } from './kernel.ts'
import { postorder, remapper } from './loops.ts'

/** A box of the iteration space and what happens in it; `segment[k]` counts the intervals of axis k. */
export interface Region {
  readonly segment: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Each statement with the position it had in the kernel. */
  readonly statements: readonly { readonly statement: Statement; readonly position: number }[]
}

export interface Split {
  /** Per axis the interval borders, from 0 to the extent. */
  readonly borders: readonly (readonly number[])[]
  readonly regions: readonly Region[]
}

const mostRegions = 27
const mostBorders = 32

/** The counter that alone decides `at`, if it does so with step one. */
const soleCounter = (at: Affine): number => {
  const used = [...at.coefficients.keys()].filter((k) => at.coefficients[k] !== 0)
  return used.length === 1 && Math.abs(at.coefficients[used[0]!]!) === 1 ? used[0]! : -1
}

const bordersOf = (kernel: Kernel, guards: readonly Expr[], axes: ReadonlySet<number>): number[][] => {
  const sets = kernel.extents.map((n) => new Set([0, n]))
  const add = (k: number, x: number): void => { if (x > 0 && x < kernel.extents[k]!) sets[k]!.add(x) }
  for (const s of kernel.statements) s.box.low.forEach((low, k) => { add(k, low); add(k, s.box.high[k]!) })
  for (const g of guards) {
    const at = g.at!
    const k = soleCounter(at)
    if (k < 0 || !axes.has(k)) continue
    for (const edge of [g.low, g.high]) add(k, at.coefficients[k] === 1 ? edge - at.offset : at.offset - edge + 1)
  }
  return sets.map((s) => [...s].sort((p, q) => p - q))
}

/** Splits a kernel into regions. Where that would take too many, only the innermost axis is split and the rest is tested. */
export const splitRegions = (kernel: Kernel): Split => {
  const { extents } = kernel
  const guards = postorder(kernel.statements.map((s) => s.value)).filter((e) => e.op === 'guard')
  const every = new Set(extents.keys())
  let borders = bordersOf(kernel, guards, every)
  const count = (b: readonly (readonly number[])[]): number => b.reduce((n, x) => n * Math.max(1, x.length - 1), 1)
  if (count(borders) > mostRegions) borders = bordersOf(kernel, guards, new Set([extents.length - 1]))
  if (count(borders) > mostBorders) borders = bordersOf(kernel, guards, new Set())
  const regions: Region[] = []
  const visit = (k: number, segment: readonly number[], low: readonly number[], high: readonly number[]): void => {
    if (k < extents.length) {
      const b = borders[k]!
      for (let j = 0; j + 1 < b.length; j++) visit(k + 1, [...segment, j], [...low, b[j]!], [...high, b[j + 1]!])
      return
    }
    const inside = (s: Statement): boolean => low.every((l, j) => l >= s.box.low[j]! && high[j]! <= s.box.high[j]!)
    const present = kernel.statements.map((statement, position) => ({ statement, position })).filter((s) => inside(s.statement))
    if (present.length > 0) regions.push({ segment, low, high, statements: decide(kernel, present, low, high, guards.length > 0) })
  }
  visit(0, [], [], [])
  return { borders, regions }
}

/** Resolves the guards that are the same throughout a box. */
const decide = (
  kernel: Kernel, present: Region['statements'], low: readonly number[], high: readonly number[], guarded: boolean,
): Region['statements'] => {
  if (!guarded) return present
  const lengths = high.map((h, k) => h - low[k]!)
  const verdict = (e: Expr, at: Affine): boolean | null => {
    const shifted: Affine = { offset: at.coefficients.reduce((o, c, k) => o + c * low[k]!, at.offset), coefficients: at.coefficients }
    const [least, most] = range(shifted, lengths)
    if (least >= e.low && most < e.high) return true
    if (most < e.low || least >= e.high) return false
    return null
  }
  const remap = remapper(kernel.builder, (at) => at, verdict, true)
  return present.map(({ statement, position }) => ({ statement: { ...statement, value: remap(statement.value) }, position }))
}
