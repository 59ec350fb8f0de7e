// Who does the work of a partial reduction.
import type { Target } from '../dispatch.ts'
import { gridFor, teamOf } from './sizes.ts'

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
  /** Whether the terms of one result are neighbours in the arrays. */
  readonly isInner: boolean
  /** The longest loop of those that are reduced over: it can be cut. */
  readonly longest: number
}

/** Most pieces of a result: they are put together one after the other. */
const mostPieces = 64

export const sharing = (target: Target, { results, terms, isInner, longest }: Work): Sharing => {
  const threads = teamOf(target)
  /** Threads that keep the device busy; the terms for which a workgroup is worth its price, and the most of those. */
  const [busy, worthy, most] = target.isSoftware ? [256, 1024, 8] : [65536, 2 * threads, 65535]
  const cut = (parts: number, least: number): number => Math.max(1, Math.min(mostPieces, Math.ceil(parts), Math.floor(terms / least)))
  if (isInner && terms >= worthy && (results <= most || !target.isSoftware)) {
    const pieces = target.isSoftware ? 1 : cut(busy / (results * threads), 8 * threads)
    return { way: 'workgroup', threads, groups: Math.min(results * pieces, most), pieces }
  }
  const pieces = results >= busy ? 1 : Math.min(longest, cut(busy / results, target.isSoftware ? 512 : 32))
  return { way: 'thread', ...gridFor(target, target.isSoftware ? results * terms : results * pieces, 0), pieces }
}
