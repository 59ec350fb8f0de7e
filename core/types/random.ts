// Random numbers as functions of a key: the same key gives the same numbers, everywhere (Threefry-2x32; Salmon, Moraes,
// Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011).
import type { Tuple } from './shape.ts'
import type { Tensor } from './tensor.ts'
import type { FloatDType } from './tree.ts'

/** What random numbers are computed from. Use each key once; `split` makes new ones. */
export type Key = Tensor<'int32', [2]>

export interface UniformOptions<D extends 'float32' | 'float64'> {
  /** The least value; 0 if absent. */
  readonly low?: number
  /** The bound, not reached; 1 if absent. */
  readonly high?: number
  readonly dtype?: D
}

export interface Random {
  /**
   * A key from an integer.
   *
   * @throws OptionError unless the seed is an integer below 2⁵³ in size
   * @example
   * ```ts
   * import { random } from 'wirtinger'
   * console.log(random.key(7).shape) // [ 2 ]
   * ```
   */
  readonly key: (seed: number) => Key

  /**
   * Independent keys, two if no count is given.
   *
   * @throws OptionError unless the count is an integer ≥ 0
   * @example
   * ```ts
   * import { random } from 'wirtinger'
   * const [forWeights, forNoise] = random.split(random.key(7))
   * console.log(forWeights.shape, forNoise.shape) // [ 2 ] [ 2 ]
   * ```
   */
  readonly split: {
    (key: Key, count: number): readonly Key[]
    (key: Key): readonly [Key, Key]
  }

  /**
   * Standard normal numbers, float64 if no dtype is given. Complex ones have E|z|² = 1: each part has variance ½.
   *
   * @throws DTypeError for integers and booleans
   * @example
   * ```ts
   * import { random } from 'wirtinger'
   * console.log(random.normal(random.key(7), [2, 3], 'complex64').dtype) // complex64
   * ```
   */
  readonly normal: <const S extends readonly number[], D extends FloatDType = 'float64'>(key: Key, shape: S, dtype?: D) => Tensor<NoInfer<D>, Tuple<S>>

  /**
   * Uniform numbers in [low, high), that is [0, 1) if absent; float64 if no dtype is given.
   *
   * @throws OptionError unless low < high
   * @example
   * ```ts
   * import { random } from 'wirtinger'
   * console.log(random.uniform(random.key(7), [1000], { low: 2, high: 3 }).floor().min().item()) // 2
   * ```
   */
  readonly uniform: <const S extends readonly number[], D extends 'float32' | 'float64' = 'float64'>(
    key: Key, shape: S, options?: UniformOptions<D>) => Tensor<NoInfer<D>, Tuple<S>>
}
