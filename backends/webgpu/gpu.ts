// The part of WebGPU that we use, as types of our own: neither a user's project nor our published declarations need the
// types of WebGPU for them, and a real GPUDevice fits. Usage flags are WebGPU's numbers.

/** What a buffer may be used for. */
export const usage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const
/** The mode of `mapAsync` for reading. */
export const mapForReading = 0x1
/** The shader stage of compute kernels. */
export const computeStage = 0x4

/** What a device makes and we only hand on. */
export interface Labelled { readonly label: string }

export interface BufferLike extends Labelled {
  readonly size: number
  mapAsync(mode: number, offset?: number, size?: number): Promise<unknown>
  getMappedRange(offset?: number, size?: number): ArrayBuffer
  unmap(): unknown
  destroy(): unknown
}

export interface ComputePassLike {
  setPipeline(pipeline: Labelled): unknown
  setBindGroup(index: number, group: Labelled | null | undefined): unknown
  dispatchWorkgroups(x: number, y?: number, z?: number): unknown
  end(): unknown
}

export interface EncoderLike {
  beginComputePass(): ComputePassLike
  copyBufferToBuffer(from: BufferLike, fromOffset: number, to: BufferLike, toOffset: number, bytes: number): unknown
  clearBuffer(buffer: BufferLike, offset?: number, bytes?: number): unknown
  finish(): Labelled
}

export interface QueueLike {
  submit(commands: Iterable<Labelled>): unknown
  writeBuffer(buffer: BufferLike, offset: number, data: ArrayBufferLike | ArrayBufferView): unknown
}

export interface CompilationMessageLike { readonly type: string; readonly message: string; readonly lineNum: number }

export interface ShaderModuleLike extends Labelled {
  getCompilationInfo(): Promise<{ readonly messages: readonly CompilationMessageLike[] }>
}

export interface ErrorLike { readonly message: string }
export interface ErrorEventLike { readonly error: ErrorLike; preventDefault(): unknown }

export interface LayoutEntry {
  readonly binding: number
  readonly visibility: number
  readonly buffer?: { readonly type?: string }
}
export interface GroupEntry { readonly binding: number; readonly resource: object }
export type ErrorFilter = 'validation' | 'out-of-memory' | 'internal'

/** The limits that matter to kernels and buffers. */
export interface Limits {
  readonly maxBufferSize: number
  readonly maxStorageBufferBindingSize: number
  readonly maxStorageBuffersPerShaderStage: number
  readonly maxComputeWorkgroupStorageSize: number
  readonly maxComputeInvocationsPerWorkgroup: number
  readonly maxComputeWorkgroupSizeX: number
  readonly maxComputeWorkgroupsPerDimension: number
}

/** What an adapter says of itself; browsers leave fields empty, and older ones leave them out. */
export interface AdapterInfoLike {
  readonly vendor?: string
  readonly architecture?: string
  readonly device?: string
  readonly description?: string
  readonly isFallbackAdapter?: boolean
}

/** A WebGPU device: a `GPUDevice` is one. */
export interface DeviceLike {
  readonly limits: Limits
  readonly queue: QueueLike
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  readonly adapterInfo?: AdapterInfoLike
  createBuffer(descriptor: { readonly size: number; readonly usage: number; readonly label?: string }): BufferLike
  createShaderModule(descriptor: { readonly code: string; readonly label?: string }): ShaderModuleLike
  createBindGroupLayout(descriptor: { readonly entries: Iterable<LayoutEntry> }): Labelled
  createPipelineLayout(descriptor: { readonly bindGroupLayouts: Iterable<Labelled | null | undefined> }): Labelled
  createComputePipeline(descriptor: {
    readonly layout: Labelled | 'auto'
    readonly compute: { readonly module: ShaderModuleLike; readonly entryPoint?: string }
    readonly label?: string
  }): Labelled
  createBindGroup(descriptor: { readonly layout: Labelled; readonly entries: Iterable<GroupEntry> }): Labelled
  createCommandEncoder(): EncoderLike
  pushErrorScope(filter: ErrorFilter): unknown
  popErrorScope(): Promise<ErrorLike | null>
  addEventListener(type: 'uncapturederror', listener: (event: ErrorEventLike) => void): unknown
}

export interface AdapterLike {
  readonly limits: Limits
  readonly info?: AdapterInfoLike
  requestDevice(descriptor: { readonly requiredLimits: Record<string, number> }): Promise<DeviceLike>
}

export interface AdapterOptions { readonly powerPreference?: 'low-power' | 'high-performance' }

/** The entry point of WebGPU: `navigator.gpu` is one. */
export interface GpuLike {
  requestAdapter(options?: AdapterOptions): Promise<AdapterLike | null>
}
