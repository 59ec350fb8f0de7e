// From a program to an executable: kernels for every step, places for every buffer, and a list of launches that a run
// records one after the other.
import { DeviceArray, type Backend, type Executable, type Storage } from '../../core/backend.ts'
import { isReal, isFloat, type DType, type HostArray } from '../../core/dtype.ts'
import { PrecisionError } from '../../core/errors.ts'
import type { Program } from '../../core/program.ts'
import { writes, type Buffer, type Plan, type Step } from '../lower/kernel.ts'
import { lower } from '../lower/lower.ts'
import { forGpu } from '../lower/target.ts'
import { bytesOf, encode, GpuArray, isDouble } from './array.ts'
import { assemble, type Location } from './assemble.ts'
import type { Bindings } from './device/bindings.ts'
import type { Device } from './device/index.ts'
import type { Handle } from './device/owned.ts'
import type { Kernel } from './device/pipelines.ts'
import type { Block } from './device/pool.ts'
import type { Dispatch, Maker } from './dispatch.ts'
import { explainDispatches } from './explain.ts'
import { place, type Layout, type Place } from './place.ts'
import { kernelsOf } from './steps.ts'
import type { Tables } from './tables.ts'

/** One dispatch, ready to be recorded. */
interface Launch {
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

/** Programs of one or two operations run with many sizes: these are parameters of their kernels. */
const isEager = (program: Program): boolean => program.equations.filter((e) => e.primitive !== 'input').length <= 3

const requireSingle = (program: Program): void => {
  const e = program.equations.find(({ dtype, primitive }) => isDouble(dtype) && primitive !== 'constant')
  if (e === undefined) return
  throw new PrecisionError(`${e.primitive}: a tensor ${e.dtype} [${e.shape.dims.join(', ')}] needs 64-bit floating point, which WebGPU does not `
    + "have, and precision: 'strict' was asked for: cast to float32 or complex64, or leave precision: 'report'")
}

/** Single real numbers that the host will read, made by loop kernels, which know how to watch over them. */
const rootsOf = (plan: Plan): ReadonlySet<number> => {
  const loops = new Set(plan.steps.flatMap((step) => (step.kind === 'loops' || step.kind === 'fill' ? writes(step) : [])))
  return new Set(plan.outputs.filter((b) => {
    const { dtype, length, input } = plan.buffers[b]!
    return input < 0 && length === 1 && isReal(dtype) && isFloat(dtype) && loops.has(b)
  }))
}

const placeName = (p: Place): string => (p.kind === 'slab' ? 'slab' : `${p.kind} ${p.index}`)

export const compileOn = (backend: Backend, device: Device, tables: Tables) => (program: Program): Executable => {
  if (device.info.precision === 'strict') requireSingle(program)
  const plan = lower(program, forGpu)
  const buffers: Buffer[] = [...plan.buffers]
  const usedTables: Block[] = []
  const tableOf = new Map<number, number>()
  const roots = rootsOf(plan)
  const add = (dtype: DType, length: number): number => buffers.push({ dtype, length, input: -1 }) - 1
  const maker: Maker = {
    buffers, target: device.target,
    scratch: add,
    table: (key, make) => {
      const { block, length, dtype } = tables.get(key, make)
      const b = add(dtype, length)
      tableOf.set(b, usedTables.push(block) - 1)
      return b
    },
    isRoot: (b) => roots.has(b),
  }
  const dispatches = kernelsOf(plan, maker, isEager(program)).filter((d) => d.workgroups > 0)
  const layout = place({ buffers, outputs: plan.outputs, tables: tableOf, isRoot: maker.isRoot }, dispatches)
  const locate = (b: number): Location => {
    const at = layout.places[b]!
    return { storage: placeName(at), offset: at.kind === 'slab' ? at.offset : 0, dtype: buffers[b]!.dtype }
  }
  const sources = dispatches.map((d) => assemble(d, locate))
  const byName = new Map(layout.places.map((p) => [placeName(p), p]))
  let launches: readonly Launch[] | null = null
  const prepare = (): readonly Launch[] => dispatches.map((d, t): Launch => {
    const { code, bound, signature, grid } = sources[t]!
    return {
      kernel: device.pipelines.get(d.label, code, signature),
      storages: bound.map(({ storage }) => byName.get(storage)!),
      parameters: d.parameters === undefined || d.parameters.length === 0 ? null : parametersOf(device, d),
      x: grid[0], y: grid[1],
      takes: layout.temporaries.flatMap(({ first, last }, k) => (first === t && last >= 0 ? [k] : [])),
      gives: layout.temporaries.flatMap(({ last }, k) => (last === t ? [k] : [])),
      last: undefined,
    }
  })
  const runner = new Runner(backend, device, plan, buffers, layout, usedTables, roots)
  return {
    run: (inputs) => runner.run(inputs, launches ??= prepare()),
    explain: () => explainDispatches(dispatches, sources),
  }
}

const parametersOf = (device: Device, { parameters = [], label }: Dispatch): Handle => {
  const words = new Uint32Array(4 * Math.ceil(parameters.length / 4))
  words.set(parameters)
  const handle = device.owner.take(words.byteLength, `the sizes of ${label}`)
  device.queue.write(handle.block, 0, words)
  return handle
}

class Runner {
  readonly #backend: Backend
  readonly #device: Device
  readonly #plan: Plan
  readonly #buffers: readonly Buffer[]
  readonly #layout: Layout
  readonly #tables: readonly Block[]
  readonly #roots: ReadonlySet<number>
  /** Input buffers in the order of the inputs; −1 for those that nothing reads. */
  readonly #inputs: readonly { readonly buffer: number; readonly place: Place; readonly dtype: DType }[]
  /** Small results, and where each stands among the slices of the slab. */
  readonly #small: readonly number[]
  readonly #words: ArrayBuffer
  readonly #floats: Float32Array
  readonly #integers: Int32Array

  constructor(backend: Backend, device: Device, plan: Plan, buffers: readonly Buffer[], layout: Layout, tables: readonly Block[], roots: ReadonlySet<number>) {
    this.#backend = backend
    this.#device = device
    this.#plan = plan
    this.#buffers = buffers
    this.#layout = layout
    this.#tables = tables
    this.#roots = roots
    this.#inputs = plan.buffers
      .map(({ input, dtype }, buffer) => ({ buffer, input, dtype, place: layout.places[buffer]! }))
      .filter(({ input }) => input >= 0).sort((p, q) => p.input - q.input)
    this.#small = [...new Set(plan.outputs)].filter((b) => layout.places[b]!.kind === 'slab' && buffers[b]!.input < 0)
    this.#words = new ArrayBuffer(4 * layout.inputWords)
    this.#floats = new Float32Array(this.#words)
    this.#integers = new Int32Array(this.#words)
  }

  run(inputs: readonly Storage[], launches: readonly Launch[]): readonly Storage[] {
    const { owner, pool } = this.#device
    const { slab: slabWords, results } = this.#layout
    const held: Handle[] = []
    const borrowed: Block[] = []
    try {
      const slab = slabWords > 0 ? pool.take(4 * slabWords, 'the small tensors of a program') : null
      if (slab !== null) borrowed.push(slab)
      const given = this.#bring(inputs, slab, held)
      const made = results.map((b) => owner.take(bytesOf(this.#buffers[b]!.length), this.#describe(b)))
      held.push(...made)
      this.#record(launches, slab, given, made, borrowed)
      const slices = this.#small.map((b) => {
        const p = this.#layout.places[b]!
        return { offset: p.kind === 'slab' ? 4 * p.offset : 0, bytes: this.#roots.has(b) ? 12 : bytesOf(this.#buffers[b]!.length) }
      })
      const small = slab !== null && slices.length > 0 ? owner.hold(slab, slices) : []
      if (small.length > 0) borrowed.splice(borrowed.indexOf(slab!), 1)
      const kept = new Set<Handle>([...made, ...small])
      const arrays = new Map<number, GpuArray>()
      const arrayOf = (b: number): GpuArray => {
        let array = arrays.get(b)
        if (array === undefined) {
          const p = this.#layout.places[b]!
          const handle = p.kind === 'result' ? made[p.index]! : small[this.#small.indexOf(b)]!
          const { dtype, length } = this.#buffers[b]!
          arrays.set(b, array = new GpuArray(this.#backend, dtype, length, handle, this.#roots.has(b)))
        }
        return array
      }
      const outputs = this.#plan.outputs.map((b): Storage => {
        const { input } = this.#buffers[b]!
        return input >= 0 ? inputs[input]! : arrayOf(b)
      })
      for (const h of held) if (!kept.has(h)) h.release()
      return outputs
    } catch (error) {
      for (const h of held) h.release()
      throw error
    } finally {
      for (const block of borrowed) pool.give(block)
    }
  }

  #describe(b: number): string {
    const { dtype, length } = this.#buffers[b]!
    return `a tensor of ${length} numbers (${dtype})`
  }

  /** Brings the inputs to where the kernels expect them; returns the blocks of large ones. */
  #bring(inputs: readonly Storage[], slab: Block | null, held: Handle[]): readonly (Block | null)[] {
    const { owner, queue } = this.#device
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
      const handle = owner.take(bytesOf(this.#buffers[buffer]!.length), this.#describe(buffer))
      held.push(handle)
      queue.write(handle.block, 0, encode(host, dtype))
      return handle.block
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
    const { pool, queue, bindings } = this.#device
    const temporaries = new Array<Block | undefined>(this.#layout.temporaries.length)
    for (const launch of launches) {
      for (const k of launch.takes) {
        const { buffer } = this.#layout.temporaries[k]!
        const block = pool.take(bytesOf(this.#buffers[buffer]!.length), this.#describe(buffer))
        temporaries[k] = block
        borrowed.push(block)
      }
      const blocks = launch.storages.map((p): Block => {
        switch (p.kind) {
          case 'slab': return slab!
          case 'input': return given[p.index]!
          case 'result': return made[p.index]!.block
          case 'temporary': return temporaries[p.index]!
          case 'table': return this.#tables[p.index]!
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
