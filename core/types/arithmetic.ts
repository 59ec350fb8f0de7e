// Arithmetic: sums, products, powers. Every operation here takes real and complex tensors.
import type { Become, Row } from './dtypes.ts'
import type { Binary, Fits, Promoted, Unary } from './kinds.ts'
import type { Broadcast } from './shape.ts'
import type { DTypeOf, Operand, ShapeOf, Tensor } from './tensor.ts'

declare module './tensor.ts' {
  interface Operations extends Arithmetic {}
}

export type NoPower =
  'integer exponents may be negative, and the power no integer: cast() one of both, or give the exponent as a number'
export type Always = Row<unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown>
export type UnlessInteger = Row<NoPower, NoPower, unknown, unknown, unknown, unknown, unknown, unknown>

/** Base meets exponent. */
export interface Powers {
  readonly bool: UnlessInteger
  readonly int32: UnlessInteger
  readonly float32: Always
  readonly float64: Always
  readonly complex64: Always
  readonly complex128: Always
  readonly number: UnlessInteger
  readonly complex: Always
}
export type PowerCheck<A, B> = Fits<'pow', 'broadcast', ShapeOf<A>, ShapeOf<B>> & Powers[DTypeOf<A>][DTypeOf<B>]

export interface Arithmetic {
  /**
   * a + b, broadcasting. Booleans count as int32.
   *
   * @throws ShapeError if the shapes do not broadcast
   * @throws DTypeError for a number that is no integer beside int32
   * @example
   * ```ts
   * import { add, tensor } from 'wirtinger'
   * console.log(add(tensor([1, 2]), 10).toArray()) // [ 11, 12 ]
   * ```
   */
  readonly add: Binary<'add', 'arithmetic'>

  /**
   * a − b, broadcasting: `a.sub(b)`, `sub(a, b)` and `pipe(a, sub(b))` are the same. Booleans count as int32.
   *
   * @throws ShapeError if the shapes do not broadcast
   * @throws DTypeError for a number that is no integer beside int32
   * @example
   * ```ts
   * import { sub, tensor } from 'wirtinger'
   * console.log(sub(1, tensor([1, 2])).toArray()) // [ 0, -1 ]
   * ```
   */
  readonly sub: Binary<'sub', 'arithmetic'>

  /**
   * a·b, element by element, broadcasting. Booleans count as int32. Gradients: conj(b)·g for a and conj(a)·g for b.
   *
   * @throws ShapeError if the shapes do not broadcast
   * @throws DTypeError for a number that is no integer beside int32
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2]).mul({ re: 0, im: 1 }).imag().toArray()) // [ 1, 2 ]
   * ```
   */
  readonly mul: Binary<'mul', 'arithmetic'>

  /**
   * a/b, element by element, broadcasting; of integers in float64. The complex quotient does not overflow on the way
   * (1e300·(1+i) / 1e300·(1+i) is 1), and neither does its gradient, which never forms b².
   *
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 4], 'int32').div(2).toArray()) // [ 0.5, 1, 2 ]
   * ```
   */
  readonly div: Binary<'div', 'float'>

  /**
   * aᵇ, element by element, broadcasting. An integer JS number as the exponent means repeated products, exact for every
   * base, complex and negative ones too. Any other exponent: exp(b·log a) on the principal branch if an operand is
   * complex, and NaN for a negative base if both are real. 0⁰ = 1, with gradients 0.
   *
   * @throws ShapeError if the shapes do not broadcast
   * @throws DTypeError for integers to a negative power, or to the power of an integer tensor
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, -3]).pow(3).toArray()) // [ 1, 8, -27 ]
   * ```
   */
  readonly pow: {
    readonly method: <A extends Tensor, B extends Operand>(this: A, b: B & PowerCheck<A, B>) =>
      Tensor<Become<Promoted<A, B>, 'arithmetic'>, Broadcast<ShapeOf<A>, ShapeOf<B>>>
    readonly free: {
      <B extends Operand>(b: B): <A extends Operand>(a: A & PowerCheck<A, B>) =>
        Tensor<Become<Promoted<A, B>, 'arithmetic'>, Broadcast<ShapeOf<A>, ShapeOf<B>>>
      <A extends Operand, B extends Operand>(a: A, b: B & PowerCheck<A, B>):
        Tensor<Become<Promoted<A, B>, 'arithmetic'>, Broadcast<ShapeOf<A>, ShapeOf<B>>>
    }
  }

  /**
   * −x. Booleans count as int32.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, -2]).neg().toArray()) // [ -1, 2 ]
   * ```
   */
  readonly neg: Unary<'arithmetic'>

  /**
   * 1/x, of integers in float64.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([2, 4]).reciprocal().toArray()) // [ 0.5, 0.25 ]
   * ```
   */
  readonly reciprocal: Unary<'float'>

  /**
   * x·x. For a complex number this is z², not |z|²: that is `abs2`. Booleans count as int32.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, -2, 3]).square().toArray()) // [ 1, 4, 9 ]
   * ```
   */
  readonly square: Unary<'arithmetic'>

  /**
   * √x, of integers in float64. Real: NaN below 0. Complex: the principal branch, cut along the negative axis, where
   * the sign of a zero imaginary part says which side is meant. The gradient at 0 is 0 where the cotangent is 0.
   *
   * @example
   * ```ts
   * import { complex, tensor } from 'wirtinger'
   * console.log(tensor([4, 9]).sqrt().toArray()) // [ 2, 3 ]
   * console.log(complex(-4, 0).sqrt().item()) // { re: 0, im: 2 }
   * ```
   */
  readonly sqrt: Unary<'float'>

  /**
   * √(a² + b²), broadcasting, without overflow on the way. The gradient at (0, 0) is 0.
   *
   * @throws DTypeError for complex tensors: take `abs()` first
   * @throws ShapeError if the shapes do not broadcast
   * @example
   * ```ts
   * import { hypot, tensor } from 'wirtinger'
   * console.log(hypot(tensor([3, 5]), tensor([4, 12])).toArray()) // [ 5, 13 ]
   * ```
   */
  readonly hypot: Binary<'hypot', 'float', 'real'>
}
