// Expansions in single precision as JavaScript functions: every operation is rounded as a device rounds it.
import { Builder, type BitOp, type Expr } from '../../../backends/lower/expression.ts'
import type { BinaryExpansion, Expansion } from '../../../backends/lower/float32/index.ts'
import { nameOf, printBlock, type Dialect } from '../../../backends/lower/print/block.ts'

const f32 = new Float32Array(1)
const u32 = new Uint32Array(f32.buffer)
export const toBits = (x: number): number => { f32[0] = x; return u32[0]! }
export const fromBits = (n: number): number => { u32[0] = n; return f32[0]! }

/** Liberties that devices take. */
export interface Device {
  /** Subnormal operands and results are zero. */
  readonly flush?: boolean
  /** Quotients are off by this many units in the last place, now up, now down. */
  readonly division?: number
  /** Sums and products are not rounded where nothing says that they have to be: they are fused with what follows. */
  readonly wide?: boolean
  /** Sums are computed in another order. */
  readonly order?: 'reversed' | 'rotated'
}

const least = 2 ** -126
const signBit = 0x80000000

/** What generated code calls. */
const runtime = ({ flush = false, division = 0, wide = false }: Device): Readonly<Record<string, unknown>> => {
  const flushed = (x: number): number => (Math.abs(x) < least ? fromBits((toBits(x) & signBit) >>> 0) : Math.fround(x))
  const f = flush ? flushed : Math.fround
  const step = wide ? (x: number): number => x : f
  let up = false
  const quotient = (a: number, b: number): number => {
    const q = f(f(a) / f(b))
    if (division === 0 || !(Math.abs(q) > 2 ** -100 && Math.abs(q) < 2 ** 100)) return q
    up = !up
    return fromBits(toBits(q) + (up ? division : -division))
  }
  return { f, step, quotient, toBits, fromBits }
}

const infix: Readonly<Partial<Record<Expr['op'], string>>> = {
  add: '+', sub: '-', mul: '*', and: '&&', or: '||', bitAnd: '&', bitOr: '|', bitXor: '^', bitAdd: '+', bitSub: '-',
  shiftLeft: '<<', shiftRight: '>>>', bitLess: '<', bitEqual: '===',
}
const words: ReadonlySet<Expr['op']> = new Set<BitOp>([
  'bitAnd', 'bitOr', 'bitXor', 'bitAdd', 'bitSub', 'shiftLeft', 'shiftRight',
])

const dialect: Dialect = {
  write: (e, arg) => {
    const between = infix[e.op]
    if (words.has(e.op)) return `((${arg(0)} ${between!} ${arg(1)}) >>> 0)`
    switch (e.op) {
      case 'add': case 'sub': case 'mul': return `step(step(${arg(0)}) ${between!} step(${arg(1)}))`
      case 'and': case 'or': case 'bitLess': case 'bitEqual': return `(${arg(0)} ${between!} ${arg(1)})`
      case 'not': return `(!${arg(0)})`
      case 'neg': return `(-${arg(0)})`
      case 'rounded': return `f(${arg(0)})`
      case 'bitMul': return `(Math.imul(${arg(0)}, ${arg(1)}) >>> 0)`
      case 'bitsToNumber': return `Math.fround(${arg(0)} | 0)`
      case 'toBits': case 'fromBits': case 'quotient': return `${e.op}(${e.args.map((_, k) => arg(k)).join(', ')})`
      case 'select': return `(${arg(0)} ? ${arg(1)} : ${arg(2)})`
      default: throw new Error(`${e.op} is not arithmetic of single precision`)
    }
  },
  test: (_, arg) => arg(0),
  constant: (e) => {
    if (e.op === 'bits') return String(e.value)
    if (Math.fround(e.value) !== e.value) throw new Error(`${e.value} is no number of single precision`)
    return `(${e.value})`
  },
  define: (e, text) => `const ${nameOf(e)} = ${text}`,
  declare: (choices) => [`let ${choices.map(nameOf).join(', ')}`],
  assign: (e, _, text) => `${nameOf(e)} = ${text}`,
  isInPlace: () => true,
}

export type Numeric = (x: number, y: number) => number

/** The terms of a sum that a compiler may put in another order. */
export const termsOf = (e: Expr, isMinus = false): readonly (readonly [term: Expr, isMinus: boolean])[] => {
  if (e.op === 'neg') return termsOf(e.args[0]!, !isMinus)
  if (e.op !== 'add' && e.op !== 'sub') return [[e, isMinus]]
  return [...termsOf(e.args[0]!, isMinus), ...termsOf(e.args[1]!, isMinus !== (e.op === 'sub'))]
}

const reorder = (b: Builder, root: Expr, order: 'reversed' | 'rotated'): Expr => {
  const done = new Map<Expr, Expr>()
  const rewrite = (e: Expr): Expr => {
    let result = done.get(e)
    if (result === undefined) done.set(e, result = remake(e))
    return result
  }
  const remake = (e: Expr): Expr => {
    if (e.args.length === 0) return e
    if (e.op !== 'add' && e.op !== 'sub') return b.again(e, e.args.map(rewrite))
    const terms = termsOf(e).map(([t, isMinus]) => [rewrite(t), isMinus] as const)
    const [first, ...rest] = order === 'reversed' ? [...terms].reverse() : [...terms.slice(1), terms[0]!]
    const start = first![1] ? b.neg(first![0]) : first![0]
    return rest.reduce((s, [t, isMinus]) => (isMinus ? b.sub(s, t) : b.add(s, t)), start)
  }
  return rewrite(root)
}

/** A function of one or two single-precision numbers; the result may be bits. */
export const compile = (expansion: Expansion | BinaryExpansion, device: Device = {}): Numeric => {
  const b = new Builder()
  const [x, y] = [b.parameter(0), b.parameter(1)]
  const { order } = device
  const root = order === undefined ? expansion(b, x, y) : reorder(b, expansion(b, x, y), order)
  const { lines, text } = printBlock([root], new Map([[x, 'x'], [y, 'y']]), dialect)
  const tools = runtime(device)
  const source = `return (x, y) => {\n${lines.join('\n')}\nreturn ${text(root)}\n}`
  // As just written.
  const make = new Function(...Object.keys(tools), source) as (...tools: readonly unknown[]) => Numeric
  return make(...Object.values(tools))
}
