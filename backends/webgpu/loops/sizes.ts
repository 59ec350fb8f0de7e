// How many threads and workgroups a kernel gets.
import type { Target } from '../dispatch.ts'

export interface Grid { readonly threads: number; readonly groups: number }

/** Most partial results of a full reduction. */
const mostPartials = 256

/**
 * Threads of a workgroup that combines what its threads have. Where a processor plays the device, such a group costs 12 µs
 * with 16 threads and 50 µs with 64, and a dispatch 25 µs.
 */
export const teamOf = (target: Target): number => Math.min(target.isSoftware ? 16 : 64, target.workgroupThreads)

export const gridFor = (target: Target, points: number, reductions: number): Grid => {
  if (reductions === 0) {
    const threads = Math.min(64, target.workgroupThreads)
    const [each, most] = target.isSoftware ? [2048, 16] : [threads, 16384]
    return { threads, groups: Math.max(1, Math.min(most, Math.ceil(points / each))) }
  }
  if (target.isSoftware) return { threads: teamOf(target), groups: Math.max(1, Math.min(8, Math.ceil(points / 16384))) }
  const threads = Math.min(reductions > 6 ? 64 : 256, target.workgroupThreads) // their accumulators meet in workgroup memory
  return { threads, groups: points <= 4096 ? 1 : Math.min(mostPartials, Math.ceil(points / (4 * threads))) }
}
