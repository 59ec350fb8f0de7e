// The options of a WebGPU backend, checked where they come in.
import { OptionError } from '../../../core/errors.ts'
import type { DeviceLike, GpuLike } from '../gpu.ts'

export interface WebGpuOptions {
  /** A device to share, for example with a renderer. It is never destroyed, and its limits are taken as they are. */
  readonly device?: DeviceLike
  /** Where to look for an adapter instead of `navigator.gpu` or, in Node, the package `webgpu`. */
  readonly gpu?: GpuLike
  readonly powerPreference?: 'low-power' | 'high-performance'
  /** The most bytes that tensors may take on the device. Default: what the greatest buffer may have, but 1 to 4 GiB. */
  readonly memoryBudget?: number
  /** 64-bit dtypes are computed in 32 bits, which results report; `strict` refuses them instead. */
  readonly precision?: 'report' | 'strict'
}

const has = (x: unknown, ...names: readonly string[]): boolean =>
  typeof x === 'object' && x !== null && names.every((name) => name in x)

const checks: Readonly<Record<keyof WebGpuOptions, readonly [holds: (x: unknown) => boolean, wanted: string]>> = {
  device: [(x) => has(x, 'createComputePipeline', 'queue', 'limits', 'lost'), 'a GPUDevice'],
  gpu: [(x) => has(x, 'requestAdapter'), 'what navigator.gpu is: an object with requestAdapter'],
  powerPreference: [(x) => x === 'low-power' || x === 'high-performance', "'low-power' or 'high-performance'"],
  memoryBudget: [(x) => typeof x === 'number' && x > 0 && x < Infinity, 'a number of bytes > 0'],
  precision: [(x) => x === 'report' || x === 'strict', "'report' or 'strict'"],
}

const show = (x: unknown): string => {
  if (typeof x === 'string') return `'${x}'`
  if (typeof x === 'function') return 'a function'
  return typeof x === 'object' && x !== null ? 'an object' : String(x)
}

/** @throws OptionError naming every option that is unknown or wrong. */
export const checkOptions = (given: unknown): void => {
  if (typeof given !== 'object' || given === null) {
    throw new OptionError(`webgpu: the options must be an object, got ${show(given)}`)
  }
  const names = Object.keys(checks).join(', ')
  const problems = Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
    if (!Object.hasOwn(checks, name)) return [`there is no option ${name}: there are ${names}`]
    const [holds, wanted] = checks[name as keyof WebGpuOptions] // a name of the table, as the line above saw
    return value === undefined || holds(value) ? [] : [`${name} must be ${wanted}, got ${show(value)}`]
  })
  if (has(given, 'device') && has(given, 'gpu')) problems.push('give device or gpu, not both')
  if (problems.length > 0) throw new OptionError(`webgpu: ${problems.join('; ')}`)
}
