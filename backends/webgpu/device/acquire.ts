// Finding a device. What the world may lack is a value, a Reason; only wrong options are thrown.
import { UnavailableError, type UnavailableTag } from '../../../core/errors.ts'
import { E, type Either } from '../../../core/fp.ts'
import type { AdapterInfoLike, AdapterLike, DeviceLike, GpuLike, Limits } from '../gpu.ts'
import type { WebGpuOptions } from './options.ts'

export type { WebGpuOptions }

declare const navigator: { readonly gpu?: GpuLike } | undefined

export interface Shortage { readonly limit: keyof Limits; readonly value: number; readonly needed: number }

/** Why there is no device, and what can be done. */
export type Reason =
  | { readonly _tag: Exclude<UnavailableTag, 'LimitsTooSmall'>; readonly message: string }
  | { readonly _tag: 'LimitsTooSmall'; readonly message: string } & Shortage

/** The thrown form of a reason. */
export const toError = (reason: Reason): UnavailableError => new UnavailableError(reason._tag, reason.message)

export const missing = (tag: Exclude<UnavailableTag, 'LimitsTooSmall'>, message: string): Either<Reason, never> =>
  E.left({ _tag: tag, message: `webgpu: ${message}` })

export interface Acquired {
  readonly device: DeviceLike
  readonly adapter: AdapterInfoLike
  /** Made here, rather than given by the caller. */
  readonly isOurs: boolean
}

/** What kernels count on: the least that WebGPU promises. Only adapters of its compatibility mode have less. */
export const needed: Limits = {
  maxBufferSize: 2 ** 27,
  maxStorageBufferBindingSize: 2 ** 27,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupsPerDimension: 65535,
}
const limitNames = Object.keys(needed) as readonly (keyof Limits)[] // the keys of the literal above

/** The limits, as a plain record: those of WebGPU are getters. */
export const limitsOf = (limits: Limits): Limits =>
  Object.fromEntries(limitNames.map((name) => [name, limits[name]])) as unknown as Limits // each name of Limits

export const fallen = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** Not a literal, so that neither bundlers nor compilers of users ask for a package that they may do without. */
const nodePackage = ['web', 'gpu'].join('')

const isGpu = (x: unknown): x is GpuLike => typeof x === 'object' && x !== null && 'requestAdapter' in x

const inNode = async (): Promise<GpuLike | null> => {
  const module: unknown = await import(/* @vite-ignore */ /* webpackIgnore: true */ nodePackage)
  if (typeof module !== 'object' || module === null || !('create' in module)) return null
  const made: unknown = typeof module.create === 'function' ? module.create([]) : null
  return isGpu(made) ? made : null
}

/** Kept for good: Dawn dies with the last reference to it, and its devices with it. */
let node: Promise<GpuLike | null> | null = null

const findGpu = async (options: WebGpuOptions): Promise<Either<Reason, GpuLike>> => {
  if (options.gpu !== undefined) return E.right(options.gpu)
  if (typeof navigator !== 'undefined' && isGpu(navigator.gpu)) return E.right(navigator.gpu)
  node ??= inNode().catch(() => null)
  const found = await node
  if (found !== null) return E.right(found)
  return missing('NoWebGPU', 'there is no WebGPU here: in Node run `npm install webgpu`; a browser needs a recent '
    + 'version and a secure page (https or localhost); the cpu backend works everywhere')
}

const findAdapter = async (gpu: GpuLike, options: WebGpuOptions): Promise<Either<Reason, AdapterLike>> => {
  const { powerPreference } = options
  let why = ''
  try {
    const adapter = await gpu.requestAdapter(powerPreference === undefined ? {} : { powerPreference })
    if (adapter !== null) return E.right(adapter)
  } catch (cause) {
    why = ` (${fallen(cause)})`
  }
  return missing('NoAdapter', `WebGPU is here, but it found no adapter${why}: the GPU or its driver is missing or `
    + 'blocked (on Linux without one, a Vulkan driver such as SwiftShader or lavapipe will do); or use the cpu backend')
}

const tooSmall = (limits: Limits): Reason | null => {
  const limit = limitNames.find((name) => !(limits[name] >= needed[name]))
  if (limit === undefined) return null
  const shortage = { limit, value: limits[limit], needed: needed[limit] }
  return { _tag: 'LimitsTooSmall', ...shortage, message: `webgpu: ${limit} of this device is ${shortage.value}, but `
    + `${shortage.needed} is needed: choose another adapter, or the cpu backend` }
}

/** The caller's device, or a new one with all that the adapter has. */
export const acquire = async (options: WebGpuOptions): Promise<Either<Reason, Acquired>> => {
  const { device } = options
  if (device !== undefined) {
    const reason = tooSmall(device.limits)
    return reason === null ? E.right({ device, adapter: device.adapterInfo ?? {}, isOurs: false }) : E.left(reason)
  }
  const gpu = await findGpu(options)
  if (E.isLeft(gpu)) return gpu
  const found = await findAdapter(gpu.right, options)
  if (E.isLeft(found)) return found
  const adapter = found.right
  const reason = tooSmall(adapter.limits)
  if (reason !== null) return E.left(reason)
  try {
    const made = await adapter.requestDevice({ requiredLimits: { ...limitsOf(adapter.limits) } })
    return E.right({ device: made, adapter: adapter.info ?? made.adapterInfo ?? {}, isOurs: true })
  } catch (cause) {
    return missing('DeviceRefused', `the adapter gave no device (${fallen(cause)}): other pages or programs may hold `
      + 'it; try again later, or use the cpu backend')
  }
}
