// How far 32 bits reach: minima in single precision beside those in double precision.
import { cpu, fromTypedArray, minimize, minimizeAsync, random, tensor, type Backend, type Solution, type Tensor } from '../../index.ts'
import { aligned, amplitudes, misfit, octanaryMasks, relativeError, type Field } from '../../examples/coded-diffraction.ts'
import type { WebGpuBackend } from '../../backends/webgpu/index.ts'
import type { GpuRow } from './row.ts'

/** 200 equations for 80 unknowns of very different scales, which they cannot all fulfil. */
const leastSquares = async (backend: WebGpuBackend): Promise<string> => {
  const [a, b] = random.split(random.key(5))
  const scales = tensor(Array.from({ length: 80 }, (_, j) => 100 ** (-j / 79)))
  const A = random.normal(a!, [200, 80]).mul(scales).cast('float32')
  const y = random.normal(b!, [200, 1]).mul(3).cast('float32')
  const loss = (x: Tensor<'float32', [80, 1]>) => A.matmul(x).sub(y).square().sum().mul(0.5)
  const x0 = tensor(Array.from({ length: 80 }, () => [0]), 'float32') as Tensor<'float32', [80, 1]>
  const exactly = (x: Tensor<'float64', [80, 1]>) => A.cast('float64').matmul(x).sub(y.cast('float64')).square().sum().mul(0.5)
  const best = minimize(exactly, x0.cast('float64'), { gradientTolerance: 1e-12, maxIterations: 5000 })
  const found = await minimizeAsync(loss, x0, { backend, gradientTolerance: 0, maxIterations: 2000 })
  const point = tensor(Array.from(await found.params.read(), (v) => [v])) as Tensor<'float64', [80, 1]>
  const gap = (exactly(point).item() - best.value) / (exactly(x0.cast('float64')).item() - best.value)
  return `${gap.toExponential(1)} (${found.evaluations} evaluations, ${found.status._tag})`
}

/** Evaluations until the object is recovered up to a relative error of 1e-3. */
const phaseRetrieval = async (backend: WebGpuBackend): Promise<string> => {
  const size = 128
  const keys = random.split(random.key(1), 3)
  const truth = random.normal(keys[1]!, [size, size], 'complex128') as Field
  const masks = octanaryMasks(keys[0]!, 8, size)
  const objective = misfit(masks, amplitudes(masks, truth))
  const x0 = random.normal(keys[2]!, [size, size], 'complex128').mul(0.5) as Field
  const count = async (where: Backend): Promise<number> => {
    let solution: Solution<Field> | null = null
    for (let iterations = 5; iterations < 1000; iterations += 5) {
      const resumed: { readonly resumeFrom?: Solution<Field> } = solution === null ? {} : { resumeFrom: solution }
      solution = await minimizeAsync(objective, x0, { backend: where, maxIterations: iterations, gradientTolerance: 0, ...resumed })
      const found: Field = fromTypedArray(await solution.params.read(), [size, size], 'complex128')
      if (relativeError(aligned(found, truth), truth) <= 1e-3) return solution.evaluations
    }
    return Infinity
  }
  const [gpu, host] = [await count(backend), await count(cpu)]
  return `${gpu} against ${host}: ${(gpu / host).toFixed(2)}`
}

export const accuracy: readonly GpuRow[] = [
  { name: 'least squares with a residual, float32: gap / (f0 − f*)', bar: 'at most 1e-9', measure: leastSquares },
  { name: 'phase retrieval 128×128: evaluations to a relative error of 1e-3', bar: "at most 1.3 of the CPU's in float64", measure: phaseRetrieval },
]
