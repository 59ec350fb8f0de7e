// What can be chosen in the margin.
import { backendNames, optimizerNames, sizes, startNames } from '../choices.ts'
import type { BackendName, OptimizerName } from '../choices.ts'
import type { Task } from '../messages.ts'
import { radios, select, type Radios } from './elements.ts'
import type { Settings } from './settings.ts'

const backendLabels: Readonly<Record<BackendName, string>> = { webgpu: 'WebGPU', cpu: 'CPU' }
const optimizerLabels: Readonly<Record<OptimizerName, string>> = { lbfgs: 'L-BFGS', nesterov: 'Momentum', adam: 'Adam' }

export interface Controls {
  readonly backend: Radios<BackendName>
  readonly task: () => Task
  /** What a curve is called. */
  readonly label: () => string
  /** The task has become another one. */
  readonly onTask: (listener: () => void) => void
}

export const openControls = (settings: Settings): Controls => {
  const backend = radios('backend', backendNames)
  const size = radios('size', sizes.map(String))
  const optimizer = select('optimizer', optimizerNames)
  const start = select('start', startNames)
  backend.set(settings.backend)
  size.set(String(settings.size))
  optimizer.set(settings.optimizer)
  start.set(settings.start)

  const sizeNow = () => sizes.find((x) => String(x) === size.get()) ?? settings.size
  return {
    backend,
    task: () => ({ size: sizeNow(), optimizer: optimizer.get(), start: start.get(), limit: settings.limit }),
    label: () => `${optimizerLabels[optimizer.get()]} · ${backendLabels[backend.get()]} · ${sizeNow()}²`,
    onTask: (listener) => {
      for (const choice of [size, optimizer, start]) choice.onChange(listener)
    },
  }
}
