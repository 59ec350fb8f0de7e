// Strong Wolfe line search by bracketing and zoom: Nocedal & Wright, algorithms 3.5 and 3.6, with the cubic through the
// values and slopes at both ends of the bracket, a bisection forced when that converges slowly, and the approximate
// Wolfe condition of Hager & Zhang where a decrease is too small to be seen in the value.
import { failureReason, promisesDecrease } from './failure.ts'
import { cubicMinimizer, quadraticMinimizer, secantZero, threePointMinimizer } from './interpolation.ts'
import type { LineSearch, Probe, Verdict } from './protocol.ts'
import { above, atLeast, positive, positiveInteger, requireRanges, within } from './range.ts'

export interface ZoomOptions {
  /** Most probes of one search. Default 30. */
  readonly maxSteps?: number
  /** c₁ of the sufficient decrease φ(t) ≤ φ(0) + c₁·t·φ′(0). Default 1e-4. */
  readonly decrease?: number
  /** c₂ of the small curvature |φ′(t)| ≤ c₂·|φ′(0)|. Default 0.9. */
  readonly curvature?: number
  /** Most by which a step grows while no bracket is found. Default 10; 2 doubles it each time, as Optax does. */
  readonly increaseFactor?: number
  /** Longest step; there sufficient decrease is enough. Default ∞. */
  readonly maxStep?: number
  /** A bracket this narrow, relative to its ends, is not searched any further. Default 1e-5. */
  readonly intervalTolerance?: number
  /** Relative resolution of the values: the machine epsilon of their precision. Default 2⁻⁵². */
  readonly resolution?: number
  /** ε/|φ(0)| of the approximate Wolfe condition, also the most by which a step may end worse. Default 2·resolution. */
  readonly approximateDecrease?: number
  /** What is laid through the bracket: values and slopes of both ends, or, as in Optax, three values and one slope. */
  readonly interpolation?: 'hermite' | 'threePoint'
  /** Where a search starts: at 1, right for scaled directions (L-BFGS), or at the step accepted last. */
  readonly initialStep?: 'one' | 'keep'
}

/** The bracket is (low, high), either way round; while there is no `high`, it is still being looked for above `low`. */
export interface ZoomState {
  readonly origin: Probe
  readonly smallestStep: number
  readonly steps: number
  /** Whether a probe promised a decrease; the reason of a failure depends on it. */
  readonly wasPromised: boolean
  /** The best point with sufficient decrease, or the origin: the held one. Its slope points towards `high`. */
  readonly low: Probe
  readonly high: Probe | undefined
  /** The end that the bracket gave up last. */
  readonly former: Probe | undefined
  /** Widths of the bracket one and two probes ago. */
  readonly widths: readonly [number, number]
}

const isFinite = (probe: Probe): boolean => Number.isFinite(probe.value) && Number.isFinite(probe.slope)

/** Nothing tells these two points apart. */
const isSame = (a: Probe, b: Probe): boolean => a.value === b.value && a.slope === b.slope

/** Minimiser expected from two probes: from their slopes alone where their values cannot be told apart. */
const expected = (a: Probe, b: Probe, noise: number): number =>
  Math.abs(b.value - a.value) <= noise ? secantZero(a, b) : cubicMinimizer(a, b)

/** Beyond `low`, which has just replaced `before`; both descend. */
const beyond = (before: Probe, low: Probe, noise: number, increaseFactor: number): number => {
  const most = increaseFactor * low.step
  const step = low.slope > before.slope ? expected(before, low, noise) : most
  return step > low.step ? Math.min(Math.max(step, 2 * low.step), most) : most
}

/** Inside the bracket, by Optax's rule: the first of cubic, parabola and midpoint that keeps clear of both ends. */
const insideByValues = (low: Probe, high: Probe, former: Probe | undefined): number => {
  const [left, right] = [Math.min(low.step, high.step), Math.max(low.step, high.step)]
  const isClear = (step: number, margin: number): boolean =>
    step > left + margin * (right - left) && step < right - margin * (right - left)
  const cubic = former === undefined ? NaN : threePointMinimizer(low, high, former)
  if (isClear(cubic, 0.2)) return cubic
  const quadratic = quadraticMinimizer(low, high)
  return isClear(quadratic, 0.1) ? quadratic : (low.step + high.step) / 2
}

/** Inside the bracket, from values and slopes of both ends; the midpoint if that failed to halve it, more or less. */
const insideBySlopes = (low: Probe, high: Probe, noise: number, widthBefore: number): number => {
  const width = high.step - low.step
  const fraction = (expected(low, high, noise) - low.step) / width
  const isSlow = Math.abs(width) > 0.66 * widthBefore
  return low.step + width * (fraction > 0 && fraction < 1 && !isSlow ? Math.min(Math.max(fraction, 0.05), 0.95) : 0.5)
}

/**
 * Searches a step t with φ(t) ≤ φ(0) + c₁·t·φ′(0) and |φ′(t)| ≤ c₂·|φ′(0)| along φ(t) = f(x + t·u); or, once values
 * differ by no more than ε = `approximateDecrease`·|φ(0)|, with φ(t) ≤ φ(0) + ε and |φ′(t)| ≤ c₂·|φ′(0)|.
 *
 * NaN and infinities count as too far. When the steps or the bracket run out, the best step with sufficient decrease is
 * accepted, if there is one; a step that ends worse than the origin by more than ε never is.
 *
 * @throws OptionError if an option is out of its range.
 *
 * Sources: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 3.5; Hager & Zhang, *A new conjugate gradient
 * method with guaranteed descent and an efficient line search*, SIAM J. Optim. 16 (2005); Moré & Thuente, *Line search
 * algorithms with guaranteed sufficient decrease*, ACM TOMS 20 (1994).
 */
export const zoom = (options: ZoomOptions = {}): LineSearch<ZoomState> => {
  const {
    maxSteps = 30, decrease = 1e-4, curvature = 0.9, increaseFactor = 10, maxStep = Infinity,
    intervalTolerance = 1e-5, resolution = 2 ** -52, approximateDecrease = 2 * resolution,
    interpolation = 'hermite', initialStep = 'one',
  } = options
  requireRanges('zoom', [
    ['maxSteps', maxSteps, positiveInteger], ['decrease', decrease, within(0, 0.5)],
    ['curvature', curvature, atLeast(decrease)], ['increaseFactor', increaseFactor, above(1)],
    ['maxStep', maxStep, positive], ['intervalTolerance', intervalTolerance, atLeast(0)],
    ['resolution', resolution, atLeast(0)], ['approximateDecrease', approximateDecrease, atLeast(0)],
  ])

  const noiseAt = (origin: Probe): number => 2 * resolution * Math.abs(origin.value)

  const isSufficient = (origin: Probe, probe: Probe): boolean => {
    const wanted = -decrease * probe.step * origin.slope
    const slack = approximateDecrease * Math.abs(origin.value)
    // A decrease that rounding may have made is none.
    return probe.value <= origin.value - Math.max(wanted, noiseAt(origin)) ||
      (wanted <= slack && probe.value <= origin.value + slack && probe.slope <= (2 * decrease - 1) * origin.slope)
  }

  /** The end without small curvature: the best step with sufficient decrease, or none. */
  const settle = (origin: Probe, low: Probe, latest: Probe, wasPromised: boolean): Verdict<ZoomState> =>
    low.step > 0 && !isSame(low, origin)
      ? { _tag: 'Accept', which: low === latest ? 'latest' : 'held', conditions: 'decrease' }
      : { _tag: 'Fail', reason: failureReason(latest, wasPromised) }

  const inside = (state: ZoomState, low: Probe, high: Probe, former: Probe | undefined): number => {
    const width = high.step - low.step
    // Out of the domain: half way back at first, then in bigger strides.
    if (!isFinite(high)) return low.step + width * (state.high === undefined || isFinite(state.high) ? 0.5 : 0.1)
    return interpolation === 'threePoint'
      ? insideByValues(low, high, former)
      : insideBySlopes(low, high, noiseAt(state.origin), state.widths[1])
  }

  const tell = (state: ZoomState, probe: Probe): Verdict<ZoomState> => {
    const { origin } = state
    const steps = state.steps + 1
    const noise = noiseAt(origin)
    const isSafe = isFinite(probe) && isSufficient(origin, probe)
    if (isSafe && Math.abs(probe.slope) <= -curvature * origin.slope) {
      return { _tag: 'Accept', which: 'latest', conditions: 'wolfe' }
    }

    const isTooFar = !isSafe || probe.value > state.low.value + noise
    const turns = !isTooFar && probe.slope * (probe.step - state.low.step) >= 0
    const low = isTooFar ? state.low : probe
    const high = isTooFar ? probe : turns ? state.low : state.high
    const former = isTooFar || turns ? state.high : state.low

    const wasPromised = state.wasPromised || promisesDecrease(origin, probe, state.smallestStep, noise)
    if (high === undefined) {
      if (probe.step >= maxStep || steps >= maxSteps) return settle(origin, low, probe, wasPromised)
      const step = Math.min(maxStep, beyond(state.low, low, noise, increaseFactor))
      return { _tag: 'Try', step, state: { ...state, steps, wasPromised, low }, hold: true }
    }
    const width = Math.abs(high.step - low.step)
    const isNarrow = low.step > 0 && width <= intervalTolerance * Math.max(low.step, high.step)
    const step = inside(state, low, high, former)
    const isStuck = step === low.step || step === high.step || step <= state.smallestStep || isSame(probe, origin)
    if (isNarrow || isStuck || steps >= maxSteps) return settle(origin, low, probe, wasPromised)
    const widths = [width, state.widths[0]] as const
    const next = { ...state, steps, wasPromised, low, high, former, widths }
    return { _tag: 'Try', step, state: next, hold: low === probe }
  }

  return {
    needs: 'slope',
    firstStep: (previous) => (initialStep === 'keep' ? previous : 1),
    start: (origin, firstStep, smallestStep = 0) => {
      if (!isFinite(origin)) return { _tag: 'Fail', reason: 'nonFinite' }
      if (!(origin.slope < 0)) return { _tag: 'Fail', reason: 'ascent' }
      if (!(firstStep > 0)) requireRanges('zoom', [['firstStep', firstStep, positive]])
      const step = Math.min(firstStep, maxStep)
      if (step <= smallestStep) return { _tag: 'Fail', reason: 'stalled' }
      const state: ZoomState = {
        origin, smallestStep, steps: 0, wasPromised: false,
        low: origin, high: undefined, former: undefined, widths: [Infinity, Infinity],
      }
      return { _tag: 'Try', step, state, hold: false }
    },
    tell,
  }
}
