// How many threads and workgroups a kernel gets.
import type { Target } from '../dispatch.ts'

export interface Grid { readonly threads: number; readonly groups: number }

/** Most partial results of a full reduction. */
const mostPartials = 256

/** A processor's workgroups cost more than a GPU's, and more than a few are of no use. */
export const workgroupsFor = (target: Target, points: number, reductions: number): Grid => {
  const threads = Math.min(64, target.workgroupThreads)
  if (target.isSoftware) {
    const each = reductions > 0 ? 4096 : 1024
    return { threads, groups: Math.max(1, Math.min(16, Math.ceil(points / each))) }
  }
  if (reductions === 0) return { threads, groups: Math.max(1, Math.min(16384, Math.ceil(points / threads))) }
  const many = Math.min(reductions > 6 ? 64 : 256, target.workgroupThreads) // their accumulators meet in workgroup memory
  return { threads: many, groups: points <= 4096 ? 1 : Math.min(mostPartials, Math.ceil(points / (4 * many))) }
}
