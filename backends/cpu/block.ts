// Printing a graph of scalar expressions as a block of JavaScript: shared values get names, values used once are written
// in place, and what only one branch of a choice needs is computed in that branch.
import type { Affine } from '../lower/affine.ts'
import type { Expr } from '../lower/expression.ts'
import { postorder } from '../lower/loops.ts'

/** How one kernel prints what depends on its surroundings. */
export interface Dialect {
  readonly load: (e: Expr) => string
  readonly index: (at: Affine) => string
  readonly integer: (n: number) => string
}

/** Names of expressions computed further out. */
export type Scope = ReadonlyMap<Expr, string>

const longestInline = 100

const number = (x: number): string => {
  if (Object.is(x, -0)) return '(-0)'
  const text = x === Infinity ? 'Infinity' : x === -Infinity ? '-Infinity' : String(x)
  return x < 0 ? `(${text})` : text
}

const calls: Readonly<Partial<Record<Expr['op'], string>>> = {
  abs: 'Math.abs', sqrt: 'Math.sqrt', exp: 'Math.exp', expm1: 'Math.expm1', log: 'Math.log', log1p: 'Math.log1p', log2: 'Math.log2',
  log10: 'Math.log10', sin: 'Math.sin', cos: 'Math.cos', tan: 'Math.tan', sinh: 'Math.sinh', cosh: 'Math.cosh', tanh: 'Math.tanh',
  asin: 'Math.asin', acos: 'Math.acos', atan: 'Math.atan', asinh: 'Math.asinh', acosh: 'Math.acosh', atanh: 'Math.atanh',
  floor: 'Math.floor', ceil: 'Math.ceil', min: 'Math.min', max: 'Math.max', pow: 'Math.pow', atan2: 'Math.atan2', imul: 'Math.imul',
  roundEven: 'roundEven', erf: 'erf', lgamma: 'lgamma', polygamma: 'polygamma', copySign: 'copySign',
}
const infix: Readonly<Partial<Record<Expr['op'], string>>> = {
  add: '+', sub: '-', mul: '*', div: '/', less: '<', lessEqual: '<=', equal: '===', and: '&&', or: '||',
}

const render = (e: Expr, arg: (k: number) => string, d: Dialect): string => {
  const call = calls[e.op]
  if (call !== undefined) return `${call}(${e.args.map((_, k) => arg(k)).join(', ')})`
  const between = infix[e.op]
  if (between !== undefined) return `(${arg(0)} ${between} ${arg(1)})`
  switch (e.op) {
    case 'load': return d.load(e)
    case 'index': return d.index(e.at!)
    case 'neg': return `(-${arg(0)})`
    case 'not': return `(!${arg(0)})`
    case 'toInt32': return `(${arg(0)} | 0)`
    case 'toNumber': return `(${arg(0)} ? 1 : 0)`
    case 'toTest': return e.args[0]!.op === 'load' ? `(${arg(0)} !== 0)` : `(${arg(0)} < 0 || ${arg(0)} > 0)`
    case 'guard': return `(${d.index(e.at!)} >= ${d.integer(e.low)} && ${d.index(e.at!)} < ${d.integer(e.high)} ? ${arg(0)} : ${arg(1)})`
    case 'select': return `(${arg(0)} ? ${arg(1)} : ${arg(2)})`
    default: throw new Error(`no JavaScript for ${e.op}`)
  }
}

interface Block { readonly parent: Block | null; readonly depth: number; readonly members: Expr[] }

/** Choices in one block on one condition: they are decided together, so what their branches share is computed once. */
interface Group { readonly choices: Expr[]; readonly block: Block; readonly branches: readonly [Block, Block] }

const common = (a: Block, b: Block): Block => {
  let [p, q] = [a, b]
  while (p !== q) {
    if (p.depth >= q.depth) p = p.parent!
    else q = q.parent!
  }
  return p
}

/** Operands first, without what is already named. */
const collect = (roots: readonly Expr[], scope: Scope): Expr[] => {
  const isNamed = (e: Expr): boolean => scope.has(e) || e.op === 'const'
  return postorder(roots, (e) => isNamed(e) ? [] : e.args).filter((e) => !isNamed(e))
}

const isChoice = (e: Expr): boolean => e.op === 'select' || e.op === 'guard'

/** The operands between which a choice is made. */
const alternatives = (e: Expr): readonly [Expr, Expr] => [e.args[e.args.length - 2]!, e.args[e.args.length - 1]!]

/** Whether `e` is computed from `below`. Operands are made before what uses them, so ids bound the search. */
const dependsOn = (e: Expr, below: Expr): boolean => {
  const seen = new Set<Expr>()
  const stack = [e]
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    if (x === below) return true
    if (x.id < below.id || seen.has(x)) continue
    seen.add(x)
    stack.push(...x.args)
  }
  return false
}

/** Lines that compute `roots`, and how to write each of them. With `name` set, every root gets a name of its own. */
export const printBlock = (
  roots: readonly Expr[], scope: Scope, d: Dialect, name = false,
): { readonly lines: readonly string[]; readonly text: (e: Expr) => string } => {
  const printer = new BlockPrinter(roots, scope, d, name)
  return { lines: printer.print(), text: (e) => printer.text(e) }
}

class BlockPrinter {
  readonly #scope: Scope
  readonly #dialect: Dialect
  readonly #main: Block = { parent: null, depth: 0, members: [] }
  readonly #blockOf = new Map<Expr, Block>()
  readonly #groupOf = new Map<Expr, Group>()
  readonly #uses = new Map<Expr, number>()
  readonly #texts = new Map<Expr, string>()
  readonly #done = new Set<Expr>()

  constructor(roots: readonly Expr[], scope: Scope, dialect: Dialect, name: boolean) {
    this.#scope = scope
    this.#dialect = dialect
    const order = collect(roots, scope)
    for (const e of order) for (const a of e.args) this.#uses.set(a, (this.#uses.get(a) ?? 0) + 1)
    for (const e of roots) {
      this.#uses.set(e, (this.#uses.get(e) ?? 0) + (name ? 2 : 1))
      this.#blockOf.set(e, this.#main)
    }
    this.#place(order)
    for (const e of order) if (e.op === 'load') this.#blockOf.get(e)!.members.push(e) // loads first
    for (const e of order) if (e.op !== 'load') this.#blockOf.get(e)!.members.push(e)
  }

  print(): string[] { return this.#print(this.#main) }

  text(e: Expr): string {
    return this.#scope.get(e) ?? this.#texts.get(e) ?? (e.op === 'const' ? number(e.value) : `e${e.id}`)
  }

  /** Gives every expression the innermost block that holds all its uses: users come before operands. */
  #place(order: readonly Expr[]): void {
    const open = new Map<Block, Map<string, Group>>()
    for (let k = order.length - 1; k >= 0; k--) {
      const e = order[k]!
      const own = this.#blockOf.get(e)!
      const group = isChoice(e) ? this.#join(e, own, open) : null
      e.args.forEach((a, j) => {
        const branch = group === null || j < e.args.length - 2 ? own : group.branches[j - e.args.length + 2]!
        const before = this.#blockOf.get(a)
        this.#blockOf.set(a, before === undefined ? branch : common(before, branch))
      })
    }
  }

  #join(e: Expr, own: Block, open: Map<Block, Map<string, Group>>): Group {
    let here = open.get(own)
    if (here === undefined) open.set(own, here = new Map())
    const key = e.op === 'select' ? `${e.args[0]!.id}` : this.#test(e)
    let group = here.get(key)
    if (group === undefined || group.choices.some((c) => dependsOn(c, e) || dependsOn(e, c))) {
      const branch = (): Block => ({ parent: own, depth: own.depth + 1, members: [] })
      group = { choices: [], block: own, branches: [branch(), branch()] }
      here.set(key, group)
    }
    group.choices.push(e)
    this.#groupOf.set(e, group)
    return group
  }

  #test(e: Expr): string {
    const { index, integer } = this.#dialect
    return e.op === 'guard' ? `${index(e.at!)} >= ${integer(e.low)} && ${index(e.at!)} < ${integer(e.high)}` : this.text(e.args[0]!)
  }

  #print(block: Block): string[] {
    const lines: string[] = []
    for (const e of block.members) this.#emit(e, block, lines)
    return lines
  }

  #emit(e: Expr, block: Block, lines: string[]): void {
    if (this.#done.has(e)) return
    const group = this.#groupOf.get(e)
    if (group !== undefined) return this.#choose(group, lines)
    this.#done.add(e)
    const written = render(e, (k) => this.text(e.args[k]!), this.#dialect)
    const once = this.#uses.get(e) === 1 && written.length <= longestInline && !(e.op === 'load' && block === this.#main) && e.op !== 'toTest'
    if (once) this.#texts.set(e, written)
    else lines.push(`const e${e.id} = ${written}`)
  }

  /** A group of choices: as expressions if nothing has to be computed in the branches, else as one statement. */
  #choose(group: Group, lines: string[]): void {
    this.#prepare(group, lines)
    for (const e of group.choices) this.#done.add(e)
    const inner = group.branches.map((b) => this.#print(b))
    if (inner.every((l) => l.length === 0)) {
      for (const e of group.choices) {
        const written = render(e, (k) => this.text(e.args[k]!), this.#dialect)
        if (this.#uses.get(e) === 1 && written.length <= longestInline) this.#texts.set(e, written)
        else lines.push(`const e${e.id} = ${written}`)
      }
      return
    }
    const assign = (j: 0 | 1): string[] => group.choices.map((e) => `  e${e.id} = ${this.text(alternatives(e)[j])}`)
    lines.push(`let ${group.choices.map((e) => `e${e.id}`).join(', ')}`, `if (${this.#test(group.choices[0]!)}) {`,
      ...inner[0]!.map((l) => '  ' + l), ...assign(0), '} else {', ...inner[1]!.map((l) => '  ' + l), ...assign(1), '}')
  }

  /** Computes what a group's branches take from the blocks around them. */
  #prepare(group: Group, lines: string[]): void {
    const seen = new Set<Expr>()
    const inside = (b: Block | undefined): boolean => {
      let at: Block | null = b ?? null
      while (at !== null && at.depth > group.block.depth) {
        if (at === group.branches[0] || at === group.branches[1]) return true
        at = at.parent
      }
      return false
    }
    const visit = (e: Expr): void => {
      if (seen.has(e) || e.op === 'const' || this.#scope.has(e)) return
      seen.add(e)
      const block = this.#blockOf.get(e)
      if (inside(block)) e.args.forEach(visit)
      else if (block === group.block) {
        if (this.#done.has(e)) return
        this.#needs(e, group.block, lines)
      }
    }
    for (const e of group.choices) e.args.forEach(visit)
  }

  /** Emits an expression of this block with what it needs of the block. */
  #needs(e: Expr, block: Block, lines: string[]): void {
    if (this.#done.has(e) || this.#scope.has(e) || e.op === 'const') return
    if (!this.#groupOf.has(e)) {
      for (const a of e.args) if (this.#blockOf.get(a) === block) this.#needs(a, block, lines)
    }
    this.#emit(e, block, lines)
  }
}
