// Scalar expressions in JavaScript.
import type { Affine } from '../lower/affine.ts'
import type { Expr } from '../lower/expression.ts'
import { nameOf, type Dialect } from '../lower/print/block.ts'

/** How one kernel writes what depends on its surroundings. */
export interface Surroundings {
  readonly load: (e: Expr) => string
  readonly index: (at: Affine) => string
  readonly integer: (n: number) => string
}

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

export const javascript = ({ load, index, integer }: Surroundings): Dialect => {
  const test = (e: Expr, arg: (k: number) => string): string =>
    e.op === 'guard' ? `${index(e.at!)} >= ${integer(e.low)} && ${index(e.at!)} < ${integer(e.high)}` : arg(0)
  const write = (e: Expr, arg: (k: number) => string): string => {
    const call = calls[e.op]
    if (call !== undefined) return `${call}(${e.args.map((_, k) => arg(k)).join(', ')})`
    const between = infix[e.op]
    if (between !== undefined) return `(${arg(0)} ${between} ${arg(1)})`
    switch (e.op) {
      case 'load': return load(e)
      case 'index': return index(e.at!)
      case 'toFloat': return arg(0)
      case 'neg': return `(-${arg(0)})`
      case 'not': return `(!${arg(0)})`
      case 'toInt32': return `(${arg(0)} | 0)`
      case 'toNumber': return `(${arg(0)} ? 1 : 0)`
      case 'toTest': return e.args[0]!.op === 'load' ? `(${arg(0)} !== 0)` : `(${arg(0)} < 0 || ${arg(0)} > 0)`
      case 'guard': return `(${test(e, arg)} ? ${arg(0)} : ${arg(1)})`
      case 'select': return `(${arg(0)} ? ${arg(1)} : ${arg(2)})`
      default: throw new Error(`no JavaScript for ${e.op}`)
    }
  }
  return {
    write, test,
    constant: (e) => number(e.value),
    define: (e, text) => `const ${nameOf(e)} = ${text}`,
    declare: (choices) => [`let ${choices.map(nameOf).join(', ')}`],
    assign: (e, _, text) => `${nameOf(e)} = ${text}`,
    isInPlace: () => true,
  }
}
