// Indices that the host sees: those of gather and scatterAdd which are inputs of a program, under whatever shape. They
// are checked before a program runs, since kernels cannot throw.
import type { Storage } from '../../../core/backend.ts'
import type { Program } from '../../../core/equation.ts'
import { IndexError } from '../../../core/errors.ts'

export interface IndexInput {
  readonly operation: 'gather' | 'scatterAdd'
  /** Position among the program's inputs. */
  readonly input: number
  /** Of the axis that the indices are for. */
  readonly length: number
}

const shows: ReadonlySet<string> = new Set(['alias', 'stop', 'reshape', 'expand', 'transpose', 'flip'])

/** Which inputs of a program are indices as they are. */
export const indexInputs = ({ equations, inputs }: Program): readonly IndexInput[] => {
  const source = (k: number): number => (shows.has(equations[k]!.primitive) ? source(equations[k]!.args[0]!) : k)
  return equations.flatMap(({ primitive: operation, args, attrs }) => {
    if (operation !== 'gather' && operation !== 'scatterAdd') return []
    const input = inputs.indexOf(source(args[1]!))
    return input < 0 ? [] : [{ operation, input, length: equations[args[0]!]!.shape.dims[attrs[0]!]! }]
  })
}

/** @throws IndexError for an index on the host that lies outside −length … length − 1 */
export const checkIndices = (indices: readonly IndexInput[], inputs: readonly Storage[]): void => {
  for (const { operation, input, length } of indices) {
    const data = inputs[input]!
    const wrong = data instanceof Int32Array ? data.find((i) => i < -length || i >= length) : undefined
    if (wrong === undefined) continue
    throw new IndexError(`${operation}: index ${wrong} is out of bounds for an axis of length ${length}`)
  }
}
