// WebGPU devices for tests, made by Node's `webgpu` (Dawn). What a process needs to find the software adapter must be
// in its environment before it starts: test/run.ts and test/gpu/with.ts see to that.
import { create, globals } from 'webgpu'
import { gpuMode } from './software.ts'

const noSoftware =
  "no software WebGPU adapter in this process: start it by 'npx tsx test/run.ts webgpu/NAME' or by " +
  "'npx tsx test/gpu/with.ts FILE' (WIRTINGER_GPU=hardware takes the machine's own GPU, off leaves these tests out)"
const noHardware =
  'this machine has no WebGPU adapter: WIRTINGER_GPU=software plays one (on linux x64), ' +
  'WIRTINGER_GPU=off leaves the WebGPU tests out'

let gpu: GPU | undefined
const uncaptured: GPUUncapturedErrorEvent[] = []

/**
 * The machine's WebGPU. It is made once and kept for good: Dawn dies with the last reference to it. The classes and
 * constants of WebGPU become globals. The process ends by itself once the work of its devices is done.
 */
export const openGpu = (): GPU => {
  if (gpuMode() === 'off') throw new Error('WebGPU is switched off by WIRTINGER_GPU=off')
  if (gpu !== undefined) return gpu
  Object.assign(globalThis, globals)
  gpu = create([])
  process.on('exit', () => {
    const unhandled = uncaptured.filter((event) => !event.defaultPrevented)
    if (unhandled.length > 0) process.exitCode = 1
    for (const { error } of unhandled) console.error(`WebGPU error that nobody handled: ${error.message}`)
  })
  return gpu
}

/** The software adapter, or with WIRTINGER_GPU=hardware the machine's own; where there is none this throws. */
export const openAdapter = async (): Promise<GPUAdapter> => {
  const software = gpuMode() === 'software'
  const adapter = await openGpu().requestAdapter()
  if (adapter !== null && (!software || adapter.info.isFallbackAdapter)) return adapter
  throw new Error(software ? noSoftware : noHardware)
}

/**
 * A new device: with WebGPU's default limits (8 storage buffers in a stage, 128 MB a binding), or with all that the
 * adapter has. An error that no scope captures and no listener calls `preventDefault` on fails the test file.
 */
export const openDevice = async (limits: 'default' | 'adapter' = 'default'): Promise<GPUDevice> => {
  const adapter = await openAdapter()
  const requiredLimits: Record<string, number> = {}
  if (limits === 'adapter') {
    for (const name in adapter.limits) {
      const value: unknown = Reflect.get(adapter.limits, name)
      if (typeof value === 'number') requiredLimits[name] = value
    }
  }
  const device = await adapter.requestDevice({ requiredLimits })
  device.addEventListener('uncapturederror', (event) => uncaptured.push(event))
  return device
}
