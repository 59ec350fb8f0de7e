// Forward mode: tangents flow from the variables to the outputs, by the same table.
import { alias, type Node } from '../core/node.ts'
import { add } from '../core/operations/elementwise.ts'
import { dependents } from './dependents.ts'
import { carefully, cotangents, refuse, typed } from './reverse.ts'
import { rules as exact, type Rules } from './rules.ts'

/**
 * The tangent of a node whose reverse rule alone is known. That rule is linear in the cotangent u, and the tangent is
 * the adjoint of u ↦ Jᴴ·u: reverse mode once more, through the rule itself.
 */
const tangentOfCustom = (n: Node, tangentOf: (a: Node) => Node | undefined, rules: Rules): Node => {
  const args = n.args.slice(1)
  const u = alias(n.owner!, typed(undefined, n)) // what moves is symbolic
  const pulled = n.pullback!(args, n, u)
  const moving = args.flatMap((a, j) => {
    const t = tangentOf(a)
    return t === undefined ? [] : [{ out: pulled[j]!, t }]
  })
  return cotangents(moving.map((m) => m.out), moving.map((m) => m.t), [u], rules)[0]!
}

/** The tangents of `outputs` when those of `variables` are `directions`. */
export const tangents = (
  outputs: readonly Node[], variables: readonly Node[], directions: readonly Node[], rules: Rules = exact,
): readonly Node[] => {
  const known = new Map(variables.map((v, k) => [v, directions[k]!]))
  const several = new Map<Node, readonly (Node | null)[]>()

  const tangent = (n: Node): Node | null => {
    const rule = rules[n.primitive]
    if (rule === 'refused') return refuse(n)
    if (rule === 'pick') return several.get(n.args[0]!)?.[n.attrs[0]!] ?? null
    if (rule === 'custom') return tangentOfCustom(n, (a) => known.get(a), rules)
    if ('outputs' in rule) {
      several.set(n, rule.outputs.forward(known.get(n.args[0]!)!, n))
      return null
    }
    if ('together' in rule) return rule.together(n.args.map((a) => known.get(a) ?? null), n)
    let sum: Node | null = null
    for (let j = 0; j < n.args.length; j++) {
      const e = rule[j] ?? null
      const t = known.get(n.args[j]!)
      if (e === null || t === undefined) continue
      const term = carefully(e, n, t, false, e.forward(t, n, j))
      sum = sum === null ? term : add(sum, term)
    }
    return sum
  }

  for (const n of dependents(outputs, variables, rules)) {
    if (known.has(n)) continue
    const t = tangent(n)
    if (t !== null) known.set(n, t)
  }
  return outputs.map((y) => typed(known.get(y), y))
}
