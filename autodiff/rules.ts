// The table of derivatives: one rule for every primitive.
import type { Node } from '../core/node.ts'
import type { Primitive } from '../core/primitive.ts'
import { conjugation, type Conjugation, type Entry } from './kinds.ts'
import { elementwise } from './rules/elementwise.ts'
import { linear } from './rules/linear.ts'
import { written } from './rules/written.ts'

/** One entry for each operand; null where the result does not move with it (an index, a truth value, a step). */
export type ByOperand = readonly (Entry | null)[]

/** A rule for all operands at once, for primitives of any number of them. */
export interface Together {
  readonly together: (tangents: readonly (Node | null)[], n: Node) => Node
  readonly reverse: (g: Node, n: Node, j: number) => Node
}

/** A rule for a primitive of one operand and several results. */
export interface Several {
  readonly outputs: {
    readonly forward: (t: Node, n: Node) => readonly (Node | null)[]
    readonly reverse: (cotangents: readonly (Node | null)[], n: Node) => Node | null
  }
}

/** `pick` and `custom` are taken apart by the passes themselves; `refused` has no derivative and says so. */
export type Rule = ByOperand | Together | Several | 'pick' | 'custom' | 'refused'
export type Rules = Readonly<Record<Primitive, Rule>>

const none: ByOperand = []
const flat: ByOperand = [null, null]

export const rulesWith = (c: Conjugation) => ({
  ...elementwise(c),
  ...linear(c),
  ...written(c),
  // Leaves.
  input: none, variable: none, constant: none, iota: none,
  // Blocked on purpose.
  stop: [null],
  // Steps, questions and indices do not move.
  sign: [null], floor: [null], ceil: [null], round: [null],
  isNaN: [null], isFinite: [null], not: [null],
  less: flat, lessEqual: flat, greater: flat, greaterEqual: flat, equal: flat, notEqual: flat,
  and: flat, or: flat, xor: flat,
  argmax: [null], argmin: [null], threefry: [null],
  // Taken apart by the passes.
  pick: 'pick', custom: 'custom',
  // The direction of a quasi-Newton step.
  lbfgs: 'refused',
} satisfies Rules)

export const rules: Rules = rulesWith(conjugation)
