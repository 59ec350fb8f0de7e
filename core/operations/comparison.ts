// Questions about numbers: comparisons, logic, selection.
import { isFloat } from '../dtype.ts'
import type { DType } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { make } from '../make.ts'
import { Node } from '../node.ts'
import { expandTo, filled, meet, operand, ordered, pair } from './operand.ts'
import type { Operand } from './operand.ts'

// Beside integers a host number is compared as float64: the answer is bool whatever the number is.
const beside = (x: Operand): DType | undefined =>
  x instanceof Node ? (isFloat(x.dtype) ? x.dtype : 'float64') : undefined

const sides = (op: string, a: Operand, b: Operand): readonly [Node, Node] =>
  pair(op, operand(op, a, beside(b)), operand(op, b, beside(a)))

type Order = 'less' | 'lessEqual' | 'greater' | 'greaterEqual'
const order = (op: Order) => (a: Operand, b: Operand): Node => {
  const [x, y] = sides(op, a, b)
  return make(op, [ordered(op, x), ordered(op, y)])
}

export const less = order('less')
export const lessEqual = order('lessEqual')
export const greater = order('greater')
export const greaterEqual = order('greaterEqual')
export const equal = (a: Operand, b: Operand): Node => make('equal', sides('equal', a, b))
export const notEqual = (a: Operand, b: Operand): Node => make('notEqual', sides('notEqual', a, b))

const truth = (op: string, x: Operand): Node => {
  const node = operand(op, x)
  if (node.dtype === 'bool') return node
  throw new DTypeError(`${op}: ${node.dtype} is not bool: compare first, for example with notEqual(0)`)
}

const logic = (op: 'and' | 'or' | 'xor') => (a: Operand, b: Operand): Node =>
  make(op, pair(op, truth(op, a), truth(op, b)))

export const and = logic('and')
export const or = logic('or')
export const xor = logic('xor')
export const not = (x: Operand): Node => make('not', [truth('not', x)])

/** `a` where the mask holds and `b` elsewhere; a selection, so what is not chosen is not looked at. */
export const where = (mask: Operand, a: Operand, b: Operand): Node => {
  const chosen = truth('where', mask)
  const [x, y] = pair('where', a, b)
  const to = meet('where', chosen.info, x.info)
  return make('where', [expandTo(chosen, to), expandTo(x, to), expandTo(y, to)])
}

// Integers are always numbers, and finite: no work, and no rule for them in the backends.
const inspect = (op: 'isNaN' | 'isFinite', integers: number) => (x: Operand): Node => {
  const node = operand(op, x)
  return isFloat(node.dtype) ? make(op, [node]) : filled(integers, 'bool', node.info)
}

export const isNaN = inspect('isNaN', 0)
export const isFinite = inspect('isFinite', 1)
