// A loop kernel, interpreted: the same nest as is printed. What does not depend on an inner counter is computed outside
// its loop; the innermost loop goes in steps of one vector.
import type { HostArray } from '../../../core/dtype.ts'
import type { Expr } from '../../lower/expression.ts'
import { keptDepth, type Kernel } from '../../lower/kernel.ts'
import { invariants } from '../../lower/loops.ts'
import { splitRegions, type Region, type Split } from '../../lower/regions.ts'
import { accumulator, type Accumulator } from './accumulator.ts'
import { address, assemble, operandsOf, Registers, stride, type Instruction, type Scope } from './block.ts'
import { width, type Vector } from './vector.ts'

/** Runs on the plan's arrays. */
export type Action = (arrays: readonly HostArray[]) => void

export const interpretKernel = (kernel: Kernel): Action => new KernelInterpreter(kernel).action()

const inOrder = (actions: readonly Action[]): Action => (arrays) => { for (const act of actions) act(arrays) }

/** What surrounds a loop: values computed further out, and the registers that they leave free. */
interface Surroundings { readonly scope: Scope; readonly registers: Registers }

class KernelInterpreter {
  readonly #kernel: Kernel
  readonly #split: Split
  readonly #rank: number
  /** Where the loops are; the innermost one at the first point of a vector. */
  readonly #counters: number[]
  readonly #accumulators: ReadonlyMap<number, Accumulator>
  readonly #depths = new Map<Expr, number>()

  constructor(kernel: Kernel) {
    this.#kernel = kernel
    this.#split = splitRegions(kernel)
    this.#rank = kernel.extents.length
    this.#counters = kernel.extents.map(() => 0)
    this.#accumulators = new Map(kernel.statements.flatMap((s, position) =>
      s.kind === 'reduce' ? [[position, accumulator(s.op, s.integer)]] : []))
  }

  action(): Action {
    const { regions } = this.#split
    const outside = { scope: new Map(), registers: new Registers() }
    if (this.#rank === 0) {
      const points = this.#points(regions[0]!, outside)
      return (arrays) => points(arrays, 1)
    }
    const { action, inside } = this.#hoist(regions, 0, outside)
    return inOrder([action, this.#level(0, regions, inside)])
  }

  /** Computes what depends on `depth` loops and no more, for all of these regions. */
  #hoist(regions: readonly Region[], depth: number, { scope, registers }: Surroundings):
    { readonly action: Action; readonly inside: Surroundings } {
    const builder = this.#kernel.builder
    const roots = invariants(regions.flatMap((r) => r.statements.map((s) => s.statement.value)), depth,
      (e) => scope.has(e), this.#depths, (e) => operandsOf(builder, e))
    const own = registers.fork()
    const { run, values } = assemble(roots, { builder, counters: this.#counters, scope, registers: own })
    const vectors = roots.map((e) => values.get(e)!)
    const points = Math.min(width, this.#kernel.extents[this.#rank - 1]!)
    const action: Action = (arrays) => {
      run(arrays, 1)
      for (const v of vectors) v.fill(v[0]!, 1, points)
    }
    return { action, inside: { scope: values, registers: own } }
  }

  /** Loop `k` and those inside it, for regions that agree in the loops outside. */
  #level(k: number, regions: readonly Region[], outside: Surroundings): Action {
    const borders = this.#split.borders[k]!
    const segments = borders.slice(1).flatMap((high, j) => {
      const inside = regions.filter((r) => r.segment[k] === j)
      return inside.length === 0 ? [] : [this.#segment(k, inside, borders[j]!, high, outside)]
    })
    const reductions = new Map(regions.flatMap((r) => r.statements.flatMap(({ statement: s, position }) =>
      s.kind === 'reduce' && keptDepth(s) === k ? [[position, s] as const] : [])))
    const results = [...reductions].map(([position, { buffer, at }]) =>
      ({ accumulator: this.#accumulators.get(position)!, buffer, to: address(at, this.#counters) }))
    return (arrays) => {
      for (const r of results) r.accumulator.reset()
      for (const segment of segments) segment(arrays)
      for (const { accumulator: a, buffer, to } of results) arrays[buffer]![to()] = a.total()
    }
  }

  /** Loop `k` from `low` to `high`. */
  #segment(k: number, regions: readonly Region[], low: number, high: number, outside: Surroundings): Action {
    const counters = this.#counters
    if (k === this.#rank - 1) {
      const points = this.#points(regions[0]!, outside)
      return (arrays) => {
        for (let i = low; i < high; i += width) {
          counters[k] = i
          points(arrays, Math.min(width, high - i))
        }
      }
    }
    const { action, inside } = this.#hoist(regions, k + 1, outside)
    const body = this.#level(k + 1, regions, inside)
    return (arrays) => {
      for (let i = low; i < high; i++) {
        counters[k] = i
        action(arrays)
        body(arrays)
      }
    }
  }

  /** A region's statements at neighbouring points of the innermost loop. */
  #points(region: Region, { scope, registers }: Surroundings): Instruction {
    const { statements } = region
    const surroundings = { builder: this.#kernel.builder, counters: this.#counters, scope, registers: registers.fork() }
    const { run, values } = assemble(statements.map((s) => s.statement.value), surroundings)
    const effects = statements.map(({ statement: s, position }): Instruction => {
      const value = values.get(s.value)!
      if (s.kind === 'store') return this.#store(s.buffer, s.at, value)
      const target = this.#accumulators.get(position)!
      return (_, n) => target.add(value, n)
    })
    return (arrays, n) => {
      run(arrays, n)
      for (const effect of effects) effect(arrays, n)
    }
  }

  #store(buffer: number, at: Parameters<typeof address>[0], value: Vector): Instruction {
    const to = address(at, this.#counters)
    const step = stride(at)
    return (arrays, n) => {
      const data = arrays[buffer]!
      for (let i = 0, k = to(); i < n; i++, k += step) data[k] = value[i]!
    }
  }
}
