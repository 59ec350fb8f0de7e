// From nothing to the first result: import, then the first jitted call.
import type * as FrontDoor from '../../index.ts'
import { figure } from '../row.ts'

export default figure({
  name: 'import and first jitted call',
  bar: null,
  unit: 'ms',
  measure: async () => {
    const start = performance.now()
    // By its compiled name, and typed as what it is.
    const front = await import(new URL('../../index.js', import.meta.url).href) as typeof FrontDoor
    const { jit, tensor } = front
    const x = tensor([1, 2, 3])
    jit((v: typeof x) => v.square().sum())(x).item()
    return performance.now() - start
  },
})
