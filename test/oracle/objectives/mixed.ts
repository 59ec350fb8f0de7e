// Real parameters in complex formulas: their gradients stay real.
import { energy, i, type Objectives } from '../objective.ts'

export const mixed: Objectives = {
  mixed_array_factor: ({ a, p, u, v }) => {
    const steering = u.outer(p).mul(i).exp()
    return v.mul(steering.matmul(a).abs2()).sum()
  },
  mixed_im_exp: ({ x, v }) => x.square().mul(i).exp().imag().mul(v).sum(),
  mixed_real_minus_conj: ({ x, z }) => energy(x.mul(z).sub(z.conj().div(x)).add(x.mul(i))),
  mixed_real_roundtrip: ({ x, h }) => x.fft().mul(h).ifft().real().square().sum(),
}
