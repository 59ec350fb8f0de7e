// Arithmetic of two operands, complex (c) and real (r) in every mixture.
import { inner, type Objective, type Objectives } from '../objective.ts'

const sum: Objective = ({ a, b, W }) => inner(W, a.add(b))
const difference: Objective = ({ a, b, W }) => inner(W, a.sub(b))
const quotient: Objective = ({ a, b, W }) => inner(W, a.div(b))
const power: Objective = ({ a, b, W }) => inner(W, a.pow(b))

export const binary: Objectives = {
  binary_add_cc: sum,
  binary_add_cr: sum,
  binary_div_cc: quotient,
  binary_div_cr: quotient,
  binary_div_rc: quotient,
  binary_mul_cr: ({ a, b, W }) => inner(W, a.mul(b)),
  binary_pow_cr: power,
  binary_pow_negreal_complex: ({ x, w, W }) => inner(W, x.pow(w)),
  binary_pow_rc: power,
  binary_same_arg: ({ z, W }) => inner(W, z.mul(z).add(z.div(z.conj())).sub(z.conj().mul(z).mul(2))),
  binary_sub_cc: difference,
  binary_sub_cr: difference,
  binary_sub_rc: difference,
}
