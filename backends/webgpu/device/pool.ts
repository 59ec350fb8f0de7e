// Storage on the device. Blocks that are given back are kept for the next taker, since making a buffer costs more than
// filling it; what is in use stays within a budget of bytes.
import { BackendError, MemoryBudgetError } from '../../../core/errors.ts'
import { usage, type BufferLike, type DeviceLike } from '../gpu.ts'
import type { Faults } from './faults.ts'

export interface Block {
  readonly id: number
  readonly buffer: BufferLike
  /** Its size, at least what was asked for. */
  readonly bytes: number
  /** The recording in which the queue used it last. */
  stamp: number
}

/** Figures in bytes, except `blocks`: how many are in use. */
export interface MemoryStats {
  readonly used: number
  /** Given back, and kept for the next taker. */
  readonly pooled: number
  /** The most that was ever in use. */
  readonly peak: number
  readonly budget: number
  readonly blocks: number
}

const blockUsage = usage.storage | usage.uniform | usage.copySource | usage.copyTarget
const grain = 256

/** Eight sizes to each power of two: takers of nearly the same size share, and at most an eighth lies idle. */
export const sizeClass = (bytes: number): number => {
  const step = Math.max(grain, 2 ** (Math.floor(Math.log2(Math.max(bytes, 1))) - 3))
  return Math.max(grain, Math.ceil(bytes / step) * step)
}

const megabytes = (bytes: number): string =>
  bytes < 1e5 ? `${bytes} bytes` : `${(bytes / 2 ** 20).toFixed(1)} MB`

export class Pool {
  readonly budget: number
  readonly #device: DeviceLike
  readonly #faults: Faults
  readonly #beforeDestroy: () => void
  readonly #free = new Map<number, Block[]>()
  #ids = 0
  #used = 0
  #pooled = 0
  #peak = 0
  #blocks = 0

  /** `beforeDestroy` submits what is recorded: a command that uses a destroyed buffer is invalid. */
  constructor(device: DeviceLike, faults: Faults, budget: number, beforeDestroy: () => void) {
    this.#device = device
    this.#faults = faults
    this.budget = budget
    this.#beforeDestroy = beforeDestroy
  }

  /** Bytes in use. */
  get used(): number { return this.#used }

  /**
   * A block of at least so many bytes, with arbitrary contents. `what` is what the errors call it.
   *
   * @throws MemoryBudgetError when it would exceed the budget, BackendError beyond the limits of the device
   */
  take(bytes: number, what = 'a tensor'): Block {
    this.#faults.check()
    const size = this.#sizeOf(bytes, what)
    const free = this.#free.get(size)?.pop()
    if (free !== undefined) this.#pooled -= size
    else this.#makeRoom(size, bytes, what)
    const block = free ?? this.#create(size, what)
    this.#used += size
    this.#blocks++
    if (this.#used > this.#peak) this.#peak = this.#used
    return block
  }

  /** Takes a block back. It may serve later commands at once, for the device works in order. */
  give(block: Block): void {
    this.#used -= block.bytes
    this.#blocks--
    this.#pooled += block.bytes
    const list = this.#free.get(block.bytes)
    if (list === undefined) this.#free.set(block.bytes, [block])
    else list.push(block)
  }

  /** Destroys the blocks that nobody uses. */
  drain(): void { this.#destroy(this.#pooled) }

  stats(): MemoryStats {
    return { used: this.#used, pooled: this.#pooled, peak: this.#peak, budget: this.budget, blocks: this.#blocks }
  }

  #sizeOf(bytes: number, what: string): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.#device.limits
    const limit = Math.min(maxStorageBufferBindingSize, maxBufferSize)
    if (bytes > limit) {
      const name = limit === maxBufferSize ? 'maxBufferSize' : 'maxStorageBufferBindingSize'
      throw new BackendError(`webgpu: ${what} needs ${bytes} bytes (${megabytes(bytes)}), but ${name} of this device `
        + `is ${limit} (${megabytes(limit)}): split it, or compute on the cpu backend`)
    }
    return Math.min(sizeClass(bytes), limit - limit % 4)
  }

  #makeRoom(size: number, bytes: number, what: string): void {
    if (this.#used + size > this.budget) {
      throw new MemoryBudgetError(
        `webgpu: ${what} of ${megabytes(bytes)} exceeds the memory budget: ${megabytes(this.#used)} of `
        + `${megabytes(this.budget)} are in use. Await a read now and then, so that tensors that nobody holds any more `
        + 'can be collected; hold fewer tensors; or raise memoryBudget in webgpu({ memoryBudget })',
        { used: this.#used, wanted: size, budget: this.budget })
    }
    const excess = this.#used + this.#pooled + size - this.budget
    if (excess > 0) this.#destroy(excess)
  }

  #create(size: number, what: string): Block {
    const make = (): BufferLike => this.#device.createBuffer({ size, usage: blockUsage })
    const buffer = this.#faults.watch('out-of-memory', what, make)
    return { id: this.#ids++, buffer, bytes: size, stamp: 0 }
  }

  /** Destroys free blocks of so many bytes, large ones first: they are the ones that stand in the way. */
  #destroy(excess: number): void {
    if (this.#pooled === 0) return
    this.#beforeDestroy()
    let left = excess
    for (const size of [...this.#free.keys()].sort((a, b) => b - a)) {
      const list = this.#free.get(size)!
      while (left > 0 && list.length > 0) {
        list.pop()!.buffer.destroy()
        this.#pooled -= size
        left -= size
      }
      if (list.length === 0) this.#free.delete(size)
    }
  }
}
