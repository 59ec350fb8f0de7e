// The banana valley, real and complex.
import { minimize, tensor, zeros, type Tensor } from '../index.ts'

const valley = (x: Tensor<'float64', [number]>) => {
  const n = x.shape[0]!
  const [a, b] = [x.slice([0], [n - 1]), x.slice([1], [n])]
  return b.sub(a.square()).square().mul(100).add(a.neg().add(1).square()).sum()
}
const real = minimize(valley, tensor([-1.2, 1]))
console.log(`real:    ${real.params}  in ${real.evaluations} evaluations  (${real.status._tag})`)

// In ℂ the squares become moduli. The point (1, …, 1) is still the minimum, and nothing is conjugated anywhere.
const complexValley = (z: Tensor<'complex128', [number]>) => {
  const n = z.shape[0]!
  const [a, b] = [z.slice([0], [n - 1]), z.slice([1], [n])]
  return b.sub(a.square()).abs2().mul(100).add(a.neg().add(1).abs2()).sum()
}
const complex = minimize(complexValley, zeros([5], 'complex128'))
console.log(`complex: ${complex.params}  in ${complex.evaluations} evaluations  (${complex.status._tag})`)
