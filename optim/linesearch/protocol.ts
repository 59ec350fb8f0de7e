// What a line search is: a pure state machine on numbers. Told what it found at a step, it answers which step to try
// next, that it accepts one, or that there is none. It never evaluates anything itself (reverse communication), so the
// same machine serves real and complex parameters, synchronous and asynchronous backends.

/** What the objective says along the line x + step·u: its value and its slope Re⟨g, u⟩ there. */
export interface Probe {
  readonly step: number
  readonly value: number
  readonly slope: number
}

/** A probe whose slope need not be known. */
export interface ValueProbe {
  readonly step: number
  readonly value: number
  readonly slope?: number | undefined
}

/**
 * Why no step was accepted; the origin is then the best point there is.
 *
 * - `ascent`: the slope at the origin is not negative, so no step along this direction can be expected to descend
 * - `nonFinite`: the origin, or everything tried, is NaN or infinite
 * - `stalled`: no decrease is left that values or parameters of this precision could show
 * - `noDecrease`: slope and values promise a decrease, and no step delivers it: as a rule the derivative is wrong, or
 *   the objective is not smooth here
 */
export type FailureReason = 'ascent' | 'nonFinite' | 'stalled' | 'noDecrease'

/** Which conditions an accepted step meets: sufficient decrease alone, or small curvature too. */
export type Conditions = 'decrease' | 'wolfe'

/**
 * The answer of a line search.
 *
 * A driver has to keep the points of at most two probes: the latest and the *held* one. `Try` says whether the probe
 * that was just told replaces the held one; `Accept` says which of the two is accepted.
 */
export type Verdict<S> =
  | { readonly _tag: 'Try'; readonly step: number; readonly state: S; readonly hold: boolean }
  | { readonly _tag: 'Accept'; readonly which: 'latest' | 'held'; readonly conditions: Conditions }
  | { readonly _tag: 'Fail'; readonly reason: FailureReason }

/**
 * A line search with state `S`, told probes of type `P`. All functions are pure: the same arguments give the same
 * verdict, and an old state may be told again.
 *
 * A search that needs only values is a search that may be told slopes too: `LineSearch<S, ValueProbe>` is assignable to
 * `LineSearch<S>`.
 */
export interface LineSearch<S, P extends ValueProbe = Probe> {
  /** Whether slopes beyond the origin's are needed. */
  readonly needs: 'value' | 'slope'
  /** The first step to try after a search that accepted `previous` (1 if there was none). */
  readonly firstStep: (previous: number) => number
  /**
   * Opens a search. `origin.step` is 0. A step of at most `smallestStep` moves no parameter at this precision: the
   * search is stalled when it gets there.
   */
  readonly start: (origin: Probe, firstStep: number, smallestStep?: number) => Verdict<S>
  /** Continues it: `probe` is what was found at the step of the last `Try`, whose `state` is given back. */
  readonly tell: (state: S, probe: P) => Verdict<S>
}
