// What a dtype becomes under each kind of operation, and what it forbids: tables, looked up by dtype, never computed.
import type { Complex, DType } from '../dtype.ts'

/** What the operations of a kind make of a dtype. */
export type Rule = 'same' | 'float' | 'complex' | 'real' | 'magnitude' | 'arithmetic' | 'truth' | 'index'

/**
 * - `float`: exp, sqrt, mean … compute integers in float64.
 * - `complex`: what an FFT returns.
 * - `real`: a part of a number (`abs`, `imag`); `magnitude`: the same, in floating point (`norm`, `angle`).
 * - `arithmetic`: truth values count as int32.
 */
export interface Rules {
  readonly bool: {
    same: 'bool', float: 'float64', complex: 'complex128', real: 'bool', magnitude: 'float64', arithmetic: 'int32'
    truth: 'bool', index: 'int32'
  }
  readonly int32: {
    same: 'int32', float: 'float64', complex: 'complex128', real: 'int32', magnitude: 'float64', arithmetic: 'int32'
    truth: 'bool', index: 'int32'
  }
  readonly float32: {
    same: 'float32', float: 'float32', complex: 'complex64', real: 'float32', magnitude: 'float32'
    arithmetic: 'float32', truth: 'bool', index: 'int32'
  }
  readonly float64: {
    same: 'float64', float: 'float64', complex: 'complex128', real: 'float64', magnitude: 'float64'
    arithmetic: 'float64', truth: 'bool', index: 'int32'
  }
  readonly complex64: {
    same: 'complex64', float: 'complex64', complex: 'complex64', real: 'float32', magnitude: 'float32'
    arithmetic: 'complex64', truth: 'bool', index: 'int32'
  }
  readonly complex128: {
    same: 'complex128', float: 'complex128', complex: 'complex128', real: 'float64', magnitude: 'float64'
    arithmetic: 'complex128', truth: 'bool', index: 'int32'
  }
}

// `same` is not looked up: a function that is generic in the dtype gets its own D back.
export type Become<D extends DType, R extends Rule> = R extends 'same' ? D : Rules[D][R]

export type NoOrder = 'complex numbers have no order: compare abs() or real()'
export type RealOnly = 'this function is defined for real numbers only: take real(), imag() or abs()'
export type NoCast = 'a complex tensor does not become real by a cast: take real(), imag() or abs()'
export type NotBool = 'logic is for booleans: compare first, for example with greater(0) or notEqual(0)'
export type NotIndex = 'indices are int32: use cast(\'int32\')'
export type NotReal = 'the objective is complex but must be real: end with abs2(), abs() or real()'
export type NotFloat = 'the objective is integer or boolean and has no gradient: use float64'

/** What an operation may ask of its operand. */
export type Guard = 'any' | 'order' | 'real' | 'cast' | 'logic' | 'index' | 'objective'

/** `unknown`: allowed. A string: refused, and why. */
export interface Guards {
  readonly bool: Allowed<unknown, unknown, unknown, unknown, NotIndex, NotFloat>
  readonly int32: Allowed<unknown, unknown, unknown, NotBool, unknown, NotFloat>
  readonly float32: Allowed<unknown, unknown, unknown, NotBool, NotIndex, unknown>
  readonly float64: Allowed<unknown, unknown, unknown, NotBool, NotIndex, unknown>
  readonly complex64: Allowed<NoOrder, RealOnly, NoCast, NotBool, NotIndex, NotReal>
  readonly complex128: Allowed<NoOrder, RealOnly, NoCast, NotBool, NotIndex, NotReal>
  // host scalars
  readonly number: Allowed<unknown, unknown, unknown, NotBool, NotIndex, unknown>
  readonly complex: Allowed<NoOrder, RealOnly, NoCast, NotBool, NotIndex, NotReal>
}

export interface Allowed<Order, Real, Cast, Logic, Index, Objective> {
  any: unknown, order: Order, real: Real, cast: Cast, logic: Logic, index: Index, objective: Objective
}

/** How one element, and the whole storage, look on the host. Complex storage is interleaved: re, im, re, im, … */
export interface Hosts {
  readonly bool: { value: boolean, storage: Uint8Array }
  readonly int32: { value: number, storage: Int32Array }
  readonly float32: { value: number, storage: Float32Array }
  readonly float64: { value: number, storage: Float64Array }
  readonly complex64: { value: Complex, storage: Float32Array }
  readonly complex128: { value: Complex, storage: Float64Array }
}

/** Row meets column. Host scalars (`number`, `complex`) take the tensor's precision, whatever their value. */
export interface Promotion {
  readonly bool: Row<'bool', 'int32', 'float32', 'float64', 'complex64', 'complex128', 'int32', 'complex128'>
  readonly int32: Row<'int32', 'int32', 'float32', 'float64', 'complex64', 'complex128', 'int32', 'complex128'>
  readonly float32: Row<'float32', 'float32', 'float32', 'float64', 'complex64', 'complex128', 'float32', 'complex64'>
  readonly float64: Row<'float64', 'float64', 'float64', 'float64', 'complex128', 'complex128', 'float64', 'complex128'>
  readonly complex64:
    Row<'complex64', 'complex64', 'complex64', 'complex128', 'complex64', 'complex128', 'complex64', 'complex64'>
  readonly complex128:
    Row<'complex128', 'complex128', 'complex128', 'complex128', 'complex128', 'complex128', 'complex128', 'complex128'>
  readonly number: Row<'int32', 'int32', 'float32', 'float64', 'complex64', 'complex128', 'float64', 'complex128'>
  readonly complex:
    Row<'complex128', 'complex128', 'complex64', 'complex128', 'complex64', 'complex128', 'complex128', 'complex128'>
}

export interface Row<B, I, F, D, C, Z, N, W> {
  bool: B, int32: I, float32: F, float64: D, complex64: C, complex128: Z, number: N, complex: W
}
