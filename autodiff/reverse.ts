// Reverse mode: cotangents flow from the outputs back to the variables, each node once, in the same graph.
import { isComplex } from '../core/dtype.ts'
import { DerivativeError } from '../core/errors.ts'
import type { Node } from '../core/node.ts'
import { cast } from '../core/operations/cast.ts'
import { and, equal, isNaN, where } from '../core/operations/comparison.ts'
import { add } from '../core/operations/elementwise.ts'
import { filled } from '../core/operations/operand.ts'
import { dependents } from './dependents.ts'
import { literal, type Entry } from './kinds.ts'
import { rules as exact, type Rules } from './rules.ts'

/** A cotangent. `masked`: a selection has put exact zeros into it. */
interface Flow { readonly g: Node; readonly masked: boolean }

/** A number of the structure other than zero, so that nothing has to be guarded. */
const isKnown = (g: Node): boolean => {
  let n = g
  while (n.primitive === 'expand' || n.primitive === 'reshape') n = n.args[0]!
  return n.primitive === 'constant' && n.attrs.slice(1).some((bits) => bits !== 0)
}

/**
 * Where nothing comes in, nothing goes out: 0·Inf and 0/0 are 0 here. Only such a NaN is replaced, and by a selection,
 * so that at regular points with a zero cotangent the second derivative is that of the product.
 */
const guarded = (r: Node, incoming: Node): Node =>
  where(and(isNaN(r), equal(incoming, literal(0, incoming))), literal(0, r), r)

/** What a rule does to a tangent or cotangent, with the care that it asks for. */
export const carefully = (e: Entry, n: Node, incoming: Node, masked: boolean, outgoing: Node): Node => {
  const care = e.care(n)
  const asked = care === 'always' || (care === 'masked' && masked)
  return asked && !isKnown(incoming) ? guarded(outgoing, incoming) : outgoing
}

export const refuse = (n: Node): never => {
  throw new DerivativeError(`${n.primitive} has no derivative: use stopGradient() if it should count as a constant`)
}

/** A cotangent or tangent with exactly the dtype of what it belongs to. */
export const typed = (x: Node | undefined, like: Node): Node =>
  x === undefined ? filled(0, like.dtype, like.info)
    : isComplex(like.dtype) && !isComplex(x.dtype) ? cast(x, like.dtype) : x

/**
 * The cotangents of `variables` when those of `outputs` are `seeds`: g_v = Σ Jᴴ·seed for the real inner product
 * Re Σ conj(a)·b. Nodes of the original graph are shared with the result, never changed.
 */
export const cotangents = (
  outputs: readonly Node[], seeds: readonly Node[], variables: readonly Node[], rules: Rules = exact,
): readonly Node[] => {
  const order = dependents(outputs, variables, rules)
  const moving = new Set(order)
  const ends = new Set(variables)
  const flows = new Map<Node, Flow>()
  /** Of nodes with several results: the cotangent of each. */
  const several = new Map<Node, (Node | null)[]>()

  const give = (to: Node, g: Node, masked: boolean): void => {
    const before = flows.get(to)
    flows.set(to, before === undefined ? { g, masked } : { g: add(before.g, g), masked: before.masked && masked })
  }
  outputs.forEach((y, k) => { if (moving.has(y)) give(y, seeds[k]!, false) })

  for (let k = order.length - 1; k >= 0; k--) {
    const n = order[k]!
    if (ends.has(n)) continue
    const rule = rules[n.primitive]
    if (typeof rule === 'object' && 'outputs' in rule) {
      const g = rule.outputs.reverse(several.get(n) ?? [], n)
      if (g !== null) give(n.args[0]!, g, false)
      continue
    }
    const flow = flows.get(n)
    if (flow === undefined) continue
    const { g, masked } = flow
    flows.delete(n)
    if (rule === 'refused') refuse(n)
    else if (rule === 'pick') {
      const of = n.args[0]!
      const all = several.get(of) ?? of.outputs!.map(() => null)
      const before = all[n.attrs[0]!] ?? null
      all[n.attrs[0]!] = before === null ? g : add(before, g)
      several.set(of, all)
    } else if (rule === 'custom') {
      const args = n.args.slice(1)
      const gs = n.pullback!(args, n, typed(g, n))
      args.forEach((a, j) => { if (moving.has(a)) give(a, gs[j]!, masked) })
    } else if ('together' in rule) {
      n.args.forEach((a, j) => { if (moving.has(a)) give(a, rule.reverse(g, n, j), masked) })
    } else {
      for (let j = 0; j < n.args.length; j++) {
        const e = rule[j] ?? null
        if (e === null || !moving.has(n.args[j]!)) continue
        give(n.args[j]!, carefully(e, n, g, masked, e.reverse(g, n, j)), masked || e.masks)
      }
    }
  }
  return variables.map((v) => typed(flows.get(v)?.g, v))
}
