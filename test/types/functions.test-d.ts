// Compiled, never run: pipes, functions that are generic in shape or dtype, and unions of tensors.
import {
  abs, abs2, add, adjoint, argmax, at, clip, cumsum, diag, fft, grad, matmul, max, mean, mul, norm, reshape, softmax,
  sort, sub, sum, take, transpose,
  variance, zeros, type DType, type Shape, type Tensor,
} from '../../index.ts'
import { flow, pipe } from '../../core/fp.ts'
import { is } from './is.ts'

declare const A: Tensor<'complex128', [32, 64]>, z0: Tensor<'complex128', [64]>, b: Tensor<'float64', [32]>

// ---- pipe and flow -------------------------------------------------------------------------------------------------
const f1 = pipe(z0, abs2, sum); is<typeof f1, Tensor<'float64', []>>()
const f2 = pipe(A, matmul(z0), abs2, sub(b), sum); is<typeof f2, Tensor<'float64', []>>()
const f3 = pipe(A, abs2, sum({ axis: 0 }), reshape([8, 8])); is<typeof f3, Tensor<'float64', [8, 8]>>()
const f4 = flow(sub(z0), abs2, sum)(A); is<typeof f4, Tensor<'float64', []>>()
const f5 = [b, b].map(mul(2)).reduce((x, y) => x.add(y)); is<typeof f5, Tensor<'float64', [32]>>()
const f6 = [b, b].reduce((x, y) => add(x, y)); is<typeof f6, Tensor<'float64', [32]>>()
const f7 = pipe(b, max); is<typeof f7, Tensor<'float64', []>>()
const f8 = pipe(A, transpose, adjoint, abs, norm({ ord: 1 })); is<typeof f8, Tensor<'float64', []>>()
const f9 = pipe(z0, fft, fft({ n: 128 }), abs); is<typeof f9, Tensor<'float64', [128]>>()
const f10 = pipe(b, softmax, cumsum(0), sort({ descending: true }), cumsum, diag)
is<typeof f10, Tensor<'float64', [32, 32]>>()
const f11 = pipe(A, at(0), take([1, 2]), variance({ ddof: 1 })); is<typeof f11, Tensor<'float64', []>>()
const f12 = pipe(b, clip(0, 1), argmax); is<typeof f12, Tensor<'int32', []>>()
const f13 = pipe(A, transpose(1, 0), mean({ axis: 0, keepDims: true })); is<typeof f13, Tensor<'complex128', [1, 32]>>()
const f14 = [z0, z0].map(abs); is<typeof f14, Tensor<'float64', [64]>[]>()
// @ts-expect-error order, data first
max(z0)
// @ts-expect-error a misfit in a pipe
pipe(A, sub(b))
// @ts-expect-error order in a pipe
pipe(z0, max({ axis: 0 }))
// @ts-expect-error order in a pipe, bare
pipe(z0, max)

// ---- generic in the shape or the dtype -----------------------------------------------------------------------------
export const g1 = <S extends Shape>(z: Tensor<'complex128', S>): Tensor<'complex128', S> => z.mul(z.conj()).sub(1)
const g2 = <S extends Shape>(z: Tensor<'complex128', S>) => z.sub(z0).abs2().sum()
const g3 = <N extends number>(M: Tensor<'complex128', [5, N]>, z: Tensor<'complex128', [N]>) => M.matmul(z).abs2()
const g4 = <D extends DType, S extends Shape>(x: Tensor<D, S>): Tensor<D, S> => x.conj().conj()
export const g5 = <S extends Shape>(x: Tensor<'float64', S>, t: number): Tensor<'float64', S> =>
  x.square().sub(t).relu().mul(x)
const g6 = <S extends Shape>(z: Tensor<'complex128', S>) => grad((w: Tensor<'complex128', S>) => w.abs2().sum())(z)
export const g7 = <S extends Shape>(x: Tensor<'float64', S>) => pipe(x, mul(x), sum)
export const g8 = <D extends 'float32' | 'float64'>(x: Tensor<D, [3]>) =>
  grad((y: Tensor<D, [3]>) => y.square().sum())(x)
export const g9 = <S extends Shape>(x: Tensor<'float64', S>) => x.fft().abs().max().add(x.sum({ axis: -1 }).mean())
is<ReturnType<typeof g2<[32, 64]>>, Tensor<'float64', []>>()
const g3r = g3(zeros([5, 64], 'complex128'), z0); is<typeof g3r, Tensor<'float64', [5]>>()
const g4r = g4(A); is<typeof g4r, typeof A>()
const g6r = g6(z0); is<typeof g6r, typeof z0>()

// ---- unions: tensors of several shapes in one list -----------------------------------------------------------------
const layers = { w1: zeros([3, 2]), w2: zeros([2]), c: z0 }
const n1 = Object.values(layers).map((w) => w.abs2().sum()).reduce((x, y) => x.add(y))
is<typeof n1, Tensor<'float64', []>>()
const n2 = [zeros([3]), zeros([2, 2])].map((x) => x.mul(2)); is<typeof n2, Tensor<'float64', [3] | [2, 2]>[]>()
export const n3 = (w: number | Tensor<'float64', [3]>) => zeros([3]).mul(w)
is<ReturnType<typeof n3>, Tensor<'float64', [3]>>()
const n4 = [zeros([3]), zeros([2, 2])].map((x) => x.reshape([-1]).abs()); is<typeof n4, Tensor<'float64', [number]>[]>()
