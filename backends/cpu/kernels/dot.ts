// Dot products (m = n = 1), summed pairwise over blocks of 512 terms: the rounding error grows with log k.

import type { ComplexProduct, RealProduct, Run, Typed } from './product.ts'

const block = 512

/** Σ_p a[p]·b[p] with four running sums, for one block. */
export const blockSum = (terms: number, a: Typed, i: number, aStep: number, b: Typed, j: number,
  bStep: number): number => {
  const a2 = 2 * aStep, a3 = 3 * aStep, b2 = 2 * bStep, b3 = 3 * bStep
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0
  let p = 0
  for (; p + 4 <= terms; p += 4, i += 4 * aStep, j += 4 * bStep) {
    s0 += a[i]! * b[j]!
    s1 += a[i + aStep]! * b[j + bStep]!
    s2 += a[i + a2]! * b[j + b2]!
    s3 += a[i + a3]! * b[j + b3]!
  }
  for (; p < terms; p++, i += aStep, j += bStep) s0 += a[i]! * b[j]!
  return s0 + s1 + (s2 + s3)
}

const pairwise = (terms: number, a: Typed, i: number, aStep: number, b: Typed, j: number, bStep: number): number => {
  if (terms <= block) return blockSum(terms, a, i, aStep, b, j, bStep)
  const half = Math.ceil(terms / block / 2) * block
  return pairwise(half, a, i, aStep, b, j, bStep)
    + pairwise(terms - half, a, i + half * aStep, aStep, b, j + half * bStep, bStep)
}

/** Σ_p a[p]·b[p]. */
export const dot = ({ k, aColumn, bRow, sign }: RealProduct): Run =>
  (a, aOffset, b, bOffset, out, outOffset) => {
    out[outOffset] = sign * pairwise(k, a, aOffset, aColumn, b, bOffset, bRow)
  }

/** The sums of re·re, im·im, re·im and im·re, four for each level of the recursion. */
const sums = new Float64Array(4 * 64)

const complexBlock = (terms: number, a: Typed, i: number, aStep: number, b: Typed, j: number, bStep: number,
  at: number): void => {
  let rr = 0, ii = 0, ri = 0, ir = 0
  for (let p = 0; p < terms; p++, i += aStep, j += bStep) {
    const ar = a[i]!, ai = a[i + 1]!, br = b[j]!, bi = b[j + 1]!
    rr += ar * br
    ii += ai * bi
    ri += ar * bi
    ir += ai * br
  }
  sums[at] = rr
  sums[at + 1] = ii
  sums[at + 2] = ri
  sums[at + 3] = ir
}

const complexPairwise = (terms: number, a: Typed, i: number, aStep: number, b: Typed, j: number, bStep: number,
  at: number): void => {
  if (terms <= block) return complexBlock(terms, a, i, aStep, b, j, bStep, at)
  const half = Math.ceil(terms / block / 2) * block
  complexPairwise(half, a, i, aStep, b, j, bStep, at)
  complexPairwise(terms - half, a, i + half * aStep, aStep, b, j + half * bStep, bStep, at + 4)
  for (let s = at; s < at + 4; s++) sums[s] = sums[s]! + sums[s + 4]!
}

/** Σ_p op(a[p])·op(b[p]). */
export const dotComplex = ({ k, aColumn, bRow, conjA, conjB }: ComplexProduct): Run => {
  const signA = conjA ? -1 : 1
  const signB = conjB ? -1 : 1
  return (a, aOffset, b, bOffset, out, outOffset) => {
    complexPairwise(k, a, aOffset, aColumn, b, bOffset, bRow, 0)
    out[outOffset] = sums[0]! - signA * signB * sums[1]!
    out[outOffset + 1] = signB * sums[2]! + signA * sums[3]!
  }
}
