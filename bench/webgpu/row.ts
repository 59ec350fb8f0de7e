// What a row of these benchmarks is.
import type { WebGpuBackend } from '../../backends/webgpu/index.ts'

export interface GpuRow {
  readonly name: string
  /** What has to hold, in words; empty where the figure is only reported. */
  readonly bar: string
  readonly measure: (backend: WebGpuBackend) => Promise<string>
}
