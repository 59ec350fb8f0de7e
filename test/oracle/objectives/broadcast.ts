// Operands of different shapes: gradients are summed over the axes that were broadcast.
import { inner, type Objectives } from '../objective.ts'

export const broadcast: Objectives = {
  bcast_outer_mul: ({ a, b, W }) => inner(W, a.mul(b)),
  bcast_pow: ({ x, w, W }) => inner(W, x.pow(w)),
  bcast_rank: ({ a, b, W }) => inner(W, a.div(b)),
  bcast_real_over_complex: ({ x, z, W }) => inner(W, x.div(z)),
}
