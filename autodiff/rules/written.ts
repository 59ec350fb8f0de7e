// Rules that are neither a coefficient nor an adjoint: where the largest elements go, and the order of a sort.
import { make } from '../../core/make.ts'
import type { Node } from '../../core/node.ts'
import { cast } from '../../core/operations/cast.ts'
import { equal, where } from '../../core/operations/comparison.ts'
import { div } from '../../core/operations/elementwise.ts'
import { filled } from '../../core/operations/operand.ts'
import { kinds, literal, type Conjugation } from '../kinds.ts'
import { respread } from './linear.ts'

const kept = (x: Node, mask: Node): Node => where(mask, x, literal(0, x))

/** The last axis and `axis` change places. */
const swap = (x: Node, axis: number): Node => {
  const order = x.info.dims.map((_, k) => k)
  const last = order.length - 1
  if (axis === last) return x
  order[axis] = last
  order[last] = axis
  return make('transpose', [x], order)
}

export const written = (conjugation: Conjugation) => {
  const { selection } = kinds(conjugation)

  /** max and min: to the elements that attain it; ties share equally. */
  const attained = () => {
    const winners = (n: Node): Node => equal(n.args[0]!, respread(n, n.attrs, n.args[0]!.info))
    const count = (n: Node): Node => make('sum', [cast(winners(n), n.dtype)], n.attrs)
    return selection(
      (t, n) => div(make('sum', [kept(t, winners(n))], n.attrs), count(n)),
      (g, n) => kept(respread(div(g, count(n)), n.attrs, n.args[0]!.info), winners(n)))
  }

  return {
    max: [attained()],
    min: [attained()],
    /** The sorted values move as the values do that they were: along the permutation. */
    sort: {
      outputs: {
        forward: (t: Node, n: Node): readonly (Node | null)[] => {
          const axis = n.attrs[0]!
          const order = swap(make('pick', [n], [1]), axis)
          return [swap(make('gather', [swap(t, axis), order], [n.info.rank - 1]), axis), null]
        },
        reverse: ([g]: readonly (Node | null)[], n: Node): Node | null => {
          if (g === null || g === undefined) return null
          const axis = n.attrs[0]!
          const order = swap(make('pick', [n], [1]), axis)
          const moved = swap(g, axis)
          return swap(make('scatterAdd', [filled(0, moved.dtype, moved.info), order, moved], [n.info.rank - 1]), axis)
        },
      },
    },
  }
}
