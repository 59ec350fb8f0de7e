// Every operation that is a method, by name. The type asks for all that the public face declares, and for nothing else.
import type { Operations } from '../types.ts'
import { allclose } from './allclose.ts'
import { at } from './at.ts'
import { cast } from './cast.ts'
import {
  and, equal, greater, greaterEqual, isFinite, isNaN, less, lessEqual, not, notEqual, or, where, xor,
} from './comparison.ts'
import { adjoint, dot, kron, matmul, matrixPower, outer, vdot } from './contraction.ts'
import { diag, trace, tril, triu } from './diagonal.ts'
import {
  abs, abs2, acos, acosh, add, angle, asin, asinh, atan, atan2, atanh, ceil, clip, conj, cos, cosh, div, erf, exp, expm1,
  floor, hypot, imag, lgamma, log, log10, log1p, log2, maximum, minimum, mul, neg, phase, pow, real, reciprocal, relu,
  round, sigmoid, sign, sin, sinh, softplus, sqrt, square, sub, tan, tanh,
} from './elementwise.ts'
import { fft, fft2, fftn, fftshift, ifft, ifft2, ifftn, ifftshift, irfft, rfft } from './fourier.ts'
import { argsort, gather, scatterAdd, sort, take } from './indexing.ts'
import { broadcastTo, expandDims, flip, pad, reshape, roll, split, squeeze, tile, transpose } from './movement.ts'
import { norm } from './norm.ts'
import { all, any, argmax, argmin, cumsum, max, mean, min, prod, std, variance } from './reduction.ts'
import { slice } from './slice.ts'
import { logSoftmax, logsumexp, softmax } from './softmax.ts'
import { sum } from './sum.ts'

export const operations = {
  add, sub, mul, div, pow, neg, reciprocal, square, sqrt, hypot,
  exp, expm1, log, log1p, log2, log10, sigmoid, softplus, erf, lgamma,
  sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, tanh, asinh, acosh, atanh,
  abs, abs2, angle, real, imag, conj, phase, sign,
  maximum, minimum, clip, relu, floor, ceil, round,
  less, lessEqual, greater, greaterEqual, equal, notEqual, and, or, xor, not, isFinite, isNaN, where, allclose, cast,
  sum, mean, prod, max, min, any, all, logsumexp, norm, var: variance, std, argmax, argmin,
  softmax, logSoftmax, cumsum, sort, argsort,
  reshape, transpose, broadcastTo, expandDims, squeeze, diag, tril, triu, flip, roll, tile,
  at, slice, take, pad, split, gather, scatterAdd,
  matmul, dot, vdot, outer, kron, adjoint, trace, matrixPower,
  fft, ifft, fft2, ifft2, fftn, ifftn, rfft, irfft, fftshift, ifftshift,
} satisfies Readonly<Record<keyof Operations, (x: never, ...rest: never[]) => unknown>>
