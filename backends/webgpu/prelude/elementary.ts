// Elementary functions in WGSL: the expansions in single precision, printed.
import { Builder, type Expr } from '../../lower/expression.ts'
import { binaryExpansions, polygammaExpansions, unaryExpansions } from '../../lower/float32/index.ts'
import { printBlock } from '../../lower/print/block.ts'
import { inFunction, wgsl } from '../loops/wgsl.ts'
import { define, type Definitions } from './definition.ts'
import { numbers } from './numbers.ts'

/** `as` turns the text of the result into what the function returns. */
const print = (
  name: string, parameters: 1 | 2, expansion: (b: Builder, x: Expr, y: Expr) => Expr, type = 'f32', as = (text: string): string => text,
): string => {
  const b = new Builder()
  const root = expansion(b, b.parameter(0), b.parameter(1))
  const { lines, text } = printBlock([root], new Map(), wgsl(inFunction))
  const list = ['x0: f32', 'x1: f32'].slice(0, parameters).join(', ')
  return [`fn ${name}(${list}) -> ${type} {`, ...lines.map((line) => '  ' + line), `  return ${as(text(root))};`, '}'].join('\n')
}

const { toInt32, roundEven, ...ofNumbers } = unaryExpansions

const orders = polygammaExpansions.map((expansion, n) => [`polygamma${n}_`, expansion] as const)

/** Orders beyond these are not there. */
const polygamma = `fn polygamma_(n: f32, x: f32) -> f32 {
${orders.map(([name], n) => `  if (n == ${n}.0) { return ${name}(x); }`).join('\n')}
  return nan();
}`

const texts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(ofNumbers).map(([op, expansion]) => [`${op}_`, print(`${op}_`, 1, expansion)])),
  ...Object.fromEntries(Object.entries(binaryExpansions).map(([op, expansion]) => [`${op}_`, print(`${op}_`, 2, expansion)])),
  ...Object.fromEntries(orders.map(([name, expansion]) => [name, print(name, 1, expansion)])),
  round_even: print('round_even', 1, roundEven),
  to_int32: print('to_int32', 1, toInt32, 'i32', (text) => `i32(${text})`),
  polygamma_: polygamma,
}

export const elementary: Definitions = define(texts, Object.keys(numbers))
