// How fast a device works, beside the speed at which it copies. Times are of many runs issued together and one read at the
// end, so that the round trip does not count; on a software adapter the problems are smaller.
import { fft2, jit, random, type Tensor } from '../../index.ts'
import { readAll } from '../../core/read.ts'
import { Node } from '../../core/node.ts'
import type { WebGpuBackend } from '../../backends/webgpu/index.ts'
import type { GpuRow } from './row.ts'

/** Seconds a run: the slope between few runs and many. */
const secondsOf = async (run: () => Tensor, runs: number): Promise<number> => {
  const time = async (count: number): Promise<number> => {
    const start = performance.now()
    let last: unknown
    for (let k = 0; k < count; k++) last = run()
    if (last instanceof Node) await readAll([last])
    return (performance.now() - start) / 1000
  }
  await time(2)
  const slopes: number[] = []
  for (let k = 0; k < 5; k++) slopes.push((await time(2 * runs) - await time(runs)) / runs)
  return slopes.sort((p, q) => p - q)[2]!
}

const rate = (amount: number, seconds: number, unit: string): string =>
  `${(seconds * 1000).toPrecision(3)} ms, ${(amount / seconds / 1e9).toPrecision(3)} ${unit}`

export const throughput = (isSoftware: boolean): readonly GpuRow[] => {
  const n = isSoftware ? 2 ** 20 : 2 ** 24
  const m = isSoftware ? 256 : 2048
  const [side, batch] = isSoftware ? [128, 2] : [1024, 16]
  const runs = isSoftware ? 3 : 50
  const key = random.key(11)
  const vector = (backend: WebGpuBackend): Tensor => random.normal(key, [n], 'float32').to(backend)
  const only = (f: (x: Tensor) => Tensor): ((x: Tensor) => Tensor) => jit((x: Tensor) => f(x).at(0)) // one number is read
  const row = (name: string, measure: GpuRow['measure']): GpuRow => ({ name, bar: '', measure })
  return [
    row(`copy of ${n} float32 (x + 1)`, async (backend) => {
      const x = vector(backend)
      const f = jit((y: Tensor) => y.add(1))
      return rate(8 * n, await secondsOf(() => f(x).slice([0], [1]), runs), 'GB/s')
    }),
    row(`elementwise chain of ${n}: sin(x)·exp(−x²) + x/(1 + x²)`, async (backend) => {
      const x = vector(backend)
      const f = jit((y: Tensor) => y.sin().mul(y.square().neg().exp()).add(y.div(y.square().add(1))))
      return rate(8 * n, await secondsOf(() => f(x).slice([0], [1]), runs), 'GB/s')
    }),
    row(`sum of ${n} float32`, async (backend) => {
      const x = vector(backend)
      const f = jit((y: Tensor) => y.sum())
      return rate(4 * n, await secondsOf(() => f(x), runs), 'GB/s')
    }),
    row(`matmul ${m}×${m} float32`, async (backend) => {
      const a = random.normal(key, [m, m], 'float32').to(backend)
      const f = jit((x: Tensor, y: Tensor) => x.matmul(y as never) as Tensor)
      return rate(2 * m ** 3, await secondsOf(() => f(a, a).slice([0, 0], [1, 1]), runs), 'GFLOP/s')
    }),
    row(`fft2 ${side}×${side}, batch ${batch}, complex64`, async (backend) => {
      const z = random.normal(key, [batch, side, side], 'complex64').to(backend)
      const f = jit((x: Tensor) => fft2(x as never) as Tensor)
      const flops = 5 * batch * side * side * Math.log2(side * side)
      return rate(flops, await secondsOf(() => f(z).slice([0, 0, 0], [1, 1, 1]), runs), 'GFLOP/s')
    }),
    row('a read of one number, round trip', async (backend) => {
      const x = random.normal(key, [16], 'float32').to(backend)
      const f = only((y) => y.add(1))
      const times: number[] = []
      for (let k = 0; k < 40; k++) {
        const start = performance.now()
        await f(x).read()
        times.push(performance.now() - start)
      }
      return `${times.sort((p, q) => p - q)[20]!.toPrecision(3)} ms`
    }),
  ]
}
