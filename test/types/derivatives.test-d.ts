// Compiled, never run: derivatives keep the type of the parameters, and refuse what has none.
import {
  checkGrad, complexDerivative, customVjp, explain, grad, hessian, hvp, jacobian, jit, jvp, stopGradient, tensor,
  valueAndGrad, vjp, wirtinger,
  zeros, type Scalar, type Tensor,
} from '../../index.ts'
import { is } from './is.ts'

declare const A: Tensor<'complex128', [32, 64]>, z0: Tensor<'complex128', [64]>, b: Tensor<'float64', [32]>
declare const zd: Tensor<'complex128'>, c64: Tensor<'complex64', [64]>, x3: Tensor<'float64', [3]>
interface Net { w: Tensor<'complex128', [64]>; b: Tensor<'float64', [32]> }
declare const net: Net
const loss = (p: Net): Scalar => A.matmul(p.w).add(p.b).abs2().sum()

// ---- grad ----------------------------------------------------------------------------------------------------------
const d1 = grad((z: Tensor<'complex128', [64]>) => A.matmul(z).abs().sub(b).square().sum())(z0)
is<typeof d1, typeof z0>()
const d2 = grad((z) => A.matmul(z).abs().sub(b).square().sum())(z0); is<typeof d2, typeof z0>()
const d3 = grad((z: Tensor<'complex128'>) => z.abs2().sum())(z0); is<typeof d3, typeof z0>()
const d4 = grad(loss)(net); is<typeof d4, Net>()
const d5 = valueAndGrad(loss)(net); is<typeof d5.value, Scalar>(); is<typeof d5.grad, Net>()
const d6 = grad((p: Net, X: Tensor<'complex128', [32, 64]>) => X.matmul(p.w).add(p.b).abs2().sum())(net, A)
is<typeof d6, Net>()
const d7 = grad((x: Tensor<'float64', []>) => grad((y: Tensor<'float64', []>) => y.mul(y).mul(y))(x))(zeros([]))
is<typeof d7, Tensor<'float64', []>>()
const d8 = grad((z) => z.abs2().sum())(c64); is<typeof d8, typeof c64>()
const d9 = valueAndGrad((z: Tensor) => z.abs2().sum())(zd); is<typeof d9.value, Scalar>()
const residual = (p: Net) => { const r = A.matmul(p.w); return [r.abs2().sum(), r] as const }
const d10 = valueAndGrad(residual, { hasAux: true })(net)
is<typeof d10.aux, Tensor<'complex128', [32]>>(); is<typeof d10.grad, Net>()
is<typeof d10.value, Tensor<'float64', []>>()
const d11 = valueAndGrad((p: Net, k: Tensor<'int32', [2]>) => p.w.abs2().sum().mul(k.sum()))(net, zeros([2], 'int32'))
is<typeof d11.grad, Net>()

// ---- the others ----------------------------------------------------------------------------------------------------
const o1 = hvp(loss)(net, net); is<typeof o1, Net>()
const o2 = jvp((z: Tensor<'complex128', [64]>) => A.matmul(z))(z0, z0)
is<typeof o2.tangent, Tensor<'complex128', [32]>>()
const o3 = vjp((z: Tensor<'complex128', [64]>) => A.matmul(z))(z0); is<typeof o3.value, Tensor<'complex128', [32]>>()
const o4 = o3.pullback(o3.value); is<typeof o4, typeof z0>()
const o5 = vjp((p: Net) => ({ r: A.matmul(p.w), n: p.b.norm() }))(net); is<typeof o5.value.n, Tensor<'float64', []>>()
const o6 = jacobian((x: Tensor<'float64', [3]>) => zeros([2, 3]).matmul(x))(x3)
is<typeof o6, Tensor<'float64', [2, 3]>>()
const o7 = hessian((x: Tensor<'float64', [3]>) => x.square().sum())(x3); is<typeof o7, Tensor<'float64', [3, 3]>>()
const o8 = wirtinger((z: Tensor<'complex128', [64]>) => z.mul(z.conj()).sum())(z0); is<typeof o8.dzbar, typeof z0>()
const o9 = complexDerivative((z: Tensor<'complex128', []>) => z.square())(tensor({ re: 1, im: 2 }))
is<typeof o9, Tensor<'complex128', []>>()
const o10 = stopGradient(net); is<typeof o10, Net>()
const o11 = customVjp((x: Tensor<'float64', [3]>) => x.mul(2), ([x], y, g) => [g.mul(x).add(y)])(x3)
is<typeof o11, typeof x3>()
const o12 = checkGrad(loss, net); is<typeof o12.ok, boolean>()
const o13 = explain((x: Tensor<'float64', [3]>) => x.sum(), x3); is<typeof o13, string>()

// ---- jit -----------------------------------------------------------------------------------------------------------
const j1 = jit(grad(loss))(net); is<typeof j1, Net>()
const j2 = jit((z: Tensor<'complex128', [64]>, s: Scalar) => z.mul(s))
is<Parameters<typeof j2>, [z: Tensor<'complex128', [64]>, s: Scalar | number]>()
const j3 = j2(z0, 0.5); is<typeof j3, Tensor<'complex128', [64]>>()
const j4 = jit((z) => z.abs2().sum())(z0); is<typeof j4, Scalar>()
const j5 = jit((p: Net) => ({ loss: loss(p), size: p.w.norm() }))(net); is<typeof j5.size, Tensor<'float64', []>>()
// @ts-expect-error a number is no vector
j2(1, 0.5)

// ---- refusals ------------------------------------------------------------------------------------------------------
// @ts-expect-error a complex objective
grad((z: Tensor<'complex128', [64]>) => A.matmul(z).sum())
// @ts-expect-error an objective that is no scalar
grad((z: Tensor<'complex128', [64]>) => A.matmul(z).abs())
// @ts-expect-error an integer objective
grad((x: Tensor<'float64', [64]>) => x.cast('int32').sum())
// @ts-expect-error integer parameters
grad((x: Tensor<'int32', [64]>) => x.cast('float64').sum())
// @ts-expect-error integer parameters within a tree
grad((p: { w: Tensor<'float64', [3]>, k: Tensor<'int32', [3]> }) => p.w.mul(p.k).sum())
// @ts-expect-error boolean parameters
valueAndGrad((p: [Tensor<'bool', [3]>]) => p[0].sum().mul(0.5).cast('float64'))
// @ts-expect-error a number is no tensor
grad((z: Tensor<'float64', []>) => z.item())
// @ts-expect-error a leaf that is no tensor
grad((p: { w: Tensor<'float64', [3]>, rate: number }) => p.w.sum())
// @ts-expect-error the wrong parameters
grad(loss)({ w: net.w })
// @ts-expect-error a direction of another shape
hvp(loss)(net, { w: net.w, b: zeros([31]) })
// @ts-expect-error a cotangent of another shape
o3.pullback(z0)
// @ts-expect-error the jacobian of complex parameters
jacobian((z: Tensor<'complex128', [3]>) => z.abs2())
// @ts-expect-error the hessian of complex parameters
hessian((z: Tensor<'complex128', [3]>) => z.abs2().sum())
// @ts-expect-error Wirtinger derivatives of a real parameter
wirtinger((x: Tensor<'float64', [3]>) => x.sum())
// @ts-expect-error an auxiliary result that was not announced
valueAndGrad((p: Net) => [loss(p), p.w] as const)
