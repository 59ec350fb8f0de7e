// Rare paths out of the way. Nearly every element takes the common branch of every likely choice, so a kernel computes all
// its values as if that were so, and computes them again, with every choice made, where one of the conditions fails.
import { isLikely, type Builder, type Expr } from './expression.ts'

export interface Assumed {
  /** The values along common branches. */
  readonly values: readonly Expr[]
  /** What has to hold for them to be right; empty if there is no likely choice. */
  readonly conditions: readonly Expr[]
}

/** `known` expressions are computed elsewhere and stay as they are. */
export const assumeLikely = (b: Builder, values: readonly Expr[], known: (e: Expr) => boolean): Assumed => {
  const done = new Map<Expr, Expr>()
  const conditions = new Set<Expr>()
  const assume = (e: Expr): Expr => {
    if (e.args.length === 0 || known(e)) return e
    const hit = done.get(e)
    if (hit !== undefined) return hit
    let result: Expr
    if (isLikely(e)) {
      conditions.add(assume(e.args[0]!))
      result = assume(e.args[1]!)
    } else {
      const args = e.args.map(assume)
      result = args.every((a, k) => a === e.args[k]) ? e : b.again(e, args)
    }
    done.set(e, result)
    return result
  }
  return { values: values.map(assume), conditions: [...conditions] }
}
