// All that a minimization knows between two iterations: from here it goes on as if it had never stopped.
import { show } from '../../core/shape.ts'
import { OptionError } from '../../core/errors.ts'
import type { Node } from '../../core/node.ts'
import { flatten, sameStructure, type Structure } from '../../core/tree.ts'

/** A point where the objective has been evaluated. */
export interface Iterate {
  readonly params: unknown
  readonly value: Node
  readonly grad: unknown
  /** The number in `value`. */
  readonly height: number
  /** Of the gradient, as the tolerance measures it. */
  readonly norm: number
}

export interface Checkpoint {
  readonly point: Iterate
  readonly best: Iterate
  /** The lowest value so far; `best` may be above it by rounding. */
  readonly lowest: number
  readonly smallestNorm: number
  /** By how much the last iteration decreased the value; null at the start. */
  readonly decrease: number | null
  /** Evaluations in a row, of whole iterations, that changed nothing worth mentioning. */
  readonly quiet: number
  /** The value before them: slow but steady descent is not quiet. */
  readonly level: number
  /** The optimizer's state. */
  readonly state: unknown
  /** Whether that state is as `init` makes it. */
  readonly isFresh: boolean
  readonly iterations: number
  readonly evaluations: number
}

export const startingAt = (point: Iterate, state: unknown): Checkpoint => ({
  point, best: point, lowest: point.height, smallestNorm: point.norm, decrease: null, quiet: 0, level: point.height,
  state, isFresh: true, iterations: 0, evaluations: 1,
})

/** At the same place, where the same point has other numbers: on a backend of another precision. */
export const evaluatedAgain = (before: Checkpoint, point: Iterate): Checkpoint => ({
  ...before, point, best: point, lowest: point.height, smallestNorm: point.norm, decrease: null, quiet: 0, level: point.height,
  evaluations: before.evaluations + 1,
})

/** Differences that rounding can make. */
export const noise = (resolution: number, a: number, b: number): number => 2 * resolution * Math.max(Math.abs(a), Math.abs(b))

/** After an iteration that led to `point`. */
export const moveTo = (
  before: Checkpoint, point: Iterate, state: unknown, evaluations: number, resolution: number,
): Checkpoint => {
  const slack = noise(resolution, point.height, before.point.height)
  const isQuiet = Math.abs(point.height - before.level) <= slack && point.norm >= before.smallestNorm
  const isBetter = point.height < before.lowest || (point.height <= before.lowest + slack && point.norm < before.best.norm)
  return {
    point, state, evaluations, isFresh: false, iterations: before.iterations + 1,
    best: isBetter ? point : before.best,
    lowest: Math.min(before.lowest, point.height),
    smallestNorm: Math.min(before.smallestNorm, point.norm),
    decrease: before.point.height - point.height,
    quiet: isQuiet ? before.quiet + evaluations - before.evaluations : 0,
    level: isQuiet ? before.level : point.height,
  }
}

interface Parts { readonly leaves: readonly Node[]; readonly structure: Structure }

/** @throws OptionError unless the checkpoint is one for such parameters. */
export const resumed = (name: string, given: unknown, like: Parts): Checkpoint => {
  const checkpoint = given as Checkpoint // as `minimize` returned it; its parameters are compared below
  const { leaves, structure } = flatten(checkpoint.point.params, `${name}: resumeFrom`)
  const odd = leaves.findIndex((x, k) => x.info !== like.leaves[k]?.info || x.dtype !== like.leaves[k]?.dtype)
  if (!sameStructure(structure, like.structure)) {
    throw new OptionError(`${name}: resumeFrom is a solution for parameters of another structure`)
  }
  if (odd >= 0) {
    const [x, y] = [leaves[odd]!, like.leaves[odd]!]
    throw new OptionError(`${name}: resumeFrom is a solution for parameters ${x.dtype} ${show(x.info)}, `
      + `but x0 is ${y.dtype} ${show(y.info)}`)
  }
  return checkpoint
}
