// Reshaping loop nests before they are printed: axes of length one vanish, short sums are written out, a sum over an
// outer axis is done for several neighbouring columns at once, and loops over contiguous storage become one.
import { type Affine } from './affine.ts'
import type { Builder, Expr } from './expression.ts'
import type { Box, Kernel, ReduceOp, Statement } from './kernel.ts'

const isZero = (e: Expr): boolean => e.op === 'const' && e.value === 0

/**
 * Rewrites the indices of expressions; equal expressions stay one. `guard` may decide a guard; the zeros that a decided
 * pad leaves behind are then dropped from sums when `dropZeros` is set.
 */
export const remapper = (
  b: Builder, f: (at: Affine) => Affine, guard: (e: Expr, at: Affine) => boolean | null = () => null, dropZeros = false,
): ((e: Expr) => Expr) => {
  const known = new Map<Expr, Expr>()
  const remap = (e: Expr): Expr => {
    const hit = known.get(e)
    if (hit !== undefined) return hit
    const result = rebuild(e)
    known.set(e, result)
    return result
  }
  const rebuild = (e: Expr): Expr => {
    const at = e.at === null ? null : f(e.at)
    switch (e.op) {
      case 'const': return e
      case 'load': return b.load(e.value, at!)
      case 'index': return b.index(at!)
      case 'guard': {
        const decided = guard(e, at!)
        if (decided !== null) return remap(e.args[decided ? 0 : 1]!)
        return b.guard(at!, e.low, e.high, remap(e.args[0]!), remap(e.args[1]!))
      }
      default: {
        const args = e.args.map(remap)
        if (dropZeros && e.op === 'add' && isZero(args[0]!)) return args[1]!
        if (dropZeros && (e.op === 'add' || e.op === 'sub') && isZero(args[1]!)) return args[0]!
        return args.every((a, k) => a === e.args[k]) ? e : b.again(e, args)
      }
    }
  }
  return remap
}

/** Every expression below these, operands first; `operands` may cut what it does not want to be followed. */
export const postorder = (roots: readonly Expr[], operands: (e: Expr) => readonly Expr[] = (e) => e.args): Expr[] => {
  const order: Expr[] = []
  const done = new Set<Expr>()
  const open = new Set<Expr>()
  const stack = [...roots].reverse()
  while (stack.length > 0) {
    const e = stack[stack.length - 1]!
    if (done.has(e)) stack.pop()
    else if (!open.has(e)) {
      open.add(e)
      const args = operands(e)
      for (let k = args.length - 1; k >= 0; k--) if (!done.has(args[k]!)) stack.push(args[k]!)
    } else {
      stack.pop()
      done.add(e)
      order.push(e)
    }
  }
  return order
}

/** The number of outer loops on which an expression depends. */
export const loopDepth = (e: Expr, known: Map<Expr, number>): number => {
  let d = known.get(e)
  if (d === undefined) {
    d = e.at === null ? 0 : e.at.coefficients.reduce((deep, c, k) => (c === 0 ? deep : k + 1), 0)
    for (const a of e.args) d = Math.max(d, loopDepth(a, known))
    known.set(e, d)
  }
  return d
}

/** The largest expressions below these that depend on no more than `depth` outer loops, of those not yet known. */
export const invariants = (
  roots: readonly Expr[], depth: number, isKnown: (e: Expr) => boolean, depths: Map<Expr, number>,
  operands: (e: Expr) => readonly Expr[] = (e) => e.args,
): Expr[] => {
  const wanted = new Set<Expr>()
  const seen = new Set<Expr>()
  const stack = [...roots]
  while (stack.length > 0) {
    const e = stack.pop()!
    if (seen.has(e) || isKnown(e)) continue
    seen.add(e)
    if (loopDepth(e, depths) <= depth) wanted.add(e)
    else stack.push(...operands(e))
  }
  return [...wanted]
}

const dropAxis = <A>(list: readonly A[], k: number): A[] => list.filter((_, j) => j !== k)

/** Fixes counter k at `value` and removes the loop. */
const fixed = (at: Affine, k: number, value: number): Affine => ({
  offset: at.offset + at.coefficients[k]! * value,
  coefficients: dropAxis(at.coefficients, k),
})
const withoutAxis = (box: Box, k: number): Box => ({ low: dropAxis(box.low, k), high: dropAxis(box.high, k) })

const combine = (b: Builder, op: ReduceOp, terms: readonly Expr[]): Expr => {
  if (terms.length === 1) return terms[0]!
  const half = Math.ceil(terms.length / 2)
  const [p, q] = [combine(b, op, terms.slice(0, half)), combine(b, op, terms.slice(half))]
  return op === 'sum' ? b.add(p, q) : op === 'max' ? b.max(p, q) : b.min(p, q)
}

/** Writes out loop k: stores are repeated, reductions over it become one expression. */
export const unroll = (kernel: Kernel, k: number): Kernel => {
  const b = kernel.builder
  const copies = Array.from({ length: kernel.extents[k]! }, (_, v) => ({ v, remap: remapper(b, (at) => fixed(at, k, v)) }))
  const statements = kernel.statements.flatMap((s): Statement[] => {
    const inside = copies.filter(({ v }) => v >= s.box.low[k]! && v < s.box.high[k]!)
    const box = withoutAxis(s.box, k)
    if (s.kind === 'reduce' && s.over[k] === true) {
      const over = dropAxis(s.over, k)
      const sum = combine(b, s.op, inside.map((c) => c.remap(s.value)))
      const value = s.integer && s.op === 'sum' ? b.unary('toInt32', sum) : sum
      const at = fixed(s.at, k, 0)
      return [over.includes(true) ? { ...s, at, value, box, over } : { kind: 'store', buffer: s.buffer, at, value, box }]
    }
    return inside.map(({ v, remap }): Statement => {
      const moved = { at: fixed(s.at, k, v), value: remap(s.value), box }
      return s.kind === 'store' ? { ...s, ...moved } : { ...s, ...moved, over: dropAxis(s.over, k) }
    })
  })
  return { builder: b, extents: dropAxis(kernel.extents, k), statements }
}

export const sizeOf = (kernel: Kernel): number => postorder(kernel.statements.map((s) => s.value)).length

/** Sums over a short outer axis (a few masks, two components) are cheaper written out. */
const unrollShort = (kernel: Kernel): Kernel => {
  for (let k = 0; k < kernel.extents.length; k++) {
    const n = kernel.extents[k]!
    const innerKept = kernel.statements.some((s) => s.kind === 'reduce' && s.over[k] === true && s.over.some((o, j) => j > k && !o))
    const short = n === 1 || (n <= 8 && innerKept && n * sizeOf(kernel) <= 400)
    const tiny = n <= 4 && k === kernel.extents.length - 1 && n * sizeOf(kernel) <= 200
    if (short || tiny) return unrollShort(unroll(kernel, k))
  }
  return kernel
}

const isFull = (box: Box, k: number, extents: readonly number[]): boolean => box.low[k] === 0 && box.high[k] === extents[k]

/** Merges loops k and k+1 where the storage that they walk is contiguous. */
export const mergeLoops = (kernel: Kernel): Kernel => {
  const { extents, statements, builder: b } = kernel
  const all = postorder(statements.map((s) => s.value))
  for (let k = extents.length - 2; k >= 0; k--) {
    const n = extents[k + 1]!
    const contiguous = (at: Affine): boolean => at.coefficients[k] === at.coefficients[k + 1]! * n
    const untouched = (at: Affine): boolean => at.coefficients[k] === 0 && at.coefficients[k + 1] === 0
    const ok = all.every((e) => e.at === null || (e.op === 'guard' ? untouched(e.at) : contiguous(e.at)))
      && statements.every((s) => contiguous(s.at) && isFull(s.box, k, extents) && isFull(s.box, k + 1, extents)
        && (s.kind === 'store' || s.over[k] === s.over[k + 1]))
    if (!ok) continue
    const drop = (at: Affine): Affine => ({ offset: at.offset, coefficients: dropAxis(at.coefficients, k) })
    const remap = remapper(b, drop)
    const merged = extents.map((d, j) => (j === k + 1 ? d * extents[k]! : d))
    return mergeLoops({
      builder: b,
      extents: dropAxis(merged, k),
      statements: statements.map((s): Statement => {
        const box = withoutAxis({ low: s.box.low, high: s.box.high.map((h, j) => (j === k + 1 ? merged[j]! : h)) }, k)
        const moved = { at: drop(s.at), value: remap(s.value), box }
        return s.kind === 'store' ? { ...s, ...moved } : { ...s, ...moved, over: dropAxis(s.over, k) }
      }),
    })
  }
  return kernel
}

/** The same loops in another order. */
export const permuted = (kernel: Kernel, order: readonly number[]): Kernel => {
  if (order.every((k, j) => k === j)) return kernel
  const permute = <A>(list: readonly A[]): A[] => order.map((k) => list[k]!)
  const move = (at: Affine): Affine => ({ offset: at.offset, coefficients: permute(at.coefficients) })
  const remap = remapper(kernel.builder, move)
  return {
    builder: kernel.builder,
    extents: permute(kernel.extents),
    statements: kernel.statements.map((s): Statement => {
      const moved = { at: move(s.at), value: remap(s.value), box: { low: permute(s.box.low), high: permute(s.box.high) } }
      return s.kind === 'store' ? { ...s, ...moved } : { ...s, ...moved, over: permute(s.over) }
    }),
  }
}

/** Puts the loops that are reduced over innermost. */
const reducedInside = (kernel: Kernel): { readonly kernel: Kernel; readonly column: number } => {
  const over = kernel.extents.map((_, k) => kernel.statements.some((s) => s.kind === 'reduce' && s.over[k] === true && s.over.includes(false)))
  const last = over.length - 1
  const first = over.indexOf(true)
  if (first < 0 || over.every((o, k) => o || k < first)) return { kernel, column: -1 }
  const order = [...over.keys()].sort((p, q) => Number(over[p]) - Number(over[q]) || p - q)
  return { column: over[last] === true ? -1 : order.indexOf(last), kernel: permuted(kernel, order) }
}

/** Takes loop k in blocks of `width` neighbours, written out, so that a cache line is used whole; the rest is a kernel of its own. */
const blockColumns = (kernel: Kernel, k: number, width: number): Kernel[] => {
  const n = kernel.extents[k]!
  const blocks = Math.floor(n / width)
  const part = (extent: number, copies: number, step: number, start: number): Kernel => ({
    builder: kernel.builder,
    extents: kernel.extents.map((d, j) => (j === k ? extent : d)),
    statements: Array.from({ length: copies }, (_, v) => {
      const move = (at: Affine): Affine => ({
        offset: at.offset + at.coefficients[k]! * (start + v),
        coefficients: at.coefficients.map((c, j) => (j === k ? c * step : c)),
      })
      const remap = remapper(kernel.builder, move)
      return kernel.statements.map((s): Statement => ({
        ...s, at: move(s.at), value: remap(s.value), box: { low: s.box.low, high: s.box.high.map((h, j) => (j === k ? extent : h)) },
      }))
    }).flat(),
  })
  const rest = n - blocks * width
  return [...blocks > 0 ? [part(blocks, width, width, 0)] : [], ...rest > 0 ? [part(rest, 1, 1, blocks * width)] : []]
}

/** The nests that do a kernel's work best. */
export const shapeLoops = (kernel: Kernel): Kernel[] => {
  const merged = mergeLoops(unrollShort(kernel))
  const { kernel: nested, column } = reducedInside(merged)
  if (column < 0) return [nested]
  const size = sizeOf(nested)
  const width = size <= 30 ? 8 : size <= 80 ? 4 : 1
  const full = nested.statements.every((s) => isFull(s.box, column, nested.extents))
  return width > 1 && full ? blockColumns(nested, column, width) : [nested]
}
