// Backtracking line search: shrinks the step until the value has decreased sufficiently (Armijo).
import { failureReason, promisesDecrease } from './failure.ts'
import type { LineSearch, Probe, ValueProbe } from './protocol.ts'
import { atLeast, between, positive, positiveInteger, requireRanges, within } from './range.ts'

export interface BacktrackingOptions {
  /** Most probes of one search. Default 50. */
  readonly maxSteps?: number
  /** c of the sufficient decrease φ(t) ≤ φ(0) + c·t·φ′(0). Default 1e-4. */
  readonly decrease?: number
  /** A refused step is multiplied by this; by at most ½ if the value there is not finite. Default 0.8. */
  readonly decreaseFactor?: number
  /** A search starts at the step accepted last times this; ∞ starts at the longest one. Default 1.5. */
  readonly increaseFactor?: number
  /** Longest step. Default 1. */
  readonly maxStep?: number
  /** Increase of the value that is allowed, absolutely and relative to |φ(0)|. Default 0 each. */
  readonly absoluteTolerance?: number
  readonly relativeTolerance?: number
  /** Relative resolution of the values: the machine epsilon of their precision. Default 2⁻⁵². */
  readonly resolution?: number
}

export interface BacktrackingState {
  readonly origin: Probe
  readonly smallestStep: number
  readonly steps: number
  /** Whether a probe promised a decrease; the reason of a failure depends on it. */
  readonly wasPromised: boolean
}

/**
 * Tries t₀, t₀·r, t₀·r², … with r = `decreaseFactor` along φ(t) = f(x + t·u), until φ(t) ≤ φ(0) + c·t·φ′(0) plus the
 * tolerances.
 *
 * It needs only values. Where it is told slopes as well, and the wanted decrease is below ε = 2·resolution·|φ(0)|, it
 * also accepts φ(t) ≤ φ(0) + ε with φ′(t) ≤ (2c − 1)·φ′(0). NaN and infinities count as too far. When the steps run
 * out the search fails: no increase beyond the tolerances is ever accepted.
 *
 * @throws OptionError if an option is out of its range.
 *
 * Sources: Armijo, *Minimization of functions having Lipschitz continuous first partial derivatives*, Pacific J. Math.
 * 16 (1966); Hager & Zhang, SIAM J. Optim. 16 (2005), for ε.
 */
export const backtracking = (options: BacktrackingOptions = {}): LineSearch<BacktrackingState, ValueProbe> => {
  const {
    maxSteps = 50, decrease = 1e-4, decreaseFactor = 0.8, increaseFactor = 1.5, maxStep = 1,
    absoluteTolerance = 0, relativeTolerance = 0, resolution = 2 ** -52,
  } = options
  requireRanges('backtracking', [
    ['maxSteps', maxSteps, positiveInteger], ['decrease', decrease, within(0, 1)],
    ['decreaseFactor', decreaseFactor, between(0, 1)], ['increaseFactor', increaseFactor, positive],
    ['maxStep', maxStep, positive], ['absoluteTolerance', absoluteTolerance, atLeast(0)],
    ['relativeTolerance', relativeTolerance, atLeast(0)], ['resolution', resolution, atLeast(0)],
  ])

  const noiseAt = (origin: Probe): number => 2 * resolution * Math.abs(origin.value)

  const isSufficient = (origin: Probe, probe: ValueProbe): boolean => {
    const wanted = -decrease * probe.step * origin.slope
    const slack = noiseAt(origin)
    const tolerance = absoluteTolerance + relativeTolerance * Math.abs(origin.value)
    if (probe.value <= origin.value - wanted + tolerance) return true
    return probe.slope !== undefined && wanted <= slack &&
      probe.value <= origin.value + slack && probe.slope <= (2 * decrease - 1) * origin.slope
  }

  return {
    needs: 'value',
    firstStep: (previous) => Math.min(increaseFactor * previous, maxStep),
    start: (origin, firstStep, smallestStep = 0) => {
      if (!Number.isFinite(origin.value) || !Number.isFinite(origin.slope)) return { _tag: 'Fail', reason: 'nonFinite' }
      if (!(origin.slope < 0)) return { _tag: 'Fail', reason: 'ascent' }
      if (!(firstStep > 0)) requireRanges('backtracking', [['firstStep', firstStep, positive]])
      const step = Math.min(firstStep, maxStep)
      if (step <= smallestStep) return { _tag: 'Fail', reason: 'stalled' }
      return { _tag: 'Try', step, state: { origin, smallestStep, steps: 0, wasPromised: false }, hold: false }
    },
    tell: (state, probe) => {
      const { origin, smallestStep } = state
      const isFinite = Number.isFinite(probe.value)
      if (isFinite && isSufficient(origin, probe)) return { _tag: 'Accept', which: 'latest', conditions: 'decrease' }
      const steps = state.steps + 1
      const wasPromised = state.wasPromised || promisesDecrease(origin, probe, smallestStep, noiseAt(origin))
      const step = probe.step * (isFinite ? decreaseFactor : Math.min(decreaseFactor, 0.5))
      if (steps >= maxSteps || step <= smallestStep) {
        return { _tag: 'Fail', reason: failureReason(probe, wasPromised) }
      }
      return { _tag: 'Try', step, state: { ...state, steps, wasPromised }, hold: false }
    },
  }
}
