// The worker of synchronous.ts: it has the device, and answers one request after the other.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { webgpu } from '../../backends/webgpu/index.ts'
import { DeviceArray, type Executable } from '../../core/backend.ts'
import type { HostArray } from '../../core/dtype.ts'
import { WirtingerError } from '../../core/errors.ts'
import type { Program } from '../../core/program.ts'
import { shape } from '../../core/shape.ts'
import { openDevice } from './device.ts'
import type { Answer, Request, Sent } from './synchronous.ts'

const { port, bell } = workerData as { readonly port: MessagePort; readonly bell: Int32Array } // synchronous.ts sends them
const backend = await webgpu({ device: await openDevice() })
const programs = new Map<number, Executable>()

const received = ({ equations, inputs, outputs }: Sent): Program => ({
  inputs, outputs,
  equations: equations.map(({ dims, outputs: results, ...rest }) => ({
    ...rest, shape: shape(dims),
    outputs: results?.map((o) => ({ dtype: o.dtype, info: shape(o.dims) })) ?? null,
  })),
})

const run = async (executable: Executable, inputs: readonly HostArray[]): Promise<readonly HostArray[]> => {
  const results = executable.run(inputs)
  const there = results.filter((x): x is DeviceArray => x instanceof DeviceArray)
  const numbers = await backend.read!(there)
  for (const x of new Set(there)) backend.release?.(x)
  return results.map((x) => (x instanceof DeviceArray ? numbers[there.indexOf(x)]! : x))
}

const answer = async (request: Request): Promise<Answer> => {
  switch (request.kind) {
    case 'compile': {
      const executable = backend.compile(received(request.program))
      programs.set(request.id, executable)
      return { kind: 'done', text: executable.explain() }
    }
    case 'run': return { kind: 'results', results: await run(programs.get(request.id)!, request.inputs) }
    case 'counts': return { kind: 'counts', counts: { ...backend.counts } }
  }
}

port.on('message', (request: Request) => {
  const send = (a: Answer): void => {
    port.postMessage(a)
    Atomics.store(bell, 0, 1)
    Atomics.notify(bell, 0)
  }
  answer(request).then(send, (error: unknown) => {
    const tag = error instanceof WirtingerError ? error._tag : null
    send({ kind: 'error', tag, message: error instanceof Error ? error.message : String(error) })
  })
})

parentPort!.postMessage('ready')
