// The factors that transforms multiply by, made on the host in 64 bits and rounded once.
import { chirpFilter } from '../../../lower/fft/filter.ts'
import { chirp, writeRoot } from '../../../lower/fft/roots.ts'
import type { Maker } from '../../dispatch.ts'
import { product } from './text.ts'

type Tables = Pick<Maker, 'table'>

/** exp(-2πi·pk/(radix·m)) in row k and column p: neighbouring columns find their factors side by side. */
export const passTable = ({ table }: Tables, radix: number, m: number): number =>
  table(`fft pass ${radix} ${m}`, () => {
    const factors = new Float64Array(2 * radix * m)
    for (let k = 0, at = 0; k < radix; k++) {
      for (let p = 0; p < m; p++, at += 2) writeRoot(factors, at, p * k, radix * m)
    }
    return Float32Array.from(factors)
  })

/** A stage inside a workgroup: radix, the length that is being transformed, and where its factors begin. */
export interface Stage {
  readonly radix: number
  readonly length: number
  readonly at: number
}

/** The stages of a transform by decimation in frequency. The last has no factors. */
export const stagesOf = (radices: readonly number[]): readonly Stage[] => {
  let length = product(radices)
  let at = 0
  return radices.map((radix) => {
    const stage = { radix, length, at }
    at += (length / radix) * (radix - 1)
    length /= radix
    return stage
  })
}

/** The factors of all stages but the last: in each, exp(-2πi·pk/length) in row k - 1 and column p. */
export const stageTable = ({ table }: Tables, radices: readonly number[]): number =>
  table(`fft stages ${radices.join()}`, () => {
    const stages = stagesOf(radices)
    const factors = new Float64Array(2 * stages[stages.length - 1]!.at)
    for (const { radix, length, at } of stages.slice(0, -1)) {
      const m = length / radix
      for (let k = 1; k < radix; k++) {
        for (let p = 0; p < m; p++) writeRoot(factors, 2 * (at + (k - 1) * m + p), p * k, length)
      }
    }
    return Float32Array.from(factors)
  })

export const chirpTable = ({ table }: Tables, n: number): number =>
  table(`fft chirp ${n}`, () => Float32Array.from(chirp(n)))

/** Where frequency k lies after decimation in frequency by `radices` in place: its digits are reversed. */
const reversed = (radices: readonly number[]): Int32Array => {
  const m = product(radices)
  const places = new Int32Array(m)
  let [known, length] = [1, m]
  for (const radix of radices) {
    length /= radix
    for (let k = known * radix - 1; k >= 0; k--) places[k] = places[k % known]! + Math.floor(k / known) * length
    known *= radix
  }
  return places
}

/** The filter of Bluestein's algorithm, in the order in which the forward transform by `radices` leaves its results. */
export const filterTable = ({ table }: Tables, n: number, radices: readonly number[]): number =>
  table(`fft filter ${n} ${radices.join()}`, () => {
    const m = product(radices)
    const filter = chirpFilter(n, m)
    const permuted = new Float32Array(2 * m)
    reversed(radices).forEach((place, k) => {
      permuted[2 * place] = filter[2 * k]!
      permuted[2 * place + 1] = filter[2 * k + 1]!
    })
    return permuted
  })
