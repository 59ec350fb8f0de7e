// The WebGPU backend: programs become WGSL compute shaders, one submit for each run, and numbers stay on the device until
// they are read.
import type { Backend, DeviceArray, Storage } from '../../core/backend.ts'
import { isFloat, widthOf, type DType, type HostArray } from '../../core/dtype.ts'
import { BackendError } from '../../core/errors.ts'
import { E, type TaskEither } from '../../core/fp.ts'
import { bytesOf, decode, encode, GpuArray, isDouble, needsDouble } from './array.ts'
import { compileOn } from './compile.ts'
import type { Reason } from './device/acquire.ts'
import type { WebGpuOptions } from './device/options.ts'
import { open, openOrThrow, type Device, type Info } from './device/index.ts'
import type { MemoryStats } from './device/pool.ts'
import type { Counts } from './device/queue.ts'
import { Tables } from './tables.ts'

export type { Counts, Info, MemoryStats, Reason, WebGpuOptions }
export type { DeviceLike } from './gpu.ts'

/** A backend on one GPU device. */
export interface WebGpuBackend extends Backend {
  readonly name: string
  /** The adapter, what it can do, and how it computes. */
  readonly info: Info
  /** Bytes on the device: in use, kept for reuse, the most there were, and the budget. */
  readonly memory: () => MemoryStats
  /** What has been submitted, dispatched, written and read since the start. */
  readonly counts: Counts
}

const onDevice = (array: DeviceArray): GpuArray => {
  if (array instanceof GpuArray) return array
  throw new BackendError(`webgpu: an array of ${array.backend.name} came to the wrong device`)
}

const backendOf = (device: Device): WebGpuBackend => {
  const tables = new Tables(device)
  const backend: WebGpuBackend = {
    name: 'webgpu',
    info: device.info,
    counts: device.counts,
    memory: device.memory,
    compile: (program) => compileOn(backend, device, tables)(program),
    place: (data: HostArray, dtype: DType): GpuArray => {
      // Single numbers are parts of formulas, and are narrowed there.
      if (device.info.precision === 'strict' && isDouble(dtype) && data.length > widthOf(dtype)) throw needsDouble(`upload: a tensor ${dtype}`)
      const handle = device.owner.take(bytesOf(data.length), `a tensor of ${data.length} numbers (${dtype})`)
      try {
        device.queue.write(handle.block, 0, encode(data, dtype))
      } catch (error) {
        handle.release()
        throw error
      }
      return new GpuArray(backend, dtype, data.length, handle)
    },
    read: async (arrays) => {
      const wanted = arrays.map(onDevice)
      const bytes = await device.queue.read(wanted.map((a) => a.handle))
      return wanted.map((a, k) => decode(a, bytes[k]!))
    },
    epsilon: (dtype) => (isFloat(dtype) ? 2 ** -23 : 0),
    release: (data: Storage) => { if (data instanceof GpuArray) data.handle.release() },
    drain: () => device.pool.drain(),
  }
  return backend
}

/**
 * A backend on WebGPU: `navigator.gpu` in browsers and their workers, the package `webgpu` in Node.
 *
 * All floating point is computed in 32 bits, since WebGPU has no more: tensors keep their dtypes, and `float64` then means
 * numbers of that range and precision. With `precision: 'strict'` a program with 64-bit tensors is refused instead.
 *
 * @throws an error whose `_tag` is NoWebGPU, NoAdapter, LimitsTooSmall or DeviceRefused
 * @throws OptionError for options that are unknown or out of range
 * @example
 * ```ts
 * import { minimizeAsync, tensor } from 'wirtinger'
 * import { webgpu } from 'wirtinger/webgpu'
 * const backend = await webgpu()
 * const { value } = await minimizeAsync((x) => x.sub(1).square().sum(), tensor([3, 4]), { backend })
 * console.log(value < 1e-6) // true
 * ```
 */
export const webgpu = async (options: WebGpuOptions = {}): Promise<WebGpuBackend> => backendOf(await openOrThrow(options))

/** `webgpu` as a `TaskEither` of fp-ts: what may be missing is a value. */
export const webgpuEither = (options: WebGpuOptions = {}): TaskEither<Reason, WebGpuBackend> => {
  const opening = open(options)
  return async () => E.map(backendOf)(await opening())
}
