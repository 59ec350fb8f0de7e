// Elementary functions in WGSL: the expansions in single precision, each printed when it is first asked for.
import { Builder, type Expr } from '../../lower/expression.ts'
import { binaryExpansions, polygammaExpansions, unaryExpansions } from '../../lower/float32/index.ts'
import { printBlock } from '../../lower/print/block.ts'
import { inFunction, wgsl } from '../loops/wgsl.ts'
import { calledIn, type Definition } from './definition.ts'

type Make = (name: string) => string

/** `as` turns the text of the result into what the function returns. */
const printed = (
  parameters: 1 | 2, expansion: (b: Builder, x: Expr, y: Expr) => Expr,
  type = 'f32', as = (text: string): string => text,
): Make => (name) => {
  const b = new Builder()
  const root = expansion(b, b.parameter(0), b.parameter(1))
  const { lines, text } = printBlock([root], new Map(), wgsl(inFunction))
  const list = ['x0: f32', 'x1: f32'].slice(0, parameters).join(', ')
  const body = [...lines, `return ${as(text(root))};`].map((line) => '  ' + line)
  return [`fn ${name}(${list}) -> ${type} {`, ...body, '}'].join('\n')
}

const { toInt32, roundEven, ...functions } = unaryExpansions

const makers: ReadonlyMap<string, Make> = new Map([
  ...Object.entries(functions).map(([op, expansion]) => [`${op}_`, printed(1, expansion)] as const),
  ...Object.entries(binaryExpansions).map(([op, expansion]) => [`${op}_`, printed(2, expansion)] as const),
  ...polygammaExpansions.map((expansion, n) => [`polygamma${n}_`, printed(1, expansion)] as const),
  ['round_even', printed(1, roundEven)],
  ['to_int32', printed(1, toInt32, 'i32', (text) => `i32(${text})`)],
])

export const elementaryNames: readonly string[] = [...makers.keys()]

const known = new Map<string, Definition>()

/** An elementary function by its name; what it needs may be any function of the prelude. */
export const elementary = (name: string): Definition | undefined => {
  const make = makers.get(name)
  if (make === undefined || known.has(name)) return known.get(name)
  const text = make(name)
  const definition = { text, needs: calledIn(text).filter((f) => f !== name) }
  known.set(name, definition)
  return definition
}
