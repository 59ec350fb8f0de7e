// A scalar rule as a function of numbers.
import { Builder, type Expr, type Value } from '../../../backends/lower/expression.ts'
import { scalarRules, type ElementwisePrimitive, type Limits } from '../../../backends/lower/scalar.ts'
import { isComplex, type DType } from '../../../core/dtype.ts'
import { typeRules } from '../../../core/primitive.ts'
import { scalar } from '../../../core/shape.ts'
import { evaluator, type EvaluateOptions } from './evaluate.ts'

export const point = { offset: 0, coefficients: [] }

interface Options extends EvaluateOptions { readonly attrs?: readonly number[]; readonly limits?: Limits }

/** The type rule of a primitive, which is the same table for everybody. */
const resultOf = (primitive: ElementwisePrimitive, dtypes: readonly DType[], attrs: readonly number[]): DType => {
  const operands = dtypes.map((dtype) => ({ dtype, info: scalar, outputs: null }))
  const rule: (args: typeof operands, attrs: readonly number[]) => unknown = typeRules[primitive]
  return (rule(operands, attrs) as { readonly dtype: DType }).dtype // elementwise primitives have one result
}

interface Built { readonly value: Value; readonly outputs: readonly Expr[] }

/** A primitive applied to loads: the parts of the operands are buffers 0, 1, … */
export const build = (
  primitive: ElementwisePrimitive, dtypes: readonly DType[], { attrs = [], limits }: Options = {},
): Built => {
  const builder = new Builder()
  let buffers = 0
  const load = (): Expr => builder.load(buffers++, point)
  const args = dtypes.map((d): Value => {
    const x = load()
    return { re: d === 'bool' ? builder.test('toTest', x) : x, im: isComplex(d) ? load() : null }
  })
  const dtype = resultOf(primitive, dtypes, attrs)
  const context = { dtypes, dtype, attrs, ...limits === undefined ? {} : { limits } }
  const value = scalarRules[primitive](builder, args, context)
  return { value, outputs: value.im === null ? [value.re] : [value.re, value.im] }
}

export type Evaluate = (...parts: readonly number[]) => readonly number[]

export const rule = (primitive: ElementwisePrimitive, dtypes: readonly DType[], options: Options = {}): Evaluate => {
  const { outputs } = build(primitive, dtypes, options)
  const run = evaluator(outputs, options)
  return (...parts) => run(parts)
}
export const complexRule = (p: ElementwisePrimitive, options?: Options): Evaluate => rule(p, ['complex128'], options)
