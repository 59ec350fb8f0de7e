// The two backends. Whether there is WebGPU is found out once; each order then names the one it wants.
import { cpu, type Backend } from '../../../index.ts'
import { webgpu } from '../../../backends/webgpu/index.ts'
import type { BackendName } from '../choices.ts'
import type { Availability } from '../messages.ts'

export interface Backends {
  readonly webgpu: Availability
  readonly take: (name: BackendName) => Backend
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const findBackends = async (): Promise<Backends> => {
  try {
    const gpu = await webgpu()
    const { adapter, isSoftware } = gpu.info
    return { webgpu: { available: true, device: adapter, isSoftware }, take: (name) => (name === 'webgpu' ? gpu : cpu) }
  } catch (error) {
    return { webgpu: { available: false, reason: messageOf(error) }, take: () => cpu }
  }
}
