// What a step of a plan becomes on the GPU: dispatches of WGSL kernels over the plan's buffers. Kernels are written without
// knowing where their arrays lie; assembling adds the bindings and the functions through which arrays are read and written.
import type { DType } from '../../core/dtype.ts'
import type { Buffer } from '../lower/kernel.ts'

/**
 * An array as a kernel sees it. In the kernel's code `x(i)` is number i of the array named x, and `set_x(i, value)` writes it;
 * i is a u32. Numbers are f32 for floating point and complex dtypes (two for each complex element), i32 for int32, and i32
 * 0 or 1 for bool. An `atomic` array is bound as it is: `x` is an `array<atomic<u32>>`.
 */
export interface ArrayUse {
  readonly name: string
  readonly buffer: number
  readonly access: 'read' | 'write' | 'both' | 'atomic'
}

export interface Dispatch {
  /** A few words for `explain`. */
  readonly label: string
  readonly arrays: readonly ArrayUse[]
  /** Functions, constants and workgroup variables of the kernel. What the prelude defines is added where it is called. */
  readonly declarations: string
  /**
   * The statements of the entry point. At hand are the u32 `local` (index in the workgroup), `group` (index of the
   * workgroup) and `thread` = group · workgroupSize + local, and p0, p1, … for the parameters.
   */
  readonly body: string
  readonly workgroupSize: number
  /** Their number; more than one grid dimension allows are spread over two. */
  readonly workgroups: number
  /** Sizes that are not to be part of the text, so that kernels of other sizes share a pipeline. */
  readonly parameters?: readonly number[]
}

/** What a device can do. */
export interface Target {
  /** Storage buffers that one kernel may bind. */
  readonly storageBuffers: number
  readonly workgroupBytes: number
  /** Most threads of a workgroup. */
  readonly workgroupThreads: number
  /** Whether a processor plays the device: few workgroups are better there. */
  readonly isSoftware: boolean
}

/** What the making of a step's kernels can ask for. */
export interface Maker {
  readonly buffers: readonly Buffer[]
  readonly target: Target
  /** Room for this step alone, as a buffer of the plan; its contents are arbitrary at the start. */
  readonly scratch: (dtype: DType, length: number) => number
  /** Numbers made on the host once and kept on the device; `key` says what they are. */
  readonly table: (key: string, make: () => Float32Array | Int32Array) => number
  /**
   * Whether a buffer is a single real number that the host will read. It has room for three numbers then, and whoever
   * writes it writes all of them: the value, the rounding error of the value (0 if unknown), and 1 if anything non-finite
   * went into it, else 0.
   */
  readonly isRoot: (buffer: number) => boolean
}
