// Both Wirtinger derivatives, and f′ of holomorphic functions.
import { suite } from 'uvu'
import { complexDerivative, grad, jit, tensor, wirtinger, type Tensor } from '../../index.ts'
import { close, exact, throwsError } from '../close.ts'

type Cplx = Tensor<'complex128'>

const it = suite('wirtinger')
const list = (x: Tensor): number[] => [...x.toTypedArray()]
const point = tensor({ re: 1, im: 2 })
const points = tensor([{ re: 1, im: 2 }, { re: -0.5, im: 0.3 }])

it('of z²z̄: 2zz̄ and z²', () => {
  const { value, dz, dzbar } = wirtinger((z: Cplx) => z.mul(z).mul(z.conj()))(point)
  close(list(value), [5, 10], 1e-15)
  close(list(dz), [10, 0], 1e-15)
  close(list(dzbar), [-3, 4], 1e-15)
})

it('of a real function: half the gradient and its conjugate', () => {
  const L = (z: Cplx) => z.exp().abs2().sum().add(z.abs().sum())
  const { dz, dzbar } = wirtinger(L)(points)
  close(list(dzbar.mul(2)), list(grad(L)(points)), 1e-14)
  close(list(dz), list(dzbar.conj()), 1e-14)
})

it('element by element, and of a scalar function of a vector', () => {
  const { dz, dzbar } = wirtinger((z: Cplx) => z.conj().exp().add(z.mul(z)))(points)
  close(list(dz), list(points.mul(2)), 1e-14)
  close(list(dzbar), list(points.conj().exp()), 1e-14)
  const partial = wirtinger((z: Cplx) => z.prod())(points)
  close(list(partial.dz), list(points.flip()), 1e-15)
  exact(list(partial.dzbar).map((x) => x + 0), [0, 0, 0, 0])
})

it('functions that mix elements are refused, and so are real parameters', () => {
  throwsError(() => wirtinger((z: Cplx) => z.fft())(points), 'DerivativeError', /several elements/)
  throwsError(() => wirtinger((z: Cplx) => z.outer(z))(points), 'ShapeError', /\[2\] to \[2, 2\]/)
  throwsError(() => wirtinger(((x: Tensor) => x) as never)(tensor([1]) as never), 'DerivativeError', /complex/)
})

it('f′ of holomorphic functions', () => {
  close(list(complexDerivative((z: Cplx) => z.exp())(points)), list(points.exp()), 1e-15)
  close(list(complexDerivative((z: Cplx) => z.pow(3).div(z.add(1)).sum())(points)),
    list(points.pow(2).mul(3).mul(points.add(1)).sub(points.pow(3)).div(points.add(1).square())), 1e-14)
  const cube = (y: Cplx) => y.mul(y).mul(y)
  close(list(complexDerivative((z: Cplx) => complexDerivative(cube)(z))(point)), [6, 12], 1e-14, 'twice')
  close(list(jit((z: Cplx) => complexDerivative((y: Cplx) => y.sin())(z))(point)), list(point.cos()), 1e-14)
})

it('what is not holomorphic is refused', () => {
  throwsError(() => complexDerivative((z: Cplx) => z.conj())(point), 'DerivativeError',
    /not holomorphic.*wirtinger\(\)/)
  throwsError(() => complexDerivative((z: Cplx) => z.mul(z.abs()))(points), 'DerivativeError', /not holomorphic/)
  throwsError(() => complexDerivative((z: Cplx) => z.abs2())(point), 'DerivativeError', /not holomorphic/)
})

it.run()
