// From nothing to the first result: import, then the first jitted call.
import { figure } from '../row.ts'

export default figure({
  name: 'import and first jitted call',
  bar: null,
  unit: 'ms',
  measure: async () => {
    const start = performance.now()
    const { jit, tensor } = await import('../../index.ts')
    jit((x: ReturnType<typeof tensor<readonly [1, 2, 3]>>) => x.square().sum())(tensor([1, 2, 3])).item()
    return performance.now() - start
  },
})
