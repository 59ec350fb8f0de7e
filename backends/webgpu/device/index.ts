// A device and all that programs need to run on it.
import { E, type Either, type TaskEither } from '../../../core/fp.ts'
import type { Target } from '../dispatch.ts'
import type { AdapterInfoLike, DeviceLike, Limits } from '../gpu.ts'
import { acquire, fallen, limitsOf, missing, toError, type Acquired, type Reason } from './acquire.ts'
import { BindGroups } from './bindings.ts'
import { makeConstants } from './constants.ts'
import { Faults } from './faults.ts'
import { checkOptions, type WebGpuOptions } from './options.ts'
import { Owner } from './owned.ts'
import { Pipelines } from './pipelines.ts'
import { Pool, type MemoryStats } from './pool.ts'
import { probe } from './probe.ts'
import { Queue, type Counts } from './queue.ts'

/** What is known of a device. */
export interface Info {
  /** What the adapter calls itself. */
  readonly adapter: string
  /** Whether a processor plays the device. */
  readonly isSoftware: boolean
  readonly limits: Limits
  /** Whether compensated sums keep their error terms. `spoiled`: the driver drops them, and sums are plain 32-bit ones. */
  readonly twoSum: 'exact' | 'spoiled'
  readonly precision: 'report' | 'strict'
}

export interface Device {
  readonly gpu: DeviceLike
  readonly target: Target
  readonly info: Info
  readonly pool: Pool
  readonly owner: Owner
  readonly queue: Queue
  readonly pipelines: Pipelines
  readonly bindings: BindGroups
  readonly counts: Counts
  readonly memory: () => MemoryStats
  /** Throws the first fault of the device, if there is one. */
  readonly check: () => void
  readonly isLost: () => boolean
}

const gibibyte = 2 ** 30

const describe = ({ vendor = '', architecture = '', device = '', description = '' }: AdapterInfoLike): string =>
  [vendor, architecture, device, description].filter((part) => part !== '').join(', ') || 'unnamed'

const isPlayed = (a: AdapterInfoLike): boolean =>
  a.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b/i.test(describe(a))

const equip = ({ device, adapter, isOurs }: Acquired, options: WebGpuOptions) => {
  const limits = limitsOf(device.limits)
  const faults = new Faults(device, isOurs)
  const constants = faults.watch('validation', 'the constants', () => makeConstants(device))
  const budget = options.memoryBudget ?? Math.min(4 * gibibyte, Math.max(gibibyte, limits.maxBufferSize))
  const pool = new Pool(device, faults, budget, () => { queue.settle() })
  const owner = new Owner(pool)
  const queue: Queue = new Queue(device, faults, constants.group, () => owner.relieve())
  const isSoftware = isPlayed(adapter)
  const target: Target = {
    storageBuffers: limits.maxStorageBuffersPerShaderStage,
    workgroupBytes: limits.maxComputeWorkgroupStorageSize,
    workgroupThreads: Math.min(limits.maxComputeInvocationsPerWorkgroup, limits.maxComputeWorkgroupSizeX),
    isSoftware,
  }
  return {
    gpu: device, target, pool, owner, queue, counts: queue.counts,
    pipelines: new Pipelines(device, faults, constants.layout),
    bindings: new BindGroups(device, faults),
    memory: () => pool.stats(),
    check: () => { faults.check() },
    isLost: () => faults.isLost,
    known: { adapter: describe(adapter), isSoftware, limits, precision: options.precision ?? 'report' as const },
  }
}

/** Acquires a device and tries what its driver leaves of sums and bits. */
const start = async (options: WebGpuOptions): Promise<Either<Reason, Device>> => {
  const acquired = await acquire(options)
  if (E.isLeft(acquired)) return acquired
  const { known, ...parts } = equip(acquired.right, options)
  try {
    const { twoSum, bits } = await probe(parts)
    if (!bits) {
      return missing('DeviceRefused', `the driver of ${known.adapter} does not keep the bits of NaN and infinity: use `
        + 'the cpu backend')
    }
    for (const name of Object.keys(parts.counts) as (keyof Counts)[]) parts.counts[name] = 0 // Counts has these keys
    return E.right({ ...parts, info: { ...known, twoSum: twoSum ? 'exact' : 'spoiled' } })
  } catch (cause) {
    return missing('DeviceRefused', `${known.adapter} fails at its first kernel (${fallen(cause)}): update its driver, `
      + 'or use the cpu backend')
  }
}

/**
 * A device, or why there is none.
 *
 * @throws OptionError for options that are unknown or wrong, at the call
 */
export const open = (options: WebGpuOptions = {}): TaskEither<Reason, Device> => {
  checkOptions(options)
  return () => start(options)
}

/** The same as a promise, which rejects with an UnavailableError. */
export const openOrThrow = async (options: WebGpuOptions = {}): Promise<Device> => {
  const opened = await open(options)()
  if (E.isLeft(opened)) throw toError(opened.left)
  return opened.right
}
