// What a program is: equations in an order in which each needs only earlier ones. There is no data in it.
import type { DType } from './dtype.ts'
import type { Aval, Primitive } from './primitive.ts'
import type { ShapeInfo } from './shape.ts'

export interface Equation {
  readonly primitive: Primitive
  /** Positions of the operands, all smaller than this equation's own. */
  readonly args: readonly number[]
  readonly attrs: readonly number[]
  readonly dtype: DType
  readonly shape: ShapeInfo
  /** The results of a primitive that has several; they are taken apart by `pick`. */
  readonly outputs: readonly Aval[] | null
}

export interface Program {
  readonly equations: readonly Equation[]
  /** Positions of the `input` equations, in the order of the arguments. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}
