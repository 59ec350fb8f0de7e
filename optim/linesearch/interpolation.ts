// Minimisers of the polynomials that a line search lays through its probes. NaN or an infinity where there is none: the
// caller safeguards.
import type { Probe, ValueProbe } from './protocol.ts'

/**
 * Minimiser of the cubic through the values and slopes at `a` and `b`
 * (Nocedal & Wright, *Numerical Optimization*, 3.59), scaled against overflow.
 */
export const cubicMinimizer = (a: Probe, b: Probe): number => {
  const width = b.step - a.step
  const theta = 3 * ((a.value - b.value) / width) + a.slope + b.slope
  const scale = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope))
  const discriminant = (theta / scale) ** 2 - (a.slope / scale) * (b.slope / scale)
  const root = Math.sign(width) * scale * Math.sqrt(discriminant)
  return a.step + width * ((root - a.slope + theta) / (2 * root - a.slope + b.slope))
}

/** Minimiser of the parabola through the value and slope at `a` and the value at `b`. */
export const quadraticMinimizer = (a: Probe, b: ValueProbe): number => {
  const width = b.step - a.step
  return a.step + (width * a.slope) / (2 * (a.slope - (b.value - a.value) / width))
}

/** Zero of the line through the slopes at `a` and `b`. */
export const secantZero = (a: Probe, b: Probe): number =>
  a.step + (b.step - a.step) * (a.slope / (a.slope - b.slope))

/** Minimiser of the cubic through the value and slope at `a` and the values at `b` and `c`. */
export const threePointMinimizer = (a: Probe, b: Probe, c: Probe): number => {
  const [db, dc] = [b.step - a.step, c.step - a.step]
  // The second divided differences at b and c; they are linear in the distance, and the cubic's coefficients with them.
  const [qb, qc] = [(b.value - a.value - a.slope * db) / db ** 2, (c.value - a.value - a.slope * dc) / dc ** 2]
  const cubic = (qb - qc) / (db - dc)
  const quadratic = qb - cubic * db
  return a.step - a.slope / (quadratic + Math.sqrt(quadratic ** 2 - 3 * cubic * a.slope))
}
