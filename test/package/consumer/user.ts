// A user's typed module: what is inferred from the published declarations, and what they refuse.
import { grad, minimize, tensor } from 'wirtinger'
import type { Tensor } from 'wirtinger'

export const start = tensor([{ re: 1, im: 2 }, { re: 3, im: -4 }])
export const energy = (z: Tensor<'complex128', [2]>) => z.abs2().sum()
export const gradient = grad(energy)(start)
export const solution = minimize(energy, start)

export const exact: Tensor<'complex128', [2]> = gradient
export const value: number = solution.value
export const params: Tensor<'complex128', [2]> = solution.params

// @ts-expect-error the objective is complex
grad((z: Tensor<'complex128', [2]>) => z.sum())
