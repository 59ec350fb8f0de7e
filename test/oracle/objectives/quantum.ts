// Whole objectives: quantum states.
import { einsum, eye, stack, tensor, zeros, type Tensor } from '../../../index.ts'
import { i, type Objectives } from '../objective.ts'

const X = tensor([[0, 1], [1, 0]])
const Y = tensor([[{ re: 0, im: 0 }, { re: 0, im: -1 }], [i, { re: 0, im: 0 }]])
const Z = tensor([[1, 0], [0, -1]])
const one = eye(2)
const controlledNot = tensor([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])

/** cos(t/2)·I − i·sin(t/2)·P. */
const rotation = (P: Tensor, t: Tensor): Tensor => {
  const half = t.div(2)
  return half.cos().mul(one).sub(half.sin().mul(i).mul(P))
}

/** Re ⟨ψ|H|ψ⟩. */
const expectation = (H: Tensor, psi: Tensor): Tensor => psi.vdot(H.matmul(psi)).real()

export const quantum: Objectives = {
  obj_mps_energy: ({ A0, A1, A2, O }) => {
    const psi = einsum('ia,ajb,bk->ijk', A0, A1, A2).reshape([8])
    const H = O.add(O.adjoint()).div(2)
    return expectation(H, psi).div(psi.vdot(psi).real())
  },
  obj_qst_tril_lsq: ({ d, l, v, f }) => {
    const zero = zeros([])
    const T = stack([
      stack([d.at(0), zero, zero]),
      stack([l.at(0), d.at(1), zero]),
      stack([l.at(1), l.at(2), d.at(2)]),
    ])
    const square = T.adjoint().matmul(T)
    const rho = square.div(square.trace())
    return einsum('ki,ij,kj->k', v.conj(), rho, v).real().sub(f).square().sum()
  },
  obj_vqe_2q: ({ t, c }) => {
    const start = tensor([1, 0, 0, 0])
    const first = rotation(Y, t.at(0)).kron(rotation(Y, t.at(1)))
    const last = rotation(Z, t.at(2)).kron(rotation(X, t.at(3)))
    const psi = last.matmul(controlledNot).matmul(first).matmul(start)
    const terms = [Z.kron(Z), X.kron(one), one.kron(X), Y.kron(Y)]
    return terms.map((P, k) => c.at(k).mul(expectation(P, psi))).reduce((a, b) => a.add(b))
  },
}
