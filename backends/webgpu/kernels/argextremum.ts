// Where the largest or smallest number of every line stands. A thread looks through every so-many-th number of a line;
// long lines leave candidates, among which the next pass chooses.
import type { Dispatch, Maker } from '../dispatch.ts'
import { eachElement, store } from './elements.ts'
import { keyOf } from './order.ts'
import { linesAlong, type KernelMaker, type LibraryStep } from './step.ts'

/** Threads that share a line of `length`, of so many lines. */
const sharersOf = (maker: Maker, lines: number, length: number): number => {
  const shortest = maker.target.isSoftware ? Math.max(256, lines * length / 256) : 64
  return Math.max(1, Math.ceil(length / shortest))
}

/** Keeps the candidate (key, place) if it is better: greater, or equal and earlier. */
const consider = 'if (key > best || (key == best && place < found_at)) { best = key; found_at = place; }'

const argExtremum = (step: LibraryStep, maker: Maker, largest: boolean): readonly Dispatch[] => {
  const { operands, attrs, args, results } = step
  const x = operands[1]!
  const result = results[0]!
  const { outer, n, inner } = linesAlong(x.shape, attrs[0]!)
  const lines = outer * inner
  if (lines === 0) return []
  const pass = (source: Dispatch['arrays'][number], candidates: number, sharers: number, target: number): Dispatch => {
    const isFirst = source.name === 'x'
    const isLast = sharers === 1
    const [start, step] = isFirst ? ['line / inner * (candidates - 1u) * inner + line', 'inner'] : ['line', 'lines']
    return eachElement(maker.target, {
      label: `${largest ? 'argmax' : 'argmin'} of ${candidates}, ${sharers} left`,
      arrays: [source, { name: isLast ? 'out' : 'left', buffer: target, access: 'write' }],
      declarations: isFirst ? keyOf(x.dtype, !largest) : '',
      count: lines * sharers, sizes: { candidates, sharers, lines, inner },
      // No number has key 0 but the first of the order, so it does not matter that `best` starts there.
      body: `let line = i % lines;
let start = ${start};
var best = 0u;
var found_at = 0x7fffffffu;
for (var j = i / lines; j < candidates; j += sharers) {
  let at = start + j * ${step};
  ${isFirst ? 'let key = key_of(x(at)); let place = j;'
    : 'let key = u32(found(2u * at)); let place = u32(found(2u * at + 1u));'}
  ${consider}
}
${isLast ? store(maker, target, 'out', 'i', 'i32(found_at)')
    : 'set_left(2u * i, i32(best)); set_left(2u * i + 1u, i32(found_at));'}`,
    })
  }
  const passes = (source: Dispatch['arrays'][number], candidates: number): readonly Dispatch[] => {
    const sharers = sharersOf(maker, lines, candidates)
    if (sharers === 1) return [pass(source, candidates, 1, result)]
    const left = maker.scratch('int32', 2 * lines * sharers)
    const rest = passes({ name: 'found', buffer: left, access: 'read' }, sharers)
    return [pass(source, candidates, sharers, left), ...rest]
  }
  return passes({ name: 'x', buffer: args[0]!, access: 'read' }, n)
}

/** Of equal numbers the first, and the first NaN before all numbers. */
export const argmaxKernels: KernelMaker = (step, maker) => argExtremum(step, maker, true)
export const argminKernels: KernelMaker = (step, maker) => argExtremum(step, maker, false)
