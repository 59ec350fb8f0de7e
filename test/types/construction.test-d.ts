// Compiled, never run: the dtypes and shapes of constructed tensors, and what an annotation cannot do.
import {
  arange, complex, concat, einsum, eye, fftfreq, fromTypedArray, full, linspace, ones, random, stack, tensor, wrap,
  zeros, zerosLike,
  type Complex, type DType, type Shape, type Tensor,
} from '../../index.ts'
import { is } from './is.ts'

declare const n: number, dims: number[], rows: number[][], data: Float64Array
declare const A: Tensor<'complex128', [32, 64]>, b: Tensor<'float64', [32]>, zd: Tensor<'complex128'>
declare const f32: Tensor<'float32', [64]>

// ---- tensor --------------------------------------------------------------------------------------------------------
const t1 = tensor([[1, 2], [3, 4]]); is<typeof t1, Tensor<'float64', [2, 2]>>()
const t2 = tensor([{ re: 1, im: 2 }, 3]); is<typeof t2, Tensor<'complex128', [2]>>()
const t3 = tensor([1, 2, 3], 'complex64'); is<typeof t3, Tensor<'complex64', [3]>>()
const t4 = tensor(rows); is<typeof t4, Tensor<'float64', [number, number]>>()
const t5 = tensor([true, false]); is<typeof t5, Tensor<'bool', [2]>>()
const t6 = tensor([1, 2, 3].map((x) => ({ re: x, im: -x }))); is<typeof t6, Tensor<'complex128', [number]>>()
const t7 = tensor(3); is<typeof t7, Tensor<'float64', []>>()
const t8 = tensor({ re: 0, im: 1 }); is<typeof t8, Tensor<'complex128', []>>()
const t9 = tensor([]); is<typeof t9, Tensor<'float64', [0]>>()
// @ts-expect-error a leaf that is no number
tensor([['a']])
// @ts-expect-error typed arrays have a door of their own
tensor(data, [2, 3])

// ---- typed arrays --------------------------------------------------------------------------------------------------
const a1 = fromTypedArray(new Float32Array(6), [2, 3]); is<typeof a1, Tensor<'float32', [2, 3]>>()
const a2 = fromTypedArray(new Float64Array(12), [2, 3], 'complex128'); is<typeof a2, Tensor<'complex128', [2, 3]>>()
const a3 = fromTypedArray(data); is<typeof a3, Tensor<'float64', [number]>>()
const a4 = wrap(new Int32Array(6), [6]); is<typeof a4, Tensor<'int32', [6]>>()
const a5 = wrap(new Uint8Array(2)); is<typeof a5, Tensor<'bool', [number]>>()
const a6 = fromTypedArray(data, dims); is<typeof a6, Tensor<'float64', number[]>>()
// @ts-expect-error float64 storage cannot be complex64
fromTypedArray(new Float64Array(12), [2, 3], 'complex64')
// @ts-expect-error an array of numbers is for tensor()
fromTypedArray([1, 2, 3])

// ---- from nothing --------------------------------------------------------------------------------------------------
const z1 = zeros([2, 3]); is<typeof z1, Tensor<'float64', [2, 3]>>()
const z2 = zeros([n, 3], 'complex64'); is<typeof z2, Tensor<'complex64', [number, 3]>>()
const z3 = ones(dims); is<typeof z3, Tensor<'float64', number[]>>()
const z4 = zeros(z1.shape); is<typeof z4, Tensor<'float64', [2, 3]>>()
const z5 = zerosLike(A); is<typeof z5, typeof A>()
const z6 = full([2], 7); is<typeof z6, Tensor<'float64', [2]>>()
const z7 = full([2], { re: 0, im: 1 }); is<typeof z7, Tensor<'complex128', [2]>>()
const z8 = full([2], true); is<typeof z8, Tensor<'bool', [2]>>()
const z9 = full([2], 7, 'int32'); is<typeof z9, Tensor<'int32', [2]>>()
const z10 = eye(3); is<typeof z10, Tensor<'float64', [3, 3]>>()
const z11 = eye(3, 4, 'complex64'); is<typeof z11, Tensor<'complex64', [3, 4]>>()
const z12 = arange(1, 7, 2); is<typeof z12, Tensor<'float64', [number]>>()
const z13 = linspace(0, 1, 5); is<typeof z13, Tensor<'float64', [5]>>()
const z14 = fftfreq(8); is<typeof z14, Tensor<'float64', [8]>>()
// @ts-expect-error no such dtype
zeros([2], 'float16')

// ---- out of others -------------------------------------------------------------------------------------------------
const c1 = complex(zeros([3]), zeros([3])); is<typeof c1, Tensor<'complex128', [3]>>()
const c2 = complex(f32, 0); is<typeof c2, Tensor<'complex64', [64]>>()
const c3 = complex(zeros([3, 1]), zeros([4])); is<typeof c3, Tensor<'complex128', [3, 4]>>()
const c4 = complex(1, 2); is<typeof c4, Tensor<'complex128', []>>()
const c5 = concat([f32, b, zd]); is<typeof c5, Tensor<'complex128', number[]>>()
const c6 = concat([f32, f32], 0); is<typeof c6, Tensor<'float32', number[]>>()
const c7 = stack([b, b, b]); is<typeof c7, Tensor<'float64', [3, 32]>>()
const c8 = stack([b, b], -1); is<typeof c8, Tensor<'float64', [32, 2]>>()
const c9 = stack([1, 2].map(() => b)); is<typeof c9, Tensor<'float64', [number, 32]>>()
const c10 = einsum('ij,j->i', A, b); is<typeof c10, Tensor<'complex128', number[]>>()
// @ts-expect-error a complex part
complex(A, 0)
// @ts-expect-error parts that do not broadcast
complex(zeros([3]), zeros([4]))

// ---- random --------------------------------------------------------------------------------------------------------
const [k1, k2] = random.split(random.key(1))
is<typeof k1, Tensor<'int32', [2]>>(); is<typeof k2, Tensor<'int32', [2]>>()
const r1 = random.normal(k1, [2, 3]); is<typeof r1, Tensor<'float64', [2, 3]>>()
const r2 = random.normal(k1, [2, 3], 'complex64'); is<typeof r2, Tensor<'complex64', [2, 3]>>()
const r3 = random.uniform(k2, [n], { low: -1, high: 1 }); is<typeof r3, Tensor<'float64', [number]>>()
const r4 = random.uniform(k2, [5], { dtype: 'float32' }); is<typeof r4, Tensor<'float32', [5]>>()
// @ts-expect-error a seed is no key
random.normal(1, [2])
// @ts-expect-error integers are not normally distributed
random.normal(k1, [2], 'int32')

// ---- an annotation decides nothing ---------------------------------------------------------------------------------
// @ts-expect-error zeros([3]) is float64
export const h1: Tensor<'complex128', [3]> = zeros([3])
// @ts-expect-error so is a literal
export const h2: Tensor<'complex128', [3]> = tensor([1, 2, 3])
export const h3: Tensor<'complex128', [3]> = zeros([3], 'complex128')
// @ts-expect-error nor does it decide the shape
export const h4: Tensor<'float64', [5]> = zeros([3])
// @ts-expect-error nor that of a sum
export const h5: Tensor<'complex128', [64]> = A.sum()
// @ts-expect-error nor the dtype of an array
export const h6: Tensor<'complex128', [3]> = fromTypedArray(data, [3])

// ---- reading -------------------------------------------------------------------------------------------------------
const e1 = [A.sum().item(), b.sum().item(), t5.all().item()] as const
is<typeof e1, readonly [Complex, number, boolean]>()
const e2 = z1.toArray(); is<typeof e2, number[][]>()
const e3 = A.toTypedArray(); is<typeof e3, Float64Array>()
const e4 = f32.view(); is<typeof e4, Float32Array>()
const e5 = t5.read(); is<typeof e5, Promise<Uint8Array>>()
const e6 = A.toArray(); is<typeof e6, Complex[][]>()
const e7 = String(A); is<typeof e7, string>()

// ---- covariance ----------------------------------------------------------------------------------------------------
export const v1: Tensor = A
export const v2: Tensor<'complex128'> = A
export const v3: Tensor<DType, [32, 64]> = A
export const v4: Tensor<'complex128', [number, number]> = A
export const v5: Tensor<'float64' | 'complex128', [number, 64]> = A
export const v6: readonly Tensor[] = [A, b]
export const v7: Record<string, Tensor> = { A, b }
export const v8: Tensor<DType, Shape> = b
// @ts-expect-error dynamic is not literal
export const v9: Tensor<'complex128', [64]> = zd
// @ts-expect-error a shape is read-only as a value
A.shape[0] = 3
