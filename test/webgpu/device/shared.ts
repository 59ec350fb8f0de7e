// What the tests of devices share: a device whose calls are counted, a kernel to run on it, and errors as values.
import { constantsText } from '../../../backends/webgpu/device/constants.ts'
import { openOrThrow, type Device } from '../../../backends/webgpu/device/index.ts'
import type { WebGpuOptions } from '../../../backends/webgpu/device/options.ts'
import type { Slice } from '../../../backends/webgpu/device/owned.ts'
import type { Kernel } from '../../../backends/webgpu/device/pipelines.ts'
import type { Block } from '../../../backends/webgpu/device/pool.ts'
import { WirtingerError } from '../../../core/errors.ts'
import { countDevice, type Counter } from '../../gpu/counted.ts'
import { openDevice } from '../../gpu/device.ts'

export const MB = 2 ** 20
export const tick = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })

export interface Shared extends Device {
  readonly gpu: GPUDevice
  /** What the device itself is asked, counted without the help of what is tested. */
  readonly seen: Counter
}

/** A backend's device on a device that was handed in, as a renderer's would be. */
export const share = async (options: Omit<WebGpuOptions, 'device' | 'gpu'> = {}): Promise<Shared> => {
  const gpu = await openDevice()
  const seen = countDevice(gpu)
  const device = await openOrThrow({ ...options, device: gpu })
  seen.reset()
  return { ...device, gpu, seen }
}

export const kernelText = (body: string): string => `${constantsText}
@group(0) @binding(0) var<uniform> U: Constants;
@group(1) @binding(0) var<storage, read> x: array<u32>;
@group(1) @binding(1) var<storage, read_write> y: array<u32>;
@compute @workgroup_size(1) fn main() {
  ${body}
}`

/** y[0] = x[0] + 1. */
export const increment = (device: Device): Kernel =>
  device.pipelines.get('increment', kernelText('y[0] = x[0] + 1u;'), 'rw')

export const run = (device: Device, kernel: Kernel, x: Block, y: Block): void =>
  device.queue.dispatch(kernel, device.bindings.get(kernel.layout, [x, y]), 1, 1)

export const word = (block: Block, k = 0): Slice => ({ block, offset: 4 * k, bytes: 4 })
export const words = (buffers: readonly ArrayBuffer[]): readonly number[] =>
  buffers.flatMap((b) => [...new Uint32Array(b)])
export const write = (device: Device, block: Block, ...values: readonly number[]): void =>
  device.queue.write(block, 0, Uint32Array.from(values))

export const thrown = (act: () => unknown): WirtingerError => {
  try {
    act()
  } catch (error) {
    if (error instanceof WirtingerError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

export const rejected = async (promise: Promise<unknown>): Promise<WirtingerError> => {
  const outcome = await promise.then(() => null, (error: unknown) => ({ error }))
  if (outcome?.error instanceof WirtingerError) return outcome.error
  throw new Error('nothing of ours was thrown', { cause: outcome?.error })
}
