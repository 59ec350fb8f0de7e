// The six element types: what each one is, how two of them meet, and how they are stored.
// Complex numbers are interleaved (re, im, re, im, …), so a complex array of n elements is a real array of 2n.

export const dtypes = ['bool', 'int32', 'float32', 'float64', 'complex64', 'complex128'] as const
export type DType = (typeof dtypes)[number]
export interface Complex { readonly re: number; readonly im: number }
export type HostArray = Float64Array | Float32Array | Int32Array | Uint8Array

interface Facts {
  readonly code: number
  readonly real: DType
  readonly complex: DType
  readonly float: DType
  /** Numbers per element. */
  readonly width: 1 | 2
  /** Distance from 1 to the next number of this precision; 0 for exact types. */
  readonly epsilon: number
  readonly Storage: new (length: number) => HostArray
}

const facts: Readonly<Record<DType, Facts>> = {
  bool: { code: 0, real: 'bool', complex: 'complex128', float: 'float64', width: 1, epsilon: 0, Storage: Uint8Array },
  int32: { code: 1, real: 'int32', complex: 'complex128', float: 'float64', width: 1, epsilon: 0, Storage: Int32Array },
  float32: { code: 2, real: 'float32', complex: 'complex64', float: 'float32', width: 1, epsilon: 2 ** -23, Storage: Float32Array },
  float64: { code: 3, real: 'float64', complex: 'complex128', float: 'float64', width: 1, epsilon: 2 ** -52, Storage: Float64Array },
  complex64: { code: 4, real: 'float32', complex: 'complex64', float: 'complex64', width: 2, epsilon: 2 ** -23, Storage: Float32Array },
  complex128: { code: 5, real: 'float64', complex: 'complex128', float: 'complex128', width: 2, epsilon: 2 ** -52, Storage: Float64Array },
}

export const isDType = (x: unknown): x is DType => typeof x === 'string' && Object.hasOwn(facts, x)
export const code = (d: DType): number => facts[d].code
export const isComplex = (d: DType): boolean => facts[d].width === 2
export const isReal = (d: DType): boolean => facts[d].width === 1
/** Floating point, real or complex: what a derivative can be taken of. */
export const isFloat = (d: DType): boolean => facts[d].code >= 2
export const realOf = (d: DType): DType => facts[d].real
export const complexOf = (d: DType): DType => facts[d].complex
/** The dtype in which exp, sqrt, mean … of such a tensor are computed. */
export const floatOf = (d: DType): DType => facts[d].float
export const widthOf = (d: DType): 1 | 2 => facts[d].width
export const epsilon = (d: DType): number => facts[d].epsilon

/** Storage for `count` elements, zero-filled. */
export const allocate = (d: DType, count: number): HostArray => new facts[d].Storage(count * facts[d].width)
export const isStorageOf = (d: DType, data: HostArray): boolean => data instanceof facts[d].Storage

/** The dtype of an operation on both: NumPy's order, except that int32 with float32 is float32 (as in JAX). */
export const promote = (a: DType, b: DType): DType => {
  if (a === b) return a
  const [low, high] = facts[a].code < facts[b].code ? [a, b] : [b, a]
  return low === 'float64' && high === 'complex64' ? 'complex128' : high
}
