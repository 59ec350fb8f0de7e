// L-BFGS on WebGPU: its kernels against the reference, for several limits of bindings, and minimizations against the CPU's.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reference } from '../../backends/reference/index.ts'
import { GpuArray } from '../../backends/webgpu/array.ts'
import { compileOn } from '../../backends/webgpu/compile.ts'
import { openOrThrow } from '../../backends/webgpu/device/index.ts'
import { webgpu } from '../../backends/webgpu/index.ts'
import { Tables } from '../../backends/webgpu/tables.ts'
import type { Equation, Program } from '../../core/equation.ts'
import { alongAt, memoryLength, outcomes, productsAt } from '../../core/lbfgs.ts'
import { shape } from '../../core/shape.ts'
import { fromTypedArray, lbfgs, minimize, minimizeAsync, type Scalar, type Tensor } from '../../index.ts'

const test = suite('webgpu L-BFGS')

const backend = await webgpu()
const device = await openOrThrow({})
const tables = new Tables(device)

interface Case { readonly k: number, readonly memorySize: number, readonly isScaled: boolean, readonly n: number }

const programOf = ({ k, memorySize, isScaled, n }: Case): Program => {
  const type = (count: number) => ({ dtype: 'float32', shape: shape([count]), outputs: null }) as const
  const input = (count: number): Equation => ({ ...type(count), primitive: 'input', args: [], attrs: [] })
  const length = memoryLength(memorySize)
  const inputs = [input(n), input(n), input(n), ...k === 0 ? [] : [input(length)], ...Array.from({ length: 2 * k }, () => input(n))]
  const outputs = [n, length].map((count) => ({ dtype: 'float32', info: shape([count]) }) as const)
  const found: Equation = {
    ...type(n), primitive: 'lbfgs', args: inputs.map((_, j) => j), attrs: [k, memorySize, Number(isScaled)], outputs,
  }
  const pick = (j: number): Equation => ({ ...type(outputs[j]!.info.size), primitive: 'pick', args: [inputs.length], attrs: [j] })
  return { equations: [...inputs, found, pick(0), pick(1)], inputs: inputs.map((_, j) => j), outputs: [inputs.length + 1, inputs.length + 2] }
}

const random = (seed: number, length: number): Float32Array => {
  let state = seed
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  })
}
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)

/** Pairs of a quadratic function with curvatures from 1 to 10, so that the memory is one that could have come about. */
const inputsOf = ({ k, memorySize, n }: Case, turn: number): readonly Float32Array[] => {
  const steps = Array.from({ length: k + 1 }, (_, j) => random(j + 1, n))
  const differences = steps.map((s) => s.map((x, i) => x * (1 + 9 * i / n)))
  const memory = new Float32Array(memoryLength(memorySize))
  for (let j = 0; j < k; j++) {
    for (let i = 0; i <= j; i++) memory.set([dot(steps[i]!, differences[j]!), dot(differences[i]!, differences[j]!)], productsAt(i, j))
  }
  const [g, y] = [random(99, n), differences[k]!.map((x) => turn * x)]
  const g0 = g.map((x, i) => x - y[i]!)
  for (let j = 0; j < k; j++) memory.set([dot(steps[j]!, g0), dot(differences[j]!, g0)], alongAt(memorySize, j))
  const pairs = steps.slice(0, k).flatMap((s, j) => [s, differences[j]!])
  return [g, steps[k]!, y, ...k === 0 ? [] : [memory], ...pairs]
}

const run = async (c: Case, inputs: readonly Float32Array[], storageBuffers: number): Promise<readonly Float32Array[]> => {
  const target = { ...device.target, storageBuffers }
  const results = compileOn(backend, { ...device, target }, tables)(programOf(c)).run(inputs)
  const handles = results.map((x) => {
    if (!(x instanceof GpuArray)) throw new Error('a result elsewhere than on the device')
    return x.handle
  })
  const bytes = await device.queue.read(handles)
  for (const h of handles) h.release()
  return bytes.map((b, j) => new Float32Array(b, 0, j === 0 ? c.n : memoryLength(c.memorySize)))
}

const agree = (found: Float32Array, want: Float32Array, tolerance: number, what: string): void => {
  const scale = Math.max(...want.map(Math.abs))
  const worst = Math.max(...want.map((x, i) => Math.abs(x - found[i]!)))
  assert.ok(worst <= tolerance * scale, `${what}: ${worst} of ${scale}`)
}

for (const c of [
  { k: 0, memorySize: 3, isScaled: true, n: 7 }, { k: 2, memorySize: 3, isScaled: true, n: 200 }, { k: 3, memorySize: 3, isScaled: false, n: 65 },
  { k: 1, memorySize: 1, isScaled: true, n: 5000 }, { k: 10, memorySize: 10, isScaled: true, n: 3000 },
]) {
  test(`${c.k} pairs of ${c.n} numbers, memory ${c.memorySize}`, async () => {
    for (const storageBuffers of [8, 10, 64]) {
      for (const [turn, outcome] of [[1, outcomes.accepted], [-1, c.k === 0 ? outcomes.dropped : outcomes.refused]] as const) {
        const inputs = inputsOf(c, turn)
        const [direction, memory] = await run(c, inputs, storageBuffers)
        const [wanted, remembered] = reference.compile(programOf(c)).run(inputs) as readonly Float32Array[] // single precision, as declared
        assert.is(memory![0], outcome)
        assert.is(remembered![0], outcome)
        agree(direction!, wanted!, 1e-5, `direction, ${storageBuffers} bindings`)
        agree(memory!, remembered!, 1e-5, `memory, ${storageBuffers} bindings`)
        agree(memory!.subarray(0, 3), remembered!.subarray(0, 3), 1e-5, 'slope and cosine')
      }
    }
  })
}

test('a step of zero, and a direction that does not ascend, drop the memory', async () => {
  const c = { k: 2, memorySize: 3, isScaled: true, n: 100 }
  const still = inputsOf(c, 1).map((x, j) => (j === 1 ? x.map(() => 0) : x))
  const turned = inputsOf(c, -1).map((x, j) => (j === 3 ? x.map((p, at) => (at % 2 === 1 ? -p : p)) : x))
  for (const inputs of [still, turned]) {
    const [direction, memory] = await run(c, inputs, 8)
    const g = inputs[0]!
    assert.is(memory![0], outcomes.dropped)
    const size = Math.sqrt(dot(g, g))
    agree(direction!, g.map((x) => x / size), 1e-6, 'the gradient')
    agree(Float32Array.of(memory![1]!), Float32Array.of(size), 1e-6, 'slope')
  }
})

type Vector = Tensor<'float64', [number]>
const rosenbrock = (x: Vector): Scalar => {
  const [a, b] = [x.slice([0], [-1]), x.slice([1], [x.shape[0]])]
  return b.sub(a.square()).square().mul(100).add(a.sub(1).square()).sum()
}

const start = fromTypedArray(Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? -1.2 : 1)), [20])

for (const memorySize of [1, 5, 20]) {
  test(`minimizing with memory ${memorySize}: one submit and one read for each evaluation`, async () => {
    const { submits, reads } = { ...backend.counts }
    const { evaluations } = await minimizeAsync(rosenbrock, start, { backend, optimizer: lbfgs({ memorySize }), maxIterations: 25 })
    assert.is(backend.counts.reads - reads, evaluations)
    assert.is(backend.counts.submits - submits, evaluations)
  })
}

test('minimizing needs hardly more evaluations than in double precision', async () => {
  const there = await minimizeAsync(rosenbrock, start, { backend })
  assert.is(there.status._tag, 'ConvergedByGradient', there.status.message)
  assert.is(there.precision, 'float32')
  const here = minimize(rosenbrock, start, { gradientTolerance: 1e-3 })
  assert.ok(there.evaluations < 1.3 * here.evaluations, `${there.evaluations} evaluations; on the CPU ${here.evaluations}`)
  assert.ok(there.value < 1e-6, String(there.value))
})

test.run()
