// What stops a minimization from outside, between any two evaluations: limits and the signal.
import type { Steps, Wait } from '../effects.ts'
import type { Status } from '../types.ts'
import { breath, seconds } from './clock.ts'
import { aborted, evaluationLimit, timeLimit } from './status.ts'

/** Thrown out of a line search, and caught by the loop. */
export class Interrupted extends Error {
  readonly status: Status
  constructor(status: Status) {
    super(status.message)
    this.status = status
  }
}

export interface Limits {
  readonly maxEvaluations: number
  readonly maxSeconds: number
  readonly signal: { readonly aborted: boolean } | undefined
}

export interface Watch {
  readonly elapsed: () => number
  /** Why to stop before another evaluation, or null. */
  readonly reason: (evaluations: number) => Status | null
  /** Whether the others have waited long enough for their turn. */
  readonly isTired: () => boolean
}

/** Longest time, in seconds, for which an asynchronous minimization keeps the thread to itself. */
const stint = 0.012

export const watch = ({ maxEvaluations, maxSeconds, signal }: Limits, isAsync: boolean): Watch => {
  const start = seconds()
  let last = start
  return {
    elapsed: () => seconds() - start,
    reason: (evaluations) =>
      signal !== undefined && signal.aborted ? aborted
        : evaluations >= maxEvaluations ? evaluationLimit(maxEvaluations)
          : maxSeconds < Infinity && seconds() - start >= maxSeconds ? timeLimit(maxSeconds)
            : null,
    isTired: () => {
      if (!isAsync) return false
      const now = seconds()
      if (now - last < stint) return false
      last = now
      return true
    },
  }
}

const pause: Wait = { now: () => {}, later: breath }

/** Gives the others their turn. */
export const rested = function* (): Steps<void> { yield pause }
