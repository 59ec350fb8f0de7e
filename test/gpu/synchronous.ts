// WebGPU as a backend of typed arrays: a worker owns the device, and this thread sleeps until it has answered. So a test
// that reads numbers at once runs on the GPU unchanged. Every program still runs as it would: compiled by the WebGPU
// backend, its inputs brought to the device, its results read back.
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { HostBackend, HostExecutable } from '../../core/backend.ts'
import { isFloat, type HostArray } from '../../core/dtype.ts'
import { WirtingerError } from '../../core/errors.ts'
import type { Equation, Program } from '../../core/program.ts'
import type { Counts } from '../../backends/webgpu/index.ts'

/** A program without interned shapes, as messages carry it. */
export interface Sent extends Omit<Program, 'equations'> {
  readonly equations: readonly (Omit<Equation, 'shape' | 'outputs'> & {
    readonly dims: readonly number[]
    readonly outputs: readonly { readonly dtype: Equation['dtype']; readonly dims: readonly number[] }[] | null
  })[]
}

export type Request =
  | { readonly kind: 'compile'; readonly id: number; readonly program: Sent }
  | { readonly kind: 'run'; readonly id: number; readonly inputs: readonly HostArray[] }
  | { readonly kind: 'counts' }

export type Answer =
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'results'; readonly results: readonly HostArray[] }
  | { readonly kind: 'counts'; readonly counts: Counts }
  | { readonly kind: 'error'; readonly tag: WirtingerError['_tag'] | null; readonly message: string }

const sent = (program: Program): Sent => ({
  inputs: program.inputs, outputs: program.outputs,
  equations: program.equations.map(({ primitive, args, attrs, dtype, shape, outputs }) => ({
    primitive, args, attrs, dtype, dims: shape.dims,
    outputs: outputs?.map((o) => ({ dtype: o.dtype, dims: o.info.dims })) ?? null,
  })),
})

const isInput = ({ equations }: Program, k: number): number => {
  let at = k
  while (['reshape', 'realView', 'complexView'].includes(equations[at]!.primitive)) at = equations[at]!.args[0]!
  return equations[at]!.primitive === 'input' ? at : -1
}

export interface SynchronousGpu extends HostBackend { readonly counts: () => Counts }

/** Starts the worker. The process ends without waiting for it. */
export const openSynchronous = async (): Promise<SynchronousGpu> => {
  const bell = new Int32Array(new SharedArrayBuffer(4))
  const { port1: port, port2: theirs } = new MessageChannel()
  // A worker does not inherit the loader of TypeScript.
  const server = new URL('./server.ts', import.meta.url).href
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import('${server}') })`
  const worker = new Worker(program, { eval: true, workerData: { port: theirs, bell }, transferList: [theirs] })
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
  worker.unref()
  port.unref()

  const ask = (request: Request): Answer => {
    Atomics.store(bell, 0, 0)
    port.postMessage(request)
    Atomics.wait(bell, 0, 0)
    const answer = receiveMessageOnPort(port)!.message as Answer // what server.ts sends
    if (answer.kind !== 'error') return answer
    throw answer.tag === null ? new Error(answer.message) : new WirtingerError(answer.tag, answer.message)
  }
  const unexpected = (answer: Answer): never => { throw new Error(`an answer of kind ${answer.kind}`) }

  let programs = 0
  return {
    name: 'webgpu',
    epsilon: (dtype) => (isFloat(dtype) ? 2 ** -23 : 0),
    compile: (program): HostExecutable => {
      const id = programs++
      const compiled = ask({ kind: 'compile', id, program: sent(program) })
      return {
        run: (inputs) => {
          const answer = ask({ kind: 'run', id, inputs })
          if (answer.kind !== 'results') return unexpected(answer)
          const place = new Map(program.inputs.map((k, i) => [k, i]))
          return answer.results.map((x, k) => inputs[place.get(isInput(program, program.outputs[k]!)) ?? -1] ?? x)
        },
        explain: () => (compiled.kind === 'done' ? compiled.text : unexpected(compiled)),
      }
    },
    counts: () => {
      const answer = ask({ kind: 'counts' })
      return answer.kind === 'counts' ? answer.counts : unexpected(answer)
    },
  }
}
