// Roots of unity: the only transcendental numbers of a Fourier transform.

/**
 * Writes exp(-2πi·k/n), 0 ≤ k < n, at `table[at]` and `table[at + 1]`.
 *
 * The angle is reduced to the first octant in exact integers, so that sine and cosine see one in [0, π/4] which carries
 * nothing but its own rounding: symmetric roots are bitwise symmetric, and what is rational is exact.
 */
export const writeRoot = (table: Float64Array, at: number, k: number, n: number): void => {
  const quarter = Math.floor((4 * k) / n)
  const rest = 4 * k - quarter * n
  const octant = Math.min(rest, n - rest)
  const angle = (Math.PI * octant) / (2 * n)
  const sine = 3 * octant === n ? 0.5 : 2 * octant === n ? Math.SQRT1_2 : Math.sin(angle)
  const cosine = Math.cos(angle)
  const crosswise = (quarter % 2 === 1) !== (octant < rest)
  const re = crosswise ? sine : cosine
  const im = crosswise ? cosine : sine
  table[at] = quarter === 1 || quarter === 2 ? -re : re
  table[at + 1] = quarter >= 2 ? im : -im
}

/** All n-th roots of unity, exp(-2πi·k/n) for k = 0 … n-1, interleaved. */
export const roots = (n: number): Float64Array => {
  const table = new Float64Array(2 * n)
  for (let k = 0; k < n; k++) writeRoot(table, 2 * k, k, n)
  return table
}

/**
 * The twiddle factors of one decimation-in-frequency step, in the order in which it reads them:
 * exp(-2πi·pk/length) for p = 0 … length/radix - 1, and for each p, k = 1 … radix - 1.
 */
export const twiddles = (length: number, radix: number): Float64Array => {
  const table = new Float64Array(2 * (length / radix) * (radix - 1))
  for (let p = 0, at = 0; p < length / radix; p++) {
    for (let k = 1; k < radix; k++, at += 2) writeRoot(table, at, p * k, length)
  }
  return table
}

/** The chirp exp(-πi·k²/n), k = 0 … n-1. Squares grow by odd numbers and are reduced as they do: exact for every n. */
export const chirp = (n: number): Float64Array => {
  const table = new Float64Array(2 * n)
  for (let k = 0, square = 0; k < n; k++) {
    writeRoot(table, 2 * k, square, 2 * n)
    square = (square + 2 * k + 1) % (2 * n)
  }
  return table
}
