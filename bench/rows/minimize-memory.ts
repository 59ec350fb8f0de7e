// The most memory that the process ever held because of one minimization of a million parameters.
import { minimize, wrap } from '../../index.ts'
import { objective } from '../rosenbrock.ts'
import { figure } from '../row.ts'

const peak = (): number => process.resourceUsage().maxRSS * 1024

export default figure({
  name: 'peak memory of minimize, n = 1,000,000, memory 10',
  bar: 1.3,
  unit: '× 28 vectors',
  measure: () => {
    const run = (n: number) => minimize(objective, wrap(Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1)), [n]), { maxIterations: 30 })
    run(1000)
    const bare = peak()
    run(1e6)
    return (peak() - bare) / (28 * 8e6)
  },
})
