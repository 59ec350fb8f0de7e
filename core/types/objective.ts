// Objectives in types: a real scalar. What certainly is not one is refused, with the way out.
import type { DType } from '../dtype.ts'
import type { Guards } from './dtypes.ts'
import type { Shape, Show } from './shape.ts'
import type { Tensor } from './tensor.ts'

/** A real number with a derivative. */
export type Scalar = Tensor<'float32' | 'float64', []>

export type IsScalar<S extends Shape> =
  S extends [] ? unknown
  : number extends S['length'] ? unknown
  : `the objective has shape [${Show<S>}] but must be a scalar: end with sum() or mean()`

/** What an objective returns. */
export type Objective<D extends DType, S extends Shape> = Tensor<D, S> & Guards[D]['objective'] & IsScalar<S>
