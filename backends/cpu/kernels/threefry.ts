// Threefry-2x32 with 20 rounds: a counter-based generator, so every random word is a function of key and counter.
// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC11).

const parity = 0x1bd11bda

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by))

/** Encrypts the counter (c0, c1) under the key (k0, k1) into two words out[at], out[at + 1]. */
const encrypt = (k0: number, k1: number, c0: number, c1: number, out: Int32Array, at: number): void => {
  const k2 = parity ^ k0 ^ k1
  let x = (c0 + k0) | 0
  let y = (c1 + k1) | 0
  // Four rounds and a key injection, five times; the keys move up and the rotations alternate.
  let a = k1, b = k2, c = k0
  for (let i = 1; i <= 5; i++) {
    const odd = (i & 1) === 1
    x = (x + y) | 0
    y = rotate(y, odd ? 13 : 17) ^ x
    x = (x + y) | 0
    y = rotate(y, odd ? 15 : 29) ^ x
    x = (x + y) | 0
    y = rotate(y, odd ? 26 : 16) ^ x
    x = (x + y) | 0
    y = rotate(y, odd ? 6 : 24) ^ x
    x = (x + a) | 0
    y = (y + b + i) | 0
    const first = a
    a = b
    b = c
    c = first
  }
  out[at] = x
  out[at + 1] = y
}

const pair = new Int32Array(2)

/** The two words, as int32, for one counter. */
export const threefry = (k0: number, k1: number, c0: number, c1: number): readonly [number, number] => {
  encrypt(k0 | 0, k1 | 0, c0 | 0, c1 | 0, pair, 0)
  return [pair[0]!, pair[1]!]
}

/**
 * Fills `out` with random words: 2i and 2i + 1 are those of the counter (c0, c1) = (high, low) word of i.
 * An odd length drops the second word of the last pair, so a shorter array is a prefix of a longer one.
 */
export const threefryFill = (key: Int32Array, out: Int32Array): void => {
  const k0 = key[0]!
  const k1 = key[1]!
  const whole = out.length >>> 1
  // An Int32Array has fewer than 2^33 numbers, so the high word of a counter is 0.
  for (let i = 0; i < whole; i++) encrypt(k0, k1, 0, i, out, 2 * i)
  if (out.length % 2 === 1) out[2 * whole] = threefry(k0, k1, 0, whole)[0]
}
