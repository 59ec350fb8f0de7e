// Circular and hyperbolic functions, real and complex, with the principal branches of C99 (Kahan, "Branch cuts for
// complex elementary functions", 1987). Integers are computed in float64. Outside their real domain real tensors give
// NaN.
import type { Binary, Unary } from './kinds.ts'

declare module './tensor.ts' {
  interface Operations extends Trigonometric {}
}

export interface Trigonometric {
  /**
   * sin x. Derivative: cos x.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, Math.PI / 2]).sin().toArray()) // [ 0, 1 ]
   * ```
   */
  readonly sin: Unary<'float'>

  /**
   * cos x. Derivative: −sin x.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, Math.PI]).cos().toArray()) // [ 1, -1 ]
   * ```
   */
  readonly cos: Unary<'float'>

  /**
   * tan x. Derivative: 1 + tan²x.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0]).tan().toArray()) // [ 0 ]
   * ```
   */
  readonly tan: Unary<'float'>

  /**
   * The angle in [−π/2, π/2] whose sine is x. Complex: cut along the real axis beyond ±1. Derivative: 1/√(1 − x²).
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, 2]).asin().toArray()) // [ 0, NaN ]
   * ```
   */
  readonly asin: Unary<'float'>

  /**
   * The angle in [0, π] whose cosine is x. Complex: cut along the real axis beyond ±1. Derivative: −1/√(1 − x²).
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).acos().toArray()) // [ 0, NaN ]
   * ```
   */
  readonly acos: Unary<'float'>

  /**
   * The angle in (−π/2, π/2) whose tangent is x. Complex: cut along the imaginary axis beyond ±i. Derivative: 1/(1 + x²).
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0]).atan().toArray()) // [ 0 ]
   * ```
   */
  readonly atan: Unary<'float'>

  /**
   * The angle of the point (x, y), `y.atan2(x)`, in [−π, π], broadcasting. The gradient at (0, 0) is 0.
   *
   * @throws DTypeError for complex tensors: their angle is `angle()`
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { atan2, tensor } from 'wirtinger'
   * console.log(atan2(tensor([0, 0]), tensor([1, 0])).toArray()) // [ 0, 0 ]
   * ```
   */
  readonly atan2: Binary<'atan2', 'float', 'real'>

  /**
   * sinh x. Derivative: cosh x.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0]).sinh().toArray()) // [ 0 ]
   * ```
   */
  readonly sinh: Unary<'float'>

  /**
   * cosh x. Derivative: sinh x.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0]).cosh().toArray()) // [ 1 ]
   * ```
   */
  readonly cosh: Unary<'float'>

  /**
   * tanh x. Derivative: 1 − tanh²x.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, 50]).tanh().toArray()) // [ 0, 1 ]
   * ```
   */
  readonly tanh: Unary<'float'>

  /**
   * The number whose sinh is x. Complex: cut along the imaginary axis beyond ±i. Derivative: 1/√(1 + x²).
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0]).asinh().toArray()) // [ 0 ]
   * ```
   */
  readonly asinh: Unary<'float'>

  /**
   * The number ≥ 0 whose cosh is x. Complex: cut along the real axis below 1. Derivative: 1/(√(x − 1)·√(x + 1)), which on
   * the complex plane is not 1/√(x² − 1).
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 0]).acosh().toArray()) // [ 0, NaN ]
   * ```
   */
  readonly acosh: Unary<'float'>

  /**
   * The number whose tanh is x. Complex: cut along the real axis beyond ±1. Derivative: 1/(1 − x²).
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, 1]).atanh().toArray()) // [ 0, Infinity ]
   * ```
   */
  readonly atanh: Unary<'float'>
}
