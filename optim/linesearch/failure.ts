// Why a search that found no step failed: telling the end of precision from derivatives that do not fit the values.
import { quadraticMinimizer } from './interpolation.ts'
import type { FailureReason, Probe, ValueProbe } from './protocol.ts'

/**
 * Whether the parabola through the origin and the value at `probe` promises a decrease that values and parameters could
 * show plainly. A search that saw such a promise and no decrease has met a contradiction, not the end of precision.
 */
export const promisesDecrease = (origin: Probe, probe: ValueProbe, smallestStep: number, noise: number): boolean => {
  const step = quadraticMinimizer(origin, probe)
  return step > 10 * smallestStep && -origin.slope * step > 100 * noise
}

export const failureReason = (latest: ValueProbe, wasPromised: boolean): FailureReason =>
  wasPromised ? 'noDecrease' : Number.isFinite(latest.value) ? 'stalled' : 'nonFinite'
