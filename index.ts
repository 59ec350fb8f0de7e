// The front door. Importing it chooses the CPU backend.
import { cpu } from './backends/cpu/index.ts'
import { useBackend } from './core/backend.ts'

useBackend(cpu)

export { cpu, useBackend }
export type { Backend, Executable } from './core/backend.ts'
export * from './core/errors.ts'
export * from './core/face.ts'
export type * from './core/types.ts'
export { checkGrad } from './autodiff/checkGrad.ts'
export { complexDerivative } from './autodiff/complexDerivative.ts'
export { customVjp } from './autodiff/customVjp.ts'
export { explain } from './autodiff/explain.ts'
export { grad, valueAndGrad } from './autodiff/grad.ts'
export { hessian } from './autodiff/hessian.ts'
export { hvp } from './autodiff/hvp.ts'
export { jacobian } from './autodiff/jacobian.ts'
export { jvp } from './autodiff/jvp.ts'
export { stopGradient } from './autodiff/stopGradient.ts'
export { vjp } from './autodiff/vjp.ts'
export { wirtinger } from './autodiff/wirtinger.ts'
export type * from './autodiff/types.ts'
