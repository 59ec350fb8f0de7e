// Complex least squares with a loop of one's own, Optax style: init, update, apply.
import { adjoint, applyUpdates, lbfgs, random, valueAndGradFromState, type Tensor } from '../index.ts'

const [matrixKey, targetKey] = random.split(random.key(0))
const A = random.normal(matrixKey!, [60, 20], 'complex128')
const b = random.normal(targetKey!, [60], 'complex128')
const loss = (z: Tensor<'complex128', [20]>) => A.matmul(z).sub(b).abs2().sum()

const optimizer = lbfgs()
let z: Tensor<'complex128', [20]> = random.normal(random.key(1), [20], 'complex128')
let state = optimizer.init(z)
for (let k = 0; k < 100; k++) {
  const { value, grad } = valueAndGradFromState(loss)(z, state)
  const slope = grad.abs().max().item()
  if (k % 5 === 0 || slope < 1e-8) console.log(`step ${String(k).padStart(3)}  loss ${value.item().toFixed(12)}  |gradient| ${slope.toExponential(1)}`)
  if (slope < 1e-8) break
  const [updates, next] = optimizer.update(grad, state, z, { value, grad, valueFn: loss })
  z = applyUpdates(z, updates)
  state = next
}

// At the minimum the residual is orthogonal to the columns of A.
const residual = A.matmul(z).sub(b)
console.log(`|Aᴴ(Az − b)| = ${adjoint(A).matmul(residual).norm().item().toExponential(1)}`)
