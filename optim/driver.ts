// What `minimize` adds to the needs of the transformations that it drives: the compiled objective, and places where one
// transformation tells what another, or the driver, would have to compute again.
import type { Node } from '../core/node.ts'
import type { Eventually } from './effects.ts'
import type { Probe } from './linesearch/protocol.ts'

/** What the objective says after a step along updates. */
export interface Point {
  readonly params: unknown
  readonly value: Node
  readonly grad: unknown
  /** The number in `value`, and the slope along the updates. */
  readonly at: Probe
}

/** Evaluates the objective after a step along updates. */
export type Prober = (params: unknown, updates: unknown, step: number) => Eventually<Point>

export interface Driver {
  readonly probe: Prober
  /** Nobody needs this probe any more. */
  readonly drop: (point: Point) => void
  /** These updates lead from the parameters to `point`. */
  readonly arrive: (updates: unknown, point: Point) => void
  /** The slope Re⟨g, u⟩ along the tree of which `leaf` is the first. */
  readonly noteSlope: (leaf: Node | undefined, slope: Node) => void
  readonly slopeAlong: (leaf: Node | undefined) => Node | undefined
}

/** The driver behind these needs, if there is one. */
export const driverOf = (needs: unknown): Driver | null =>
  typeof needs === 'object' && needs !== null && 'noteSlope' in needs ? needs as Driver : null // nobody else has such a method
