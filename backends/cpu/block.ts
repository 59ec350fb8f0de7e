// Printing a graph of scalar expressions as a block of JavaScript: shared values get names, values used once are written
// in place, and what only one branch of a choice needs is computed in that branch.
import type { Affine } from '../lower/affine.ts'
import type { Expr } from '../lower/expression.ts'

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
  const order: Expr[] = []
  const done = new Set<Expr>()
  const open = new Set<Expr>()
  const stack = [...roots].reverse()
  while (stack.length > 0) {
    const e = stack[stack.length - 1]!
    if (done.has(e) || scope.has(e) || e.op === 'const') stack.pop()
    else if (!open.has(e)) {
      open.add(e)
      for (let k = e.args.length - 1; k >= 0; k--) stack.push(e.args[k]!)
    } else {
      stack.pop()
      done.add(e)
      order.push(e)
    }
  }
  return order
}

const isChoice = (e: Expr): boolean => e.op === 'select' || e.op === 'guard'

/** Lines that compute `roots`, and how to write each of them. With `name` set, every root gets a name of its own. */
export const printBlock = (roots: readonly Expr[], scope: Scope, d: Dialect, name = false): { readonly lines: readonly string[]; readonly text: (e: Expr) => string } => {
  const order = collect(roots, scope)
  const uses = new Map<Expr, number>()
  for (const e of order) for (const a of e.args) uses.set(a, (uses.get(a) ?? 0) + 1)
  for (const e of roots) uses.set(e, (uses.get(e) ?? 0) + (name ? 2 : 1))
  const main: Block = { parent: null, depth: 0, members: [] }
  const blockOf = new Map<Expr, Block>(roots.map((e) => [e, main]))
  const branches = new Map<Expr, Block[]>()
  for (let k = order.length - 1; k >= 0; k--) {
    const e = order[k]!
    const own = blockOf.get(e)!
    const first = e.op === 'guard' ? 0 : 1
    const branch = isChoice(e) ? [0, 1].map((): Block => ({ parent: own, depth: own.depth + 1, members: [] })) : []
    if (branch.length > 0) branches.set(e, branch)
    e.args.forEach((a, j) => {
      const target = isChoice(e) && j >= first ? branch[j - first]! : own
      const before = blockOf.get(a)
      blockOf.set(a, before === undefined ? target : common(before, target))
    })
  }
  for (const e of order) if (e.op === 'load') blockOf.get(e)!.members.push(e) // loads first
  for (const e of order) if (e.op !== 'load') blockOf.get(e)!.members.push(e)
  const texts = new Map<Expr, string>()
  const text = (e: Expr): string => scope.get(e) ?? texts.get(e) ?? (e.op === 'const' ? number(e.value) : `e${e.id}`)
  const print = (block: Block): string[] => {
    const lines: string[] = []
    for (const e of block.members) {
      const inner = branches.get(e)?.map(print) ?? []
      if (inner.some((l) => l.length > 0)) {
        const first = e.op === 'guard' ? 0 : 1
        const test = e.op === 'guard' ? `${d.index(e.at!)} >= ${d.integer(e.low)} && ${d.index(e.at!)} < ${d.integer(e.high)}` : text(e.args[0]!)
        lines.push(`let e${e.id}`, `if (${test}) {`, ...inner[0]!.map((l) => '  ' + l), `  e${e.id} = ${text(e.args[first]!)}`,
          '} else {', ...inner[1]!.map((l) => '  ' + l), `  e${e.id} = ${text(e.args[first + 1]!)}`, '}')
        continue
      }
      const written = render(e, (k) => text(e.args[k]!), d)
      const once = uses.get(e) === 1 && written.length <= longestInline && !(e.op === 'load' && block === main)
      if (once && !(e.args[0] !== undefined && e.op === 'toTest')) texts.set(e, written)
      else lines.push(`const e${e.id} = ${written}`)
    }
    return lines
  }
  return { lines: print(main), text }
}
