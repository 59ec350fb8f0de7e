// customVjp, stopGradient and checkGrad.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkGrad, customVjp, grad, hvp, jit, jvp, stopGradient, tensor, vjp, type Tensor } from '../../index.ts'
import { close, exact, throwsError } from '../close.ts'

type Real = Tensor<'float64'>
type Cplx = Tensor<'complex128'>

const it = suite('custom')
const list = (x: Tensor): number[] => [...x.toTypedArray()]
const x = tensor([0.5, -2, 3])

it('a hand-written rule replaces the derivative', () => {
  const clipped = customVjp((v: Real) => v, (_args, _y, g) => [g.clip(-1, 1)])
  exact(list(grad((v: Real) => clipped(v).mul(tensor([5, 0.5, -3])).sum())(x)), [1, 0.5, -1])
  exact(list(clipped(x)), list(x), 'the value')
})

it('a right rule agrees with no rule: in reverse, forwards, twice, and under jit', () => {
  const own = customVjp((a: Cplx, b: Cplx) => a.mul(b), ([a, b], _y, g) => [g.mul(b.conj()), g.mul(a.conj())])
  const z = tensor([{ re: 1, im: 2 }, { re: -0.5, im: 0.3 }])
  const v = tensor([{ re: 0.2, im: -1 }, { re: 0.7, im: 0.4 }])
  const with1 = (p: Cplx) => own(p, p.exp()).abs2().sum()
  const without = (p: Cplx) => p.mul(p.exp()).abs2().sum()
  close(list(grad(with1)(z)), list(grad(without)(z)), 1e-14)
  close(list(jvp((p: Cplx) => own(p, p.exp()))(z, v).tangent),
    list(jvp((p: Cplx) => p.mul(p.exp()))(z, v).tangent), 1e-14)
  close(list(hvp(with1)(z, v)), list(hvp(without)(z, v)), 1e-13)
  close(list(grad((p: Cplx) => grad(with1)(p).abs2().sum())(z)),
    list(grad((p: Cplx) => grad(without)(p).abs2().sum())(z)), 1e-13)
  close(list(jit(grad(with1))(z)), list(grad(without)(z)), 1e-14)
  close(list(vjp((p: Cplx) => own(p, p))(z).pullback(v)), list(vjp((p: Cplx) => p.mul(p))(z).pullback(v)), 1e-14)
})

it('a complex cotangent of a real argument loses its imaginary part; other tensors are constants', () => {
  const own = customVjp((a: Real) => a.mul({ re: 0, im: 1 }), (_args, _y, g) => [g.mul({ re: 0, im: -1 })])
  const g = grad((a: Real) => own(a).imag().sum())(x)
  assert.is(g.dtype, 'float64')
  exact(list(g), [1, 1, 1])
  exact(list(grad((a: Real) => customVjp((b: Real) => b.mul(a), (_args, _y, u) => [u])(a).sum())(x)), [1, 1, 1])
})

it('rules that do not fit are refused', () => {
  const wrong = (rule: unknown) => grad((a: Real) => customVjp((b: Real) => b, rule as never)(a).sum())
  throwsError(() => wrong(() => [])(x), 'DerivativeError', /1 cotangents/)
  const summed = (_a: unknown, _y: unknown, g: Real) => [g.sum()]
  throwsError(() => wrong(summed)(x), 'ShapeError', /cotangent 0 is \[\] but argument 0 is \[3\]/)
})

it('stopGradient takes tensors and trees', () => {
  exact(list(grad((v: Real) => stopGradient(v).mul(v).sum())(x)), list(x))
  exact(list(grad((v: Real) => {
    const kept = stopGradient({ a: v, b: [v.mul(2)] as const })
    return kept.a.add(kept.b[0]).mul(v).sum()
  })(tensor([1, 2]))), [3, 6])
  exact(list(jvp((v: Real) => stopGradient(v).mul(v))(x, tensor([1, 1, 1])).tangent), list(x))
})

it('checkGrad passes what is right, in every direction', () => {
  const check = checkGrad((p: { readonly z: Cplx, readonly w: Real }) => p.z.exp().abs().sum().mul(p.w.square().sum()),
    { z: tensor([{ re: 1, im: 2 }, { re: -0.5, im: 0.3 }]), w: tensor([[1, 2]]) })
  assert.ok(check.ok)
  assert.is(check.checked, 6)
  assert.ok(check.largestError < 1e-9)
  assert.match(String(check), /passed: 6 directions/)
  assert.ok(checkGrad((z: Tensor<'complex64'>) => z.abs2().sum(), tensor([{ re: 1, im: 2 }], 'complex64')).ok)
})

it('checkGrad finds a wrong rule, a value read by item(), and a kink', () => {
  const unconjugated = customVjp((a: Cplx) => a.mul(a), ([a], _y, g) => [g.mul(a).mul(2)])
  const wrong = checkGrad((p: readonly [Cplx]) => unconjugated(p[0]).real().sum(), [tensor([{ re: 1, im: 2 }])])
  assert.not.ok(wrong.ok)
  assert.is(wrong.worst[0]!.entry, '[0][0]')
  assert.is(wrong.worst[0]!.along, 'i')
  close([wrong.worst[0]!.gradient, wrong.worst[0]!.difference], [4, -4], 1e-8)
  assert.match(String(wrong), /FAILED: 1 of 2 directions[^]*\[0\]\[0\] +i +4\.0+ +-4\.0/)
  assert.not.ok(checkGrad((v: Real) => v.sum().mul(v.sum().item()), x).ok)
  assert.not.ok(checkGrad((v: Real) => v.abs().sum(), tensor([0.0001])).ok)
  assert.not.ok(checkGrad((v: Real) => v.log().sum(), tensor([-1])).ok, 'NaN')
})

it.run()
