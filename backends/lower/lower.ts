// From a program to a plan: which values get buffers, which kernels fill them, and in what order.
import { widthOf } from '../../core/dtype.ts'
import type { Equation, Program } from '../../core/program.ts'
import { constantIndex, counter, scaled, type Affine } from './affine.ts'
import { Builder, isTest } from './expression.ts'
import { address, Demand, Inliner, type Context } from './inline.ts'
import { type Buffer, type ContractionOperand, type Kernel, type LibraryPrimitive, type Plan, type Statement, type Step } from './kernel.ts'
import { findRoots, isLibrary, isReduction, spaceOf, type Roots } from './roots.ts'
import { simplify } from './simplify.ts'
import { forCpu, type Target } from './target.ts'
import { isAlias, isSpreading, linear, type Index } from './views.ts'

/** Lowers a program. Values that turn out to need storage after all are demanded one by one. */
export const lower = (program: Program, target: Target = forCpu): Plan => {
  const simple = simplify(program)
  const demanded = new Set<number>()
  for (;;) {
    try {
      return new Lowering(simple, findRoots(simple, demanded, target), target).plan()
    } catch (e) {
      if (!(e instanceof Demand) || demanded.has(e.equation)) throw e
      demanded.add(e.equation)
    }
  }
}

/** One stored value, or one operand of a stored concatenation, and the shape over which it is computed. */
interface Item {
  readonly equation: number
  /** For a concatenation: the operand, and where it starts. */
  readonly operand: number
  readonly start: number
  readonly space: readonly number[]
  readonly cost: number
  /** Buffers that it reads. */
  readonly sources: ReadonlySet<number>
}

const boxOf = (dims: readonly number[]): Statement['box'] => ({ low: dims.map(() => 0), high: [...dims] })

class Lowering {
  readonly #program: Program
  readonly #roots: Roots
  readonly #target: Target
  readonly #buffers: Buffer[] = []
  readonly #bufferOf: Int32Array

  constructor(program: Program, roots: Roots, target: Target) {
    this.#program = program
    this.#roots = roots
    this.#target = target
    this.#bufferOf = new Int32Array(program.equations.length).fill(-1)
  }

  plan(): Plan {
    const { equations, inputs, outputs } = this.#program
    const inputAt = new Map(inputs.map((k, i) => [k, i]))
    const secondResult = new Map<number, number>()
    equations.forEach((e, k) => {
      if (this.#roots.stored[k] === 0) return
      if (e.primitive === 'pick') this.#bufferOf[k] = e.attrs[0] === 0 ? this.#bufferOf[e.args[0]!]! : secondResult.get(e.args[0]!)!
      else if (this.#isAliasOfStored(k)) this.#bufferOf[k] = this.#bufferOf[e.args[0]!]!
      else {
        this.#bufferOf[k] = this.#newBuffer(e, inputAt.get(k) ?? -1)
        if (e.outputs !== null) secondResult.set(k, this.#buffers.push({ dtype: e.outputs[1]!.dtype, length: e.outputs[1]!.info.size, input: -1 }) - 1)
      }
    })
    const byLevel: { steps: Step[]; items: Item[] }[] = []
    const at = (level: number) => (byLevel[level] ??= { steps: [], items: [] })
    equations.forEach((e, k) => {
      if (this.#roots.stored[k] === 0 || e.primitive === 'input' || e.primitive === 'pick' || this.#isAliasOfStored(k)) return
      const { steps, items } = at(this.#roots.level[k]!)
      if (isLibrary(e.primitive)) steps.push(this.#library(e, k, secondResult))
      else if (e.primitive === 'matmul') steps.push(this.#contraction(e, k))
      else {
        if (isSpreading(e) || this.#needsIdentity(e)) steps.push({ kind: 'fill', buffer: this.#bufferOf[k]!, value: 0 })
        items.push(...this.#itemsOf(e, k))
      }
    })
    const steps = byLevel.flatMap((level) => level === undefined ? [] : [...level.steps, ...this.#kernels(level.items)])
    return { buffers: this.#buffers, steps, outputs: outputs.map((k) => this.#bufferOf[k]!) }
  }

  #newBuffer(e: Equation, input: number): number {
    return this.#buffers.push({ dtype: e.dtype, length: e.shape.size * widthOf(e.dtype), input }) - 1
  }

  #isAliasOfStored(k: number): boolean {
    const e = this.#program.equations[k]!
    return isAlias(e.primitive) && this.#isStored(e.args[0]!)
  }

  #isStored(k: number): boolean { return this.#roots.stored[k] === 1 || this.#isAliasOfStored(k) }

  #storageOf(k: number): number {
    return this.#roots.stored[k] === 1 ? this.#bufferOf[k]! : this.#storageOf(this.#program.equations[k]!.args[0]!)
  }

  /** A sum over nothing is zero. */
  #needsIdentity(e: Equation): boolean {
    return e.primitive === 'sum' && this.#program.equations[e.args[0]!]!.shape.size === 0
  }

  #itemsOf(e: Equation, k: number): Item[] {
    const { equations } = this.#program
    const { cost, sources } = this.#cone(e)
    if (e.primitive !== 'concat') return [{ equation: k, operand: k, start: 0, space: spaceOf(e, equations), cost, sources }]
    let start = 0
    return e.args.map((a) => {
      const item = { equation: k, operand: a, start, space: equations[a]!.shape.dims, cost, sources }
      start += equations[a]!.shape.dims[e.attrs[0]!]!
      return item
    })
  }

  /** What is computed in place for a stored value, and what it loads. */
  #cone(e: Equation): { readonly cost: number; readonly sources: ReadonlySet<number> } {
    const seen = new Set<number>()
    const sources = new Set<number>()
    const stack = [...e.args]
    let cost = 1 + this.#target.extra(e)
    while (stack.length > 0) {
      const k = stack.pop()!
      if (seen.has(k)) continue
      seen.add(k)
      const a = this.#program.equations[k]!
      if (this.#isStored(k)) sources.add(this.#storageOf(k))
      else {
        cost += 2 * widthOf(a.dtype) + this.#target.extra(a)
        stack.push(...a.args)
      }
    }
    return { cost, sources }
  }

  /**
   * Groups a level's items into kernels: one iteration space, or nearly one and common sources; not too much in one. An
   * item may read what the level stores at the same element, but only from its own kernel or an earlier one.
   */
  #kernels(items: readonly Item[]): Step[] {
    const groups: Item[][] = []
    const madeIn = new Map<number, number>()
    const open = new Map<string, number>()
    for (const item of items) {
      if (item.space.includes(0)) continue
      const pattern = this.#pattern(item)
      const space = item.space.join()
      const earliest = Math.max(0, ...[...item.sources].map((s) => madeIn.get(s) ?? 0))
      const fits = (g: number | undefined): g is number => g !== undefined && g >= earliest
        && groups[g]!.reduce((c, x) => c + x.cost, item.cost) <= this.#target.kernelLimit
      let g = [open.get(`${space}|${pattern}`), pattern === '' ? open.get(`${space}|any`) : undefined].find(fits)
      if (g === undefined && pattern === '') g = groups.findIndex((group, k) => k >= groups.length - 4 && fits(k) && this.#nearly(group, item))
      if (g === undefined || g < 0) g = groups.push([]) - 1
      open.set(`${space}|${pattern}`, g)
      open.set(`${space}|any`, g)
      groups[g]!.push(item)
      madeIn.set(this.#bufferOf[item.equation]!, g)
    }
    return groups.flatMap((g) => this.#kernel(g))
  }

  /** The axes over which a partial reduction runs: kernels hold one such pattern. */
  #pattern(item: Item): string {
    const e = this.#program.equations[item.equation]!
    return isReduction(e.primitive) && e.attrs.length < item.space.length ? e.attrs.join() : ''
  }

  /** Whether an item over a slightly different space shares what a group loads: neighbouring differences and their adjoints. */
  #nearly(group: readonly Item[], item: Item): boolean {
    const space = group[0]!.space
    return space.length > 0 && space.length === item.space.length
      && space.every((d, k) => Math.abs(d - item.space[k]!) <= 8)
      && group.every((x) => this.#pattern(x) === '' && !item.sources.has(this.#bufferOf[x.equation]!))
      && group.some((x) => [...x.sources].some((s) => item.sources.has(s)))
  }

  #kernel(group: readonly Item[]): Step[] {
    const rank = group[0]!.space.length
    const extents = Array.from({ length: rank }, (_, k) => Math.max(...group.map((i) => i.space[k]!)))
    const builder = new Builder()
    const own = new Set(group.filter((i) => i.operand === i.equation && !isSpreading(this.#program.equations[i.equation]!)
      && !isReduction(this.#program.equations[i.equation]!.primitive)).map((i) => i.equation))
    const context: Context = {
      program: this.#program, builder, extents, own, limits: this.#target.limits,
      isStored: (k) => this.#isStored(k),
      bufferOf: (k) => this.#storageOf(k),
    }
    const inliner = new Inliner(context)
    const index: Index = extents.map((_, k) => counter(k, rank))
    const statements = group.flatMap((item) => this.#statements(item, index, inliner, context))
    const kernel: Kernel = { builder, extents, statements }
    return this.#target.shape(kernel).map((k): Step => ({ kind: 'loops', kernel: k }))
  }

  #statements(item: Item, index: Index, inliner: Inliner, { builder: b, extents }: Context): Statement[] {
    const e = this.#program.equations[item.equation]!
    const buffer = this.#bufferOf[item.equation]!
    const box = boxOf(item.space)
    const width = widthOf(e.dtype)
    if (isReduction(e.primitive)) {
      const op = e.primitive
      const over = item.space.map((_, k) => e.attrs.includes(k))
      const kept = index.filter((_, k) => !e.attrs.includes(k))
      const at = linear(kept, e.shape, extents.length)
      const value = inliner.value(e.args[0]!, index)
      const integer = e.dtype === 'int32'
      const part = (x: typeof value.re, k: number): Statement => {
        const number = isTest(x) ? b.unary('toNumber', x) : x
        const where = scaled(at, width, k)
        return over.includes(true)
          ? { kind: 'reduce', op, buffer, at: where, value: number, box, over, integer }
          : { kind: 'store', buffer, at: where, value: number, box }
      }
      return [part(value.re, 0), ...value.im === null ? [] : [part(value.im, 1)]]
    }
    const value = item.operand === item.equation && !isSpreading(e) ? inliner.define(item.equation, index) : inliner.value(item.operand === item.equation ? e.args[0]! : item.operand, index)
    const at = this.#destination(item, e, index, extents.length)
    const part = (x: typeof value.re, k: number): Statement =>
      ({ kind: 'store', buffer, at: scaled(at, width, k), value: isTest(x) ? b.unary('toNumber', x) : x, box })
    return [part(value.re, 0), ...value.im === null ? [] : [part(value.im, 1)]]
  }

  /** Where an item's element goes. */
  #destination(item: Item, e: Equation, index: Index, loops: number): Affine {
    if (isSpreading(e)) {
      const r = e.shape.rank
      return linear(index.map((a, k) => scaled(a, e.attrs[2 * r + k]! + 1, e.attrs[k]!)), e.shape, loops)
    }
    if (e.primitive === 'concat') return linear(index.map((a, k) => (k === e.attrs[0] ? scaled(a, 1, item.start) : a)), e.shape, loops)
    return linear(index, e.shape, loops)
  }

  #library(e: Equation, k: number, secondResult: ReadonlyMap<number, number>): Step {
    const second = secondResult.get(k)
    return {
      kind: 'library', primitive: e.primitive as LibraryPrimitive /* isLibrary said so */, attrs: e.attrs,
      operands: [e, ...e.args.map((a) => this.#program.equations[a]!)],
      args: e.args.map((a) => this.#storageOf(a)),
      results: [this.#bufferOf[k]!, ...second === undefined ? [] : [second]],
    }
  }

  #contraction(e: Equation, k: number): Step {
    const [p, q] = [this.#program.equations[e.args[0]!]!.shape, this.#program.equations[e.args[1]!]!.shape]
    const batch = e.shape.dims.slice(0, -2)
    const [m, n, inner] = [e.shape.dims.at(-2)!, e.shape.dims.at(-1)!, p.dims.at(-1)!]
    return {
      kind: 'contraction', batch, m, n, k: inner, result: this.#bufferOf[k]!,
      a: this.#operand(e.args[0]!, p.dims), b: this.#operand(e.args[1]!, q.dims),
    }
  }

  #operand(k: number, dims: readonly number[]): ContractionOperand {
    const loops = dims.length
    const index = dims.map((_, j) => counter(j, loops))
    const found = dims.includes(0)
      ? { buffer: this.#isStored(k) ? this.#storageOf(k) : 0, at: constantIndex(0, loops), conj: false, complex: widthOf(this.#program.equations[k]!.dtype) === 2 }
      : address(k, index, { program: this.#program, isStored: (j) => this.#isStored(j), bufferOf: (j) => this.#storageOf(j), extents: dims })
    if (found === null) throw new Demand(k)
    const c = found.at.coefficients
    return {
      buffer: found.buffer, complex: found.complex, conj: found.conj, offset: found.at.offset,
      row: c[loops - 2]!, column: c[loops - 1]!, batch: c.slice(0, -2),
    }
  }
}
