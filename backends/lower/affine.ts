// Index arithmetic: an affine function of the loop counters, offset + Σ coefficient[k]·i[k].

export interface Affine { readonly offset: number; readonly coefficients: readonly number[] }

export const constantIndex = (offset: number, loops: number): Affine => ({ offset, coefficients: new Array<number>(loops).fill(0) })

/** The k-th loop counter itself. */
export const counter = (k: number, loops: number): Affine => {
  const coefficients = new Array<number>(loops).fill(0)
  coefficients[k] = 1
  return { offset: 0, coefficients }
}

/** scale·a + shift. */
export const scaled = (a: Affine, scale: number, shift: number): Affine => ({
  offset: a.offset * scale + shift,
  coefficients: a.coefficients.map((c) => c * scale),
})

export const plus = (a: Affine, b: Affine): Affine => ({
  offset: a.offset + b.offset,
  coefficients: a.coefficients.map((c, k) => c + b.coefficients[k]!),
})

/** Least and greatest value over a box of counters 0 ≤ i[k] < extents[k]; extents must be positive. */
export const range = (a: Affine, extents: readonly number[]): readonly [number, number] => {
  let low = a.offset
  let high = a.offset
  a.coefficients.forEach((c, k) => {
    const reach = c * (extents[k]! - 1)
    if (reach < 0) low += reach
    else high += reach
  })
  return [low, high]
}

export const isConstant = (a: Affine): boolean => a.coefficients.every((c) => c === 0)

export const affineKey = (a: Affine): string => `${a.offset}:${a.coefficients.join(',')}`
