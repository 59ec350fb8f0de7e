// The optimizers to choose from. The rates fit the misfit, whose curvature is about 2: plain gradient descent with the
// rate 1/2 would be the algorithm of Gerchberg and Saxton, and momentum makes it several times faster.
import { adam, lbfgs, sgd, type Optimizer } from '../../../index.ts'
import type { OptimizerName } from '../choices.ts'

/** Five pairs bring as much here as ten or twenty, and cost less. */
export const optimizers: Readonly<Record<OptimizerName, Optimizer>> = {
  lbfgs: lbfgs({ memorySize: 5 }),
  nesterov: sgd(0.5, { momentum: 0.9, nesterov: true }),
  adam: adam(0.2),
}
