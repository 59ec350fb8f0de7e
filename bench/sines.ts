// How the time of value and gradient grows with the length of an unrolled chain of sines, traced, compiled and run anew.
import { tensor, valueAndGrad, type Tensor } from '../index.ts'
import { figure, type Row } from './row.ts'

const seconds = (length: number): number => {
  const chain = (x: Tensor<'float64', []>): Tensor<'float64', []> => {
    let y = x
    for (let k = 0; k < length; k++) y = y.sin()
    return y
  }
  const start = performance.now()
  valueAndGrad(chain)(tensor(0.5)).grad.item()
  return performance.now() - start
}

export const growthRow = (from: number, to: number, bar: number): Row => figure({
  name: `chain of sines, ${from.toLocaleString('en')} → ${to.toLocaleString('en')}: time grows`,
  bar,
  unit: '×',
  measure: () => {
    for (let k = 0; k < 5; k++) seconds(100 + k) // the compiler itself warms up
    const median = (length: number, times: number): number => {
      const all = Array.from({ length: times }, (_, k) => seconds(length + k)).sort((p, q) => p - q)
      return all[times >> 1]!
    }
    return median(to, 3) / median(from, 5)
  },
})
