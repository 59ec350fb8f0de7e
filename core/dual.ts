// From operations on nodes to the two faces that users see: methods, and free functions that are data-first and
// data-last, `sub(a, b)` and `pipe(a, sub(b))`. The operations are dynamic inside; this is where they meet their static
// types.
import { Node } from './node.ts'

/** An operation: the tensor first, then what else it takes. */
export type Implementation = (x: never, ...rest: never[]) => unknown
type Run = (...args: readonly unknown[]) => unknown

// The one place where dynamic meets typed. The compiler cannot relate an operation on nodes to a generic signature over
// dtypes and shapes; tests compare what both say, operation by operation.
export const typed = <F>(implementation: unknown): F => implementation as F

/** Whether a call of a free function already holds the tensor. If not, the call gives a function that waits for it. */
export type IsDataFirst = (args: readonly unknown[]) => boolean

/** Of one tensor and nothing else. */
export const always: IsDataFirst = () => true

/** The other arguments are no tensors, so a tensor in front is the data. */
export const byTensor: IsDataFirst = (args) => args[0] instanceof Node

/** With all its operands. */
export const byCount = (operands: number): IsDataFirst => (args) => args.length >= operands

/** Positions may be a tensor or an array, and stand last among the operands, before options. */
export const byPositions = (operands: number): IsDataFirst => (args) => {
  const last = args[operands - 1]
  return last instanceof Node || Array.isArray(last)
}

const isOperand = (x: unknown): boolean =>
  x instanceof Node || typeof x === 'number' || typeof x === 'boolean'
  || (typeof x === 'object' && x !== null && 're' in x)

/** With two operands, before options. */
export const byOperands: IsDataFirst = (args) => isOperand(args[1])

/** The free function of an operation. */
export const dual = <F>(implementation: Implementation, isDataFirst: IsDataFirst): F => {
  const run = typed<Run>(implementation)
  const free: Run = isDataFirst === always
    ? (x) => run(x) // bare in `map`, where an index and the array would follow
    : (...args) => (isDataFirst(args) ? run(...args) : (x: unknown) => run(x, ...args))
  return typed<F>(free)
}

/** Makes operations methods of every tensor: `x.name(...rest)` is `name(x, ...rest)`. */
export const install = (operations: Readonly<Record<string, Implementation>>): void => {
  for (const [name, implementation] of Object.entries(operations)) {
    const run = typed<Run>(implementation)
    const value = function (this: Node, ...rest: readonly unknown[]): unknown { return run(this, ...rest) }
    Object.defineProperty(Node.prototype, name, { value, configurable: true, writable: true })
  }
}
