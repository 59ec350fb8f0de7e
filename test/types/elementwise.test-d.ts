// Compiled, never run: promotion, dtypes, broadcasting and guards of elementwise operations.
import {
  abs, add, allclose, and, atan2, clip, div, equal, erf, exp, hypot, less, lgamma, minimum, mul, not, pow, relu,
  round, sign, sub,
  tensor, where, zeros, type Shape, type Tensor,
} from '../../index.ts'
import { is } from './is.ts'

declare const A: Tensor<'complex128', [32, 64]>, z0: Tensor<'complex128', [64]>, b: Tensor<'float64', [32]>
declare const zd: Tensor<'complex128'>
declare const any: Tensor, f32: Tensor<'float32', [64]>, c64: Tensor<'complex64', [64]>, i32: Tensor<'int32', [64]>
declare const mask: Tensor<'bool', [64]>, n: number, dynamic: Tensor<'float64'>

// ---- promotion -----------------------------------------------------------------------------------------------------
const p1 = b.mul(A.matmul(z0)); is<typeof p1, Tensor<'complex128', [32]>>()
const p2 = f32.add(1); is<typeof p2, Tensor<'float32', [64]>>()
const p3 = f32.mul({ re: 0, im: 1 }); is<typeof p3, Tensor<'complex64', [64]>>()
const p4 = c64.add(z0); is<typeof p4, Tensor<'complex128', [64]>>()
const p5 = sub(1, b); is<typeof p5, Tensor<'float64', [32]>>()
const p6 = sub({ re: 0, im: 1 }, b); is<typeof p6, Tensor<'complex128', [32]>>()
const p7 = i32.add(1); is<typeof p7, Tensor<'int32', [64]>>()
const p8 = f32.add(1).mul(0.5); is<typeof p8, Tensor<'float32', [64]>>()
const p9 = f32.add(i32); is<typeof p9, Tensor<'float32', [64]>>()
const p10 = c64.mul(zeros([64])); is<typeof p10, Tensor<'complex128', [64]>>()
// division of integers gives float64
const p11 = i32.div(2); is<typeof p11, Tensor<'float64', [64]>>()
const p12 = div(i32, i32); is<typeof p12, Tensor<'float64', [64]>>()
const p13 = f32.div(i32); is<typeof p13, Tensor<'float32', [64]>>()
// arithmetic on booleans gives int32
const p14 = mask.add(mask); is<typeof p14, Tensor<'int32', [64]>>()
const p15 = mask.mul(mask).neg(); is<typeof p15, Tensor<'int32', [64]>>()
const p16 = mul(mask, true); is<typeof p16, Tensor<'int32', [64]>>()
const p17 = mask.sub(1); is<typeof p17, Tensor<'int32', [64]>>()
const p18 = mask.mul(f32); is<typeof p18, Tensor<'float32', [64]>>()
const p19 = mask.square(); is<typeof p19, Tensor<'int32', [64]>>()
const p20 = mask.div(mask); is<typeof p20, Tensor<'float64', [64]>>()
const p21 = i32.pow(2); is<typeof p21, Tensor<'int32', [64]>>()
const p22 = f32.pow({ re: 0, im: 1 }); is<typeof p22, Tensor<'complex64', [64]>>()
const p23 = pow(2, f32); is<typeof p23, Tensor<'float32', [64]>>()
// @ts-expect-error a string is no operand
b.add('1')

// ---- one operand ---------------------------------------------------------------------------------------------------
const u1 = c64.abs(); is<typeof u1, Tensor<'float32', [64]>>()
const u2 = A.angle(); is<typeof u2, Tensor<'float64', [32, 64]>>()
const u3 = i32.sqrt(); is<typeof u3, Tensor<'float64', [64]>>()
const u4 = i32.angle(); is<typeof u4, Tensor<'float64', [64]>>()
const u5 = any.abs2(); is<typeof u5, Tensor<'bool' | 'int32' | 'float32' | 'float64', Shape>>()
const u6 = c64.phase().conj(); is<typeof u6, Tensor<'complex64', [64]>>()
const u7 = sign(c64); is<typeof u7, Tensor<'complex64', [64]>>()
const u8 = abs(i32); is<typeof u8, Tensor<'int32', [64]>>()
const u9 = exp(mask); is<typeof u9, Tensor<'float64', [64]>>()
const u10 = erf(f32); is<typeof u10, Tensor<'float32', [64]>>()
const u11 = z0.imag(); is<typeof u11, Tensor<'float64', [64]>>()
const u12 = i32.reciprocal(); is<typeof u12, Tensor<'float64', [64]>>()
const u13 = z0.isNaN(); is<typeof u13, Tensor<'bool', [64]>>()
const u14 = round(b); is<typeof u14, Tensor<'float64', [32]>>()

// ---- two and three operands ----------------------------------------------------------------------------------------
const o1 = b.less(0); is<typeof o1, Tensor<'bool', [32]>>()
const o2 = equal(z0, z0); is<typeof o2, Tensor<'bool', [64]>>()
const o3 = and(mask, true); is<typeof o3, Tensor<'bool', [64]>>()
const o4 = not(mask); is<typeof o4, Tensor<'bool', [64]>>()
const o5 = mask.where(z0, 0); is<typeof o5, Tensor<'complex128', [64]>>()
const o6 = where(mask, f32, 0); is<typeof o6, Tensor<'float32', [64]>>()
const o7 = where(1, 0)(mask); is<typeof o7, Tensor<'float64', [64]>>()
const o8 = where(zeros([2, 1]).less(1), f32, i32); is<typeof o8, Tensor<'float32', [2, 64]>>()
const o9 = f32.clip(0, 1); is<typeof o9, Tensor<'float32', [64]>>()
const o10 = clip(i32, -1, zeros([2, 1])); is<typeof o10, Tensor<'float64', [2, 64]>>()
const o11 = clip(0, 1)(b); is<typeof o11, Tensor<'float64', [32]>>()
const o12 = allclose(A, z0, { rtol: 1e-9 }); is<typeof o12, boolean>()
const o13 = allclose(z0, { atol: 1 })(A); is<typeof o13, boolean>()
const o14 = f32.maximum(i32); is<typeof o14, Tensor<'float32', [64]>>()
const o15 = hypot(i32, 3); is<typeof o15, Tensor<'float64', [64]>>()
const o16 = atan2(f32, f32); is<typeof o16, Tensor<'float32', [64]>>()
const o17 = z0.cast('complex64'); is<typeof o17, Tensor<'complex64', [64]>>()
const o18 = b.cast('complex128'); is<typeof o18, Tensor<'complex128', [32]>>()
const o19 = mask.maximum(mask); is<typeof o19, Tensor<'bool', [64]>>()

// ---- refusals ------------------------------------------------------------------------------------------------------
// @ts-expect-error complex numbers have no order
z0.maximum(0)
// @ts-expect-error nor does a complex number beside a real tensor
b.maximum({ re: 1, im: 0 })
// @ts-expect-error nor in free functions
less(z0, 1)
// @ts-expect-error likewise
minimum(1, z0)
// @ts-expect-error likewise
z0.floor()
// @ts-expect-error likewise
relu(z0)
// @ts-expect-error likewise
z0.clip(0, 1)
// @ts-expect-error likewise
clip(b, 0, { re: 1, im: 1 })
// @ts-expect-error likewise
clip(0, 1)(z0)
// @ts-expect-error functions that are real here
z0.erf()
// @ts-expect-error likewise
lgamma(c64)
// @ts-expect-error likewise
atan2(z0, 1)
// @ts-expect-error likewise
z0.hypot(1)
// @ts-expect-error logic is for booleans
b.and(mask)
// @ts-expect-error likewise
not(i32)
// @ts-expect-error a mask is boolean
where(i32, 1, 0)
// @ts-expect-error a mask that does not fit
where(mask, b, 0)
// @ts-expect-error complex numbers do not become real by a cast
z0.cast('float64')
// @ts-expect-error a dtype that does not exist
b.cast('float16')

// ---- broadcasting --------------------------------------------------------------------------------------------------
const s1 = A.sub(z0); is<typeof s1, Tensor<'complex128', [32, 64]>>()
const s2 = zeros([5, 1]).add(zeros([1, 7])); is<typeof s2, Tensor<'float64', [5, 7]>>()
const s3 = zeros([n, 3]).add(zeros([5, 1])); is<typeof s3, Tensor<'float64', [5, 3]>>()
const s4 = zeros([n]).add(zeros([1])); is<typeof s4, Tensor<'float64', [number]>>()
const s5 = A.sub(zd); is<typeof s5, Tensor<'complex128', number[]>>()
const s6 = dynamic.mul(2); is<typeof s6, Tensor<'float64', number[]>>()
const s7 = add(2, dynamic); is<typeof s7, Tensor<'float64', number[]>>()
const s8 = tensor(2).mul(b); is<typeof s8, Tensor<'float64', [32]>>()
// @ts-expect-error [32, 64] and [32] do not broadcast
A.sub(b)
// @ts-expect-error the same, data first
sub(A, b)
// @ts-expect-error in a comparison
allclose(A, b)
