// Contraction: products of matrices and vectors. Their gradients conjugate the other operand: g·bᴴ and aᴴ·g.
import type { Become } from './dtypes.ts'
import type { Binary, Promoted, HasAdjoint } from './kinds.ts'
import type { Adjoint, Outer, Shape } from './shape.ts'
import type { ShapeOf, Tensor } from './tensor.ts'

declare module './tensor.ts' {
  interface Operations extends Contraction {}
}

export type ProductDType<A, B> = Become<Promoted<A, B>, 'arithmetic'>

export interface Contraction {
  /**
   * The matrix product a·b of the last two axes; leading axes broadcast. As in NumPy a vector is a row on the left and
   * a column on the right, and two vectors give Σ aᵢ·bᵢ.
   *
   * @throws ShapeError if the inner dimensions differ, or for a scalar
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).matmul(tensor([1, 1])).toArray()) // [ 3, 7 ]
   * ```
   */
  readonly matmul: Binary<'matmul', 'arithmetic', 'any', 'matmul'>

  /**
   * Σ aᵢ·bᵢ of two vectors, without conjugation (that is `vdot`); otherwise as `matmul`.
   *
   * @throws ShapeError if the dimensions differ
   * @example
   * ```ts
   * import { dot, tensor } from 'wirtinger'
   * console.log(dot(tensor([1, 2]), tensor([3, 4])).item()) // 11
   * ```
   */
  readonly dot: Binary<'dot', 'arithmetic', 'any', 'matmul'>

  /**
   * The inner product Σ conj(aᵢ)·bᵢ of all elements.
   *
   * @throws ShapeError if the numbers of elements differ
   * @example
   * ```ts
   * import { tensor, vdot } from 'wirtinger'
   * const z = tensor([{ re: 1, im: 2 }, { re: 0, im: 1 }])
   * console.log(vdot(z, z).item()) // { re: 6, im: 0 }
   * ```
   */
  readonly vdot: {
    readonly method: <A extends Tensor, B extends Tensor>(this: A, b: B) => Tensor<ProductDType<A, B>, []>
    readonly free: {
      <B extends Tensor>(b: B): <A extends Tensor>(a: A) => Tensor<ProductDType<A, B>, []>
      <A extends Tensor, B extends Tensor>(a: A, b: B): Tensor<ProductDType<A, B>, []>
    }
  }

  /**
   * The matrix of products aᵢ·bⱼ, both flattened, without conjugation.
   *
   * @example
   * ```ts
   * import { outer, tensor } from 'wirtinger'
   * console.log(outer(tensor([1, 2]), tensor([3, 4])).toArray()) // [ [ 3, 4 ], [ 6, 8 ] ]
   * ```
   */
  readonly outer: {
    readonly method: <A extends Tensor, B extends Tensor>(this: A, b: B) =>
      Tensor<ProductDType<A, B>, Outer<ShapeOf<A>, ShapeOf<B>>>
    readonly free: {
      <B extends Tensor>(b: B): <A extends Tensor>(a: A) => Tensor<ProductDType<A, B>, Outer<ShapeOf<A>, ShapeOf<B>>>
      <A extends Tensor, B extends Tensor>(a: A, b: B): Tensor<ProductDType<A, B>, Outer<ShapeOf<A>, ShapeOf<B>>>
    }
  }

  /**
   * The Kronecker product: each element of a times the whole of b.
   *
   * @example
   * ```ts
   * import { kron, tensor } from 'wirtinger'
   * console.log(kron(tensor([1, 10]), tensor([1, 2])).toArray()) // [ 1, 2, 10, 20 ]
   * ```
   */
  readonly kron: {
    readonly method: <A extends Tensor, B extends Tensor>(this: A, b: B) => Tensor<ProductDType<A, B>, number[]>
    readonly free: {
      <B extends Tensor>(b: B): <A extends Tensor>(a: A) => Tensor<ProductDType<A, B>, number[]>
      <A extends Tensor, B extends Tensor>(a: A, b: B): Tensor<ProductDType<A, B>, number[]>
    }
  }

  /**
   * The conjugate transpose of the last two axes.
   *
   * @throws ShapeError for a vector, which has none: use `conj()`
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).adjoint().toArray()) // [ [ 1, 3 ], [ 2, 4 ] ]
   * ```
   */
  readonly adjoint: {
    readonly method: <X extends Tensor>(this: X & HasAdjoint<ShapeOf<X>>) => Tensor<X['dtype'], Adjoint<ShapeOf<X>>>
    readonly free: <X extends Tensor>(x: X & HasAdjoint<ShapeOf<X>>) => Tensor<X['dtype'], Adjoint<ShapeOf<X>>>
  }

  /**
   * The sum of the diagonal of the last two axes.
   *
   * @throws ShapeError for a vector or a scalar
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 4]]).trace().item()) // 5
   * ```
   */
  readonly trace: {
    readonly method: <X extends Tensor>(this: X) => Tensor<Become<X['dtype'], 'arithmetic'>, Traced<ShapeOf<X>>>
    readonly free: <X extends Tensor>(x: X) => Tensor<Become<X['dtype'], 'arithmetic'>, Traced<ShapeOf<X>>>
  }

  /**
   * aⁿ of a square matrix, n ≥ 0, by repeated squaring; a⁰ is the identity.
   *
   * @throws ShapeError unless the matrix is square
   * @throws OptionError unless n is an integer ≥ 0
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 1], [0, 1]]).matrixPower(5).toArray()) // [ [ 1, 5 ], [ 0, 1 ] ]
   * ```
   */
  readonly matrixPower: {
    readonly method: <X extends Tensor>(this: X, n: number) => Tensor<Become<X['dtype'], 'arithmetic'>, ShapeOf<X>>
    readonly free: {
      (n: number): <X extends Tensor>(x: X) => Tensor<Become<X['dtype'], 'arithmetic'>, ShapeOf<X>>
      <X extends Tensor>(x: X, n: number): Tensor<Become<X['dtype'], 'arithmetic'>, ShapeOf<X>>
    }
  }
}

export type Traced<S extends Shape> =
  number extends S['length'] ? number[] : S extends [...infer L extends Shape, number, number] ? L : never
