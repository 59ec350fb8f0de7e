// vjp, jvp, hvp, jacobian and hessian against each other and against known matrices.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { grad, hessian, hvp, jacobian, jit, jvp, tensor, vjp, type Tensor } from '../../index.ts'
import { close, exact, throwsError } from '../close.ts'

type Real = Tensor<'float64'>
type Cplx = Tensor<'complex128'>

const it = suite('linear maps')
const list = (x: Tensor): number[] => [...x.toTypedArray()]
const dot = (a: Tensor, b: Tensor): number => list(a).reduce((s, x, k) => s + x * list(b)[k]!, 0)

const A = tensor([
  [{ re: 1, im: 2 }, { re: 0, im: -1 }], [{ re: 3, im: 0 }, { re: -1, im: 1 }], [{ re: 0.5, im: 1 }, { re: 2, im: 2 }],
])
const f = (z: Tensor<'complex128', [2]>) => A.matmul(z.exp()).div(z.abs2().sum())
const z = tensor([{ re: 0.3, im: 0.4 }, { re: -1, im: 0.2 }])
const v = tensor([{ re: 1, im: -0.5 }, { re: 0.2, im: 0.7 }])
const w = tensor([{ re: -0.4, im: 1 }, { re: 0.3, im: 0.1 }, { re: 0.8, im: -0.9 }])

it('the pullback is the adjoint of the derivative, and may be used many times', () => {
  const { value, pullback } = vjp(f)(z)
  close(list(value), list(f(z)), 1e-15)
  const { tangent } = jvp(f)(z, v)
  close(dot(pullback(w), v), dot(w, tangent), 1e-14)
  close(list(pullback(w.mul(2) as typeof w)), list(pullback(w).mul(2)), 1e-14)
  close(list(pullback(w)), list(pullback(w)), 0)
})

it('a pullback lives on after its function has been left, within jit and within grad', () => {
  const direct = list(vjp(f)(z).pullback(w))
  close(list(jit((x: typeof z, u: typeof w) => vjp(f)(x).pullback(u))(z, w)), direct, 1e-14)
  const L = (x: typeof z) => vjp(f)(x).pullback(w).abs2().sum()
  const h = 1e-5
  const slope = (L(z.add(v.mul(h)) as typeof z).item() - L(z.sub(v.mul(h)) as typeof z).item()) / (2 * h)
  close(dot(grad(L)(z), v), slope, 1e-8)
})

it('a pullback for trees, with results that do not depend on the parameters', () => {
  const product = (p: { readonly x: Real, readonly y: Real }) => ({ a: p.x.mul(p.y), b: [tensor([7]) as Real] })
  const { value, pullback } = vjp(product)({ x: tensor([2]), y: tensor([3]) })
  exact(list(value.b[0]!), [7])
  const g = pullback({ a: tensor([1]), b: [tensor([5])] })
  exact([...list(g.x), ...list(g.y)], [3, 2])
})

it('directions that do not fit are refused', () => {
  throwsError(() => jvp(f)(z, tensor([{ re: 1, im: 0 }]) as never), 'ShapeError', /direction is \[1\].*\[2\]/)
  throwsError(() => vjp((x: Real) => x)(tensor([1])).pullback(tensor([{ re: 1, im: 0 }]) as never), 'DTypeError',
    /complex128.*float64/)
  throwsError(() => jvp((p: { x: Real }) => p.x)({ x: tensor([1]) }, tensor([1]) as never), 'TreeError', /structure/)
})

it('the Jacobian of a linear map is its matrix; by rows and by columns', () => {
  const M = tensor([[1, 2, 3], [4, 5, 6]])
  const byRows = jacobian((x: Tensor<'float64', [3]>) => M.matmul(x))(tensor([1, 1, 1]))
  exact(byRows.toArray() as number[][], [[1, 2, 3], [4, 5, 6]])
  const byColumns = jacobian((x: Tensor<'float64', [2]>) => x.matmul(M))(tensor([1, 1]))
  exact(byColumns.toArray() as number[][], [[1, 4], [2, 5], [3, 6]])
  const J = jacobian((x: Real) => x.sin().outer(x))(tensor([0.5, 1]))
  assert.equal(J.shape, [2, 2, 2])
  const [s, c] = [[Math.sin(0.5), Math.sin(1)], [Math.cos(0.5), Math.cos(1)]] as const
  close(list(J), [c[0]! * 0.5 + s[0]!, 0, c[0]!, s[0]!, s[1]!, 0.5 * c[1]!, 0, c[1]! + s[1]!], 1e-15)
  assert.equal(jacobian((x: Real) => x.sum())(tensor([[1, 2]])).shape, [1, 2])
  assert.equal(jacobian((x: Real) => x.mul(2))(tensor([] as number[])).shape, [0, 0])
  exact(list(jacobian(() => tensor([1, 2]))(tensor([1, 2, 3]))), [0, 0, 0, 0, 0, 0])
})

it('the Hessian, by hand and as products with directions', () => {
  const rosenbrock = (x: Tensor<'float64', [2]>) => {
    const [a, b] = [x.at(0), x.at(1)]
    return b.sub(a.square()).square().mul(100).add(a.sub(1).square().neg().neg())
  }
  const x = tensor([0.5, -1])
  close(hessian(rosenbrock)(x).toArray() as number[][], [[1200 * 0.25 + 400 + 2, -200], [-200, 200]], 1e-12)
  close(list(hvp(rosenbrock)(x, tensor([1, 2]))), [702 - 400, -200 + 400], 1e-12)
  const steepness = (p: Tensor<'float64', [2]>) => grad(rosenbrock)(p).square().sum()
  const gradient = (p: Tensor<'float64', [2]>) => grad(steepness)(p)
  close(list(hessian(steepness)(x)), list(jacobian(gradient)(x)), 1e-9)
})

it('the Hessian under jit, and as an operand of a derivative', () => {
  const cubes = (x: Tensor<'float64', [2]>) => x.pow(3).sum()
  exact(list(jit((x: Tensor<'float64', [2]>) => hessian(cubes)(x))(tensor([1, 2]))), [6, 0, 0, 12])
  exact(list(grad((x: Tensor<'float64', [2]>) => hessian(cubes)(x).sum())(tensor([1, 2]))), [6, 6])
})

it('complex Jacobians and Hessians are refused, with the ways out', () => {
  const way = /wirtinger\(\).*complexDerivative\(\).*hvp\(\)/
  throwsError(() => jacobian(f as never)(z as never), 'DerivativeError', way)
  const turned = (x: Real) => x.mul({ re: 0, im: 1 })
  throwsError(() => jacobian(turned as never)(tensor([1]) as never), 'DerivativeError', way)
  throwsError(() => hessian(((x: Cplx) => x.abs2().sum()) as never)(z as never), 'DerivativeError', way)
  const first = (p: readonly [Real]) => p[0]
  throwsError(() => jacobian(first as never)([tensor([1])] as never), 'TreeError', /one tensor/)
})

it.run()
