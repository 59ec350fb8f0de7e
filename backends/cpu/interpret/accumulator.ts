// Reductions of vectors: sums are pairwise over blocks of one vector each, so their error grows with the logarithm of
// the length.
import type { ReduceOp } from '../../lower/kernel.ts'
import { sum, type Vector } from './vector.ts'

export interface Accumulator {
  readonly reset: () => void
  /** Takes in the first `n` points. */
  readonly add: (a: Vector, n: number) => void
  readonly total: () => number
}

/** Partial sums of 2^k blocks wait for their equals, as the digits of a binary counter do. */
const pairwise = (): Accumulator => {
  const waiting = new Float64Array(64)
  let height = 0
  let blocks = 0
  return {
    reset: () => {
      height = 0
      blocks = 0
    },
    add: (a, n) => {
      let s = sum(a, n)
      for (let c = blocks++; (c & 1) === 1; c >>>= 1) s = waiting[--height]! + s
      waiting[height++] = s
    },
    total: () => {
      let s = 0
      for (let k = height - 1; k >= 0; k--) s = waiting[k]! + s
      return s
    },
  }
}

const folded = (start: number, step: (x: number, y: number) => number): Accumulator => {
  let value = start
  return {
    reset: () => { value = start },
    add: (a, n) => { for (let i = 0; i < n; i++) value = step(value, a[i]!) },
    total: () => value,
  }
}

export const accumulator = (op: ReduceOp, integer: boolean): Accumulator =>
  op === 'max' ? folded(-Infinity, Math.max)
    : op === 'min' ? folded(Infinity, Math.min)
      : integer ? folded(0, (x, y) => (x + y) | 0)
        : pairwise()
