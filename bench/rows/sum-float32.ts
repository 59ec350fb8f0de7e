// The sum of ten million float32 tenths: how far from exact, relatively.
import { full, sum } from '../../index.ts'
import { figure } from '../row.ts'

const count = 1e7

export default figure({
  name: 'sum of 1e7 float32 ones/10, relative error',
  bar: 1e-6,
  unit: '',
  measure: () => {
    const tenths = full([count], 0.1, 'float32')
    const exact = count * Math.fround(0.1)
    return Math.abs(sum(tenths).item() - exact) / exact
  },
})
