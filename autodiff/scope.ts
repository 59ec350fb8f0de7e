// What all transformations share: lazy variables for the parameters, a trace around the function, checks on both ends.
import { describe } from '../core/describe.ts'
import { isComplex, isFloat } from '../core/dtype.ts'
import { DTypeError, ObjectiveError, OptionError, ShapeError, TreeError } from '../core/errors.ts'
import { hostArray, realize } from '../core/evaluate.ts'
import { alias, Node, Trace, within } from '../core/node.ts'
import { show } from '../core/shape.ts'
import { flatten, sameStructure, type Structure } from '../core/tree.ts'
import { typed } from './reverse.ts'

/** A tree taken apart. */
export interface Parts { readonly leaves: readonly Node[]; readonly structure: Structure }

const nameOf = (f: (...args: never) => unknown): string => (f.name === '' ? 'the function' : f.name)

/** @throws OptionError unless this is a function. */
export const requireFunction = (operation: string, f: unknown): void => {
  if (typeof f === 'function') return
  throw new OptionError(`${operation}: expected a function, not ${describe(f)}: ${operation}(f)(x)`)
}

/** The parameters' leaves. @throws TreeError, or DTypeError for integers and truth values. */
export const parameters = (operation: string, tree: unknown): Parts => {
  const parts = flatten(tree, operation)
  for (const x of parts.leaves) {
    if (!isFloat(x.dtype)) {
      throw new DTypeError(`${operation}: a parameter is ${x.dtype} ${show(x.info)}, which has no derivative: `
        + "cast('float64') it, or pass it as data, after the parameters")
    }
  }
  return parts
}

/** Tangents or cotangents that belong to `parts`. @throws unless structure and shapes agree and dtypes fit. */
export const directions = (operation: string, what: string, tree: unknown, parts: Parts): readonly Node[] => {
  const given = flatten(tree, operation)
  if (!sameStructure(given.structure, parts.structure)) {
    throw new TreeError(`${operation}: the ${what} has another structure than what it belongs to`)
  }
  return given.leaves.map((t, k) => {
    const x = parts.leaves[k]!
    if (t.info !== x.info) {
      throw new ShapeError(`${operation}: a ${what} is ${show(t.info)} but belongs to a tensor ${show(x.info)}`)
    }
    if (isComplex(t.dtype) && !isComplex(x.dtype)) {
      throw new DTypeError(`${operation}: a ${what} is ${t.dtype} but belongs to a ${x.dtype} tensor: take real()`)
    }
    return typed(t, x)
  })
}

/**
 * Runs `body` on lazy variables that stand for `leaves`. What it returns is computed by one program; what depends on an
 * enclosing transformation stays symbolic.
 */
export const transform = (
  f: (...args: never) => unknown, leaves: readonly Node[],
  body: (variables: readonly Node[], trace: Trace) => readonly Node[],
): readonly Node[] => {
  const trace = new Trace(nameOf(f), false)
  return realize(within(trace, () => body(leaves.map((x) => alias(trace, x)), trace)), trace)
}

/** @throws ObjectiveError unless this is a real scalar tensor. */
export const objective = (operation: string, y: unknown): Node => {
  const refuse = (why: string): never => { throw new ObjectiveError(`${operation}: the objective ${why}`) }
  if (typeof y === 'number') {
    return refuse(`returned the number ${y}, not a tensor: item() reads a value and leaves the derivative behind`)
  }
  if (!(y instanceof Node)) {
    return refuse(`returned ${y instanceof Promise ? 'a promise' : describe(y)} but must return a real scalar tensor`)
  }
  if (isComplex(y.dtype)) return refuse('is complex but must be real: end with abs2(), abs() or real()')
  if (!isFloat(y.dtype)) return refuse(`is ${y.dtype} and has no gradient: use float64`)
  if (y.info.rank !== 0) return refuse(`has shape ${show(y.info)} but must be a scalar: end with sum() or mean()`)
  return y
}

/** The one tensor, floating point, that a function returned. */
export const oneTensor = (operation: string, y: unknown): Node => {
  if (y instanceof Node && isFloat(y.dtype)) return y
  throw new ObjectiveError(`${operation}: the function returned ${describe(y)} but must return one floating-point tensor`)
}

/** The largest number, in absolute value, in the storage of a concrete tensor; NaN counts as nothing. */
export const largest = (x: Node, operation: string): number => {
  let most = 0
  for (const a of hostArray(x, operation)) if (Math.abs(a) > most) most = Math.abs(a)
  return most
}
