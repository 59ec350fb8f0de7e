// Coded diffraction, Σ (|F(c·z)| − y)² over four masks of 256×256: by hand with fft.js, rows then columns.
import { fft2, jit, valueAndGrad, wrap, type Tensor } from '../../index.ts'
import { agree, fft2ByRows, numbers } from '../byHand.ts'
import { paired } from '../row.ts'

const [masks, n] = [4, 256] as const
const size = n * n

const transform = fft2ByRows(n)
const field = new Float64Array(2 * size)
const spectrum = new Float64Array(2 * size)

const byHand = (z: Float64Array, c: Float64Array, y: Float64Array): { value: number; gradient: Float64Array } => {
  const gradient = new Float64Array(2 * size)
  let value = 0
  for (let k = 0; k < masks; k++) {
    const at = 2 * size * k
    for (let i = 0; i < 2 * size; i += 2) {
      field[i] = c[at + i]! * z[i]! - c[at + i + 1]! * z[i + 1]!
      field[i + 1] = c[at + i]! * z[i + 1]! + c[at + i + 1]! * z[i]!
    }
    transform(field, spectrum, false)
    for (let i = 0; i < size; i++) {
      const [re, im] = [spectrum[2 * i]!, spectrum[2 * i + 1]!]
      const r = Math.sqrt(re * re + im * im)
      const d = r - y[size * k + i]!
      value += d * d
      const s = (2 * d * size) / r // the inverse transform divides by the size
      spectrum[2 * i] = s * re
      spectrum[2 * i + 1] = s * im
    }
    transform(spectrum, field, true)
    for (let i = 0; i < 2 * size; i += 2) {
      gradient[i] = gradient[i]! + c[at + i]! * field[i]! + c[at + i + 1]! * field[i + 1]!
      gradient[i + 1] = gradient[i + 1]! + c[at + i]! * field[i + 1]! - c[at + i + 1]! * field[i]!
    }
  }
  return { value, gradient }
}

type Data = readonly [Tensor<'complex128', [4, 256, 256]>, Tensor<'float64', [4, 256, 256]>]
const loss = (z: Tensor<'complex128', [256, 256]>, ...[c, y]: Data) => fft2(c.mul(z)).abs().sub(y).square().sum()
const run = jit(valueAndGrad(loss))

export default paired({
  name: 'coded diffraction 256×256, 4 masks, value and gradient',
  bar: 0.7,
  rounds: 8,
  seconds: 0.4,
  inputs: () => [1, 2, 3].map((seed) => {
    const [z, c] = [numbers(2 * size, seed), numbers(2 * size * masks, seed + 10)]
    const y = numbers(size * masks, seed + 20).map((v) => 256 * Math.abs(v))
    return { z, c, y, tensors: [wrap(z, [n, n], 'complex128'), wrap(c, [masks, n, n], 'complex128'), wrap(y, [masks, n, n])] as const }
  }),
  ours: ({ tensors: [z, c, y] }) => run(z, c, y),
  against: ({ z, c, y }) => byHand(z, c, y),
  check: (ours, hand) => {
    agree([ours.value.item()], [hand.value])
    agree(ours.grad.view(), hand.gradient)
  },
})
