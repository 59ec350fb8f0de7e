// Reductions: sums, extrema and statistics over some axes or all of them; `axis` and `keepDims` as in NumPy.
import type { ReduceOptions } from './axes.ts'
import type { Reduction } from './kinds.ts'

declare module './tensor.ts' {
  interface Operations extends Reductions {}
}

export interface NormOptions extends ReduceOptions {
  /** The exponent p > 0, or Infinity; 2 if absent. */
  readonly ord?: number
}

export interface VarianceOptions extends ReduceOptions {
  /** Divide by n − ddof; 0 if absent. */
  readonly ddof?: number
}

export interface ArgumentOptions {
  /** The axis to search; without it the tensor is searched in row-major order. */
  readonly axis?: number
  /** Leave the searched axes in place, with size 1. */
  readonly keepDims?: boolean
}

export interface Reductions {
  /**
   * Σ x over the axes. Booleans are counted in int32. Rounding errors do not grow with the length: blocks are summed
   * pairwise. Gradient: g, broadcast.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * const x = tensor([[1, 2], [3, 4]])
   * console.log(x.sum().item()) // 10
   * console.log(x.sum({ axis: 0 }).toArray()) // [ 4, 6 ]
   * ```
   */
  readonly sum: Reduction<'arithmetic'>

  /**
   * Σ x / n over the axes, of integers in float64.
   *
   * @throws ShapeError for an axis that does not exist, or if there is nothing to average
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 2], [3, 6]]).mean({ axis: -1 }).toArray()) // [ 1.5, 4.5 ]
   * ```
   */
  readonly mean: Reduction<'float'>

  /**
   * Π x over the axes. Gradient: g·conj(product of the others), right where there are zeros.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3, 4]).prod().item()) // 24
   * ```
   */
  readonly prod: Reduction<'arithmetic'>

  /**
   * The largest element over the axes; NaN if there is one. Elements that are equally large share the gradient.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError for an empty axis, or one that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 5], [7, 2]]).max({ axis: 1 }).toArray()) // [ 5, 7 ]
   * ```
   */
  readonly max: Reduction<'same', 'order'>

  /**
   * The smallest element over the axes; NaN if there is one. Elements that are equally small share the gradient.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError for an empty axis, or one that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 5], [7, 2]]).min().item()) // 1
   * ```
   */
  readonly min: Reduction<'same', 'order'>

  /**
   * Whether one element over the axes is true, or not 0.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).greater(2).any().item()) // true
   * ```
   */
  readonly any: Reduction<'truth'>

  /**
   * Whether all elements over the axes are true, or not 0. As an index, `x.at(0, all)`, it stands for a whole axis.
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 2, 3]).greater(2).all().item()) // false
   * ```
   */
  readonly all: Reduction<'truth'>

  /**
   * ln Σ eˣ over the axes, without overflow; real or complex. Gradient: g·conj(softmax(x)).
   *
   * @throws ShapeError for an axis that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1000, -1000]).logsumexp().item()) // 1000
   * ```
   */
  readonly logsumexp: Reduction<'float'>

  /**
   * (Σ |x|ᵖ)^(1/p) over the axes, real, with p = `ord`, 2 if absent; the largest |x| for p = Infinity. Scaled, so that
   * it overflows only if the result does. Gradient: g·phase(x)·(|x|/‖x‖)^(p−1), and 0 where ‖x‖ = 0.
   *
   * @throws OptionError unless ord > 0
   * @example
   * ```ts
   * import { norm, tensor } from 'wirtinger'
   * console.log(norm(tensor([3, -4])).item()) // 5
   * console.log(norm(tensor([3, -4]), { ord: 1 }).item()) // 7
   * ```
   */
  readonly norm: Reduction<'magnitude', 'any', NormOptions>

  /**
   * The variance Σ |x − mean|² / (n − ddof) over the axes, real; ddof is 0 if absent.
   *
   * @throws ShapeError for an axis that does not exist, or if there is nothing to average
   * @throws OptionError unless ddof < n
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 3, 5, 7]).var().item()) // 5
   * ```
   */
  readonly var: Reduction<'magnitude', 'any', VarianceOptions>

  /**
   * The standard deviation over the axes, the root of `var`; its gradient is 0 where all elements are equal.
   *
   * @throws ShapeError for an axis that does not exist, or if there is nothing to average
   * @throws OptionError unless ddof < n
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([1, 5]).std().item()) // 2
   * ```
   */
  readonly std: Reduction<'magnitude', 'any', VarianceOptions>

  /**
   * The index of the largest element along an axis, or of the flattened tensor; the first one if there are several, and
   * that of a NaN if there is one.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError for an empty axis, or one that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 5], [7, 2]]).argmax({ axis: 1 }).toArray()) // [ 1, 0 ]
   * ```
   */
  readonly argmax: Reduction<'index', 'order', ArgumentOptions>

  /**
   * The index of the smallest element along an axis, or of the flattened tensor; the first one if there are several,
   * and that of a NaN if there is one.
   *
   * @throws DTypeError for complex tensors
   * @throws ShapeError for an empty axis, or one that does not exist
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([[1, 5], [7, 2]]).argmin().item()) // 0
   * ```
   */
  readonly argmin: Reduction<'index', 'order', ArgumentOptions>
}
