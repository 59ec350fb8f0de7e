// A tensor's numbers on the GPU: 32-bit words of a block of device memory.
import { DeviceArray, type Backend } from '../../core/backend.ts'
import { allocate, realOf, type DType, type HostArray } from '../../core/dtype.ts'
import { PrecisionError } from '../../core/errors.ts'
import type { Handle } from './device/owned.ts'

export class GpuArray extends DeviceArray {
  readonly backend: Backend
  readonly dtype: DType
  readonly length: number
  readonly handle: Handle
  /** One real number with its rounding error and a flag beside it. */
  readonly isRoot: boolean

  constructor(backend: Backend, dtype: DType, length: number, handle: Handle, isRoot = false) {
    super()
    this.backend = backend
    this.dtype = dtype
    this.length = length
    this.handle = handle
    this.isRoot = isRoot
  }
}

/** Bytes on the device, where every number takes one word. */
export const bytesOf = (length: number): number => 4 * Math.max(1, length)

const overflowed = (data: HostArray, words: Float32Array): number =>
  data.findIndex((x, k) => !Number.isFinite(words[k]!) && Number.isFinite(x))

/** Numbers as the device has them. @throws PrecisionError where a finite number would become infinite. */
export const encode = (data: HostArray, dtype: DType): Float32Array | Int32Array => {
  if (data instanceof Int32Array || data instanceof Float32Array) return data
  if (data instanceof Uint8Array) return Int32Array.from(data)
  const words = new Float32Array(data)
  const at = overflowed(data, words)
  if (at >= 0) {
    throw new PrecisionError(`upload: ${data[at]!} in a tensor ${dtype} is beyond the range of 32-bit floating point, 3.4e38, with which `
      + 'WebGPU computes: rescale the problem, or compute it on the cpu backend')
  }
  return words
}

/** What came back from the device, as the typed array of its dtype. */
export const decode = (array: GpuArray, bytes: ArrayBuffer): HostArray => {
  const { dtype, length } = array
  const out = allocate(dtype, dtype === 'complex64' || dtype === 'complex128' ? length / 2 : length)
  if (!array.isRoot) {
    out.set(dtype === 'int32' || dtype === 'bool' ? new Int32Array(bytes, 0, length) : new Float32Array(bytes, 0, length))
    return out
  }
  const [value, error, flag] = new Float32Array(bytes)
  const sum = Number.isFinite(error) ? value! + error! : value!
  out[0] = flag !== 0 && Number.isFinite(sum) ? NaN : sum
  return out
}

/** Whether a dtype has twice the precision with which the device computes. */
export const isDouble = (dtype: DType): boolean => realOf(dtype) === 'float64'

/** Why a device that was asked to be strict refuses. */
export const needsDouble = (what: string): PrecisionError => new PrecisionError(
  `${what} needs 64-bit floating point, which WebGPU does not have, and precision: 'strict' was asked for: cast to float32 or complex64, `
  + "or leave precision: 'report'")
