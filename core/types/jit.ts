// Tracing, in types.
import type { Scalar } from './objective.ts'
import type { Variable } from './tree.ts'

/** Where a function takes a scalar tensor, its compiled form takes a plain number, too: a scalar of the run. */
export type Callable<A extends readonly unknown[]> = { [K in keyof A]: Scalar extends A[K] ? A[K] | number : A[K] }

/** `jit(f)`: the compiled function. */
export type Jit = <A extends readonly unknown[] = readonly Variable[], R = unknown>(
  f: (...args: A) => R) => (...args: Callable<A>) => R

/** `explain(f, ...args)`: the program of f and its kernels as text. */
export type Explain = <A extends readonly unknown[], R>(f: (...args: A) => R, ...args: A) => string
