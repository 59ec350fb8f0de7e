// Constants on purpose.
import { make } from '../core/make.ts'
import { mapLeaves } from '../core/tree.ts'
import type { StopGradient } from './types.ts'

/**
 * The same tensor, or tree of tensors, which every derivative, of whatever order, takes for a constant.
 *
 * @example
 * ```ts
 * import { grad, stopGradient, tensor } from 'wirtinger'
 * console.log(grad((x) => stopGradient(x).mul(x).sum())(tensor([3])).toArray()) // [ 3 ]
 * ```
 */
export const stopGradient: StopGradient = (x) =>
  mapLeaves((leaf) => make('stop', [leaf]), x) as typeof x // the same structure, dtypes and shapes
