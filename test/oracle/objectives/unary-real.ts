// Functions of a real number.
import type { Tensor } from '../../../index.ts'
import type { Objective, Objectives } from '../objective.ts'

const of = (f: (x: Tensor) => Tensor): Objective => ({ x, v }) => v.mul(f(x)).sum()

export const unaryReal: Objectives = {
  runary_abs: of((x) => x.abs()),
  runary_asin: of((x) => x.asin()),
  runary_cos: of((x) => x.cos()),
  runary_exp: of((x) => x.exp()),
  runary_sigmoid: of((x) => x.sigmoid()),
  runary_tan: of((x) => x.tan()),
  runary_tanh: of((x) => x.tanh()),
}
