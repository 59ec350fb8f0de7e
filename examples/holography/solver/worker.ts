// The worker: everything is computed here, on either backend, so that the page never waits.
import type { Order, Report } from '../messages.ts'
import { openBackends } from './backends.ts'
import { openSession } from './session.ts'

/** The global scope of a worker, as far as it is needed here. */
declare const self: {
  readonly postMessage: (report: Report, transfer: readonly ArrayBuffer[]) => void
  onmessage: (event: { readonly data: Order }) => void
}

const backends = openBackends()
const send = (report: Report, transfer: readonly ArrayBuffer[] = []): void => self.postMessage(report, transfer)
const obey = openSession(backends, send)

self.onmessage = ({ data }) => { void obey(data) }
send({ kind: 'ready', webgpu: await backends.availability() })
