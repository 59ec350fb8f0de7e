// Storage for results. Small ones are carved from slabs, since a typed array of its own costs more than filling it; large
// ones are taken from what drivers have released, so that an optimizer does not wait for the collector.
import type { HostArray } from '../../core/dtype.ts'
import type { StorageKind } from '../lower/memory.ts'

export const constructors = { float64: Float64Array, float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const
const bytes: Readonly<Record<StorageKind, number>> = { float64: 8, float32: 4, int32: 4, bool: 1 }

export const slabLimit = 4096
const slabBytes = 65536

let slab = new ArrayBuffer(slabBytes)
let used = 0

const carve = (kind: StorageKind, length: number): HostArray => {
  const size = (length * bytes[kind] + 7) & ~7
  if (used + size > slabBytes) {
    slab = new ArrayBuffer(slabBytes)
    used = 0
  }
  const at = used
  used += size
  return new constructors[kind](slab, at, length)
}

const released: Record<StorageKind, Map<number, HostArray[]>> = { float64: new Map(), float32: new Map(), int32: new Map(), bool: new Map() }

const kindOf = (data: HostArray): StorageKind =>
  data instanceof Float64Array ? 'float64' : data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'bool'

/** Storage with arbitrary contents: the kernel that asks for it writes all of it. */
export const obtain = (kind: StorageKind, length: number): HostArray =>
  length * bytes[kind] <= slabLimit ? carve(kind, length) : released[kind].get(length)?.pop() ?? new constructors[kind](length)

/** Takes back a large array that nobody can reach any more. Slices of slabs are left to the collector. */
export const release = (data: HostArray): void => {
  if (data.byteLength <= slabLimit || data.byteLength !== data.buffer.byteLength) return
  const lists = released[kindOf(data)]
  const list = lists.get(data.length)
  if (list === undefined) lists.set(data.length, [data])
  else list.push(data)
}

export const drain = (): void => {
  for (const lists of Object.values(released)) lists.clear()
}
