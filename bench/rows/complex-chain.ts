// An elementwise complex chain, L(z) = Σ |exp(i·z / (z + 2)) − 1|, against separate real and imaginary parts by hand with
// the naive formulas.
import { jit, valueAndGrad, wrap, type Tensor } from '../../index.ts'
import { agree, numbers } from '../byHand.ts'
import { paired } from '../row.ts'

const n = 1e5

const objective = (z: Tensor<'complex128', [number]>) => z.mul({ re: 0, im: 1 }).div(z.add(2)).exp().sub(1).abs().sum()

const byHand = (z: Float64Array): { value: number; gradient: Float64Array } => {
  const gradient = new Float64Array(2 * n)
  let value = 0
  for (let k = 0; k < 2 * n; k += 2) {
    const x = z[k]!
    const y = z[k + 1]!
    const dr = x + 2
    const m = dr * dr + y * y
    const qr = (x * y - y * dr) / m // (i·z)·conj(d) / |d|²
    const qi = (x * dr + y * y) / m
    const e = Math.exp(qr)
    const er = e * Math.cos(qi)
    const ei = e * Math.sin(qi)
    const wr = er - 1
    const r = Math.sqrt(wr * wr + ei * ei)
    value += r
    const pr = wr / r
    const pi = ei / r
    const hr = pr * er + pi * ei // phase·conj(e)
    const hi = pi * er - pr * ei
    const cr = (4 * dr * y) / (m * m) // conj(dq/dz), where dq/dz = 2i / d²
    const ci = (-2 * (dr * dr - y * y)) / (m * m)
    gradient[k] = hr * cr - hi * ci
    gradient[k + 1] = hr * ci + hi * cr
  }
  return { value, gradient }
}

const run = jit(valueAndGrad(objective))

export default paired({
  name: 'complex chain with div, exp and abs, n = 100,000',
  bar: 1.1,
  rounds: 12,
  seconds: 0.15,
  inputs: () => [1, 2, 3].map((seed) => {
    const data = numbers(2 * n, seed)
    return { data, z: wrap(data, [n], 'complex128') }
  }),
  ours: ({ z }) => run(z),
  against: ({ data }) => byHand(data),
  check: (ours, hand) => {
    agree([ours.value.item()], [hand.value])
    agree(ours.grad.view(), hand.gradient)
  },
})
