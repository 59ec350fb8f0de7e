// A graph of scalar expressions as instructions on vector registers. Operands come first; what only one branch of a
// choice needs is skipped where no point takes that branch; a register is used again after the last use of its value.
import type { HostArray } from '../../../core/dtype.ts'
import type { Affine } from '../../lower/affine.ts'
import { isBitOp, type Builder, type Expr } from '../../lower/expression.ts'
import { postorder } from '../../lower/loops.ts'
import { operations, some, width, type Vector } from './vector.ts'

/** Does `n` neighbouring points on the plan's arrays. */
export type Instruction = (arrays: readonly HostArray[], n: number) => void

/** Values that are at hand. */
export type Scope = ReadonlyMap<Expr, Vector>

/** Kernels run one at a time, so all share their registers. */
const file: Vector[] = []

/** Which registers are free. A fork leaves those in use alone and knows nothing of what its origin does afterwards. */
export class Registers {
  readonly #free: number[]
  #next: number
  constructor(free: readonly number[] = [], next = 0) {
    this.#free = [...free]
    this.#next = next
  }
  take(): number { return this.#free.pop() ?? this.#next++ }
  give(k: number): void { this.#free.push(k) }
  fork(): Registers { return new Registers(this.#free, this.#next) }
}

/** A value of the counters, computed from the few that matter. */
export const address = (at: Affine, counters: readonly number[]): () => number => {
  const used = [...at.coefficients.keys()].filter((k) => at.coefficients[k] !== 0)
  return () => {
    let sum = at.offset
    for (const k of used) sum += at.coefficients[k]! * counters[k]!
    return sum
  }
}

/** How far an index moves from one point to the next. */
export const stride = (at: Affine): number => at.coefficients.at(-1) ?? 0

/** The condition of a choice. */
const condition = (b: Builder, e: Expr): Expr => {
  if (e.op === 'select') return e.args[0]!
  const index = b.index(e.at!)
  return b.and(b.lessEqual(b.constant(e.low), index), b.less(index, b.constant(e.high)))
}

export const operandsOf = (b: Builder, e: Expr): readonly Expr[] =>
  e.op === 'guard' ? [condition(b, e), ...e.args] : e.args

/** Instructions that run if some point takes one side of a choice (`live`); the main branch always does. */
interface Branch {
  readonly parent: Branch | null
  readonly depth: number
  readonly test: Expr | null
  readonly side: 0 | 1
  live: boolean
}

const common = (a: Branch, b: Branch): Branch => {
  let [p, q] = [a, b]
  while (p !== q) {
    if (p.depth >= q.depth) p = p.parent!
    else q = q.parent!
  }
  return p
}

/** Instructions in a branch below which looking whether anybody needs them costs more than they do. */
const fewest = 3

/** Gives every expression the innermost branch that holds all its uses. Users come before operands, from the end. */
const place = (b: Builder, order: readonly Expr[], roots: readonly Expr[]): ((e: Expr) => Branch) => {
  const main: Branch = { parent: null, depth: 0, test: null, side: 0, live: true }
  const branchOf = new Map<Expr, Branch>(roots.map((e) => [e, main]))
  const sizes = new Map<Branch, number>()
  const known = new Map<Branch, Map<string, Branch>>()
  const branch = (parent: Branch, test: Expr, side: 0 | 1): Branch => {
    let here = known.get(parent)
    if (here === undefined) known.set(parent, here = new Map())
    const key = `${test.id} ${side}`
    let found = here.get(key)
    if (found === undefined) here.set(key, found = { parent, depth: parent.depth + 1, test, side, live: false })
    return found
  }
  for (let k = order.length - 1; k >= 0; k--) {
    const e = order[k]!
    const own = branchOf.get(e)!
    for (let at: Branch | null = own; at !== null; at = at.parent) sizes.set(at, (sizes.get(at) ?? 0) + 1)
    const isChoice = e.op === 'select' || e.op === 'guard'
    operandsOf(b, e).forEach((a, j) => {
      const inside = isChoice && j > 0 ? branch(own, condition(b, e), j === 1 ? 1 : 0) : own
      const before = branchOf.get(a)
      branchOf.set(a, before === undefined ? inside : common(before, inside))
    })
  }
  return (e) => {
    let at = branchOf.get(e)!
    while (at.parent !== null && sizes.get(at)! < fewest) at = at.parent
    return at
  }
}

interface Surroundings {
  readonly builder: Builder
  readonly counters: readonly number[]
  readonly scope: Scope
  readonly registers: Registers
}

const none: Vector = new Float64Array(0)

const instruction = (
  e: Expr, out: Vector, [a = none, b = none, c = none]: readonly Vector[], counters: readonly number[],
): Instruction => {
  switch (e.op) {
    case 'load': {
      const from = address(e.at!, counters)
      const step = stride(e.at!)
      const buffer = e.value
      return (arrays, n) => {
        const data = arrays[buffer]!
        for (let i = 0, k = from(); i < n; i++, k += step) out[i] = data[k]!
      }
    }
    case 'index': {
      const from = address(e.at!, counters)
      const step = stride(e.at!)
      return (_, n) => { for (let i = 0, k = from(); i < n; i++, k += step) out[i] = k }
    }
    case 'const': return (_, n) => { out.fill(e.value, 0, n) }
    default: {
      if (isBitOp(e.op)) throw new Error(`${e.op} is an operation of single precision alone`)
      const operation = operations[e.op === 'guard' ? 'select' : e.op]
      return (_, n) => operation(out, a, b, c, n)
    }
  }
}

/** Instructions that compute `roots`, and where each of them is afterwards; their registers stay taken. */
export const assemble = (
  roots: readonly Expr[], { builder, counters, scope, registers }: Surroundings,
): { readonly run: Instruction; readonly values: Scope } => {
  const operands = (e: Expr): readonly Expr[] => scope.has(e) ? [] : operandsOf(builder, e)
  const order = postorder(roots, operands).filter((e) => !scope.has(e))
  const branchOf = place(builder, order, roots)
  const lastUse = new Map<Expr, number>()
  order.forEach((e, t) => { for (const a of operands(e)) lastUse.set(a, t) })
  for (const e of roots) lastUse.set(e, order.length)
  const registerOf = new Map<Expr, number>()
  const vector = (e: Expr): Vector => scope.get(e) ?? file[registerOf.get(e)!]!
  const runs: { readonly branch: Branch; readonly code: Instruction[] }[] = []
  const emit = (branch: Branch, code: Instruction): void => {
    if (runs.at(-1)?.branch === branch) runs.at(-1)!.code.push(code)
    else runs.push({ branch, code: [code] })
  }
  const decided = new Set<Branch>()
  const decide = (branch: Branch): void => {
    if (branch.parent === null || decided.has(branch)) return
    decided.add(branch)
    decide(branch.parent)
    const test = vector(branch.test!)
    emit(branch.parent, (_, n) => { branch.live = some(test, n, branch.side) })
  }
  order.forEach((e, t) => {
    const branch = branchOf(e)
    decide(branch)
    const args = operands(e).map(vector)
    for (const a of new Set(operands(e))) {
      if (lastUse.get(a) === t && registerOf.has(a)) registers.give(registerOf.get(a)!)
    }
    const k = registers.take()
    registerOf.set(e, k)
    emit(branch, instruction(e, file[k] ??= new Float64Array(width), args, counters))
  })
  const run: Instruction = (arrays, n) => {
    for (const { branch, code } of runs) if (branch.live) for (const i of code) i(arrays, n)
  }
  return { run, values: new Map([...scope, ...roots.map((e) => [e, vector(e)] as const)]) }
}
