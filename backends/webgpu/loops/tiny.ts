// Consecutive steps over tiny tensors as one kernel: a single workgroup does them one after the other, with barriers
// between those that depend on each other. At such sizes a dispatch costs more than what it does.
import { reads, writes, type Buffer, type Kernel, type Step } from '../../lower/kernel.ts'
import { postorder } from '../../lower/loops.ts'
import { byPattern } from '../../lower/plain.ts'
import { elementaryLengths } from '../../lower/target.ts'
import type { Dispatch, Maker } from '../dispatch.ts'
import { isSmall } from '../place.ts'
import { flatLoop, oneThread } from './flat.ts'
import { isLoopStep, isPartial, kernelOf, reductions, sizeOf, type LoopStep } from './kernel.ts'
import { byThread, nestOf } from './partial.ts'
import { teamOf } from './sizes.ts'
import { indent, Writer } from './writer.ts'

/** Most points of a tiny step, and most statements of a kernel of several. */
const mostPoints = 512
const mostStatements = 800
const mostReductions = 16

const lengthOf = (kernel: Kernel): number =>
  postorder(kernel.statements.map((s) => s.value)).reduce((n, e) => n + 1 + (elementaryLengths[e.op] ?? 0), 0)

const isTiny = (step: Step, buffers: readonly Buffer[]): step is LoopStep => {
  if (!isLoopStep(step) || ![...reads(step), ...writes(step)].every((b) => isSmall(buffers[b]!.length))) return false
  const kernel = kernelOf(step, buffers)
  return sizeOf(kernel.extents) <= mostPoints && lengthOf(kernel) <= mostStatements / 2
    && reductions(kernel).length <= mostReductions
}

/** Stretches of the steps, from the first to before the second number: those of several steps can be one kernel. */
export const tinyGroups = (
  steps: readonly Step[], buffers: readonly Buffer[],
): readonly (readonly [first: number, end: number])[] => {
  const groups: (readonly [number, number])[] = []
  let first = 0
  let spent = Infinity
  const close = (end: number): void => { if (end > first) groups.push([first, end]) }
  steps.forEach((step, k) => {
    const price = isTiny(step, buffers) ? 4 + lengthOf(kernelOf(step, buffers)) : Infinity
    if (spent + price > mostStatements) {
      close(k)
      first = k
      spent = 0
    }
    spent += price
  })
  close(steps.length)
  return groups
}

const linesOf = (w: Writer, kernel: Kernel, threads: number): readonly string[] => {
  if (isPartial(kernel)) return byThread(w, nestOf(kernel), 'local', threads, 1, null)
  const { lines, accumulators } = flatLoop(w, kernel, 'local', threads)
  return accumulators === null ? lines : [...lines, ...accumulators.tree(threads), ...oneThread(accumulators.finish())]
}

/** One kernel that does steps which `tinyGroups` found to be neighbours. */
export const tinyKernel = (steps: readonly Step[], maker: Maker, isEager = false): Dispatch => {
  const w = new Writer(maker, isEager)
  const threads = teamOf(maker.target)
  const written = new Set<number>()
  const read = new Set<number>()
  let usesShared = false
  const lines = steps.filter(isLoopStep).flatMap((step) => {
    const kernels = byPattern(kernelOf(step, maker.buffers))
    const shares = kernels.some((k) => !isPartial(k) && reductions(k).length > 0)
    const waits = (usesShared && shares) || reads(step).some((b) => written.has(b))
      || writes(step).some((b) => written.has(b) || read.has(b))
    if (waits) {
      written.clear()
      read.clear()
      usesShared = false
    }
    usesShared ||= shares
    for (const b of reads(step)) read.add(b)
    for (const b of writes(step)) written.add(b)
    const barrier = waits ? ['storageBarrier();', 'workgroupBarrier();'] : []
    return [...barrier, ...kernels.flatMap((k) => ['{', ...indent(linesOf(w, k, threads)), '}'])]
  })
  return w.dispatch(`${steps.length} small steps`, lines, threads, 1)
}
