// Sums, products, norms and what is made of them.
import { inner, type Objectives } from '../objective.ts'

export const reduction: Objectives = {
  red_clogsumexp: ({ z }) => {
    const l = z.exp().sum().log()
    return l.real().add(l.imag().mul(2))
  },
  red_cumsum: ({ z, W }) => inner(W, z.cumsum()),
  red_logsumexp: ({ x, v }) => v.mul(x.logsumexp({ axis: 1 })).sum(),
  red_norm_1: ({ z }) => z.norm({ ord: 1 }),
  'red_norm_1.5': ({ z }) => z.norm({ ord: 1.5 }),
  red_norm_2: ({ z }) => z.norm(),
  red_norm_inf: ({ z }) => z.norm({ ord: Infinity }),
  red_prod_axis: ({ z, W }) => inner(W, z.prod({ axis: 0 })),
  red_prod_onezero: ({ z, w }) => inner(w, z.prod()),
  red_prod_twozeros: ({ z, w, W }) => inner(w, z.prod()).add(inner(W, z)),
  red_softmax: ({ x, V }) => V.mul(x.softmax({ axis: 1 })).sum(),
  red_sum_axis: ({ z, W }) => inner(W, z.sum({ axis: 1 })),
}
