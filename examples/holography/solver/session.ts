// One hologram in the making. It runs until it is paused, finished or replaced; the picture and the backend can be
// changed meanwhile. Orders are carried out one after another: each first brings the computation to rest.
import { fromTypedArray, minimizeAsync, type Backend, type Solution } from '../../../index.ts'
import type { BackendName } from '../choices.ts'
import type { Order, Report, Task } from '../messages.ts'
import { misfit, startOf, targetOf, view, type Pixels, type Target } from './hologram.ts'
import { optimizers } from './optimizers.ts'
import { openReporter, plus, type Counts } from './reporter.ts'

/** The hologram while nothing is computed. */
interface State {
  readonly task: Task
  readonly target: Target
  readonly backend: BackendName
  readonly phase: Pixels
  /** Where to go on, if the objective is still the same. */
  readonly solution: Solution<Pixels> | null
  /** Of the minimizations for earlier pictures. */
  readonly before: Counts
}

/** What the session needs of the worker that it is in. */
export interface World {
  readonly backend: (name: BackendName) => Promise<Backend>
  readonly send: (report: Report, transfer?: readonly ArrayBuffer[]) => void
}

interface Running { readonly stop: AbortController, readonly ended: Promise<void> }

const none: Counts = { iterations: 0, evaluations: 0, seconds: 0 }
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const openSession = ({ backend: backendOf, send }: World): ((order: Order) => Promise<void>) => {
  let state: State | null = null
  let running: Running | null = null
  /** On the host: what a broken device has not taken away. */
  let seen: { readonly phase: Float32Array, readonly counts: Counts } | null = null

  const minimized = async (from: State, signal: AbortSignal): Promise<Solution<Pixels>> => {
    const backend = await backendOf(from.backend)
    const { size, optimizer, limit } = from.task
    const reporter = openReporter(send, size, from.before, async (phase, counts) => {
      const both = await view(phase, from.target.scale).read()
      seen = { phase: both.slice(size * size), counts }
      return both
    })
    const solution = await minimizeAsync(misfit(from.target), from.phase, {
      backend,
      optimizer: optimizers[optimizer],
      gradientTolerance: 0,
      maxIterations: (from.solution?.iterations ?? 0) + limit,
      signal,
      ...(from.solution === null ? {} : { resumeFrom: from.solution }),
      onIteration: (progress) => reporter.note(progress),
    })
    await reporter.finish(solution)
    return solution
  }

  const run = async (from: State, stop: AbortController, instead: string | null): Promise<void> => {
    send({ kind: 'running', backend: from.backend, instead })
    try {
      const solution = await minimized(from, stop.signal)
      const { params: phase, status } = solution
      state = { ...from, phase, solution }
      if (status._tag === 'Aborted') return
      send({ kind: 'resting', reason: status.message, finished: status._tag !== 'IterationLimit' })
    } catch (error) {
      if (from.backend === 'cpu') return send({ kind: 'failed', message: messageOf(error) })
      const { size, start } = from.task
      const phase = seen === null ? startOf(start, size) : fromTypedArray(seen.phase, [size, size])
      state = { ...from, backend: 'cpu', phase, solution: null, before: seen?.counts ?? from.before }
      await run(state, stop, messageOf(error))
    }
  }

  const go = (from: State): void => {
    const stop = new AbortController()
    const mine: Running = {
      stop,
      ended: run(from, stop, null).then(() => { if (running === mine) running = null }),
    }
    running = mine
  }

  const rest = async (): Promise<void> => {
    running?.stop.abort()
    await running?.ended
  }

  const obey = async (order: Order): Promise<void> => {
    const wasRunning = running !== null
    await rest()
    if (order.kind === 'start') {
      const { task, grey, backend } = order
      seen = null
      state = {
        task, backend, target: targetOf(grey, task.size), phase: startOf(task.start, task.size), solution: null, before: none,
      }
    }
    if (state === null) return
    if (order.kind === 'change') {
      const before = state.solution === null ? state.before : plus(state.before, state.solution)
      state = { ...state, target: targetOf(order.grey, state.task.size), solution: null, before }
    }
    if (order.kind === 'move') state = { ...state, backend: order.backend }
    const isToRest = order.kind === 'pause' || (order.kind === 'move' && !wasRunning)
    if (isToRest) send({ kind: 'resting', reason: 'Paused', finished: false })
    else go(state)
  }

  let last: Promise<void> = Promise.resolve()
  return (order) => {
    last = last.then(() => obey(order)).catch((error: unknown) => send({ kind: 'failed', message: messageOf(error) }))
    return last
  }
}
