// What a program asks of the device: work for every primitive, inputs in, results out, and nothing between.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assemble } from '../../backends/webgpu/assemble.ts'
import { openOrThrow } from '../../backends/webgpu/device/index.ts'
import { webgpu } from '../../backends/webgpu/index.ts'
import { DeviceArray } from '../../core/backend.ts'
import { allocate, code, isReal, type HostArray } from '../../core/dtype.ts'
import { hostArray } from '../../core/evaluate.ts'
import type { Node } from '../../core/node.ts'
import { primitives, type Primitive } from '../../core/primitive.ts'
import { showProgram, type Program } from '../../core/program.ts'
import { readAll } from '../../core/read.ts'
import { cpu, fromTypedArray, jit, tensor, useBackend, valueAndGrad, zeros, type Tensor } from '../../index.ts'
import { Choices } from '../backends/agree/choices.ts'
import { Draft, type Term } from '../backends/agree/draft.ts'
import { directionStep } from '../backends/agree/kernels.ts'
import { close, rejectsError } from '../close.ts'
import { countDevice, type Counts } from '../gpu/counted.ts'
import { openDevice } from '../gpu/device.ts'
import { samples } from '../laws/samples.ts'

const gpu = await openDevice() // WebGPU's default limits: 8 storage buffers in a kernel
const seen = countDevice(gpu)
const backend = await webgpu({ device: gpu })
const test = suite('counts')

/** They mean something to derivatives, and no program contains them. */
const neverRun: ReadonlySet<Primitive> = new Set(['variable', 'alias', 'stop', 'custom'])

interface Made { readonly program: Program; readonly inputs: readonly HostArray[] }

/** A program in which a primitive is used, and its result as well, so that a view cannot be handed on. */
const programOf = (primitive: Primitive): Made => {
  const draft = new Draft()
  const inputs: HostArray[] = []
  const given = (dtype: Parameters<Draft['input']>[0], dims: readonly number[], data: HostArray): Term => {
    inputs.push(data)
    return draft.input(dtype, dims)
  }
  const ones = (): Term => given('float64', [3], Float64Array.of(1, 2, 3))
  const used = (): Term => {
    const sample = samples[primitive]
    if (sample !== 'elsewhere') {
      const { args, attrs } = sample.find((s) => s.args.every((a) => a.info.size > 0))!
      return draft.move(primitive, args.map((a) => given(a.dtype, a.shape, hostArray(a))), attrs)
    }
    switch (primitive) {
      case 'input': return ones()
      case 'constant': return draft.make('mul', [draft.beside(ones(), 3), draft.beside(ones(), 2)])
      case 'iota': return draft.move('iota', [], [code('float64'), 5], 5, 0)
      case 'pick': return draft.move('sort', [ones()], [0, 0])
      case 'lbfgs': {
        ones()
        directionStep(draft, new Choices([0, 0, 1]))
        return draft.terms.find((t) => t.outputs !== null)!
      }
      default: throw new Error(`${primitive} needs a program of its own here`)
    }
  }
  const y = used()
  const results = y.outputs === null ? [y] : y.outputs.map((_, k) => draft.move('pick', [y], [k]))
  const after = results.map((t) => draft.move(t.dtype === 'bool' ? 'not' : 'neg', [t]))
  const program = draft.program([...primitive === 'input' ? [] : results, ...after])
  for (const at of program.inputs.slice(inputs.length)) {
    const { dtype, shape } = program.equations[at]!
    inputs.push(allocate(dtype, shape.size).fill(1))
  }
  return { program, inputs }
}

const runAndRead = async (executable: { run: (inputs: readonly HostArray[]) => readonly unknown[] }, inputs: readonly HostArray[]): Promise<number> => {
  const there = executable.run(inputs).filter((x): x is DeviceArray => x instanceof DeviceArray)
  await backend.read!(there)
  for (const x of new Set(there)) backend.release?.(x)
  return there.length
}

/** Words of an array where each begins at a multiple of four. */
const words = (length: number): number => 4 * Math.ceil(Math.max(1, length) / 4)

for (const primitive of primitives) {
  if (neverRun.has(primitive)) continue
  test(`${primitive}: dispatched, and nothing but inputs and results moves`, async () => {
    const { program, inputs } = programOf(primitive)
    assert.ok(primitive === 'input' || program.equations.some((e) => e.primitive === primitive), showProgram(program))
    const executable = backend.compile(program)
    await runAndRead(executable, inputs) // sizes and tables of kernels are brought once
    let results = 0
    const counts = await seen.during(async () => { results = await runAndRead(executable, inputs) })
    const wants: Partial<Counts> = { submits: 1, reads: 1, shaderModules: 0, pipelines: 0 }
    for (const [key, value] of Object.entries(wants)) assert.is(counts[key as keyof Counts], value, `${key}\n${executable.explain()}`)
    assert.ok(counts.dispatches >= 1, 'dispatches')
    const given = inputs.reduce((sum, x) => sum + words(x.length), 0)
    assert.ok(counts.bytesUploaded <= 4 * given, `${counts.bytesUploaded} bytes for inputs of ${4 * given}`)
    const made = program.outputs.reduce((sum, at) => {
      const { dtype, shape } = program.equations[at]!
      return sum + words(Math.max(3, shape.size * (isReal(dtype) ? 1 : 2)))
    }, 0)
    assert.ok(results > 0 && counts.bytesRead <= 4 * made, `${counts.bytesRead} bytes for results of ${4 * made}`)
  })
}

const numbersOf = (xs: readonly Tensor[]): Promise<readonly HostArray[]> =>
  readAll(xs as unknown as readonly Node[]) // the core speaks of nodes where the face speaks of tensors

const storageBuffers = (shader: string): number => [...shader.matchAll(/var<storage/g)].length

/** Numbers that 32 bits hold. */
const large = (seed: number): Tensor<'float64'> =>
  fromTypedArray(Float64Array.from({ length: 2000 }, (_, k) => ((k * 7 + seed * 13) % 101) / 64), [2000])

test('twenty large operands: no kernel binds more than 8 storage buffers, and results are right', async () => {
  const operands = Array.from({ length: 20 }, (_, k) => large(k))
  const programs: readonly ((xs: readonly Tensor<'float64'>[]) => readonly Tensor[])[] = [
    (xs) => [xs.reduce<Tensor>((sum, x, k) => sum.add(x.mul(k + 1).sin()), zeros([2000]))],
    (xs) => xs.map((x, k) => x.mul(xs[(k + 1) % 20]!)),
    (xs) => {
      const f = (ys: readonly Tensor<'float64'>[]): Tensor<'float64', []> => ys.reduce((p, y) => p.mul(y.cos().add(1)), ys[0]!).sum()
      const { value, grad } = valueAndGrad(f)(xs)
      return [value, ...grad]
    },
  ]
  for (const [k, f] of programs.entries()) {
    useBackend(cpu)
    const expected = f(operands).map((x) => [...x.toTypedArray()])
    useBackend(backend)
    try {
      seen.reset()
      const actual = await numbersOf(jit(f)(operands))
      for (const [i, x] of actual.entries()) close([...x], expected[i]!, 1e-5, `program ${k}, result ${i}`)
      assert.is(seen.counts().submits, 1)
      assert.ok(Math.max(...seen.shaders().map(storageBuffers)) <= 8)
    } finally {
      useBackend(cpu)
    }
  }
})

test('more workgroups than one dimension of a grid has', async () => {
  const device = await openOrThrow({ device: gpu })
  const [groups, size] = [70_001, 2]
  const { code: text, signature, grid } = assemble({
    label: 'places', arrays: [{ name: 'x', buffer: 0, access: 'write' }], declarations: '',
    body: 'set_x(thread, i32(2u * group + local) - i32(thread) + i32(group));', workgroupSize: size, workgroups: groups,
  }, () => ({ storage: 'x', offset: 0, dtype: 'int32' }))
  assert.equal(grid, [65_535, 2])
  const handle = device.owner.take(4 * size * groups, 'places')
  const kernel = device.pipelines.get('places', text, signature)
  device.queue.dispatch(kernel, device.bindings.get(kernel.layout, [handle.block], undefined), ...grid)
  const [bytes] = await device.queue.read([handle])
  const numbers = new Int32Array(bytes!, 0, size * groups)
  assert.is(numbers.findIndex((x, k) => x !== Math.floor(k / size)), -1)
  handle.release()
})

test('five million numbers, elementwise and summed', async () => {
  const n = 5_000_000
  const x = fromTypedArray(Float32Array.from({ length: n }, (_, k) => k % 1000), [n]).to(backend)
  const [y, total] = await numbersOf([x.mul(2).add(1), x.sum()])
  assert.is(y!.findIndex((v, k) => v !== 2 * (k % 1000) + 1), -1)
  assert.is(total![0], Math.fround(n * 499.5))
})

test('a tensor larger than a binding may be is refused by the name of the limit', async () => {
  const { maxStorageBufferBindingSize: limit } = gpu.limits
  const one = tensor(1, 'float32').to(backend)
  const tooLarge = (): Promise<unknown> => one.broadcastTo([limit / 4 + 1]).add(1).read()
  await rejectsError(async () => tooLarge(), 'BackendError', /maxStorageBufferBindingSize.*134217728/)
  assert.equal([...await one.add(1).read()], [2], 'the device goes on')
})

test.run()
