// grad and valueAndGrad: trees, data, auxiliary results, dtypes, and what is refused.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { grad, jit, tensor, valueAndGrad, zeros, type Tensor } from '../../index.ts'
import { close, exact, throwsError } from '../close.ts'

type Real = Tensor<'float64'>
type Cplx = Tensor<'complex128'>

const it = suite('grad')
const list = (x: Tensor): number[] => [...x.toTypedArray()]

it('the gradient of a real function of a complex parameter is ∂L/∂x + i·∂L/∂y', () => {
  exact(list(grad((z: Cplx) => z.abs2().sum())(tensor([{ re: 1, im: 2 }, { re: -3, im: 0.5 }]))), [2, 4, -6, 1])
  exact(list(grad((z: Cplx) => z.real().sum())(tensor([{ re: 1, im: 2 }]))), [1, 0])
  exact(list(grad((z: Cplx) => z.imag().sum())(tensor([{ re: 1, im: 2 }]))), [0, 1])
  exact(list(grad((z: Cplx) => z.mul(z).real().sum())(tensor([{ re: 1, im: 2 }]))), [2, -4])
})

it('rotating the parameter rotates the gradient when the objective ignores the phase', () => {
  const A = tensor([[{ re: 1, im: 2 }, { re: 0, im: -1 }], [{ re: 3, im: 0 }, { re: -1, im: 1 }]])
  const L = (z: Tensor<'complex128', [2]>) => A.matmul(z).abs().sub(1).square().sum()
  const z = tensor([{ re: 0.3, im: 0.4 }, { re: -1, im: 0.2 }])
  const turn = { re: Math.cos(0.7), im: Math.sin(0.7) }
  close(list(grad(L)(z.mul(turn))), list(grad(L)(z).mul(turn)), 1e-14)
})

it('a unitary round trip changes nothing', () => {
  const z = tensor([{ re: 0.3, im: 0.4 }, { re: -1, im: 0.2 }, { re: 2, im: 1 }])
  const there = grad((w: Cplx) => w.fft({ norm: 'ortho' }).ifft({ norm: 'ortho' }).abs().sum())(z)
  close(list(there), list(grad((w: Cplx) => w.abs().sum())(z)), 1e-14)
  close(list(grad((w: Cplx) => w.fft({ norm: 'ortho' }).abs2().sum())(z)), list(z.mul(2)), 1e-14, 'Parseval')
})

it('trees keep their structure; key order does not matter', () => {
  const f = (p: { readonly b: Real, readonly a: readonly [Cplx, Real] }) =>
    p.a[0].abs2().sum().mul(p.b).add(p.a[1].sum())
  const g = grad(f)({ a: [tensor([{ re: 1, im: 1 }]), tensor([1, 2])], b: tensor(3) })
  assert.equal(Object.keys(g).sort(), ['a', 'b'])
  exact(list(g.a[0]), [6, 6])
  exact(list(g.a[1]), [1, 1])
  exact(list(g.b), [2])
  exact(list(grad(f)({ b: tensor(3), a: [tensor([{ re: 1, im: 1 }]), tensor([1, 2])] }).b), [2])
})

it('data after the parameters is passed on; dtypes of gradients are those of parameters', () => {
  const f = (x: Real, data: { readonly scale: number }, k: Tensor<'int32'>) => x.mul(data.scale).mul(k).sum()
  exact(list(grad(f)(tensor([1, 2]), { scale: 3 }, tensor([1, 2], 'int32'))), [3, 6])
  const g = grad((p: { x: Tensor<'float32'>, z: Tensor<'complex64'> }) => p.x.mul(tensor([2])).mul(p.z.abs2()).sum())(
    { x: tensor([1], 'float32'), z: tensor([{ re: 1, im: 1 }], 'complex64') })
  assert.equal([g.x.dtype, g.z.dtype], ['float32', 'complex64'])
  exact([...list(g.x), ...list(g.z)], [4, 4, 4])
})

it('value, gradient and auxiliary results in one program', () => {
  const f = (z: Cplx) => [z.abs2().sum(), { residual: z.abs(), parts: [z.real()] }] as const
  const { value, grad: g, aux } = valueAndGrad(f, { hasAux: true })(tensor([{ re: 3, im: 4 }]))
  exact([value.item(), ...list(g), ...list(aux.residual), ...list(aux.parts[0]!)], [25, 6, 8, 5, 3])
  const under = jit((z: Cplx) => valueAndGrad(f, { hasAux: true })(z).aux.residual)
  exact(list(under(tensor([{ re: 3, im: 4 }]))), [5])
})

it('a parameter that the objective ignores has gradient zero', () => {
  const g = grad((p: { x: Real, z: Cplx }) => p.x.sum())({ x: tensor([1, 2]), z: tensor([{ re: 1, im: 1 }]) })
  exact(list(g.z), [0, 0])
  assert.is(g.z.dtype, 'complex128')
  exact(list(grad(() => tensor(3) as Tensor<'float64', []>)(tensor([1, 2]))), [0, 0])
})

it('empty parameters', () => {
  assert.equal(grad((x: Real) => x.square().sum())(zeros([0, 3])).shape, [0, 3])
})

it('what is no real scalar is refused', () => {
  const untyped = grad as (f: (x: Real) => unknown) => (x: unknown) => unknown // as from JavaScript
  const x = tensor([1, 2])
  throwsError(() => untyped((v) => v.mul({ re: 0, im: 1 }).sum())(x), 'ObjectiveError',
    /complex but must be real: end with abs2\(\), abs\(\) or real\(\)/)
  throwsError(() => untyped((v) => v.mul(2))(x), 'ObjectiveError',
    /shape \[2\] but must be a scalar: end with sum\(\) or mean\(\)/)
  throwsError(() => untyped((v) => v.greater(0).sum())(x), 'ObjectiveError', /int32 and has no gradient/)
  throwsError(() => untyped((v) => v.sum().item())(x), 'ObjectiveError', /item\(\) reads a value/)
  throwsError(() => untyped(() => undefined)(x), 'ObjectiveError', /undefined/)
  throwsError(() => untyped((v) => v.sum())(tensor([1, 2], 'int32')), 'DTypeError', /int32 \[2\].*cast/)
  throwsError(() => untyped((v) => v.sum())({ x, rate: 0.1 }), 'TreeError',
    /\.rate is the number 0\.1: wrap it in tensor\(\)/)
})

it('what the objective throws passes through', () => {
  const error = new Error('mine')
  let caught: unknown
  try {
    grad((): Tensor<'float64', []> => { throw error })(tensor([1]))
  } catch (e) {
    caught = e
  }
  assert.is(caught, error)
})

it.run()
