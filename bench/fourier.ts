// One-dimensional transforms, jitted, against fft.js or against our own transform of another length.
import FFT from 'fft.js'
import { fft, jit, wrap, type Tensor } from '../index.ts'
import { agree, numbers } from './byHand.ts'
import { paired, type Row } from './row.ts'

const transformed = () => jit((z: Tensor<'complex128', [number]>) => fft(z))
const input = (n: number, seed: number) => {
  const data = numbers(2 * n, seed)
  return { data, z: wrap(data, [n], 'complex128') }
}
const timing = (n: number) => (n > 1e4 ? { rounds: 12, seconds: 0.15 } : {})

export const fftRow = (n: number, bar: number): Row => {
  const run = transformed()
  return paired({
    name: `FFT of length ${n} against fft.js`,
    bar,
    ...timing(n),
    inputs: () => [1, 2, 3].map((seed) => ({ ...input(n, seed), plan: new FFT(n) })),
    ours: ({ z }) => run(z),
    against: ({ data, plan }) => {
      const out = new Float64Array(2 * n)
      plan.transform(out, data)
      return out
    },
    check: (ours, hand) => agree(ours.view(), hand),
  })
}

/** Ratio to our own transform of length `other`. */
export const fftLengthRow = (n: number, other: number, bar: number): Row => {
  const [run, runOther] = [transformed(), transformed()]
  return paired({
    name: `FFT of length ${n} against our own ${other}`,
    bar,
    inputs: () => [1, 2, 3].map((seed) => ({ z: input(n, seed).z, other: input(other, seed).z })),
    ours: ({ z }) => run(z),
    against: ({ other: z }) => runOther(z),
  })
}
