// Transformations inside transformations: perturbation confusion, higher derivatives, closures, jit, values and leaks.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { add, exp, grad, hvp, jit, jvp, mul, sin, stopGradient, tensor, vjp, type Tensor } from '../../index.ts'
import { close, exact, throwsError } from '../close.ts'

type Real = Tensor<'float64', []>
type F = (x: Real) => Real

const it = suite('nesting')
const r = (x: number): Real => tensor(x)
const d = (f: F): F => (x) => grad(f)(x)
const at = (f: F, x: number): number => f(r(x)).item()

it('an inner derivative does not see the outer variable as its own', () => {
  exact(at(d((x) => mul(x, d((y) => add(x, y))(r(1)))), 1), 1)
  exact(at(d((x) => mul(x, d((y) => mul(x, y))(r(2)))), 3), 6)
  exact(at(d((x) => mul(x, d((y) => mul(x, y))(x))), 3), 6)
  const F = (x: number): number => 2 * x * x * x * Math.exp(x)
  const slope = (F(1.3 + 1e-6) - F(1.3 - 1e-6)) / 2e-6
  close(at(d((x) => mul(d((y) => mul(mul(x, y), y))(x), d((z) => mul(exp(z), x))(x))), 1.3), slope, 1e-7)
})

it('in every mixture of modes', () => {
  const along = (f: F): F => (x) => jvp(f)(x, r(1)).tangent
  exact(at(along((x) => mul(x, along((y) => add(x, y))(r(1)))), 1), 1)
  exact(at(along((x) => mul(x, d((y) => mul(x, mul(y, y)))(x))), 2), 24)
  exact(at(d((x) => mul(x, along((y) => mul(x, mul(y, y)))(x))), 2), 24)
  const back = (f: F): F => (x) => vjp(f)(x).pullback(r(1))
  exact(at(back((x) => mul(x, back((y) => mul(x, mul(y, y)))(x))), 2), 24)
  exact(at(d((x) => mul(x, back((y) => mul(x, y))(x))), 3), 6)
})

it('the sixth derivative of the sine', () => {
  let f: F = (x) => sin(x)
  for (let k = 0; k < 6; k++) f = d(f)
  close(at(f, 0.7), -Math.sin(0.7), 1e-15)
})

it('stopGradient blocks every level', () => {
  exact(at(d((x) => mul(d((y) => mul(stopGradient(y), mul(y, x)))(x), x)), 3), 18)
})

it('jit inside jit, and closures over outer variables', () => {
  exact(at(jit((x: Real) => jit((y: Real) => mul(y, x))(mul(x, 2))) as F, 3), 18)
  exact(at(d((x) => jit((y: Real) => mul(y, x))(r(5))), 3), 5)
})

it('a jitted function that captured an outer variable is not cached', () => {
  let c = r(2)
  const h = jit((y: Real) => mul(y, c))
  const run = (): number => at(d((x) => {
    c = x
    return h(r(5))
  }), 3)
  exact(run(), 5)
})

it('hvp = forward over reverse = reverse over reverse, with jit anywhere', () => {
  const f = (z: Tensor<'complex128'>): Tensor<'float64', []> =>
    z.abs2().mul(z.exp().real()).sum().add(z.transpose().matmul(z).abs().sum())
  const z: Tensor<'complex128'> =
    tensor([[{ re: 0.3, im: 0.8 }, { re: -0.5, im: 0.2 }], [{ re: 1.1, im: -0.7 }, { re: 0.4, im: 0.6 }]])
  const v: Tensor<'complex128'> =
    tensor([[{ re: 0.7, im: -0.2 }, { re: 0.1, im: 0.9 }], [{ re: -0.3, im: 0.5 }, { re: 0.8, im: 0.3 }]])
  const numbers = (x: Tensor): number[] => [...x.toTypedArray()]
  const h = 1e-5
  const [up, down] = [h, -h].map((s) => numbers(grad(f)(z.add(v.mul(s)) as typeof z)))
  const differences = up!.map((x, k) => (x - down![k]!) / (2 * h))
  const slope = (x: typeof z): Tensor<'float64', []> => grad(f)(x).conj().mul(v).real().sum()
  const slopeOfJitted = (x: typeof z): Tensor<'float64', []> => grad(jit(f))(x).conj().mul(v).real().sum()
  close(numbers(hvp(f)(z, v)), differences, 1e-8)
  close(numbers(grad(slope)(z)), differences, 1e-8)
  close(numbers(jit((x: typeof z, t: typeof z) => hvp(f)(x, t))(z, v)), numbers(hvp(f)(z, v)), 1e-13)
  close(numbers(hvp((x: typeof z) => jit(f)(x))(z, v)), numbers(hvp(f)(z, v)), 1e-13)
  close(numbers(jit(grad(slopeOfJitted))(z)), differences, 1e-8)
})

it('values may be read under grad, and decide', () => {
  exact(at(d((x) => {
    let y = x
    while (y.item() > 1) y = mul(y, 0.5)
    return mul(y, y)
  }), 5), 10 / 64)
  exact(at(d((x) => d((y) => (y.item() > 2 ? mul(mul(y, y), x) : y))(x)), 3), 12)
  exact(jvp((x: Real) => d((y) => (y.item() > 2 ? mul(y, mul(y, y)) : y))(x))(r(3), r(1)).tangent.item(), 18)
})

it('under jit there are no values', () => {
  throwsError(() => jit((x: Real) => tensor(x.item()))(r(1)), 'TraceError', /where\(\)/)
  throwsError(() => jit(d((x) => (x.item() > 0 ? x : mul(x, x))))(r(1)), 'TraceError', /jit/)
})

it('a tensor kept from a finished derivative is an ordinary value', () => {
  let kept = r(0)
  const losses: Real[] = []
  for (const x of [3, 4]) {
    d((y) => {
      kept = mul(y, y)
      losses.push(kept)
      return kept
    })(r(x))
  }
  exact(add(kept, 1).item(), 17)
  exact(losses.map((l) => l.item()), [9, 16])
  exact(at(d((o) => {
    let inner = o
    d((i) => (inner = mul(i, o)))(o)
    return inner
  }), 3), 6, 'of an inner derivative: still part of the outer one')
})

it('a tensor that escapes from jit throws where it is used', () => {
  let kept: Real = r(0)
  jit((x: Real) => {
    kept = mul(x, 2)
    return x
  })(r(1))
  throwsError(() => add(kept, 1), 'TraceError', /return it/)
  throwsError(() => kept.item(), 'TraceError', /return it/)
})

it('long chains: linear, and no recursion', () => {
  const chain = (n: number): F => (x) => {
    let y = x
    for (let k = 0; k < n; k++) y = sin(y)
    return y
  }
  const slope = (n: number, x: number): number => {
    let [y, g] = [x, 1]
    for (let k = 0; k < n; k++) [y, g] = [Math.sin(y), g * Math.cos(y)]
    return g
  }
  close(at(d(chain(10_000)), 0.5), slope(10_000, 0.5), 1e-12)
})

it('second derivatives are symmetric', () => {
  const f = ([x, y]: readonly [Real, Real]): Real => mul(exp(mul(x, y)), sin(add(x, y)))
  const [x, y] = [r(0.3), r(-0.8)]
  const dxy = grad((b: Real) => grad((a: Real) => f([a, b]))(x))(y).item()
  const dyx = grad((a: Real) => grad((b: Real) => f([a, b]))(y))(x).item()
  close(dxy, dyx, 1e-14)
  assert.ok(Math.abs(dxy) > 0.1)
})

it.run()
