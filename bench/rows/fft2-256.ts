import { fft2, jit, wrap, type Tensor } from '../../index.ts'
import { agree, fft2ByRows, numbers } from '../byHand.ts'
import { paired } from '../row.ts'

const n = 256
const run = jit((z: Tensor<'complex128', [256, 256]>) => fft2(z))
const byHand = fft2ByRows(n)

export default paired({
  name: 'FFT 256×256 against fft.js by rows and columns',
  bar: 0.6,
  rounds: 12,
  seconds: 0.15,
  inputs: () => [1, 2, 3].map((seed) => {
    const data = numbers(2 * n * n, seed)
    return { data, z: wrap(data, [n, n], 'complex128') }
  }),
  ours: ({ z }) => run(z),
  against: ({ data }) => {
    const out = new Float64Array(2 * n * n)
    byHand(data, out, false)
    return out
  },
  check: (ours, hand) => agree(ours.view(), hand),
})
