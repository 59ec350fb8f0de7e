// What becomes of a function: its program, its derivative's program, and the kernels that they run as.
import { currentBackend } from '../core/backend.ts'
import { programsOf } from '../core/compiled.ts'
import { isFloat, isReal } from '../core/dtype.ts'
import { Trace, variable, within, type Node } from '../core/node.ts'
import { linearise, showProgram, toProgram } from '../core/program.ts'
import { flatten, unflatten } from '../core/tree.ts'
import { valueAndGrad } from './grad.ts'
import { requireFunction } from './scope.ts'

type AnyFunction = (...args: never[]) => unknown

const section = (title: string, f: AnyFunction, args: readonly unknown[]): { readonly text: string; readonly results: readonly Node[] } => {
  const trace = new Trace(f.name === '' ? 'the function' : f.name, true)
  const variables: Node[] = []
  const symbolic = args.map((a) => {
    if (typeof a !== 'object' || a === null) return a
    const { leaves, structure } = flatten(a, 'explain')
    const own = leaves.map((x) => variable(trace, x.dtype, x.info))
    variables.push(...own)
    return unflatten(structure, own)
  })
  const results = within(trace, () => flatten(f(...symbolic as never[]), 'explain').leaves) // the caller's types, leaf by leaf
  const linear = linearise(results, new Set(variables))
  const backend = currentBackend()
  const text = [title, showProgram(toProgram(linear)), '', `on ${backend.name}:`, programsOf(backend).get(linear).explain()].join('\n')
  return { text, results }
}

/**
 * A function as text: the program that its call at `args` traces to and the generated kernels; and, where it is a real
 * scalar of floating-point tensors, the same for value and gradient together. Nothing is run.
 *
 * @throws TraceError when the function reads values, TreeError for arguments or results that are no tensors
 * @example
 * ```ts
 * import { explain, tensor, type Tensor } from 'wirtinger'
 * const text = explain((z: Tensor) => z.abs2().sum(), tensor([{ re: 1, im: 2 }]))
 * console.log(text.split('\n')[0]) // program
 * ```
 */
export const explain = <A extends readonly unknown[]>(f: (...args: A) => unknown, ...args: A): string => {
  requireFunction('explain', f)
  const own = section('program', f as AnyFunction, args) // called with its own kind of arguments
  const y = own.results[0]!
  const parameters = args[0]
  const differentiable = own.results.length === 1 && y.info.rank === 0 && isFloat(y.dtype) && isReal(y.dtype)
    && typeof parameters === 'object' && flatten(parameters, 'explain').leaves.every((x) => isFloat(x.dtype))
  if (!differentiable) return own.text
  const both = valueAndGrad(f as never) as AnyFunction // checked above: an objective of its first argument
  return `${own.text}\n\n${section('value and gradient', both, args).text}`
}
