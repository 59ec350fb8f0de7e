// Kernels, submits and reads: what a device is asked for.
import { jit, lbfgs, minimizeAsync, tensor, valueAndGrad, type Tensor } from '../../index.ts'
import { readAll } from '../../core/read.ts'
import { Node } from '../../core/node.ts'
import type { WebGpuBackend } from '../../backends/webgpu/index.ts'
import type { GpuRow } from './row.ts'

type Vector = Tensor<'float32', [number]>

export const rosenbrock = (x: Vector): Tensor<'float32', []> => {
  const n = x.shape[0]
  const [a, b] = [x.slice([0], [n - 1]), x.slice([1], [n])]
  return b.sub(a.square()).square().mul(100).add(a.neg().add(1).square()).sum() as Tensor<'float32', []> // of a vector
}

export const start = (n: number): Vector => tensor(Array.from({ length: n }, (_, k) => (k % 2 === 0 ? -1.2 : 1)), 'float32') as Vector

const settled = async (x: unknown): Promise<void> => {
  if (x instanceof Node) await readAll([x])
}

const evaluations = async (backend: WebGpuBackend, memorySize: number): Promise<string> => {
  const before = { ...backend.counts }
  const { evaluations, iterations } = await minimizeAsync(rosenbrock, start(1000), {
    backend, optimizer: lbfgs({ memorySize }), maxIterations: 60,
  })
  const [submits, reads, kernels] = (['submits', 'reads', 'dispatches'] as const).map((k) => (backend.counts[k] - before[k]) / evaluations)
  return `${submits!.toFixed(2)}, ${reads!.toFixed(2)}; ${kernels!.toFixed(1)} kernels (${iterations} iterations, ${evaluations} evaluations)`
}

/** Five kernels, each of which needs all of what the one before it has made. */
const fiveKernels = (x: Tensor<'float32', [64, 64]>): Tensor =>
  x.matmul(x).sin().matmul(x).cos().matmul(x)

const issue = async (backend: WebGpuBackend): Promise<string> => {
  const x = tensor(Array.from({ length: 64 }, (_, i) => Array.from({ length: 64 }, (__, j) => Math.sin(i * j) / 64)), 'float32').to(backend)
  const f = jit(fiveKernels)
  const run = (): Tensor => f(x as Tensor<'float32', [64, 64]>)
  await settled(run())
  const before = backend.counts.dispatches
  await settled(run())
  const kernels = backend.counts.dispatches - before
  const times: number[] = []
  for (let k = 0; k < 300; k++) {
    const t = performance.now()
    run()
    await Promise.resolve() // what is recorded is submitted in a microtask
    times.push(performance.now() - t)
    if (k % 10 === 9) await settled(run())
  }
  times.sort((a, b) => a - b)
  return `median ${(1000 * times[150]!).toFixed(0)} µs, best ${(1000 * times[0]!).toFixed(0)} µs (${kernels} kernels)`
}

export const counting: readonly GpuRow[] = [
  {
    name: 'kernels for value and gradient of Rosenbrock, n = 1,000', bar: 'at most 2',
    measure: async (backend) => {
      const f = jit(valueAndGrad(rosenbrock))
      const x = start(1000).to(backend)
      await settled(f(x).value)
      const before = backend.counts.dispatches
      await settled(f(x).value)
      return `${backend.counts.dispatches - before}`
    },
  },
  ...[1, 5, 10, 20].map((m): GpuRow => ({
    name: `submits, reads per evaluation inside L-BFGS, memory ${m}`, bar: '1, 1', measure: (backend) => evaluations(backend, m),
  })),
  { name: 'host time to issue one jitted program of five kernels', bar: 'at most 50 µs', measure: issue },
]
