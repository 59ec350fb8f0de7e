// Test problems of the literature, with what Optax and SciPy need for them: iterations/evaluations.
import { complex, fromTypedArray, tensor, type Scalar, type Tensor } from '../../index.ts'

export type Vector = Tensor<'float64', [number]>
export type ComplexVector = Tensor<'complex128', [number]>

/** The chained Rosenbrock function, real or complex: the squares are moduli squared. */
export const rosenbrock = (x: Vector): Scalar => {
  const [a, b] = [x.slice([0], [-1]), x.slice([1], [x.shape[0]])]
  return b.sub(a.square()).square().mul(100).add(a.sub(1).square()).sum()
}

const himmelblau = (x: Vector): Scalar => {
  const [p, q] = [x.at(0), x.at(1)]
  return p.square().add(q).sub(11).square().add(p.add(q.square()).sub(7).square())
}

const zakharov = (x: Vector): Scalar => {
  const s = x.dot(tensor(Array.from({ length: x.shape[0] }, (_, k) => 0.5 * (k + 1))))
  return x.square().sum().add(s.square()).add(s.pow(4))
}

const A = tensor([[1, -2], [3, 4], [{ re: -4, im: 2 }, { re: 5, im: -3 }], [{ re: -2, im: -2 }, 6]])
const amplitudes = (z: ComplexVector): Scalar => A.matmul(z).abs().pow(1.5).sum()

/** The chained function of the real and the imaginary parts, one after the other. */
const ofParts = (z: ComplexVector): Scalar => {
  const [x, y] = [z.real(), z.imag()]
  const joint = x.at(-1).sub(1).square().add(y.at(0).sub(x.at(-1).square()).square().mul(100))
  return rosenbrock(x).add(joint).add(rosenbrock(y))
}

const helical = (x: Vector): Scalar => {
  const [a, b, c] = [x.at(0), x.at(1), x.at(2)]
  const turn = b.div(a).atan().div(2 * Math.PI).add(a.less(0).cast('float64').mul(0.5))
  const radius = a.square().add(b.square()).sqrt()
  return c.sub(turn.mul(10)).square().add(radius.sub(1).square()).mul(100).add(c.square())
}

const powell = (x: Vector): Scalar => {
  const [a, b, c, d] = [x.at(0), x.at(1), x.at(2), x.at(3)]
  return a.add(b.mul(10)).square().add(c.sub(d).square().mul(5)).add(b.sub(c.mul(2)).pow(4)).add(a.sub(d).pow(4).mul(10))
}

const wood = (x: Vector): Scalar => {
  const [a, b, c, d] = [x.at(0), x.at(1), x.at(2), x.at(3)]
  const first = b.sub(a.square()).square().mul(100).add(a.sub(1).square())
  const second = d.sub(c.square()).square().mul(90).add(c.sub(1).square())
  const [p, q] = [b.sub(1), d.sub(1)]
  return first.add(second).add(p.square().add(q.square()).mul(10.1)).add(p.mul(q).mul(19.8))
}

const brown = (x: Vector): Scalar => {
  const [a, b] = [x.at(0), x.at(1)]
  return a.sub(1e6).square().add(b.sub(2e-6).square()).add(a.mul(b).sub(2).square())
}

const penalty = (x: Vector): Scalar => x.sub(1).square().sum().mul(1e-5).add(x.square().sum().sub(0.25).square())

export interface Row<X> {
  readonly name: string
  readonly f: (x: X) => Scalar
  readonly start: X
  readonly norm: 2 | 'max'
  readonly minimum: number
  readonly optaxZoom: string
  readonly optaxBacktracking: string
  readonly scipy: string
}

const at = (...x: readonly number[]): Vector => fromTypedArray(Float64Array.from(x), [x.length])
const alternating = (n: number): Vector => at(...Array.from({ length: n }, (_, k) => (k % 2 === 0 ? -1.2 : 1)))
const constant = (re: number, im: number): ComplexVector => complex(at(re, re, re, re, re), at(im, im, im, im, im))

const row = <X>(name: string, f: (x: X) => Scalar, start: X, norm: 2 | 'max', minimum: number,
  optaxZoom: string, optaxBacktracking = '–', scipy = '–'): Row<X> =>
  ({ name, f, start, norm, minimum, optaxZoom, optaxBacktracking, scipy })

export const realRows: readonly Row<Vector>[] = [
  row('Rosenbrock 2 (0,0)', rosenbrock, at(0, 0), 2, 0, '18/25', '24/39', '21/25'),
  row('Rosenbrock 2 (−1.2,1)', rosenbrock, at(-1.2, 1), 2, 0, '35/46', 'fails', '37/45'),
  row('chained Rosenbrock 16', rosenbrock, alternating(16), 2, 0, '111/143', '124/175', '110/132'),
  row('Himmelblau (1,1)', himmelblau, at(1, 1), 2, 0, '8/11', '15/29', '8/12'),
  row('Himmelblau (92,.001)', himmelblau, at(92, 0.001), 2, 0, '21/24', '22/23', '21/23'),
  row('Zakharov 6', zakharov, at(600, 700, 200, 100, 90, 1000), 2, 0, '48/61', '53/59', '49/59'),
  row('helical valley', helical, at(-1, 0, 0), 'max', 0, '27/30', '–', '29/33'),
  row('Powell singular', powell, at(3, -1, 0, 1), 'max', 0, '40/46', '–', '28/31'),
  row('Wood', wood, at(-3, -1, -3, -1), 'max', 0, '86/131', 'fails', '85/112'),
  row('Brown badly scaled', brown, at(1, 1), 'max', 0, '11/34', 'fails', '15/27'),
  row('penalty I, n = 10', penalty, at(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 'max', 7.08765e-5, '59/75', '–', '40/45'),
  row('chained Rosenbrock 100', rosenbrock, alternating(100), 'max', 0, '534/619', '–', '522/610'),
]

export const complexRows: readonly Row<ComplexVector>[] = [
  row('Σ|Az|^1.5', amplitudes, complex(at(1, 0), at(-1, 1)), 2, 0, '42/83', '74/90'),
  row('complex Rosenbrock from 0', ofParts, constant(0, 0), 2, 0, '61/78', '68/94'),
  row('complex Rosenbrock from −1.2+i', ofParts, constant(-1.2, 1), 2, 0, '81/105', 'fails'),
]
