// What runs in the browser, in a page or in a worker: the same work on WebGPU and on the CPU, and what was asked of the device.
import { webgpu } from '../../../backends/webgpu/index.ts'
import { complex, fromTypedArray, grad, jit, minimizeAsync, tensor, type Scalar, type Tensor } from '../../../index.ts'
import { countDevice, type Counts } from '../../gpu/counted.ts'

declare const navigator: { readonly gpu: GPU }

type Vector = Tensor<'float64', [number]>
type ComplexVector = Tensor<'complex128', [number]>
type Pair = readonly [there: readonly number[], here: readonly number[]]

export interface Answers {
  readonly adapter: string
  readonly eager: Pair
  readonly gradient: Pair
  readonly minimum: Pair
  readonly statuses: readonly [there: string, here: string]
  /** Of the gradient, and of the minimization with its evaluations. */
  readonly compiled: Counts
  readonly minimizing: Counts
  readonly evaluations: number
  readonly snapshots: number
  readonly own: readonly number[]
  readonly lost: string
}

const wave = (n: number, f: (t: number) => number): Vector => fromTypedArray(Float64Array.from({ length: n }, (_, k) => f(k)), [n])
const signal = (n: number): ComplexVector => complex(wave(n, (k) => Math.sin(k * k)), wave(n, (k) => Math.cos(3 * k)))

const target = wave(96, (k) => Math.exp(-(((k - 40) / 9) ** 2)) * 50)
/** Intensities of a spectrum, as in phase retrieval. */
const objective = (z: ComplexVector): Scalar => z.fft().abs2().sub(target).square().mean()
const valley = (x: Vector): Scalar => {
  const n = x.shape[0]
  const [a, b] = [x.slice([0], [n - 1]), x.slice([1], [n])]
  return b.sub(a.square()).square().mul(100).add(a.sub(1).square()).sum()
}
const eager = (x: Vector): Tensor => x.sin().mul(x).add(1).sqrt().cumsum().flip()

const numbers = async (x: Tensor): Promise<readonly number[]> => [...await x.read()]

export const answers = async (): Promise<Answers> => {
  const adapter = await navigator.gpu.requestAdapter()
  if (adapter === null) throw new Error('no adapter')
  const device = await adapter.requestDevice()
  const seen = countDevice(device)
  const backend = await webgpu({ device })
  const x = wave(3000, (k) => k / 1500)
  const z = signal(96)
  const there = z.to(backend)
  const gradient = jit(grad(objective))
  await gradient(there).read()
  let derivative: readonly number[] = []
  const compiled = await seen.during(async () => { derivative = await numbers(gradient(there)) })
  const options = { snapshotSeconds: Infinity, maxIterations: 200 }
  const start = wave(10, (k) => (k % 2 === 0 ? -1.2 : 1))
  await minimizeAsync(valley, start, { ...options, backend, maxIterations: 2 })
  let found = await minimizeAsync(valley, start, options)
  const [minimum, status] = [await numbers(found.params), found.status._tag]
  const minimizing = await seen.during(async () => { found = await minimizeAsync(valley, start, { ...options, backend }) })
  const evaluations = found.evaluations
  const answer = {
    adapter: backend.info.adapter,
    eager: [await numbers(eager(x.to(backend) as Vector)), await numbers(eager(x))] as const,
    gradient: [derivative, await numbers(gradient(z))] as const,
    minimum: [await numbers(found.params), minimum] as const,
    statuses: [found.status._tag, status] as const,
    compiled, minimizing, evaluations,
  }
  const ours = await webgpu()
  const own = await numbers(wave(4, (k) => k).to(ours).exp())
  let reads = 0
  const failed = await minimizeAsync(valley, start, {
    backend, snapshotSeconds: 0,
    onIteration: () => { if (++reads === 4) device.destroy() },
  })
  return { ...answer, own, snapshots: failed.iterations, lost: failed.status._tag }
}

/** What is said where there is no WebGPU, and that the CPU computes there. */
export const withoutDevice = async (): Promise<readonly string[]> => {
  const error = await webgpu().then(() => null, (e: unknown) => e)
  const { _tag, message } = error as { readonly _tag: string; readonly message: string } // as it is documented
  return [_tag, message, String(tensor([3, 4]).norm().item())]
}
