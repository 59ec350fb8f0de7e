// Compiled, never run: shapes of reductions, movement, selection, contraction and transforms.
import {
  adjoint, all, argsort, at, broadcastTo, cumsum, diag, dot, expandDims, fft, gather, matmul, norm, outer, pad, range,
  reshape, rfft, slice,
  split, squeeze, sum, take, transpose, tril, variance, vdot, zeros, type ReduceOptions, type Tensor,
} from '../../index.ts'
import { is } from './is.ts'

declare const A: Tensor<'complex128', [32, 64]>, z0: Tensor<'complex128', [64]>, b: Tensor<'float64', [32]>
declare const zd: Tensor<'complex128'>
declare const f32: Tensor<'float32', [64]>, i32: Tensor<'int32', [64]>, mask: Tensor<'bool', [64]>
declare const index: Tensor<'int32', [5, 7]>
declare const n: number, options: ReduceOptions, T: Tensor<'float64', [2, 3, 4]>

// ---- reductions ----------------------------------------------------------------------------------------------------
const r1 = A.sum(); is<typeof r1, Tensor<'complex128', []>>()
const r2 = A.sum({ axis: 0 }); is<typeof r2, Tensor<'complex128', [64]>>()
const r3 = A.sum({ axis: -1, keepDims: true }); is<typeof r3, Tensor<'complex128', [32, 1]>>()
const r4 = T.mean({ axis: [0, -1] }); is<typeof r4, Tensor<'float64', [3]>>()
const r5 = zeros([2, 3]).sum({ axis: n }); is<typeof r5, Tensor<'float64', number[]>>()
const r6 = zd.norm({ keepDims: true }); is<typeof r6, Tensor<'float64', number[]>>()
const r7 = A.sum({ keepDims: true }); is<typeof r7, Tensor<'complex128', [1, 1]>>()
const r8 = T.max(options); is<typeof r8, Tensor<'float64', number[]>>()
const r9 = sum(mask); is<typeof r9, Tensor<'int32', []>>()
const r10 = i32.mean(); is<typeof r10, Tensor<'float64', []>>()
const r11 = A.norm({ ord: 1, axis: 0 }); is<typeof r11, Tensor<'float64', [64]>>()
const r12 = norm(A, { ord: Infinity }); is<typeof r12, Tensor<'float64', []>>()
const r13 = A.var({ ddof: 1 }); is<typeof r13, Tensor<'float64', []>>()
const r14 = variance(A, { axis: 1 }); is<typeof r14, Tensor<'float64', [32]>>()
const r15 = f32.std(); is<typeof r15, Tensor<'float32', []>>()
const r16 = T.argmax({ axis: 1 }); is<typeof r16, Tensor<'int32', [2, 4]>>()
const r17 = T.argmin(); is<typeof r17, Tensor<'int32', []>>()
const r18 = b.greater(0).any(); is<typeof r18, Tensor<'bool', []>>()
const r19 = A.logsumexp({ axis: 0 }); is<typeof r19, Tensor<'complex128', [64]>>()
const r20 = A.softmax({ axis: 0 }); is<typeof r20, typeof A>()
const r21 = A.prod({ axis: [] }); is<typeof r21, typeof A>()
const r22 = A.cumsum(0); is<typeof r22, typeof A>()
const r23 = A.cumsum(); is<typeof r23, Tensor<'complex128', [number]>>()
const r24 = cumsum(mask); is<typeof r24, Tensor<'int32', [64]>>()
const r25 = argsort(f32); is<typeof r25, Tensor<'int32', [64]>>()
// @ts-expect-error complex numbers have no order
z0.max()
// @ts-expect-error likewise
z0.sort()
// @ts-expect-error likewise
argsort(z0)
// @ts-expect-error likewise
z0.argmax()
// @ts-expect-error an option that does not exist
A.sum({ axes: 0 })
// @ts-expect-error one axis only
T.argmax({ axis: [0, 1] })

// ---- movement ------------------------------------------------------------------------------------------------------
const m1 = A.reshape([8, -1]); is<typeof m1, Tensor<'complex128', [8, number]>>()
const m2 = T.transpose(); is<typeof m2, Tensor<'float64', [4, 3, 2]>>()
const m3 = T.transpose(2, 0, 1); is<typeof m3, Tensor<'float64', [4, 2, 3]>>()
const m4 = transpose(2, 0, 1)(T); is<typeof m4, Tensor<'float64', [4, 2, 3]>>()
const m5 = transpose(T, 1, 0, 2); is<typeof m5, Tensor<'float64', [3, 2, 4]>>()
const m6 = b.broadcastTo([5, 32]); is<typeof m6, Tensor<'float64', [5, 32]>>()
const m7 = broadcastTo([n, 32])(b); is<typeof m7, Tensor<'float64', [number, 32]>>()
const m8 = b.expandDims(1); is<typeof m8, Tensor<'float64', [32, 1]>>()
const m9 = expandDims(T, -1); is<typeof m9, Tensor<'float64', [2, 3, 4, 1]>>()
const m10 = T.expandDims(0); is<typeof m10, Tensor<'float64', [1, 2, 3, 4]>>()
const m11 = zeros([1, 3, 1]).squeeze(); is<typeof m11, Tensor<'float64', [3]>>()
const m12 = zeros([1, 3, 1]).squeeze(-1); is<typeof m12, Tensor<'float64', [1, 3]>>()
const m13 = squeeze([0, 2])(zeros([1, 3, 1])); is<typeof m13, Tensor<'float64', [3]>>()
const m14 = squeeze(zeros([n, 3])); is<typeof m14, Tensor<'float64', number[]>>()
const m15 = b.diag(); is<typeof m15, Tensor<'float64', [32, 32]>>()
const m16 = diag(zeros([4, 4])); is<typeof m16, Tensor<'float64', [4]>>()
const m17 = b.diag(1); is<typeof m17, Tensor<'float64', [number, number]>>()
const m18 = diag(A); is<typeof m18, Tensor<'complex128', [number]>>()
const m19 = tril(A, -1); is<typeof m19, typeof A>()
const m20 = tril(-1)(A).triu(); is<typeof m20, typeof A>()
const m21 = A.flip().roll(3, 0); is<typeof m21, typeof A>()
const m22 = T.transpose(-1, 0, 1); is<typeof m22, Tensor<'float64', [number, 2, 3]>>()
const m23 = T.tile(2); is<typeof m23, Tensor<'float64', number[]>>()
// @ts-expect-error it does not broadcast
b.broadcastTo([5, 31])

// ---- selection -----------------------------------------------------------------------------------------------------
const i1 = T.at(0); is<typeof i1, Tensor<'float64', [3, 4]>>()
const i2 = T.at(0, all, -1); is<typeof i2, Tensor<'float64', [3]>>()
const i3 = T.at(all, range(1, 3)); is<typeof i3, Tensor<'float64', [2, number, 4]>>()
const i4 = T.at([1, 0, 1], all, 2); is<typeof i4, Tensor<'float64', [3, 3]>>()
const i5 = T.at(all, index); is<typeof i5, Tensor<'float64', [2, 5, 7, 4]>>()
const i6 = at(0, all)(T); is<typeof i6, Tensor<'float64', [3, 4]>>()
const i7 = at(T, 0, 1, 2); is<typeof i7, Tensor<'float64', []>>()
const i8 = zd.at(0); is<typeof i8, Tensor<'complex128', number[]>>()
const i9 = b.take([1, 2, 3]); is<typeof i9, Tensor<'float64', [3]>>()
const i10 = take(T, index, 1); is<typeof i10, Tensor<'float64', [2, 5, 7, 4]>>()
const i11 = take(index, 1)(T); is<typeof i11, Tensor<'float64', [2, 5, 7, 4]>>()
const i12 = take(i32, [0, 1]); is<typeof i12, Tensor<'int32', [2]>>()
const i13 = T.slice([0, 1], [2, 3]); is<typeof i13, Tensor<'float64', [number, number, number]>>()
const i14 = slice([0], [2])(b); is<typeof i14, Tensor<'float64', [number]>>()
const i15 = pad(b, [1, 2]); is<typeof i15, Tensor<'float64', [number]>>()
const i16 = A.split(2); is<typeof i16, readonly Tensor<'complex128', [number, 64]>[]>()
const i17 = split(A, [3, 5], 1); is<typeof i17, readonly Tensor<'complex128', [32, number]>[]>()
const i18 = f32.gather(i32); is<typeof i18, Tensor<'float32', [64]>>()
const i19 = gather(A, A.abs().argsort()); is<typeof i19, Tensor<'complex128', [32, 64]>>()
const i20 = f32.scatterAdd(i32, f32); is<typeof i20, Tensor<'float32', [64]>>()
const i21 = f32.scatterAdd([0, 1], z0); is<typeof i21, Tensor<'complex128', [64]>>()
// @ts-expect-error more indices than axes
T.at(0, 0, 0, 0)
// @ts-expect-error a mask is no index
T.at(mask)
// @ts-expect-error indices are integers
f32.take(f32)
// @ts-expect-error likewise
f32.gather(f32)

// ---- contraction ---------------------------------------------------------------------------------------------------
const c1 = zeros([8, 2, 3]).matmul(zeros([3, 4])); is<typeof c1, Tensor<'float64', [8, 2, 4]>>()
const c2 = z0.matmul(z0); is<typeof c2, Tensor<'complex128', []>>()
const c3 = A.matmul(zd); is<typeof c3, Tensor<'complex128', number[]>>()
const c4 = matmul(A, z0); is<typeof c4, Tensor<'complex128', [32]>>()
const c5 = b.matmul(A); is<typeof c5, Tensor<'complex128', [64]>>()
const c6 = A.adjoint(); is<typeof c6, Tensor<'complex128', [64, 32]>>()
const c7 = adjoint(T); is<typeof c7, Tensor<'float64', [2, 4, 3]>>()
const c8 = dot(z0, f32); is<typeof c8, Tensor<'complex128', []>>()
const c9 = vdot(A, A); is<typeof c9, Tensor<'complex128', []>>()
const c10 = outer(b, z0); is<typeof c10, Tensor<'complex128', [32, 64]>>()
const c11 = zeros([4, 4]).trace(); is<typeof c11, Tensor<'float64', []>>()
const c12 = zeros([5, 4, 4]).matrixPower(3).trace(); is<typeof c12, Tensor<'float64', [5]>>()
const c13 = b.kron(z0); is<typeof c13, Tensor<'complex128', number[]>>()
const c14 = mask.matmul(mask); is<typeof c14, Tensor<'int32', []>>()
// @ts-expect-error inner dimensions differ
A.matmul(b)
// @ts-expect-error also where a batch is involved
zeros([8, 2, 3]).matmul(zeros([8, 4, 5]))
// @ts-expect-error batches that do not broadcast
zeros([8, 2, 3]).matmul(zeros([7, 3, 5]))
// @ts-expect-error a scalar
A.matmul(2)
// @ts-expect-error vectors of different lengths
dot(b, z0)
// @ts-expect-error a vector has no adjoint
z0.adjoint()

// ---- transforms ----------------------------------------------------------------------------------------------------
const f1 = f32.fft(); is<typeof f1, Tensor<'complex64', [64]>>()
const f2 = A.fft({ n: 128, axis: 0 }); is<typeof f2, Tensor<'complex128', [128, 64]>>()
const f3 = fft(T, { n }); is<typeof f3, Tensor<'complex128', [2, 3, number]>>()
const f4 = b.rfft(); is<typeof f4, Tensor<'complex128', [number]>>()
const f5 = rfft(T, { axis: 1 }); is<typeof f5, Tensor<'complex128', [2, number, 4]>>()
const f6 = z0.irfft({ n: 9 }); is<typeof f6, Tensor<'float64', [number]>>()
const f7 = i32.fft2(); is<typeof f7, Tensor<'complex128', [64]>>()
const f8 = T.fftn({ shape: [4, 4], axes: [1, 2] }); is<typeof f8, Tensor<'complex128', [number, number, number]>>()
const f9 = T.ifftn({ norm: 'ortho' }); is<typeof f9, Tensor<'complex128', [2, 3, 4]>>()
const f10 = b.fftshift(); is<typeof f10, typeof b>()
// @ts-expect-error complex input has no half spectrum
z0.rfft()
// @ts-expect-error no such norm
b.fft({ norm: 'unitary' })

// ---- free functions of the same ------------------------------------------------------------------------------------
const d1 = reshape([8, 8])(z0); is<typeof d1, Tensor<'complex128', [8, 8]>>()
const d2 = reshape(z0, [8, 8]); is<typeof d2, Tensor<'complex128', [8, 8]>>()
const d3 = sum({ axis: 0 })(A); is<typeof d3, Tensor<'complex128', [64]>>()
