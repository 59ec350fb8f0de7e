// What the tests of promises share: the backend as users get it, on a device of its own whose calls are counted.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { webgpu, type WebGpuBackend, type WebGpuOptions } from '../../backends/webgpu/index.ts'
import { countDevice, type Counter } from '../gpu/counted.ts'
import { openDevice } from '../gpu/device.ts'
import { tick } from './device/shared.ts'

export { MB, rejected, thrown, tick } from './device/shared.ts'

export interface Watched {
  readonly backend: WebGpuBackend
  readonly device: GPUDevice
  /** What the device itself is asked, counted without the help of what is tested. */
  readonly seen: Counter
}

export const watched = async (options: Omit<WebGpuOptions, 'device' | 'gpu'> = {}): Promise<Watched> => {
  const device = await openDevice()
  const seen = countDevice(device)
  const backend = await webgpu({ ...options, device })
  seen.reset()
  return { backend, device, seen }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // the function of that flag

/** Collects until it holds, for finalizers run when they like. */
export const collectUntil = async (holds: () => boolean): Promise<void> => {
  for (let k = 0; k < 50 && !holds(); k++) {
    await tick()
    collect()
  }
}
