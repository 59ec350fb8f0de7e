// A user's typed module on WebGPU: nothing in it needs the types of WebGPU.
import { minimizeAsync, tensor } from 'wirtinger'
import type { Tensor } from 'wirtinger'
import { webgpu, webgpuEither } from 'wirtinger/webgpu'
import type { DeviceLike, Reason, WebGpuBackend, WebGpuOptions } from 'wirtinger/webgpu'

export const options: WebGpuOptions = { precision: 'strict', memoryBudget: 2 ** 28, powerPreference: 'low-power' }
export const open = async (): Promise<WebGpuBackend> => {
  const opened = await webgpuEither(options)()
  if (opened._tag === 'Right') return opened.right
  const reason: Reason = opened.left
  if (reason._tag === 'LimitsTooSmall') throw new Error(`${reason.limit}: ${reason.value} < ${reason.needed}`)
  throw new Error(reason.message)
}

export const shared = (device: DeviceLike): Promise<WebGpuBackend> => webgpu({ device })
export const solve = async (): Promise<Tensor<'complex128', [2]>> => {
  const backend = await webgpu()
  const start = tensor([{ re: 1, im: 2 }, { re: 3, im: -4 }])
  const { params, status, precision } = await minimizeAsync((z: Tensor<'complex128', [2]>) => z.abs2().sum(), start, { backend })
  const name: 'float32' | 'float64' = precision
  if (status._tag === 'DeviceFailed') throw new Error(`${status.reason} ${name} ${backend.memory().used} ${backend.counts.submits}`)
  const [re]: Iterable<number> = await start.to(backend).abs2().sum().read()
  return re === undefined ? start : params
}

// @ts-expect-error there is no such precision
export const wrong = (): Promise<WebGpuBackend> => webgpu({ precision: 'float64' })
// @ts-expect-error a promise of a backend is no backend
export const early = minimizeAsync((x: Tensor<'float64', [1]>) => x.square().sum(), tensor([1]), { backend: webgpu() })
