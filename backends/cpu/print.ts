// Printing a loop kernel as a JavaScript function. Sums are blocked and pairwise; the innermost loop is unrolled four
// times with all loads first; what does not depend on an inner counter is computed outside its loop.
import type { Affine } from '../lower/affine.ts'
import type { Expr } from '../lower/expression.ts'
import { keptDepth, type Kernel, type Reduce, type Statement } from '../lower/kernel.ts'
import { assumeLikely } from '../lower/likely.ts'
import { invariants, remapper } from '../lower/loops.ts'
import { printBlock, type Scope } from '../lower/print/block.ts'
import { splitRegions, type Region, type Split } from '../lower/regions.ts'
import { javascript } from './javascript.ts'

/** The array that holds a buffer, as it is called in the source, and where in it the buffer begins. */
export interface Location { readonly name: string; readonly offset: number }

export interface PrintOptions {
  readonly locate: (buffer: number) => Location
  /** Registers a size; the returned name stands for it. Absent: sizes are printed as literals. */
  readonly parameter?: (n: number) => string
}

interface Present { readonly statement: Statement; readonly position: number }

/** Lengths of a block of a pairwise sum, and of an unrolled body. */
const block = 512
const copies = 4
const longestUnrolled = 30

const identity: Readonly<Record<Reduce['op'], string>> = { sum: '0', max: '-Infinity', min: 'Infinity' }

const accumulate = (s: Reduce, a: string, b: string): string => {
  if (s.op === 'sum') return s.integer ? `(${a} + ${b}) | 0` : `${a} + ${b}`
  return `Math.${s.op}(${a}, ${b})`
}

/** The source of a kernel's body, and how many pairwise stacks it needs (as `t0`, `t1`, …). */
export const printKernel = (kernel: Kernel, options: PrintOptions): { readonly body: string; readonly stacks: number } => {
  const printer = new KernelPrinter(kernel, options)
  return { body: printer.print().join('\n'), stacks: printer.stacks }
}

const indent = (lines: readonly string[]): string[] => lines.map((l) => '  ' + l)

class KernelPrinter {
  readonly #kernel: Kernel
  readonly #options: PrintOptions
  readonly #split: Split
  readonly #rank: number
  readonly #stackOf = new Map<number, number>()
  readonly #depths = new Map<Expr, number>()
  #bases: Map<string, string> | null = null

  constructor(kernel: Kernel, options: PrintOptions) {
    this.#kernel = kernel
    this.#options = options
    this.#split = splitRegions(kernel)
    this.#rank = kernel.extents.length
  }

  get stacks(): number { return this.#stackOf.size }

  print(): string[] {
    const { regions } = this.#split
    const scope = new Map<Expr, string>()
    const hoisted = this.#hoist(regions, 0, scope)
    return [...hoisted, ...this.#level(0, regions, scope)]
  }

  #int(n: number): string { return this.#options.parameter === undefined || Math.abs(n) <= 4 ? String(n) : this.#options.parameter(n) }

  #term(c: number, k: number): string { return c === 1 ? `i${k}` : `${this.#int(c)} * i${k}` }

  #affine(at: Affine, extra = 0): string {
    const offset = at.offset + extra
    const outer: string[] = []
    const inner: string[] = []
    at.coefficients.forEach((c, k) => { if (c !== 0) (k === this.#rank - 1 ? inner : outer).push(this.#term(c, k)) })
    let parts = outer
    if (this.#bases !== null && outer.length > 0) {
      const text = outer.join(' + ')
      let name = this.#bases.get(text)
      if (name === undefined) this.#bases.set(text, name = `b${this.#bases.size}`)
      parts = [name]
    }
    parts = [...parts, ...inner]
    if (parts.length === 0) return this.#int(offset)
    return parts.join(' + ') + (offset === 0 ? '' : offset > 0 ? ` + ${this.#int(offset)}` : ` - ${this.#int(-offset)}`)
  }

  readonly #dialect = javascript({
    load: (e) => this.#element(e.value, e.at!),
    index: (at) => `(${this.#affine(at)})`,
    integer: (n) => this.#int(n),
  })

  #element(buffer: number, at: Affine): string {
    const { name, offset } = this.#options.locate(buffer)
    return `${name}[${this.#affine(at, offset)}]`
  }

  /** Computes what depends on `depth` loops and no more, for all of these regions. */
  #hoist(regions: readonly Region[], depth: number, scope: Map<Expr, string>): readonly string[] {
    if (depth === this.#rank) return []
    const roots = regions.flatMap((r) => r.statements.map((s) => s.statement.value))
    const wanted = invariants(roots, depth, (e) => scope.has(e) || e.op === 'const', this.#depths)
    if (wanted.length === 0) return []
    const { lines } = printBlock(wanted, scope, this.#dialect, true)
    for (const e of wanted) scope.set(e, `e${e.id}`)
    return lines
  }

  #level(k: number, regions: readonly Region[], scope: Scope): string[] {
    const here = new Map<number, Reduce>()
    for (const r of regions) {
      for (const { statement, position } of r.statements) {
        if (statement.kind === 'reduce' && keptDepth(statement) === k) here.set(position, statement)
      }
    }
    const lines: string[] = []
    for (const [p, s] of here) {
      lines.push(`let a${p} = ${identity[s.op]}`)
      if (this.#cascades(s)) {
        if (!this.#stackOf.has(p)) this.#stackOf.set(p, this.#stackOf.size)
        lines.push(`let n${p} = 0, h${p} = 0`)
      }
    }
    if (k === this.#rank) lines.push(...this.#body(regions[0]!.statements, scope))
    else {
      const borders = this.#split.borders[k]!
      for (let j = 0; j + 1 < borders.length; j++) {
        const inside = regions.filter((r) => r.segment[k] === j)
        if (inside.length === 0) continue
        if (k === this.#rank - 1) lines.push(...this.#inner(inside[0]!, borders[j]!, borders[j + 1]!, scope))
        else lines.push(...this.#outer(k, inside, borders[j]!, borders[j + 1]!, scope))
      }
    }
    for (const [p, s] of here) {
      if (this.#cascades(s)) lines.push(`while (h${p} > 0) a${p} = ${accumulate(s, `t${this.#stackOf.get(p)!}[--h${p}]`, `a${p}`)}`)
      lines.push(`${this.#element(s.buffer, s.at)} = a${p}`)
    }
    return lines
  }

  #outer(k: number, regions: readonly Region[], low: number, high: number, scope: Scope): string[] {
    const inside = new Map(scope)
    const hoisted = this.#hoist(regions, k + 1, inside)
    const body = indent([...hoisted, ...this.#level(k + 1, regions, inside)])
    const head = high - low === 1 ? [`{ const i${k} = ${this.#int(low)}`] : [`for (let i${k} = ${this.#int(low)}; i${k} < ${this.#int(high)}; i${k}++) {`]
    return [...head, ...body, '}']
  }

  /** How many partial sums a reduction makes for each of its results. */
  #cascades(s: Reduce): boolean {
    if (s.op !== 'sum' || s.integer) return false
    const { extents } = this.#kernel
    const last = extents.length - 1
    const outer = extents.reduce((n, d, k) => (s.over[k] === true && k < last ? n * d : n), 1)
    return outer * Math.ceil(extents[last]! / block) > 16
  }

  #inner(region: Region, low: number, high: number, scope: Scope): string[] {
    const k = this.#rank - 1
    const n = high - low
    const { statements } = region
    const reduces = statements.filter((s): s is { statement: Reduce; position: number } => s.statement.kind === 'reduce')
    this.#bases = new Map()
    const single = this.#body(statements, scope)
    const unrolled = n >= 2 * copies && single.length <= longestUnrolled
    const partial = (u: number) => (p: Present): string => `s${p.position}_${u}`
    const declare = (count: number): string[] => reduces.flatMap(({ statement: s, position: p }) =>
      Array.from({ length: count }, (_, u) => `let s${p}_${u} = ${identity[s.op]}`))
    const finish = (count: number): string[] => reduces.flatMap(({ statement: s, position: p }) => {
      const sum = count === 1 ? `s${p}_0` : this.#combine(s, Array.from({ length: count }, (_, u) => `s${p}_${u}`))
      if (!this.#cascades(s)) return [`a${p} = ${accumulate(s, `a${p}`, sum)}`]
      const t = `t${this.#stackOf.get(p)!}`
      return [`let v${p} = ${sum}`, `for (let c = n${p}++; (c & 1) === 1; c >>= 1) v${p} = ${t}[--h${p}] + v${p}`, `${t}[h${p}++] = v${p}`]
    })
    const i = `i${k}`
    const from = this.#int(low)
    const to = this.#int(high)
    const count = unrolled ? copies : 1
    const one = indent(this.#body(statements, scope, 1, partial(0)))
    const four = unrolled ? indent(this.#body(statements, scope, copies)) : []
    const walk = (end: string): string[] => [
      ...unrolled ? [`for (; ${i} < ${end} - ${copies - 1}; ${i} += ${copies}) {`, ...four, '}'] : [],
      `for (; ${i} < ${end}; ${i}++) {`, ...one, '}']
    const blocked = n > block && reduces.some(({ statement: s }) => s.op === 'sum')
    const lines = n === 1 ? [`{ const ${i} = ${from}`, ...indent(declare(1)), ...one, ...indent(finish(1)), '}']
      : blocked ? [`for (let ${i} = ${from}; ${i} < ${to};) {`,
        ...indent([`const end = Math.min(${i} + ${block}, ${to})`, ...declare(count), ...walk('end'), ...finish(count)]), '}']
      : ['{', ...indent([...declare(count), `let ${i} = ${from}`, ...walk(to), ...finish(count)]), '}']
    const bases = [...this.#bases].map(([text, name]) => `const ${name} = ${text}`)
    this.#bases = null
    return bases.length === 0 ? lines : ['{', ...indent([...bases, ...lines]), '}']
  }

  #combine(s: Reduce, terms: readonly string[]): string {
    if (terms.length === 1) return terms[0]!
    const half = terms.length >> 1
    return accumulate(s, `(${this.#combine(s, terms.slice(0, half))})`, `(${this.#combine(s, terms.slice(half))})`)
  }

  /** The statements at one point, or at `count` neighbouring points of the innermost loop. */
  #body(statements: readonly Present[], scope: Scope, count = 1, into?: (p: Present) => string): string[] {
    const last = this.#rank - 1
    const points = Array.from({ length: count }, (_, u) => {
      const move = (at: Affine): Affine => (u === 0 ? at : { offset: at.offset + at.coefficients[last]! * u, coefficients: at.coefficients })
      const remap = u === 0 ? (e: Expr): Expr => e : remapper(this.#kernel.builder, move)
      return statements.map((p) => ({ p, u, value: remap(p.statement.value), at: move(p.statement.at) }))
    }).flat()
    const { lines, texts } = this.#values(points.map((x) => x.value), scope)
    return [...lines, ...points.map(({ p, u, at }, k) => {
      const s = p.statement
      if (s.kind === 'store') return `${this.#element(s.buffer, at)} = ${texts[k]!}`
      const target = into === undefined ? `s${p.position}_${u}` : into(p)
      return `${target} = ${accumulate(s, target, texts[k]!)}`
    })]
  }

  /** Computes values along common branches; where a condition fails, once more with every choice made. */
  #values(values: readonly Expr[], scope: Scope): { readonly lines: readonly string[]; readonly texts: readonly string[] } {
    const common = assumeLikely(this.#kernel.builder, values, (e) => scope.has(e))
    const quick = printBlock([...common.values, ...common.conditions], scope, this.#dialect)
    if (common.conditions.length === 0) return { lines: quick.lines, texts: values.map(quick.text) }
    const exact = printBlock(values, scope, this.#dialect)
    const changed = values.map((v, k) => k).filter((k) => common.values[k] !== values[k])
    const texts = values.map((_, k) => (changed.includes(k) ? `r${k}` : quick.text(common.values[k]!)))
    return {
      texts,
      lines: [...quick.lines, `let ${changed.map((k) => `r${k} = ${quick.text(common.values[k]!)}`).join(', ')}`,
        `if (!(${common.conditions.map(quick.text).join(' && ')})) {`, ...indent(exact.lines),
        ...changed.map((k) => `  r${k} = ${exact.text(values[k]!)}`), '}'],
    }
  }
}
