// Value and gradient of the chained Rosenbrock function, jitted, against the loop by hand; fresh results on both sides.
import { jit, valueAndGrad, wrap, type Tensor } from '../index.ts'
import { agree, numbers, rosenbrock as byHand } from './byHand.ts'
import { paired, type Row } from './row.ts'

export const objective = (x: Tensor<'float64', [number]>): Tensor<'float64', []> => {
  const n = x.shape[0]!
  const [a, b] = [x.slice([0], [n - 1]), x.slice([1], [n])]
  return b.sub(a.square()).square().mul(100).add(a.neg().add(1).square()).sum() as Tensor<'float64', []> // a full sum
}

export const rosenbrockRow = (n: number, bar: number): Row => {
  const run = jit(valueAndGrad(objective))
  return paired({
    name: `value and gradient, Rosenbrock float64, n = ${n.toLocaleString('en')}`,
    bar,
    ...n > 1e5 ? { rounds: 12, seconds: 0.2 } : {},
    inputs: () => [1, 2, 3].map((seed) => {
      const data = numbers(n, seed)
      return { data, x: wrap(data, [n]) }
    }),
    ours: ({ x }) => run(x),
    against: ({ data }) => byHand(data),
    check: (ours, hand) => {
      agree([ours.value.item()], [hand.value])
      agree(ours.grad.toTypedArray(), hand.gradient)
    },
  })
}
