// Which nodes move with the variables: the part of the graph that both derivative passes walk.
import { isFloat } from '../core/dtype.ts'
import type { Node } from '../core/node.ts'
import type { Rules } from './rules.ts'

/** Whether node `n` moves with its operand `j`, as far as the kind of primitive goes. */
const moves = (rules: Rules, n: Node, j: number): boolean => {
  const rule = rules[n.primitive]
  if (rule === 'custom') return j > 0 // the path through the value itself is blocked
  return typeof rule === 'string' || 'together' in rule || 'outputs' in rule || (rule[j] ?? null) !== null
}

/**
 * The nodes between `variables` and `outputs`, operands first. Ids grow with time, so nothing below the oldest variable
 * can depend on one, and sorting by id is a topological order: the walk needs no recursion.
 */
export const dependents = (outputs: readonly Node[], variables: readonly Node[], rules: Rules): readonly Node[] => {
  const floor = variables.reduce((low, v) => Math.min(low, v.id), Infinity)
  const seen = new Set<Node>()
  const stack: Node[] = []
  const visit = (n: Node): void => {
    if (n.id < floor || seen.has(n)) return
    seen.add(n)
    stack.push(n)
  }
  outputs.forEach(visit)
  for (let n = stack.pop(); n !== undefined; n = stack.pop()) n.args.forEach(visit)

  const moving = new Set(variables)
  const order: Node[] = []
  for (const n of [...seen].sort((a, b) => a.id - b.id)) {
    if (moving.has(n)) {
      order.push(n)
    } else if (isFloat(n.dtype) && n.args.some((a, j) => moving.has(a) && moves(rules, n, j))) {
      moving.add(n)
      order.push(n)
    }
  }
  return order
}
