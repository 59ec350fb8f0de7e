// Whole objectives: imaging, antenna arrays and propagation.
import { arange, eye, stack, type Tensor } from '../../../index.ts'
import { energy, type Objectives } from '../objective.ts'

const decibels = (x: Tensor): Tensor => x.log10().mul(10)

/** exp(iπ·n·s) for n = 0, 1, …: one row for each s, or a vector for a scalar s. */
const steering = (s: Tensor, n: number): Tensor => s.expandDims(-1).mul(arange(n)).mul({ re: 0, im: Math.PI }).exp()

/** A⁻¹b by Gauss-Jordan elimination without pivoting, as for positive definite matrices. */
const solve = (A: Tensor, b: Tensor, n: number): Tensor => {
  let rows = stack([...Array.from({ length: n }, (_, k) => A.transpose().at(k)), b], 1)
  for (let k = 0; k < n; k++) {
    const unit = eye(n).at(k)
    const pivot = rows.at(k).div(rows.at(k, k))
    rows = rows.sub(rows.transpose().at(k).sub(unit).outer(pivot))
  }
  return rows.transpose().at(n)
}

export const waves: Objectives = {
  obj_array_pattern: ({ w, p, u, t }) => {
    const field = u.outer(p).mul({ re: 0, im: 2 * Math.PI }).exp().matmul(w)
    return decibels(field.abs().add(0.05)).mul(2).sub(t).square().sum().div(100)
  },
  obj_beamforming_sinr: ({ w, theta0, theta, p }) => {
    const signal = w.vdot(steering(theta0.sin(), 5)).abs2()
    const interference = p.mul(steering(theta.sin(), 5).matmul(w.conj()).abs2()).sum()
    return decibels(signal.div(interference.add(energy(w).mul(0.1)))).neg()
  },
  obj_mri_sense_tv: ({ x, S, mask, y }) => {
    const misfit = mask.mul(S.mul(x).fft2({ norm: 'ortho' }).sub(y).abs2()).sum()
    const step = (axis: number): Tensor => x.roll(-1, axis).sub(x).abs2()
    return misfit.add(step(0).add(step(1)).add(1e-3).sqrt().sum().mul(0.2))
  },
  obj_mvdr_power: ({ X, s }) => {
    const R = X.matmul(X.adjoint()).div(6).add(eye(4).mul(0.2))
    const a = steering(s, 4)
    return a.vdot(solve(R, a, 4)).real().reciprocal()
  },
  obj_nls_split_step: ({ u0, gam, V, tgt }) => {
    const k = arange(8).add(4).sub(arange(8).add(4).div(8).floor().mul(8)).sub(4)
    const linear = k.square().mul({ re: 0, im: -0.025 }).exp()
    let u = u0
    for (let step = 0; step < 4; step++) {
      const v = linear.mul(u.fft()).ifft()
      u = v.mul(gam.mul(v.abs2()).add(V).mul({ re: 0, im: 0.05 }).exp())
    }
    return energy(u.sub(tgt))
  },
}
