// What the page and its worker say to each other.
import type { BackendName, OptimizerName, Size, StartName } from './choices.ts'

/** A hologram to be computed. */
export interface Task {
  readonly size: Size
  readonly optimizer: OptimizerName
  readonly start: StartName
  /** Iterations until it stops by itself; going on adds as many again. */
  readonly limit: number
}

/** From the page to the worker. Every order but `pause` sets off a computation, or changes the one that is going on. */
export type Order =
  /** From the start of the task. `grey` is size×size amplitudes in [0, 1], row by row. */
  | { readonly kind: 'start', readonly task: Task, readonly grey: Float32Array, readonly backend: BackendName }
  /** Another picture, from the phase found so far. */
  | { readonly kind: 'change', readonly grey: Float32Array }
  /** The same minimization, on another backend. */
  | { readonly kind: 'move', readonly backend: BackendName }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }

/** One iteration. The loss is relative: 1 is no light where it should be. */
export interface Point { readonly iteration: number, readonly loss: number }

/** From the worker to the page. */
export type Report =
  /** Once, at the beginning. */
  | { readonly kind: 'ready', readonly webgpu: Availability }
  /** `instead`: why it is not the backend that was asked for. */
  | { readonly kind: 'running', readonly backend: BackendName, readonly instead: string | null }
  | { readonly kind: 'progress', readonly points: readonly Point[], readonly evaluations: number, readonly seconds: number }
  /** size×size numbers each: what the hologram shows, in the picture's grey levels, and its phase in radians. */
  | { readonly kind: 'frame', readonly size: Size, readonly shown: Float32Array, readonly phase: Float32Array }
  /** `finished`: going on cannot improve it. */
  | { readonly kind: 'resting', readonly reason: string, readonly finished: boolean }
  | { readonly kind: 'failed', readonly message: string }

/** Whether there is WebGPU, with the name of the device or the reason why not. */
export type Availability =
  | { readonly available: true, readonly device: string, readonly isSoftware: boolean }
  | { readonly available: false, readonly reason: string }
