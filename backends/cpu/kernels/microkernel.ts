// The one inner loop of every large product: a 4×4 tile held in registers while two packed panels stream past.

/** tile = Σ_p a[p, 0..3]ᵀ·b[p, 0..3], over `depth` terms from the given places. */
export const microkernel = (depth: number, a: Float64Array, aStart: number, b: Float64Array, bStart: number,
  tile: Float64Array): void => {
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0
  let c10 = 0, c11 = 0, c12 = 0, c13 = 0
  let c20 = 0, c21 = 0, c22 = 0, c23 = 0
  let c30 = 0, c31 = 0, c32 = 0, c33 = 0
  for (let p = 0, i = aStart, j = bStart; p < depth; p++, i += 4, j += 4) {
    const a0 = a[i]!, a1 = a[i + 1]!, a2 = a[i + 2]!, a3 = a[i + 3]!
    // A column of the tile at a time: sixteen sums and all eight factors would not fit the sixteen registers.
    const b0 = b[j]!
    c00 += a0 * b0
    c10 += a1 * b0
    c20 += a2 * b0
    c30 += a3 * b0
    const b1 = b[j + 1]!
    c01 += a0 * b1
    c11 += a1 * b1
    c21 += a2 * b1
    c31 += a3 * b1
    const b2 = b[j + 2]!
    c02 += a0 * b2
    c12 += a1 * b2
    c22 += a2 * b2
    c32 += a3 * b2
    const b3 = b[j + 3]!
    c03 += a0 * b3
    c13 += a1 * b3
    c23 += a2 * b3
    c33 += a3 * b3
  }
  tile[0] = c00
  tile[1] = c01
  tile[2] = c02
  tile[3] = c03
  tile[4] = c10
  tile[5] = c11
  tile[6] = c12
  tile[7] = c13
  tile[8] = c20
  tile[9] = c21
  tile[10] = c22
  tile[11] = c23
  tile[12] = c30
  tile[13] = c31
  tile[14] = c32
  tile[15] = c33
}
