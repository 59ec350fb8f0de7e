// One function on the reference backend and on WebGPU, with the kernels of both kinds of device.
import { reference } from '../../backends/reference/index.ts'
import { decode, GpuArray } from '../../backends/webgpu/array.ts'
import { compileOn } from '../../backends/webgpu/compile.ts'
import { openOrThrow } from '../../backends/webgpu/device/index.ts'
import type { Target } from '../../backends/webgpu/dispatch.ts'
import { webgpu } from '../../backends/webgpu/index.ts'
import { Tables } from '../../backends/webgpu/tables.ts'
import type { HostArray } from '../../core/dtype.ts'
import type { Program } from '../../core/equation.ts'
import { cpu, jit, useBackend, type Tensor } from '../../index.ts'
import { close } from '../close.ts'

const backend = await webgpu()
const device = await openOrThrow({})
const tables = new Tables(device)

/** With the least that WebGPU promises. */
export const software: Target = { storageBuffers: 8, workgroupBytes: 16384, workgroupThreads: 256, isSoftware: true }
export const hardware: Target = { ...software, isSoftware: false }

type Function = (...args: readonly Tensor[]) => readonly Tensor[]

interface Traced { readonly program: Program; readonly inputs: readonly HostArray[]; readonly expected: readonly HostArray[] }

/** The program that a function is, and what the reference makes of it. */
export const trace = (f: Function, args: readonly Tensor[]): Traced => {
  const traced: Traced[] = []
  useBackend({
    name: 'tracing',
    compile: (program) => ({
      explain: () => '',
      run: (inputs: readonly HostArray[]) => {
        const expected = reference.compile(program).run(inputs)
        traced.push({ program, inputs, expected })
        return expected
      },
    }),
  })
  try {
    jit(f)(...args).forEach((t) => t.view())
  } finally {
    useBackend(cpu)
  }
  return traced.at(-1)! // before it come constants that tracing computes
}

const compiled = (program: Program, target: Target) => compileOn(backend, { ...device, target }, tables)(program)

/** The kernels of a function as text. */
export const kernelsOf = (f: Function, args: readonly Tensor[], target: Target): string => compiled(trace(f, args).program, target).explain()

/** Dispatches of one run. */
export const dispatchesOf = (f: Function, args: readonly Tensor[], target: Target): number => {
  const { program, inputs } = trace(f, args)
  const before = device.counts.dispatches
  for (const x of compiled(program, target).run(inputs)) if (x instanceof GpuArray) x.handle.release()
  return device.counts.dispatches - before
}

export const onGpu = async (program: Program, inputs: readonly HostArray[], target: Target): Promise<readonly HostArray[]> => {
  const results = compiled(program, target).run(inputs)
  return Promise.all(results.map(async (x) => {
    if (!(x instanceof GpuArray)) return x as HostArray // no other device is here
    const [bytes] = await device.queue.read([x.handle])
    x.handle.release()
    return decode(x, bytes!)
  }))
}

/** Numbers agree up to `tolerance`, relative to the largest of each result. */
export const agree = async (name: string, f: Function, args: readonly Tensor[], tolerance = 1e-6): Promise<void> => {
  const { program, inputs, expected } = trace(f, args)
  for (const target of [software, hardware]) {
    const actual = await onGpu(program, inputs, target)
    expected.forEach((y, k) => close(actual[k]!, y, tolerance, `${name}: result ${k}, ${target.isSoftware ? 'software' : 'hardware'}`))
  }
}
