// The dtype and shape of nested arrays and typed arrays.
import type { Complex, DType } from '../dtype.ts'
import type { Hosts } from './dtypes.ts'

/** One element on the host. */
export type Host = number | boolean | Complex

export type Storage = Hosts[DType]['storage']
export type StorageDType<T> =
  T extends Float64Array ? 'float64' : T extends Float32Array ? 'float32' : T extends Int32Array ? 'int32' : 'bool'

/** Sizes that the type of a nested array shows: those of literals; `number` for an array of unknown length. */
export type DataShape<T> =
  T extends readonly [] ? [0]
  : T extends readonly [infer H, ...unknown[]] ? [T['length'] & number, ...DataShape<H>]
  : T extends readonly (infer U)[] ? [number, ...DataShape<U>]
  : []

export type DataLeaf<T> = T extends readonly (infer U)[] ? DataLeaf<U> : T

/** Complex if an element is complex, bool if all are booleans, otherwise float64. */
export type DataDType<L> =
  [Extract<L, Complex>] extends [never] ? [L] extends [never] ? 'float64' : [L] extends [boolean] ? 'bool' : 'float64'
  : 'complex128'
