// Matrix products.
import { inner, type Objectives } from '../objective.ts'

export const matmul: Objectives = {
  la_matpow: ({ A, W }) => inner(W, A.matrixPower(3)),
  mm_batch_bcast: ({ A, X, W }) => inner(W, A.matmul(X)),
  mm_chain: ({ A, X }) => A.matmul(X).matmul(A.adjoint()).matmul(X.transpose()).trace().abs(),
  mm_kron: ({ A, X, W }) => inner(W, A.kron(X)),
  mm_mv: ({ A, x, w }) => inner(w, A.matmul(x)),
  mm_outer: ({ a, b, W }) => inner(W, a.outer(b.conj())),
  mm_rc: ({ A, X, W }) => inner(W, A.matmul(X)),
  mm_rr: ({ A, X, V }) => V.mul(A.matmul(X)).sum(),
  mm_vm: ({ x, A, w }) => inner(w, x.matmul(A)),
}
