// From a program to an executable: kernels for every step, places for every buffer, and a list of launches, which a run
// records one after the other.
import type { Backend, Executable } from '../../core/backend.ts'
import { isFloat, isReal, type DType } from '../../core/dtype.ts'
import type { Program } from '../../core/program.ts'
import { writes, type Buffer, type Plan } from '../lower/kernel.ts'
import { lower } from '../lower/lower.ts'
import { forGpu } from '../lower/target.ts'
import { isDouble, needsDouble } from './array.ts'
import { assemble, type Location } from './assemble.ts'
import type { Device } from './device/index.ts'
import type { Handle } from './device/owned.ts'
import type { Block } from './device/pool.ts'
import type { Maker } from './dispatch.ts'
import { explainDispatches } from './explain.ts'
import { checkIndices, indexInputs } from './kernels/indices.ts'
import { place, type Place } from './place.ts'
import { Runner, type Launch } from './run.ts'
import { kernelsOf } from './steps.ts'
import type { Tables } from './tables.ts'

/** Programs of one or two operations run with many sizes: these are parameters of their kernels. */
const isEager = (program: Program): boolean => program.equations.filter((e) => e.primitive !== 'input').length <= 3

/**
 * What is wider than 32 bits may come from the host, where it is narrowed, and be cast. Single numbers made of single
 * numbers, and not handed out, are parts of formulas (a step, a bias correction), which are narrowed where they meet a tensor.
 */
const requireSingle = ({ equations, outputs }: Program): void => {
  const numbers = new Set<number>()
  equations.forEach(({ shape, args, primitive }, k) => {
    if (args.length === 0 ? shape.size === 1 : args.every((a) => numbers.has(a))) numbers.add(k) // repeated, perhaps
    if (primitive === 'input' || primitive === 'constant' || (numbers.has(k) && !outputs.includes(k))) return
    const wide = primitive === 'cast' ? [k] : [k, ...args.filter((a) => !numbers.has(a))]
    const e = wide.map((a) => equations[a]!).find(({ dtype }) => isDouble(dtype))
    if (e !== undefined) throw needsDouble(`${primitive}: a tensor ${e.dtype} [${e.shape.dims.join(', ')}]`)
  })
}

/** Single real numbers that the host will read, made by kernels that know how to watch over them. */
const rootsOf = (plan: Plan): ReadonlySet<number> => {
  const watched = new Set(plan.steps.flatMap((step) => (step.kind === 'library' ? [] : writes(step))))
  return new Set(plan.outputs.filter((b) => {
    const { dtype, length, input } = plan.buffers[b]!
    return input < 0 && length === 1 && isReal(dtype) && isFloat(dtype) && watched.has(b)
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
  const indices = indexInputs(program)
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
    const { code, bound, signature, grid, parameters } = sources[t]!
    return {
      kernel: device.pipelines.get(d.label, code, signature),
      storages: bound.map(({ storage }) => byName.get(storage)!),
      parameters: parameters.length === 0 ? null : parametersOf(device, d.label, parameters),
      x: grid[0], y: grid[1],
      takes: layout.temporaries.flatMap(({ first, last }, k) => (first === t && last >= 0 ? [k] : [])),
      gives: layout.temporaries.flatMap(({ last }, k) => (last === t ? [k] : [])),
      last: undefined,
    }
  })
  const runner = new Runner({ backend, device, plan, buffers, layout, tables: usedTables, isRoot: maker.isRoot })
  return {
    run: (inputs) => {
      checkIndices(indices, inputs)
      return runner.run(inputs, launches ??= prepare())
    },
    explain: () => explainDispatches(dispatches, sources),
  }
}

const parametersOf = (device: Device, label: string, parameters: readonly number[]): Handle => {
  const words = new Uint32Array(4 * Math.ceil(parameters.length / 4))
  words.set(parameters)
  const handle = device.owner.take(words.byteLength, `the sizes of ${label}`)
  device.queue.write(handle.block, 0, words)
  return handle
}
