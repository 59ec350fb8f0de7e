// Buffers that the host can map. A few small ones are kept, since mapping a new one costs a buffer each time.
import { usage, type BufferLike, type DeviceLike } from '../gpu.ts'
import type { Faults } from './faults.ts'

const smallest = 4096
const keptOfEachSize = 4
/** Reads of this many bytes are rare, and their buffers are not kept. */
const largestKept = 2 ** 24

export class Staging {
  readonly #device: DeviceLike
  readonly #faults: Faults
  readonly #free = new Map<number, BufferLike[]>()

  constructor(device: DeviceLike, faults: Faults) {
    this.#device = device
    this.#faults = faults
  }

  take(bytes: number): BufferLike {
    const size = bytes > largestKept ? bytes : 2 ** Math.ceil(Math.log2(Math.max(bytes, smallest)))
    return this.#free.get(size)?.pop() ?? this.#faults.watch('out-of-memory', 'a read', () =>
      this.#device.createBuffer({ size, usage: usage.mapRead | usage.copyTarget, label: 'read' }))
  }

  /** Takes back an unmapped one. */
  give(buffer: BufferLike): void {
    const list = this.#free.get(buffer.size) ?? []
    if (buffer.size > largestKept || list.length >= keptOfEachSize) {
      buffer.destroy()
      return
    }
    list.push(buffer)
    this.#free.set(buffer.size, list)
  }
}
