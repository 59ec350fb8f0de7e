// Who does the work of a partial reduction.
import type { Target } from '../dispatch.ts'
import { workgroupsFor } from './sizes.ts'

export interface Sharing {
  /** Who makes a result, or a piece of one. */
  readonly way: 'thread' | 'workgroup'
  readonly threads: number
  readonly groups: number
  /** Into how many pieces the terms of a result are cut. */
  readonly pieces: number
}

interface Work {
  readonly results: number
  readonly terms: number
  readonly isInner: boolean
  /** The longest loop of those that are reduced over: it can be cut. */
  readonly longest: number
}

/** Most pieces of a result: they are put together one after the other. */
const mostPieces = 64

export const sharing = (target: Target, { results, terms, isInner, longest }: Work): Sharing => {
  /** Threads that keep the device busy, and terms for which a workgroup's tree is worth its price. */
  const [busy, dear] = target.isSoftware ? [512, 4096] : [65536, 128]
  const many = Math.min(target.isSoftware ? 64 : 128, target.workgroupThreads)
  const isFew = target.isSoftware ? results <= 4 : true
  const cut = (parts: number, least: number): number => Math.max(1, Math.min(mostPieces, Math.ceil(parts), Math.floor(terms / least)))
  if (isInner && isFew && terms >= dear) {
    const pieces = cut(busy / (results * many), 4 * many)
    return { way: 'workgroup', threads: many, groups: Math.min(results * pieces, 65535), pieces }
  }
  const pieces = results >= busy ? 1 : Math.min(longest, cut(busy / results, 32))
  return { way: 'thread', ...workgroupsFor(target, results * pieces, 0), pieces }
}
