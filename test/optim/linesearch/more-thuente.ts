// The six functions of Moré & Thuente, *Line search algorithms with guaranteed sufficient decrease*, ACM TOMS 20
// (1994), with their (μ, η) and first steps, and the evaluations that MINPACK's dcsrch (SciPy 1.17) needs for each.
import type { Line } from './line.ts'

const rational: Line = (t) => [-t / (t * t + 2), (t * t - 2) / (t * t + 2) ** 2]

const quintic: Line = (t) => {
  const s = t + 0.004
  return [s ** 5 - 2 * s ** 4, 5 * s ** 4 - 8 * s ** 3]
}

const oscillating: Line = (t) => {
  const [beta, l] = [0.01, 39]
  const kink = Math.abs(t - 1) >= beta
    ? [Math.abs(t - 1), Math.sign(t - 1)] as const
    : [(t - 1) ** 2 / (2 * beta) + beta / 2, (t - 1) / beta] as const
  const angle = (l * Math.PI * t) / 2
  return [
    kink[0] + (2 * (1 - beta) * Math.sin(angle)) / (l * Math.PI),
    kink[1] + (1 - beta) * Math.cos(angle),
  ]
}

const yanai = (beta1: number, beta2: number): Line => (t) => {
  const gamma = (beta: number): number => Math.sqrt(1 + beta * beta) - beta
  const [a, b] = [Math.hypot(1 - t, beta2), Math.hypot(t, beta1)]
  return [gamma(beta1) * a + gamma(beta2) * b, (gamma(beta1) * (t - 1)) / a + (gamma(beta2) * t) / b]
}

export interface Case {
  readonly line: Line
  readonly decrease: number
  readonly curvature: number
  /** Evaluations of dcsrch, first step by first step. */
  readonly dcsrch: readonly number[]
}

export const firstSteps: readonly number[] = [1e-3, 0.1, 10, 1e3]

export const cases: readonly Case[] = [
  { line: rational, decrease: 0.001, curvature: 0.1, dcsrch: [6, 3, 1, 4] },
  { line: quintic, decrease: 0.1, curvature: 0.1, dcsrch: [12, 8, 8, 11] },
  { line: oscillating, decrease: 0.1, curvature: 0.1, dcsrch: [12, 12, 10, 13] },
  { line: yanai(0.001, 0.001), decrease: 0.001, curvature: 0.001, dcsrch: [4, 1, 3, 4] },
  { line: yanai(0.01, 0.001), decrease: 0.001, curvature: 0.001, dcsrch: [6, 3, 7, 8] },
  { line: yanai(0.001, 0.01), decrease: 0.001, curvature: 0.001, dcsrch: [13, 11, 8, 11] },
]
