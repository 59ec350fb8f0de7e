// Compiled, never run: what WebGPU makes can be handed to us, and what we ask for, WebGPU understands.
import type { AdapterLike, BufferLike, ComputePassLike, DeviceLike, EncoderLike, ErrorLike, GpuLike, QueueLike, ShaderModuleLike }
  from '../../backends/webgpu/gpu.ts'

declare const gpu: GPU, adapter: GPUAdapter, device: GPUDevice, buffer: GPUBuffer, queue: GPUQueue
declare const encoder: GPUCommandEncoder, pass: GPUComputePassEncoder, module: GPUShaderModule, error: GPUError

export const fits = [
  gpu satisfies GpuLike,
  adapter satisfies AdapterLike,
  device satisfies DeviceLike,
  buffer satisfies BufferLike,
  queue satisfies QueueLike,
  encoder satisfies EncoderLike,
  pass satisfies ComputePassLike,
  module satisfies ShaderModuleLike,
  error satisfies ErrorLike,
]
