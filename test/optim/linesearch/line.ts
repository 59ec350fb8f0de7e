// Lines to search along, and the driver that runs a search on one of them.
import type { LineSearch, Probe, ValueProbe, Verdict } from '../../../optim/linesearch/protocol.ts'

/** Value and slope at a step. */
export type Line = (step: number) => readonly [value: number, slope: number]

export interface Outcome<S> {
  readonly verdict: Verdict<S>
  /** The accepted probe, or the origin. */
  readonly probe: Probe
  readonly probes: readonly Probe[]
}

export const probeAt = (line: Line, step: number): Probe => {
  const [value, slope] = line(step)
  return { step, value, slope }
}

/** Keeps the two probes that the protocol asks for, and no others. */
export const search = <S>(machine: LineSearch<S>, line: Line, firstStep: number, smallestStep = 0): Outcome<S> => {
  const origin = probeAt(line, 0)
  const probes: Probe[] = []
  let held = origin
  let latest = origin
  let verdict = machine.start(origin, firstStep, smallestStep)
  while (verdict._tag === 'Try') {
    if (verdict.hold) held = latest
    latest = probeAt(line, verdict.step)
    probes.push(latest)
    verdict = machine.tell(verdict.state, latest)
  }
  const probe = verdict._tag === 'Fail' ? origin : verdict.which === 'held' ? held : latest
  return { verdict, probe, probes }
}

/** The same search told values only. */
export const blind = <S>(machine: LineSearch<S, ValueProbe>): LineSearch<S> => ({
  ...machine,
  tell: (state, { step, value }) => machine.tell(state, { step, value }),
})

/** An objective: value and gradient. */
export type Objective = (x: readonly number[]) => readonly [value: number, gradient: readonly number[]]

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)

export const along = (objective: Objective, x: readonly number[], u: readonly number[]): Line => (step) => {
  const [value, gradient] = objective(x.map((xi, i) => xi + step * u[i]!))
  return [value, dot(gradient, u)]
}
