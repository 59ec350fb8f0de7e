// The meaning of scalar expressions, one operation at a time: what printers are supposed to preserve.
import { isBitOp, type BitOp, type Expr, type Op } from '../../../backends/lower/expression.ts'

const buffer = new DataView(new ArrayBuffer(8))
const isNegative = (x: number): boolean => {
  buffer.setFloat64(0, x)
  return buffer.getUint8(0) >= 128
}
const roundEven = (x: number): number => {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest !== 0.5) return Number.isFinite(x) ? (rest < 0.5 ? floor : Math.ceil(x)) : x
  return floor % 2 === 0 ? floor : Math.ceil(x)
}
const missing = (op: string) => (): never => { throw new Error(`${op} has to be given`) }
const of = Number

type Operation = (a: number, b: number, c: number) => number

/** Truth values are 1 and 0 here. */
const operations: Readonly<Record<Exclude<Op, BitOp | 'const' | 'load' | 'index' | 'guard'>, Operation>> = {
  select: (c, a, b) => (c !== 0 ? a : b),
  neg: (a) => -a, abs: Math.abs, sqrt: Math.sqrt, exp: Math.exp, expm1: Math.expm1, log: Math.log, log1p: Math.log1p,
  log2: Math.log2, log10: Math.log10, sin: Math.sin, cos: Math.cos, tan: Math.tan, sinh: Math.sinh, cosh: Math.cosh,
  tanh: Math.tanh, asin: Math.asin, acos: Math.acos, atan: Math.atan,
  asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh,
  erf: missing('erf'), lgamma: missing('lgamma'), polygamma: missing('polygamma'),
  floor: Math.floor, ceil: Math.ceil, roundEven, toInt32: (a) => a | 0, toNumber: (a) => a, toFloat: (a) => a,
  add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b, pow: (a, b) => a ** b,
  atan2: Math.atan2, min: (a, b) => Math.min(a, b), max: (a, b) => Math.max(a, b),
  copySign: (a, b) => (isNegative(b) ? -Math.abs(a) : Math.abs(a)),
  imul: Math.imul,
  less: (a, b) => of(a < b), lessEqual: (a, b) => of(a <= b), equal: (a, b) => of(a === b),
  and: (a, b) => of(a !== 0 && b !== 0), or: (a, b) => of(a !== 0 || b !== 0), not: (a) => of(a === 0),
  toTest: (a) => of(a !== 0 && a === a),
}

/** Operands before what uses them. */
export const ordered = (outputs: readonly Expr[]): readonly Expr[] => {
  const order: Expr[] = []
  const seen = new Set<Expr>()
  const visit = (e: Expr): void => {
    if (seen.has(e)) return
    seen.add(e)
    e.args.forEach(visit)
    order.push(e)
  }
  outputs.forEach(visit)
  return order
}

export interface EvaluateOptions {
  /** Applied to every result: Math.fround makes it single precision. */
  readonly round?: (x: number) => number
  readonly special?: Partial<typeof operations>
}

/** From the values of loads, by buffer, to the values of the outputs. Indices and guards have no place here. */
export const evaluator = (
  outputs: readonly Expr[], { round = (x) => x, special = {} }: EvaluateOptions = {},
): ((loads: readonly number[]) => readonly number[]) => {
  const order = ordered(outputs)
  const place = new Map(order.map((e, k) => [e, k]))
  const steps = order.map((e): ((values: readonly number[], loads: readonly number[]) => number) => {
    const [p, q, r] = e.args.map((a) => place.get(a)!)
    if (e.op === 'const') return () => round(e.value)
    if (e.op === 'load') return (_, loads) => loads[e.value]!
    if (e.op === 'index' || e.op === 'guard' || isBitOp(e.op)) throw new Error(`${e.op} has no place here`)
    const f = special[e.op] ?? operations[e.op]
    return (v) => round(f(v[p!]!, v[q!]!, v[r!]!))
  })
  const results = outputs.map((e) => place.get(e)!)
  const values = new Array<number>(order.length).fill(0)
  return (loads) => {
    steps.forEach((step, k) => { values[k] = step(values, loads) })
    return results.map((k) => values[k]!)
  }
}
