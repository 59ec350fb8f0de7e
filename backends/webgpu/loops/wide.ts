// Kernels bind few buffers. Statements that read the same go into one kernel; a statement that reads too many for one is
// cut: parts of its value are computed by kernels of their own and stored.
import type { DType } from '../../../core/dtype.ts'
import type { Affine } from '../../lower/affine.ts'
import { isTest, type Builder, type Expr } from '../../lower/expression.ts'
import { loads, type Kernel, type Statement } from '../../lower/kernel.ts'
import { postorder } from '../../lower/loops.ts'
import { plainLoops } from '../../lower/plain.ts'
import type { Maker } from '../dispatch.ts'
import { isSmall } from '../place.ts'
import { sizeOf } from './kernel.ts'
import { typing, wordOf } from './wgsl.ts'

/** Most reductions of a kernel: a workgroup's memory holds the accumulators of all its threads. */
const mostReductions = 24

const isLarge = (maker: Maker, buffer: number): boolean => !isSmall(maker.buffers[buffer]!.length)

/** Large buffers that a statement binds. */
const boundBy = (maker: Maker, s: Statement): ReadonlySet<number> =>
  new Set([...loads([s.value]), s.buffer].filter((b) => isLarge(maker, b)))

/** Of each expression the large buffers that it reads. */
const readings = (maker: Maker, roots: readonly Expr[]): ReadonlyMap<Expr, ReadonlySet<number>> => {
  const found = new Map<Expr, ReadonlySet<number>>()
  const none = new Set<number>()
  for (const e of postorder(roots)) {
    if (e.op === 'load') found.set(e, isLarge(maker, e.value) ? new Set([e.value]) : none)
    else {
      const sets = e.args.map((a) => found.get(a)!)
      const widest = sets.reduce((p, q) => (q.size > p.size ? q : p), none)
      const isAll = sets.every((s) => s === widest || [...s].every((b) => widest.has(b)))
      found.set(e, isAll ? widest : new Set(sets.flatMap((s) => [...s])))
    }
  }
  return found
}

/** The loops on which an expression depends. */
const dependence = (e: Expr, rank: number): readonly boolean[] => {
  const used = new Array<boolean>(rank).fill(false)
  for (const x of postorder([e])) x.at?.coefficients.forEach((c, k) => { if (c !== 0) used[k] = true })
  return used
}

/** The same value with one part of it replaced. */
const replacing = (b: Builder, part: Expr, by: Expr): ((e: Expr) => Expr) => {
  const known = new Map<Expr, Expr>([[part, by]])
  return (root) => {
    for (const e of postorder([root], (x) => (known.has(x) ? [] : x.args))) {
      if (known.has(e)) continue
      const args = e.args.map((a) => known.get(a)!)
      known.set(e, args.every((a, k) => a === e.args[k]) ? e : b.again(e, args))
    }
    return known.get(root)!
  }
}

/** Computes the part into room of its own: the kernel that does it, and the part as it is read again. */
const stored = (maker: Maker, kernel: Kernel, part: Expr): { readonly kernel: Kernel; readonly again: Expr } => {
  const b = kernel.builder
  const used = dependence(part, kernel.extents.length)
  const extents = kernel.extents.map((n, k) => (used[k]! ? n : 1))
  const coefficients = extents.map((n, k) => (n === 1 ? 0 : sizeOf(extents.slice(k + 1))))
  const typeOf = typing((e) => wordOf(maker.buffers[e.value]!.dtype))
  const dtype: DType = isTest(part) ? 'bool' : typeOf(part) === 'i32' ? 'int32' : 'float32'
  const buffer = maker.scratch(dtype, sizeOf(extents))
  const at: Affine = { offset: 0, coefficients }
  const value = isTest(part) ? b.unary('toNumber', part) : part
  const load = b.load(buffer, at)
  const box = { low: extents.map(() => 0), high: extents }
  return {
    again: isTest(part) ? b.test('toTest', load) : load,
    kernel: { builder: b, extents, statements: [{ kind: 'store', buffer, at, value, box }] },
  }
}

/** Cuts values until no statement binds more than `most` large buffers. */
const narrowed = (kernel: Kernel, maker: Maker, most: number): readonly Kernel[] => {
  const wide = kernel.statements.find((s) => boundBy(maker, s).size > most)
  if (wide === undefined) return [kernel]
  const reads = readings(maker, [wide.value])
  let part: Expr | null = null
  for (const [e, set] of reads) {
    if (e === wide.value || e.args.length === 0 || set.size >= most || set.size < 2) continue
    if (part === null || set.size >= reads.get(part)!.size) part = e
  }
  if (part === null) throw new Error(`a kernel reads ${reads.get(wide.value)!.size} buffers at once, and the device binds ${most}`)
  const { kernel: before, again } = stored(maker, kernel, part)
  const replace = replacing(kernel.builder, part, again)
  const rest: Kernel = { ...kernel, statements: kernel.statements.map((s) => ({ ...s, value: replace(s.value) })) }
  return [before, ...narrowed(rest, maker, most)]
}

/** Statements in groups of which each binds few enough buffers. */
const grouped = (kernel: Kernel, maker: Maker, most: number): readonly Kernel[] => {
  const groups: { readonly bound: Set<number>; readonly statements: Statement[] }[] = []
  for (const s of kernel.statements) {
    const bound = boundBy(maker, s)
    const fits = groups.find((g) => new Set([...g.bound, ...bound]).size <= most
      && (s.kind === 'store' || g.statements.filter((t) => t.kind === 'reduce').length < mostReductions))
    if (fits === undefined) groups.push({ bound: new Set(bound), statements: [s] })
    else {
      for (const b of bound) fits.bound.add(b)
      fits.statements.push(s)
    }
  }
  return groups.map(({ statements }) => ({ ...kernel, statements }))
}

/** The same work by kernels that bind no more large buffers than this. */
export const withFewBuffers = (kernel: Kernel, maker: Maker, most: number): readonly Kernel[] => {
  const kernels = narrowed(kernel, maker, most).flatMap((k) => grouped(k, maker, most))
  return kernels.length === 1 ? kernels : kernels.flatMap(plainLoops)
}
