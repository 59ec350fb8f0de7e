// The two backends. Whether there is WebGPU is found out at the beginning; a device that has failed is replaced when the
// next order asks for it.
import { cpu, type Backend } from '../../../index.ts'
import { webgpu, type WebGpuBackend } from '../../../backends/webgpu/index.ts'
import type { BackendName } from '../choices.ts'
import type { Availability } from '../messages.ts'

export interface Backends {
  readonly availability: () => Promise<Availability>
  readonly take: (name: BackendName) => Promise<Backend>
  /** Not to be used again. */
  readonly giveUp: (backend: Backend) => void
}

export const openBackends = (): Backends => {
  let gpu: Promise<WebGpuBackend> = webgpu()
  let failed: Backend | null = null
  return {
    availability: () => gpu.then(
      ({ info }) => ({ available: true, device: info.adapter, isSoftware: info.isSoftware }),
      (error: unknown) => ({ available: false, reason: error instanceof Error ? error.message : String(error) })),
    take: async (name) => {
      if (name === 'cpu') return cpu
      if (await gpu === failed) gpu = webgpu()
      return gpu
    },
    giveUp: (backend) => { failed = backend },
  }
}
