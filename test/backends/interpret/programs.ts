// Programs whose results must not depend on whether kernels are printed or interpreted: name → all numbers of the
// result.
import {
  arange, complex, fromTypedArray, grad, hvp, jit, random, range, tensor, valueAndGrad, where, type Tensor,
} from '../../../index.ts'
import { minimize } from '../../../optim/minimize.ts'

const numbers = (...tensors: readonly Tensor[]): readonly number[] => tensors.flatMap((t) => [...t.toTypedArray()])
type Real = Tensor<'float64', number[]>
type Complex = Tensor<'complex128', number[]>
const real = (shape: readonly number[], seed = 1): Real => random.normal(random.key(seed), [...shape])
const complexNormal = (shape: readonly number[], seed = 2): Complex =>
  random.normal(random.key(seed), [...shape], 'complex128')

const rosenbrock = (x: Real): Tensor<'float64', []> => {
  const [head, tail] = [x.at(range(0, -1)), x.at(range(1, x.shape[0]!))]
  return tail.sub(head.square()).square().mul(100).add(head.sub(1).square()).sum()
}

/** Amplitudes of masked Fourier transforms against measured ones. */
const phaseRetrieval = (n: number): readonly number[] => {
  const masks = complexNormal([3, n, n], 5)
  const measured = complexNormal([n, n], 6).mul(masks).fft2().abs()
  const loss = (z: Complex): Tensor<'float64', []> => z.mul(masks).fft2().abs().sub(measured).square().sum()
  const { value, grad: g } = valueAndGrad(loss)(complexNormal([n, n], 7))
  return numbers(value, g)
}

/** Both branches of the stable formulas, and the points between which they choose. */
const extremes = (): Tensor<'complex128', [number]> => {
  const parts = [0, -0, 1, -2.5, 1e-310, 1e-160, 3e200, -1e308, Infinity, NaN]
  return complex(tensor(parts.flatMap((x) => parts.map(() => x))), tensor(parts.flatMap(() => parts)))
}

export const programs: Readonly<Record<string, () => readonly number[]>> = {
  'a scalar': () => numbers(tensor(3).mul(2).add(1).sqrt()),
  'an empty tensor': () => numbers(tensor([1, 2]).at(range(0, 0)).mul(2), tensor([1, 2]).at(range(0, 0)).sum()),
  'long elementwise chain': () => numbers(real([100_003]).sin().mul(2).exp().log1p().tanh()),
  'float32': () => numbers(
    fromTypedArray(Float32Array.from({ length: 1000 }, (_, k) => 1 / (1 + k))).mul(3).exp().sub(1)),
  'integers that wrap': () => numbers(
    tensor([2_147_483_647, -2_147_483_648, 65_537], 'int32').mul(65_537).add(tensor(2_147_483_647, 'int32')),
    arange(1000).cast('int32').mul(tensor(1_000_003, 'int32')).sum()),
  'integers that wrap on the way': () => {
    const f = jit((x: Tensor<'int32', number[]>) => x.add(x).sub(1).cast('float64').mul(0.5))
    return numbers(f(tensor([2_147_483_647, 1_500_000_000, -2_147_483_648], 'int32')))
  },
  'extrema of NaN and zeros': () => {
    const [a, b] = [[NaN, 1, 0, -0, 2], [1, NaN, -0, 0, 3]].map((x) => tensor(x))
    return numbers(a!.minimum(b!), a!.maximum(b!), a!.min(), a!.max(), b!.at(range(2, 5)).min())
  },
  'truth values': () => numbers(
    real([300]).greater(0).xor(real([300], 3).lessEqual(0.5)).and(real([300], 4).notEqual(0)).not(),
    real([300]).isNaN().any(), real([300]).isFinite().all()),
  'choices': () => numbers(
    where(real([1000]).greater(0), real([1000]).sqrt(), real([1000]).neg().exp()), real([1000]).clip(-1, 1)),
  'complex functions at extremes': () => {
    const z = extremes()
    return numbers(z.abs(), z.sqrt(), z.log(), z.exp(), z.div({ re: 3, im: -1e-200 }), tensor({ re: 1, im: 2 }).div(z),
      z.tanh(), z.asin(), z.phase())
  },
  'gradients of complex functions at extremes': () =>
    numbers(grad((z: Complex) => z.div({ re: 2, im: 1 }).abs().add(z.sqrt().abs2()).sum())(extremes())),
  'special functions': () => numbers(real([500]).erf(), real([500]).abs().lgamma(),
    grad((x: Real) => x.abs().lgamma().sum())(real([500]))),
  'pads, slices and flips': () => {
    const x = real([7, 11])
    return numbers(x.pad([[1, 2], [3, 0]]).roll(2, 1).flip(0).slice([0, 1], [9, 12], [2, 3]),
      x.tril(1).sub(x.triu(-1)), x.tile([2, 3]))
  },
  'reductions along every axis': () => {
    const x = real([6, 700, 9])
    return [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]].flatMap((axis) =>
      numbers(x.sum({ axis }), x.max({ axis }), x.min({ axis }), x.mul(x).mean({ axis }), x.greater(3).any({ axis })))
  },
  'sums over outer axes': () => numbers(real([300, 1000]).sum({ axis: 0 }), real([1000, 20]).square().sum({ axis: 0 })),
  'a long sum in double precision': () => numbers(real([100_003]).sum(), real([100_003]).square().sum()),
  'a long sum in single precision': () => numbers(fromTypedArray(new Float32Array(10_000_000).fill(0.1)).sum()),
  'cumsum, sort, argmax': () => {
    const x = real([40, 30])
    return numbers(x.cumsum(0), x.sort({ axis: 0 }), x.argsort({ descending: true }), x.argmax({ axis: 1 }), x.argmin())
  },
  'gather and scatter': () => {
    const indices = tensor([3, 0, 3, 1], 'int32')
    return numbers(real([5, 4]).take(indices), real([5, 4]).scatterAdd(indices, real([4, 4], 8)))
  },
  'random numbers': () => numbers(real([1000]), complexNormal([500]),
    random.uniform(random.key(3), [100], { low: -1, high: 2 })),
  'matrix products': () => numbers(real([17, 70]).matmul(real([70, 33], 2)),
    complexNormal([3, 9, 8]).matmul(complexNormal([8, 5], 3)),
    real([50, 300]).matmul(real([300], 4)), real([40, 40]).add(1).adjoint().matmul(real([40, 40], 9))),
  'gradients through matrix products': () =>
    numbers(grad((a: Complex) => a.matmul(a.adjoint()).abs2().sum())(complexNormal([12, 9]))),
  'Fourier transforms of prime and other lengths': () => [1, 2, 7, 64, 101, 360, 1009].flatMap((n) =>
    numbers(complexNormal([2, n]).fft(), complexNormal([n, 2]).ifft({ axis: 0 }))),
  'Fourier transforms in two dimensions': () => numbers(
    complexNormal([12, 35]).fft2(), real([6, 9]).rfft(), complexNormal([8, 16]).fft2({ norm: 'ortho' })),
  'Rosenbrock': () => [2, 10, 3000].flatMap((n) => {
    const { value, grad: g } = valueAndGrad(rosenbrock)(real([n]))
    return numbers(value, g)
  }),
  'curvature of Rosenbrock': () => numbers(hvp(rosenbrock)(real([1000]), real([1000], 3))),
  'a jitted function called twice': () => {
    const f = jit((x: Real) => x.mul(2).sum({ axis: 1 }).exp())
    return [...numbers(f(real([20, 300]).mul(0.01))), ...numbers(f(real([20, 300], 4).mul(0.01)))]
  },
  'phase retrieval': () => phaseRetrieval(24),
  'phase retrieval, prime size': () => phaseRetrieval(37),
  'logistic regression': () => {
    const [a, y] = [real([200, 20]), real([200], 3).sign()]
    const g = grad((w: Real) => a.matmul(w).mul(y).neg().softplus().mean().add(w.square().sum().mul(0.01)))
    return numbers(g(real([20], 4)))
  },
  'a minimum': () => {
    const { params, value } = minimize(rosenbrock, real([6], 2), { gradientTolerance: 1e-8 })
    return numbers(params, tensor(Number(value)))
  },
}

/** Results in bits, so that NaN and the sign of zero survive being printed. */
export const encode = (): Readonly<Record<string, string>> => Object.fromEntries(
  Object.entries(programs).map(([name, run]) => [name, Buffer.from(Float64Array.from(run()).buffer).toString('base64')]))

export const decode = (text: string): Float64Array => {
  const bytes = Buffer.from(text, 'base64')
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}
