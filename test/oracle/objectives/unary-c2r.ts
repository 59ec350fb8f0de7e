// Functions of a complex number with real values.
import type { Tensor } from '../../../index.ts'
import type { Objective, Objectives } from '../objective.ts'

const of = (f: (z: Tensor) => Tensor): Objective => ({ z, v }) => v.mul(f(z)).sum()

export const unaryToReal: Objectives = {
  c2r_abs2: of((z) => z.abs2()),
  c2r_angle: of((z) => z.angle()),
  c2r_conj_product: of((z) => z.mul(z.conj()).mul(z.conj()).mul(z).real()),
  c2r_db: of((z) => z.abs().log10().mul(20)),
  c2r_real: of((z) => z.real()),
}
