// Logistic regression, Σ softplus(−y·Xw): two passes over X by hand, with four accumulators.
import { jit, valueAndGrad, wrap, type Tensor } from '../../index.ts'
import { agree, numbers } from '../byHand.ts'
import { paired } from '../row.ts'

const [m, n] = [2000, 200] as const

const byHand = (X: Float64Array, y: Float64Array, w: Float64Array): { value: number; gradient: Float64Array } => {
  const gradient = new Float64Array(n)
  let value = 0
  for (let r = 0; r < m; r++) {
    const row = r * n
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0
    for (let c = 0; c < n; c += 4) {
      s0 += X[row + c]! * w[c]!
      s1 += X[row + c + 1]! * w[c + 1]!
      s2 += X[row + c + 2]! * w[c + 2]!
      s3 += X[row + c + 3]! * w[c + 3]!
    }
    const t = -y[r]! * (s0 + s1 + s2 + s3)
    const e = Math.exp(-Math.abs(t))
    value += Math.max(t, 0) + Math.log1p(e)
    const g = -y[r]! * (t >= 0 ? 1 / (1 + e) : e / (1 + e))
    for (let c = 0; c < n; c++) gradient[c] = gradient[c]! + g * X[row + c]!
  }
  return { value, gradient }
}

type Data = readonly [Tensor<'float64', [2000, 200]>, Tensor<'float64', [2000]>]
const loss = (w: Tensor<'float64', [200]>, ...[X, y]: Data) => X.matmul(w).mul(y).neg().softplus().sum()
const run = jit(valueAndGrad(loss))

export default paired({
  name: 'logistic regression 2000×200, value and gradient',
  bar: 1.0,
  rounds: 12,
  seconds: 0.15,
  inputs: () => [1, 2, 3].map((seed) => {
    const [X, w] = [numbers(m * n, seed), numbers(n, seed + 10)]
    const y = numbers(m, seed + 20).map(Math.sign)
    return { X, y, w, tensors: [wrap(w, [n]), wrap(X, [m, n]), wrap(y, [m])] as const }
  }),
  ours: ({ tensors: [w, X, y] }) => run(w, X, y),
  against: ({ X, y, w }) => byHand(X, y, w),
  check: (ours, hand) => {
    agree([ours.value.item()], [hand.value])
    agree(ours.grad.view(), hand.gradient)
  },
})
