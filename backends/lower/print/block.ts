// Printing a graph of scalar expressions as a block of statements: shared values get names, values used once are written
// in place, and what only one branch of a choice needs is computed in that branch. A dialect says how it is all spelled.
import type { Expr } from '../expression.ts'
import { postorder } from '../loops.ts'

/** A language, and how one kernel writes what depends on its surroundings. */
export interface Dialect {
  /** An expression in place; `arg(k)` is the text of its k-th operand. */
  readonly write: (e: Expr, arg: (k: number) => string) => string
  readonly constant: (e: Expr) => string
  /** The condition of a choice. */
  readonly test: (choice: Expr, arg: (k: number) => string) => string
  /** The statement that gives a value its name. */
  readonly define: (e: Expr, text: string) => string
  /** Statements that declare choices which both branches then assign. */
  readonly declare: (choices: readonly Expr[]) => readonly string[]
  readonly assign: (choice: Expr, value: Expr, text: string) => string
  /** Whether a choice may be one expression, if nothing else has to be computed for its alternatives. */
  readonly isInPlace: (alternatives: readonly string[]) => boolean
}

/** Names of expressions computed further out. */
export type Scope = ReadonlyMap<Expr, string>

export const nameOf = (e: Expr): string => `e${e.id}`

/** These are written wherever they occur. */
const isConstant = (e: Expr): boolean => e.op === 'const' || e.op === 'bits'

const longestInline = 100

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
  const isNamed = (e: Expr): boolean => scope.has(e) || isConstant(e)
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
    return this.#scope.get(e) ?? this.#texts.get(e) ?? (isConstant(e) ? this.#dialect.constant(e) : nameOf(e))
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

  #test(e: Expr): string { return this.#dialect.test(e, (k) => this.text(e.args[k]!)) }

  #write(e: Expr): string { return this.#dialect.write(e, (k) => this.text(e.args[k]!)) }

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
    const written = this.#write(e)
    const once = this.#uses.get(e) === 1 && written.length <= longestInline && !(e.op === 'load' && block === this.#main) && e.op !== 'toTest'
    if (once) this.#texts.set(e, written)
    else lines.push(this.#dialect.define(e, written))
  }

  /** A group of choices: as expressions if nothing has to be computed in the branches, else as one statement. */
  #choose(group: Group, lines: string[]): void {
    this.#prepare(group, lines)
    for (const e of group.choices) this.#done.add(e)
    const inner = group.branches.map((b) => this.#print(b))
    const d = this.#dialect
    const texts = group.choices.flatMap((e) => alternatives(e).map((a) => this.text(a)))
    if (inner.every((l) => l.length === 0) && d.isInPlace(texts)) {
      for (const e of group.choices) {
        const written = this.#write(e)
        if (this.#uses.get(e) === 1 && written.length <= longestInline) this.#texts.set(e, written)
        else lines.push(d.define(e, written))
      }
      return
    }
    const branch = (j: 0 | 1): string[] =>
      [...inner[j]!, ...group.choices.map((e) => d.assign(e, alternatives(e)[j], this.text(alternatives(e)[j])))].map((l) => '  ' + l)
    lines.push(...d.declare(group.choices), `if (${this.#test(group.choices[0]!)}) {`, ...branch(0), '} else {', ...branch(1), '}')
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
      if (seen.has(e) || isConstant(e) || this.#scope.has(e)) return
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
    if (this.#done.has(e) || this.#scope.has(e) || isConstant(e)) return
    if (!this.#groupOf.has(e)) {
      for (const a of e.args) if (this.#blockOf.get(a) === block) this.#needs(a, block, lines)
    }
    this.#emit(e, block, lines)
  }
}
