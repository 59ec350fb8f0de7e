// One hologram in the making. It runs until it is paused, finished or replaced; the picture and the backend can be
// changed meanwhile. Orders are carried out one after another: each first brings the computation to rest.
import { fromTypedArray, minimizeAsync, type Solution } from '../../../index.ts'
import type { BackendName } from '../choices.ts'
import type { Order, Report, Task } from '../messages.ts'
import type { Backends } from './backends.ts'
import { misfit, startOf, targetOf, view, type Pixels, type Target } from './hologram.ts'
import { optimizers } from './optimizers.ts'
import { openReporter, plus, type Counts } from './reporter.ts'

/** The hologram while nothing is computed. */
interface State {
  readonly task: Task
  readonly target: Target
  readonly backend: BackendName
  /** On the host, from where every backend takes it. */
  readonly phase: Pixels
  /** Where to go on, if the objective is still the same. */
  readonly solution: Solution<Pixels> | null
  /** Iterations and evaluations for earlier pictures; all seconds so far, since a solution knows those of its last part. */
  readonly before: Counts
}

interface Running { readonly stop: AbortController, readonly ended: Promise<void> }

export type Send = (report: Report, transfer?: readonly ArrayBuffer[]) => void

const none: Counts = { iterations: 0, evaluations: 0, seconds: 0 }

export const openSession = (backends: Backends, send: Send): ((order: Order) => Promise<void>) => {
  let state: State | null = null
  let running: Running | null = null
  const fail = (error: unknown): void => send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })

  const run = async (from: State, signal: AbortSignal, instead: string | null): Promise<void> => {
    const { task: { size, optimizer, limit }, target, solution: earlier } = from
    const backend = await backends.take(from.backend)
    send({ kind: 'running', backend: from.backend, instead })
    const reporter = openReporter(send, size, from.before, (phase) => view(phase, target.scale).read())
    const solution = await minimizeAsync(misfit(target), from.phase, {
      backend,
      optimizer: optimizers[optimizer],
      gradientTolerance: 0,
      maxIterations: (earlier?.iterations ?? 0) + limit,
      signal,
      ...(earlier === null ? {} : { resumeFrom: earlier }),
      onIteration: reporter.note,
    })
    const { params, status } = solution
    const before = { ...from.before, seconds: from.before.seconds + solution.seconds }
    state = { ...from, phase: fromTypedArray(await params.read(), [size, size]), solution, before }
    if (status._tag === 'DeviceFailed') { // the best point has come to the host
      backends.giveUp(backend)
      return run({ ...state, backend: 'cpu' }, signal, status.message)
    }
    await reporter.finish(solution)
    if (status._tag === 'Aborted') return
    send({ kind: 'resting', reason: status.message, finished: status._tag !== 'IterationLimit' })
  }

  const go = (from: State): void => {
    const stop = new AbortController()
    const ended = run(from, stop.signal, null).catch(fail).then(() => { if (running === mine) running = null })
    const mine: Running = { stop, ended }
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
      const { size, start } = task
      state = { task, backend, target: targetOf(grey, size), phase: startOf(start, size), solution: null, before: none }
    }
    if (state === null) return
    if (order.kind === 'change') {
      const before = state.solution === null ? state.before : plus(state.before, { ...state.solution, seconds: 0 })
      state = { ...state, target: targetOf(order.grey, state.task.size), solution: null, before }
    }
    if (order.kind === 'move') state = { ...state, backend: order.backend }
    const isToRest = order.kind === 'pause' || (order.kind === 'move' && !wasRunning)
    if (isToRest) send({ kind: 'resting', reason: 'Paused', finished: false })
    else go(state)
  }

  let last: Promise<void> = Promise.resolve()
  return (order) => {
    last = last.then(() => obey(order)).catch(fail)
    return last
  }
}
