// Functions of a complex number with complex values.
import { complex, type Tensor } from '../../../index.ts'
import { inner, type Objective, type Objectives } from '../objective.ts'

const of = (f: (z: Tensor) => Tensor): Objective => ({ z, W }) => inner(W, f(z))

export const unaryComplex: Objectives = {
  cunary_acos: of((z) => z.acos()),
  cunary_asin: of((z) => z.asin()),
  cunary_asinh: of((z) => z.asinh()),
  cunary_conj: of((z) => z.conj()),
  cunary_crelu: of((z) => complex(z.real().relu(), z.imag().relu())),
  cunary_exp: of((z) => z.exp()),
  cunary_log: of((z) => z.log()),
  cunary_log2: of((z) => z.log2()),
  cunary_neg: of((z) => z.neg()),
  'cunary_pow_-2': of((z) => z.pow(-2)),
  'cunary_pow_2.5': of((z) => z.pow(2.5)),
  cunary_pow_3: of((z) => z.pow(3)),
  cunary_pow_cconst: of((z) => z.pow({ re: 0.3, im: -0.7 })),
  cunary_sgn: of((z) => z.phase()),
  cunary_sinh: of((z) => z.sinh()),
  cunary_square: of((z) => z.square()),
  cunary_tan: of((z) => z.tan()),
}
