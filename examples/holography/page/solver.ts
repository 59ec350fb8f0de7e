// The worker, as the page sees it: orders go there, reports come back.
import type { Order, Report } from '../messages.ts'

export const openSolver = (listen: (report: Report) => void): ((order: Order) => void) => {
  const worker = new Worker(new URL('../solver/worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Report>) => listen(data))
  worker.addEventListener('error', (event) => {
    listen({ kind: 'failed', message: event.message || 'the worker could not be started' })
  })
  return (order) => worker.postMessage(order)
}
