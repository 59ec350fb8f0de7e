// Packing: a block of a matrix rewritten as panels of four lanes, the order in which the micro-kernel reads it, in
// float64 whatever the storage was. Lanes are rows of A or columns of B; depth is the summed axis. A panel holds
// four lanes' numbers side by side for depth 0, then for depth 1, …; lanes that the last panel lacks hold whatever
// was there before, since nothing made of them is stored.

import type { Typed } from './product.ts'

/** A real block, times `sign`. */
export const packReal = (lanes: number, depth: number, from: Typed, start: number, laneStep: number,
  depthStep: number, sign: number, to: Float64Array): void => {
  const l2 = 2 * laneStep, l3 = 3 * laneStep
  let t = 0
  let lane = 0
  for (; lane + 4 <= lanes; lane += 4) {
    for (let p = 0, q = start + lane * laneStep; p < depth; p++, q += depthStep, t += 4) {
      to[t] = sign * from[q]!
      to[t + 1] = sign * from[q + laneStep]!
      to[t + 2] = sign * from[q + l2]!
      to[t + 3] = sign * from[q + l3]!
    }
  }
  for (; lane < lanes; lane++, t++) {
    for (let p = 0, q = start + lane * laneStep; p < depth; p++, q += depthStep) to[t + 4 * p] = sign * from[q]!
  }
}

/** Complex lanes of A: every depth becomes two, the real parts and then the imaginary parts times `sign`. */
export const packLeft = (lanes: number, depth: number, from: Typed, start: number, laneStep: number,
  depthStep: number, sign: number, to: Float64Array): void => {
  let t = 0
  for (let lane = 0; lane < lanes; lane += 4, t += 8 * depth) {
    const present = Math.min(4, lanes - lane)
    for (let l = 0; l < present; l++) {
      for (let p = 0, q = start + (lane + l) * laneStep, u = t + l; p < depth; p++, q += depthStep, u += 8) {
        to[u] = from[q]!
        to[u + 4] = sign * from[q + 1]!
      }
    }
  }
}

/** Complex lanes of B: every lane and every depth becomes two, the matrix ((re, im), (−im, re)), im times `sign`. */
export const packRight = (lanes: number, depth: number, from: Typed, start: number, laneStep: number,
  depthStep: number, sign: number, to: Float64Array): void => {
  let t = 0
  for (let lane = 0; lane < lanes; lane += 2, t += 8 * depth) {
    const present = Math.min(2, lanes - lane)
    for (let l = 0; l < present; l++) {
      for (let p = 0, q = start + (lane + l) * laneStep, u = t + 2 * l; p < depth; p++, q += depthStep, u += 8) {
        const re = from[q]!
        const im = sign * from[q + 1]!
        to[u] = re
        to[u + 1] = im
        to[u + 4] = -im
        to[u + 5] = re
      }
    }
  }
}
