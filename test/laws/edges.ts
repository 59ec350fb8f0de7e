// Edge cases: the answers at singular points, on cuts and at the ends of the number range, as exact fixtures for whatever
// backend is chosen. Where the range and precision of its numbers matter, they are those of a `Precision`.
import {
  add, complex, div, grad, hessian, hvp, jvp, tensor, where, type Complex, type Tensor,
} from '../../index.ts'
import { close, exact, relative } from '../close.ts'
import type { Precision } from '../precision.ts'

type Real = Tensor<'float64'>
type Cplx = Tensor<'complex128'>

export type Edge = (ends: Precision) => void

const r = (x: number): Tensor<'float64', []> => tensor(x)
const c = (re: number, im: number): Tensor<'complex128', []> =>
  complex(r(re), r(im)) as Tensor<'complex128', []> // of scalars
const number = (f: (x: Real) => Tensor, x: number): number => f(r(x)).item() as number // a real result
const slope = (f: (x: Real) => Tensor, x: number): number => grad(f as (x: Real) => Tensor<'float64'>)(r(x)).item()
const pair = (z: Complex): readonly number[] => [z.re, z.im]
const value = (f: (z: Cplx) => Tensor, re: number, im: number): readonly number[] => {
  const y = f(c(re, im)).item()
  return typeof y === 'object' ? pair(y) : [Number(y)]
}
const ascent = (f: (z: Cplx) => Tensor, re: number, im: number): readonly number[] =>
  pair(grad(f as (z: Cplx) => Tensor<'float64'>)(c(re, im)).item())
const { NaN: nan, POSITIVE_INFINITY: inf } = Number
/** −0 counts as 0 where only the size matters. */
const plain = (xs: readonly number[]): readonly number[] => xs.map((x) => x + 0)

export const edges: Readonly<Record<string, Edge>> = {
  'abs, angle and phase at 0': () => {
    exact(slope((x) => x.abs(), 0), 0)
    exact(plain(ascent((z) => z.abs(), 0, 0)), [0, 0])
    exact(plain(ascent((z) => z.angle(), 0, 0)), [0, 0])
    exact(value((z) => z.phase(), 0, 0), [0, 0])
    exact(plain(ascent((z) => z.phase().real(), 0, 0)), [0, 0])
    exact(plain(ascent((z) => z.phase().imag(), 0, 0)), [0, 0])
  },
  'atan2(0, 0) and the norm of zeros': () => {
    const at = grad(([y, x]: readonly [Real, Real]) => y.atan2(x))([r(0), r(0)])
    exact(at.map((g) => g.item() + 0), [0, 0])
    exact(grad((x: Real) => x.norm())(tensor([0, 0, 0])).toArray() as number[], [0, 0, 0])
    exact(plain([...grad((z: Cplx) => z.norm())(tensor([{ re: 0, im: 0 }])).toTypedArray()]), [0, 0])
  },
  'the angle of a tiny number: nothing overflows on the way': (ends) => {
    const h = Math.SQRT1_2 * Math.SQRT1_2 * ends.far // i·(z/|z|)/|z| with |z| = √2/far
    relative(ascent((z) => z.angle(), 1 / ends.far, 1 / ends.far), [-h, h], ends.tight)
  },
  'sqrt and log at 0': () => {
    for (const f of [(x: Real) => x.sqrt(), (x: Real) => x.log()]) {
      exact(slope((x) => f(x), 0), inf)
      exact(slope((x) => f(x).neg(), 0), -inf)
      exact(slope((x) => f(x).mul(0), 0) + 0, 0)
    }
    exact(slope((x) => where(x.greater(0), x.sqrt(), 0), 0), 0)
    exact(slope((x) => where(x.greater(0), x.log(), 0), 0), 0)
    exact(ascent((z) => z.sqrt().real(), 0, 0), [nan, nan])
    exact(ascent((z) => z.log().real(), 0, 0), [nan, nan])
    exact(plain(ascent((z) => where(z.abs().greater(0), z.sqrt(), 0).real(), 0, 0)), [0, 0])
    exact(plain(ascent((z) => where(z.abs().greater(0), z.log(), 0).real(), 0, 0)), [0, 0])
  },
  'a cotangent of exactly 0 stays 0 through every pole and overflow': (ends) => {
    const masked: readonly [string, (x: Real) => Tensor, number][] = [
      ['sqrt', (x) => x.sqrt(), 0], ['log', (x) => x.log(), 0], ['log1p', (x) => x.sub(1).log1p(), 0],
      ['log2', (x) => x.log2(), 0], ['log10', (x) => x.log10(), 0], ['1/x', (x) => x.reciprocal(), 0],
      ['x^-2', (x) => x.pow(-2), 0], ['x^0.5', (x) => x.pow(0.5), 0], ['2^x', (x) => tensor(2).pow(x), 1e9],
      ['exp', (x) => x.exp(), ends.steep], ['expm1', (x) => x.expm1(), ends.steep], ['sinh', (x) => x.sinh(), ends.steep],
      ['cosh', (x) => x.cosh(), ends.steep], ['asin', (x) => x.asin(), 1], ['acos', (x) => x.acos(), 1],
      ['acosh', (x) => x.acosh(), 1],
      ['atanh', (x) => x.atanh(), 1], ['x·log x', (x) => x.mul(x.log()), 0], ['exp(x)²', (x) => x.exp().square(), ends.steep],
      ['sqrt(log)', (x) => x.log().sqrt(), 0], ['sin(1/x)', (x) => x.reciprocal().sin(), 0],
      ['lgamma', (x) => x.lgamma(), 0],
      ['exp(1/x)/x', (x) => x.reciprocal().exp().div(x), 0],
    ]
    for (const [name, f, at] of masked) {
      const g = (x: Real): Real => where(x.equal(at), 0, f(x)) as Real // a real function
      exact(slope(g, at) + 0, 0, name)
      exact(grad((x: Real) => grad(g)(x).sum())(r(at)).item() + 0, 0, `${name}, twice in reverse`)
      exact(hvp(g)(r(at), r(1)).item() + 0, 0, `${name}, forward over reverse`)
      exact(jvp(g)(r(at), r(1)).tangent.item() + 0, 0, `${name}, forward`)
    }
    exact(slope((x) => where(x.less(ends.steep / 2), x.exp(), 0), ends.steep), 0)
    exact(plain(ascent((z) => where(z.abs().less(ends.steep / 2), z.exp(), 0).real(), ends.steep, 1)), [0, 0])
    exact(slope((x) => div(1, add(1, x.exp())), ends.steep) + 0, 0, 'the naive sigmoid')
  },
  'a residual of exactly 0 does not hide the curvature': (ends) => {
    // L = ½(f(x) − f(a))² has L′ = 0 and L″ = f′² at a.
    const fs: readonly [string, (x: Real) => Tensor, number, number][] = [
      ['sqrt', (x) => x.sqrt(), 1, 1 / 4], ['log', (x) => x.log(), 2, 1 / 4], ['exp', (x) => x.exp(), 0, 1],
      ['1/x', (x) => div(1, x), 1, 1], ['x²', (x) => x.mul(x), 3, 36], ['x^1.5', (x) => x.pow(1.5), 4, 9],
    ]
    for (const [name, f, a, curvature] of fs) {
      const target = f(r(a)).item() as number
      const L = (x: Real): Tensor<'float64', []> => (f(x) as Real).sub(target).square().mul(0.5).sum()
      exact(slope(L, a) + 0, 0, name)
      close(hvp(L)(r(a), r(1)).item(), curvature, 10 * ends.tight, `${name}: hvp`)
      close(grad((x: Real) => grad(L)(x).sum())(r(a)).item(), curvature, 10 * ends.tight, `${name}: reverse twice`)
    }
    const residuals = (x: Tensor<'float64', [2]>) => x.exp().sub(1).square().sum()
    close(hessian(residuals)(tensor([0, 0])).toArray() as number[][], [[2, 0], [0, 2]], 10 * ends.tight)
  },
  '0 to the power 0': () => {
    const p = (w: readonly [Real, Real]): Real => w[0].pow(w[1])
    exact(p([r(0), r(0)]).item(), 1)
    exact(grad(p)([r(0), r(0)]).map((g) => g.item() + 0), [0, 0])
    exact(grad(p)([r(0), r(2)]).map((g) => g.item() + 0), [0, 0])
    exact(grad(p)([r(0), r(1)]).map((g) => g.item() + 0), [1, 0])
    const q = (w: readonly [Cplx, Cplx]): Cplx => w[0].pow(w[1])
    exact(pair(q([c(0, 0), c(0, 0)]).item()), [1, 0])
    const gs = grad((w: readonly [Cplx, Cplx]) => q(w).real())([c(0, 0), c(0, 0)])
    exact(gs.flatMap((g) => plain(pair(g.item()))), [0, 0, 0, 0])
    // Integer exponents take the integer path.
    exact(number((x) => x.pow(0), 0), 1)
    exact(slope((x) => x.pow(0), 0) + 0, 0)
    exact(slope((x) => x.pow(2), -3), -6)
    exact(slope((x) => x.pow(1), 0), 1)
  },
  'norms of huge and tiny entries, and abs at 3·far and 3/far': (ends) => {
    for (const scale of [ends.far, 1 / ends.far]) {
      relative(tensor([3 * scale, 4 * scale]).norm().item(), 5 * scale, ends.tight)
      relative(grad((x: Real) => x.norm())(tensor([3 * scale, 4 * scale])).toArray() as number[], [0.6, 0.8], ends.tight)
      const z = tensor([{ re: 3 * scale, im: 0 }, { re: 0, im: 4 * scale }])
      relative(plain([...grad((w: Cplx) => w.norm())(z).toTypedArray()]), [0.6, 0, 0, 0.8], ends.tight)
      relative(value((w) => w.abs(), 3 * scale, 4 * scale), [5 * scale], ends.tight)
      relative(ascent((w) => w.abs(), 3 * scale, 4 * scale), [0.6, 0.8], ends.tight)
    }
  },
  'abs beyond the largest number: Inf, and the unit phasor': (ends) => {
    exact(value((z) => z.abs(), ends.widest, ends.widest), [inf])
    relative(ascent((z) => z.abs(), ends.widest, ends.widest), [Math.SQRT1_2, Math.SQRT1_2], ends.tight)
  },
  'quotients at the ends of the range': (ends) => {
    for (const s of [ends.far, 1 / ends.far, ...ends.divided]) {
      close(value((z) => z.div(c(s, s)), s, s), [1, 0], ends.tight, `${s}`)
      // w = a/b at a = b: the gradient of Re w by b is −1/conj b, by a 1/conj b, with 1/conj b = (1 + i)/2s.
      const [ga, gb] = grad((w: readonly [Cplx, Cplx]) => w[0].div(w[1]).real())([c(s, s), c(s, s)])
      relative(pair(ga.item()), [0.5 / s, 0.5 / s], 10 * ends.tight, `${s}: numerator`)
      relative(pair(gb.item()), [-0.5 / s, -0.5 / s], 10 * ends.tight, `${s}: denominator`)
    }
    // The quotient exists where the coefficient 1/b is beyond the range: b = tiny·(1 + i).
    const tiny = ends.subnormal
    if (tiny === null) return
    relative(value((z) => z.div(c(tiny, tiny)), 1e10 * tiny, 0), [5e9, -5e9], 1e-9)
    relative(ascent((z) => z.div(c(tiny, tiny)).mul(1e10 * tiny).real(), 1, 0), [5e9, 5e9], 1e-9)
  },
  'exp past overflow keeps a real cotangent real': (ends) => {
    exact(value((z) => z.exp(), ends.steep, 0), [inf, 0])
    exact(plain(ascent((z) => z.exp().real(), ends.steep, 0)), [inf, 0])
  },
  'the sigmoid far out': (ends) => {
    exact(plain(value((z) => z.sigmoid(), -ends.steep, 1)), [0, 0])
    exact(plain(ascent((z) => z.sigmoid().real(), -ends.steep, 1)), [0, 0])
    exact(slope((x) => x.sigmoid(), -ends.steep), 0)
    exact(slope((x) => x.sigmoid(), ends.steep), 0)
    relative(slope((x) => x.sigmoid(), 40), Math.exp(-40), ends.tight, 'no cancellation')
  },
  'signed zeros choose the side of a cut, for value and gradient alike': (ends) => {
    exact(value((z) => z.sqrt(), -4, 0), [0, 2])
    exact(value((z) => z.sqrt(), -4, -0), [0, -2])
    relative(value((z) => z.log(), -4, 0), [Math.log(4), Math.PI], ends.tight)
    relative(value((z) => z.log(), -4, -0), [Math.log(4), -Math.PI], ends.tight)
    // d sqrt/dz = 1/(2·sqrt z) = ∓i/4, so the gradient of the imaginary part, i·conj(∓i/4), is ∓1/4.
    close(ascent((z) => z.sqrt().imag(), -4, 0), [-0.25, 0], ends.tight)
    close(ascent((z) => z.sqrt().imag(), -4, -0), [0.25, 0], ends.tight)
    close(ascent((z) => z.log().imag(), -4, -0), [0, -0.25], ends.tight)
    exact(value((z) => z.conj().sqrt(), -4, 0), [0, -2], 'conj(−4 + 0i) = −4 − 0i')
  },
  'negative real base, complex exponent': (ends) => {
    const [re, im] = [Math.log(2), Math.PI] // log(−2)
    const m = Math.exp(0.5 * re - 0.25 * im)
    const angle = 0.25 * re + 0.5 * im
    const p = c(0.5, 0.25)
    relative(pair(r(-2).pow(p).item()), [m * Math.cos(angle), m * Math.sin(angle)], 10 * ends.tight)
    const g = pair(grad((w: Cplx) => r(-2).pow(w).real())(p).item())
    // conj(w·log z)
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    relative(g, [m * (cos * re - sin * im), -m * (cos * im + sin * re)], 10 * ends.tight)
    // The base is real, and so is its gradient: Re(conj(p·z^(p−1))) with z^(p−1) = z^p/(−2).
    const [u, v] = [m * Math.cos(angle), m * Math.sin(angle)]
    relative(grad((x: Real) => x.pow(p).real())(r(-2)).item(), (0.5 * u - 0.25 * v) / -2, 10 * ends.tight)
  },
  'ties are split, relu is flat at 0, clip halves at a bound': (ends) => {
    const x = tensor([2, 5, 5, 1])
    exact(grad((v: Real) => v.max())(x).toArray() as number[], [0, 0.5, 0.5, 0])
    relative(grad((v: Real) => v.min())(tensor([1, 1, 3, 1])).toArray() as number[], [1 / 3, 1 / 3, 0, 1 / 3], ends.tight)
    exact(jvp((v: Real) => v.max())(x, tensor([1, 2, 4, 8])).tangent.item(), 3)
    const weighted = ([a, b]: readonly [Real, Real]) => a.maximum(b).add(a.minimum(b).mul(10)).sum()
    const both = grad(weighted)([tensor([1, 2, 3]), tensor([1, 3, 2])])
    exact(both.map((g) => g.toArray() as number[]), [[5.5, 10, 1], [5.5, 1, 10]])
    exact(slope((v) => v.relu(), 0), 0)
    exact(grad((v: Real) => v.clip(0, 1).sum())(tensor([-1, 0, 0.5, 1, 2])).toArray() as number[], [0, 0.5, 1, 0.5, 0])
  },
  'a real operand has no imaginary part': () => {
    exact(pair(r(inf).mul(c(1, 2)).item()), [inf, inf], 'no 0·Inf')
    exact(grad((x: Real) => x.mul(c(inf, 1)).real())(r(1)).item(), inf)
    exact(plain(ascent((z) => z.mul(r(inf)).real(), 1, 2)), [inf, 0])
  },
}
