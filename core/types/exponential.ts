// Exponentials, logarithms and what is made of them. Integers are computed in float64.
import type { Unary } from './kinds.ts'

declare module './tensor.ts' {
  interface Operations extends Exponential {}
}

export interface Exponential {
  /**
   * eˣ. exp(800 + 0i) is Infinity + 0i: a real part that overflows does not turn an imaginary 0 into NaN.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0]).exp().toArray()) // [ 1 ]
   * ```
   */
  readonly exp: Unary<'float'>

  /**
   * eˣ − 1, accurate near 0.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, 1e-20]).expm1().toArray()) // [ 0, 1e-20 ]
   * ```
   */
  readonly expm1: Unary<'float'>

  /**
   * ln x. Real: −Infinity at 0, NaN below. Complex: ln|z| + i·angle(z), cut along the negative axis, where the sign of
   * a zero imaginary part says which side is meant. The gradient at 0 is 0 where the cotangent is 0.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 0]).log().toArray()) // [ 0, -Infinity ]
   * ```
   */
  readonly log: Unary<'float'>

  /**
   * ln(1 + x), accurate near 0.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, 1e-20]).log1p().toArray()) // [ 0, 1e-20 ]
   * ```
   */
  readonly log1p: Unary<'float'>

  /**
   * The logarithm to base 2; branches as those of `log`.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 8]).log2().toArray()) // [ 0, 3 ]
   * ```
   */
  readonly log2: Unary<'float'>

  /**
   * The logarithm to base 10; branches as those of `log`.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 100]).log10().toArray()) // [ 0, 2 ]
   * ```
   */
  readonly log10: Unary<'float'>

  /**
   * 1/(1 + e⁻ˣ), computed in the branch that cannot overflow. Derivative: s·(1 − s).
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([-800, 0, 800]).sigmoid().toArray()) // [ 0, 0.5, 1 ]
   * ```
   */
  readonly sigmoid: Unary<'float'>

  /**
   * ln(1 + eˣ), a smooth `relu`, without overflow. Derivative: the sigmoid.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([-800, 800]).softplus().toArray()) // [ 0, 800 ]
   * ```
   */
  readonly softplus: Unary<'float'>

  /**
   * The error function 2/√π·∫₀ˣ exp(−t²) dt. Derivative: 2/√π·exp(−x²).
   *
   * @throws DTypeError for complex tensors
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([0, 10]).erf().toArray()) // [ 0, 1 ]
   * ```
   */
  readonly erf: Unary<'float', 'real'>

  /**
   * ln|Γ(x)|; Infinity at 0, −1, −2, … Derivative: the digamma function.
   *
   * @throws DTypeError for complex tensors
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).lgamma().toArray()) // [ 0, 0 ]
   * ```
   */
  readonly lgamma: Unary<'float', 'real'>
}
