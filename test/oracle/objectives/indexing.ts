// Reading, writing and moving elements.
import { range, tensor } from '../../../index.ts'
import { inner, type Objectives } from '../objective.ts'

export const indexing: Objectives = {
  idx_diag: ({ A, W, d, V }) => inner(W, A.diag()).add(inner(V, d.diag())),
  idx_pad: ({ z, W }) => inner(W, z.pad([1, 2]).add(1).square()),
  idx_reshape_permute: ({ z, W }) => inner(W, z.transpose(2, 0, 1).reshape([4, 3])),
  idx_scatter_add: ({ base, src, v }) => base.scatterAdd([1, 3, 1], src).abs2().mul(v).sum(),
  idx_set: ({ z, s, W }) => {
    const kept = tensor([0, 1, 0, 1])
    const y = z.mul(kept).scatterAdd([0, 2], s)
    return inner(W, y.mul(y))
  },
  idx_slice: ({ z, W }) => inner(W, z.at(range(1, 5, 2))),
  idx_take_axis1: ({ A, W }) => inner(W, A.take([2, 0, 2], 1)),
  idx_tile: ({ z, W }) => inner(W, z.tile([2, 3])),
  idx_topk: ({ z }) => z.abs2().sort({ descending: true }).at(range(0, 2)).sum(),
  idx_tril_triu: ({ A, W }) => inner(W, A.tril(-1).matmul(A.triu())),
}
