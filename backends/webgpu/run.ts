// Running a compiled program: its inputs are brought to the device, its launches recorded, its results handed out.
import type { Backend, Storage } from '../../core/backend.ts'
import type { DType, HostArray } from '../../core/dtype.ts'
import type { Buffer, Plan } from '../lower/kernel.ts'
import { bytesOf, encode, GpuArray } from './array.ts'
import type { Bindings } from './device/bindings.ts'
import type { Device } from './device/index.ts'
import type { Handle } from './device/owned.ts'
import type { Kernel } from './device/pipelines.ts'
import type { Block } from './device/pool.ts'
import type { Layout, Place } from './place.ts'

/** One dispatch, ready to be recorded. */
export interface Launch {
  readonly kernel: Kernel
  /** What is bound, in order. */
  readonly storages: readonly Place[]
  readonly parameters: Handle | null
  readonly x: number
  readonly y: number
  /** Temporaries that begin and end with it. */
  readonly takes: readonly number[]
  readonly gives: readonly number[]
  /** What was bound the last time: usually the same. */
  last: Bindings | undefined
}

export interface Parts {
  readonly backend: Backend
  readonly device: Device
  readonly plan: Plan
  /** Those of the plan, and after them what its kernels use between them. */
  readonly buffers: readonly Buffer[]
  readonly layout: Layout
  readonly tables: readonly Block[]
  readonly isRoot: (buffer: number) => boolean
}

export class Runner {
  readonly #parts: Parts
  /** Input buffers in the order of the inputs. */
  readonly #inputs: readonly { readonly buffer: number; readonly place: Place; readonly dtype: DType }[]
  /** Small results, and their parts of the slab. */
  readonly #small: readonly { readonly buffer: number; readonly offset: number; readonly bytes: number }[]
  readonly #words: ArrayBuffer
  readonly #floats: Float32Array
  readonly #integers: Int32Array

  constructor(parts: Parts) {
    const { plan, layout, buffers } = parts
    this.#parts = parts
    this.#inputs = plan.buffers
      .map(({ input, dtype }, buffer) => ({ buffer, input, dtype, place: layout.places[buffer]! }))
      .filter(({ input }) => input >= 0).sort((p, q) => p.input - q.input)
    this.#small = [...new Set(plan.outputs)].flatMap((buffer) => {
      const at = layout.places[buffer]!
      const bytes = parts.isRoot(buffer) ? 12 : bytesOf(buffers[buffer]!.length)
      return at.kind === 'slab' && buffers[buffer]!.input < 0 ? [{ buffer, offset: 4 * at.offset, bytes }] : []
    })
    this.#words = new ArrayBuffer(4 * layout.inputWords)
    this.#floats = new Float32Array(this.#words)
    this.#integers = new Int32Array(this.#words)
  }

  run(inputs: readonly Storage[], launches: readonly Launch[]): readonly Storage[] {
    const { device: { owner, pool }, layout, buffers, plan } = this.#parts
    const made: Handle[] = []
    const borrowed: Block[] = []
    try {
      const slab = layout.slab > 0 ? this.#writable(4 * layout.slab, 'the small tensors of a program') : null
      if (slab !== null) borrowed.push(slab)
      const given = this.#bring(inputs, slab, borrowed)
      for (const b of layout.results) made.push(owner.take(bytesOf(buffers[b]!.length), this.#describe(b)))
      this.#record(launches, slab, given, made, borrowed)
      const arrays = this.#arrays(made, slab, borrowed)
      return plan.outputs.map((b) => arrays.get(b) ?? inputs[buffers[b]!.input]!)
    } catch (error) {
      for (const handle of made) handle.release()
      throw error
    } finally {
      for (const block of borrowed) pool.give(block)
    }
  }

  /** What the caller gets for each buffer of a result. The slab belongs to the small ones from now on, if there are any. */
  #arrays(made: readonly Handle[], slab: Block | null, borrowed: Block[]): ReadonlyMap<number, GpuArray> {
    const { backend, device, layout, buffers, isRoot } = this.#parts
    const arrays = new Map<number, GpuArray>()
    const add = (b: number, handle: Handle): void => {
      const { dtype, length } = buffers[b]!
      arrays.set(b, new GpuArray(backend, dtype, length, handle, isRoot(b)))
    }
    layout.results.forEach((b, k) => add(b, made[k]!))
    if (slab !== null && this.#small.length > 0) {
      borrowed.splice(borrowed.indexOf(slab), 1)
      const handles = device.owner.hold(slab, this.#small)
      this.#small.forEach(({ buffer }, k) => add(buffer, handles[k]!))
    }
    return arrays
  }

  /** A block that the host can write into without submitting first what is recorded. */
  #writable(bytes: number, what: string): Block {
    const { pool, queue } = this.#parts.device
    const busy: Block[] = []
    try {
      for (;;) {
        const block = pool.take(bytes, what)
        if (!queue.isRecorded(block)) return block
        busy.push(block)
      }
    } finally {
      for (const block of busy) pool.give(block)
    }
  }

  #describe(b: number): string {
    const { dtype, length } = this.#parts.buffers[b]!
    return `a tensor of ${length} numbers (${dtype})`
  }

  /** Brings the inputs to where the kernels expect them; returns the blocks of large ones. */
  #bring(inputs: readonly Storage[], slab: Block | null, borrowed: Block[]): readonly (Block | null)[] {
    const { queue } = this.#parts.device
    let hasWords = false
    const copies: { readonly from: GpuArray; readonly offset: number }[] = []
    const blocks = this.#inputs.map(({ buffer, place: at, dtype }, k): Block | null => {
      const data = inputs[k]!
      if (data instanceof GpuArray) {
        if (at.kind !== 'slab') return data.handle.block
        copies.push({ from: data, offset: 4 * at.offset })
        return null
      }
      const host = data as HostArray // an array of another device never comes here
      if (at.kind === 'slab') {
        this.#put(encode(host, dtype), at.offset)
        hasWords = true
        return null
      }
      const block = this.#writable(bytesOf(this.#parts.buffers[buffer]!.length), this.#describe(buffer))
      borrowed.push(block)
      queue.write(block, 0, encode(host, dtype))
      return block
    })
    if (slab !== null) {
      if (hasWords) queue.write(slab, 0, this.#integers)
      for (const { from, offset } of copies) queue.copy(from.handle.block, from.handle.offset, slab, offset, bytesOf(from.length))
    }
    return blocks
  }

  #put(data: Float32Array | Int32Array, offset: number): void {
    if (data instanceof Int32Array) this.#integers.set(data, offset)
    else this.#floats.set(data, offset)
  }

  #record(
    launches: readonly Launch[], slab: Block | null, given: readonly (Block | null)[], made: readonly Handle[], borrowed: Block[],
  ): void {
    const { device: { pool, queue, bindings }, layout, tables } = this.#parts
    const temporaries = new Array<Block | undefined>(layout.temporaries.length)
    for (const launch of launches) {
      for (const k of launch.takes) {
        const { buffer } = layout.temporaries[k]!
        const block = pool.take(bytesOf(this.#parts.buffers[buffer]!.length), this.#describe(buffer))
        temporaries[k] = block
        borrowed.push(block)
      }
      const blocks = launch.storages.map((p): Block => {
        switch (p.kind) {
          case 'slab': return slab!
          case 'input': return given[p.index]!
          case 'result': return made[p.index]!.block
          case 'temporary': return temporaries[p.index]!
          case 'table': return tables[p.index]!
        }
      })
      if (launch.parameters !== null) blocks.push(launch.parameters.block)
      launch.last = bindings.get(launch.kernel.layout, blocks, launch.last)
      queue.dispatch(launch.kernel, launch.last, launch.x, launch.y)
      for (const k of launch.gives) {
        const block = temporaries[k]!
        borrowed.splice(borrowed.indexOf(block), 1)
        pool.give(block)
      }
    }
  }
}
