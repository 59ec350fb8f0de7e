// Threefry-2x32 with 20 rounds: random words as a function of a key and a counter. Salmon, Moraes, Dror & Shaw, "Parallel
// random numbers: as easy as 1, 2, 3", SC 2011.

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const
const parity = 0x1bd11bda

/** Writes the two words for a counter (c0, c1) under a key (k0, k1) at `out[at]`, `out[at + 1]`. */
export const threefry = (k0: number, k1: number, c0: number, c1: number, out: Int32Array, at: number): void => {
  const k2 = k0 ^ k1 ^ parity
  let x = (c0 + k0) | 0
  let y = (c1 + k1) | 0
  for (let round = 0; round < 20; round++) {
    const r = rotations[round & 7]!
    x = (x + y) | 0
    y = ((y << r) | (y >>> (32 - r))) ^ x
    if ((round & 3) !== 3) continue
    const s = (round >> 2) + 1
    const a = s % 3
    x = (x + (a === 0 ? k0 : a === 1 ? k1 : k2)) | 0
    y = (y + (a === 0 ? k1 : a === 1 ? k2 : k0) + s) | 0
  }
  out[at] = x
  if (at + 1 < out.length) out[at + 1] = y
}

/** Counter i = 0, 1, … gives words 2i and 2i + 1. */
export const threefryFill = (key: Int32Array, out: Int32Array): void => {
  for (let i = 0; 2 * i < out.length; i++) threefry(key[0]!, key[1]!, Math.floor(i / 2 ** 32) | 0, i | 0, out, 2 * i)
}
