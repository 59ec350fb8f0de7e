// The steps that are library calls, and the shapes that their kernels see.
import type { ShapeInfo } from '../../../core/shape.ts'
import type { Step } from '../../lower/kernel.ts'
import type { Dispatch, Maker } from '../dispatch.ts'

export type LibraryStep = Extract<Step, { kind: 'library' }>

export type KernelMaker = (step: LibraryStep, maker: Maker) => readonly Dispatch[]

export const product = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)

/** A shape as lines of n elements, which lie `inner` apart: outer × n × inner. */
export interface Lines { readonly outer: number; readonly n: number; readonly inner: number }

export const linesAlong = (shape: ShapeInfo, axis: number): Lines =>
  ({ outer: product(shape.dims.slice(0, axis)), n: shape.dims[axis]!, inner: product(shape.dims.slice(axis + 1)) })
