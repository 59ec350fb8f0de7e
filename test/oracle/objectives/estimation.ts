// Whole objectives: fitting, retrieval and learning.
import { arange, einsum, range, stack, tensor } from '../../../index.ts'
import { energy, i, type Objectives } from '../objective.ts'

export const estimation: Objectives = {
  obj_blind_deconv: ({ h, m, Cm, y }) => {
    const measured = Cm.matmul(m).fft().mul(h.pad([0, 5]).fft()).div(8)
    return energy(measured.sub(y)).add(energy(h).add(energy(m)).mul(0.1))
  },
  obj_cnn_modrelu: ({ x, W1, b1, bm, W2, y }) => {
    const hidden = W1.matmul(x).add(b1)
    const activated = hidden.abs().add(bm).relu().mul(hidden).div(hidden.abs())
    return W2.matmul(activated).sub(y).abs2().mean()
  },
  obj_complex_lasso_smooth: ({ x, A, b }) => {
    const misfit = energy(A.matmul(x).sub(b)).mul(0.5)
    return misfit.add(x.abs2().add(1e-2).sqrt().sum().mul(0.3))
  },
  obj_complex_logistic: ({ w, b, Xd }) => {
    const labels = tensor([1, -1, -1, 1, 1])
    return labels.mul(Xd.conj().matmul(w).add(b).real()).neg().softplus().mean()
  },
  obj_cp_decomposition: ({ A, Bf, Cf, T }) => {
    const misfit = energy(T.sub(einsum('ir,jr,kr->ijk', A, Bf, Cf)))
    return misfit.add(energy(A).add(energy(Bf)).add(energy(Cf)).mul(0.01))
  },
  obj_matrix_completion: ({ U, V, M, mask }) => {
    const misfit = mask.mul(U.matmul(V.adjoint()).sub(M).abs2()).sum()
    const balance = energy(U.adjoint().matmul(U).sub(V.adjoint().matmul(V)))
    return misfit.add(energy(U).add(energy(V)).mul(0.1)).add(balance.mul(0.05))
  },
  obj_phase_retrieval_amplitude: ({ x, A, y }) => A.matmul(x).abs().sub(y).square().sum(),
  obj_phase_retrieval_poisson: ({ x, A, y }) => {
    const intensity = A.matmul(x).abs2()
    return intensity.sub(y.mul(intensity.add(0.1).log())).sum()
  },
  obj_ptychography: ({ P, O, y }) => {
    const exits = stack([0, 2, 3].map((s) => P.mul(O.at(range(s, s + 4)))))
    return exits.fft().abs().sub(y).square().sum()
  },
  obj_rational_fit: ({ b, a, om, Hd }) => {
    const q = om.mul(i).neg().exp()
    const numerator = b.at(0).add(b.at(1).mul(q)).add(b.at(2).mul(q.square()))
    const denominator = a.at(0).mul(q).add(a.at(1).mul(q.square())).add(1)
    return energy(Hd.sub(numerator.div(denominator)))
  },
  obj_spectral_fit_damped: ({ a, w, g, y }) => {
    const rates = w.mul(i).sub(g.exp())
    return energy(y.sub(arange(0, 2, 0.25).outer(rates).exp().matmul(a)))
  },
}
