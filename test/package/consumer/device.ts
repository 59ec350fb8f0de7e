// A user whose compiler knows WebGPU hands in a device of their own.
import { webgpu } from 'wirtinger/webgpu'
import type { DeviceLike, WebGpuBackend } from 'wirtinger/webgpu'

export const shared = (device: GPUDevice): Promise<WebGpuBackend> => webgpu({ device })
export const searched = (gpu: GPU): Promise<WebGpuBackend> => webgpu({ gpu })
export const like = (device: GPUDevice): DeviceLike => device
