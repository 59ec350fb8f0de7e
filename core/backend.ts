// The port through which programs run. Backends know programs and arrays; they know nothing of nodes, traces or derivatives.
import type { HostArray } from './dtype.ts'
import { BackendError } from './errors.ts'
import { ProgramCache, type Program } from './program.ts'

export interface Executable {
  /** Inputs in the program's order. Results are fresh, except that an output that is an input is that input. */
  readonly run: (inputs: readonly HostArray[]) => readonly HostArray[]
  /** The generated kernels as text. */
  readonly explain: () => string
}

export interface Backend {
  readonly name: string
  readonly compile: (program: Program) => Executable
  /** Takes back storage that nobody else can hold, to be handed out again. Only drivers call it. */
  readonly release?: (data: HostArray) => void
  /** Forgets what was released. */
  readonly drain?: () => void
}

const caches = new WeakMap<Backend, ProgramCache<Executable>>()
let chosen: Backend | null = null

/**
 * Makes `backend` the one on which tensors are evaluated.
 *
 * @throws BackendError for what is no backend
 * @example
 * ```ts
 * import { cpu, tensor, useBackend } from 'wirtinger'
 * useBackend(cpu) // importing wirtinger has done so
 * console.log(tensor(2).sqrt().item() === Math.SQRT2) // true
 * ```
 */
export const useBackend = (backend: Backend): void => {
  if (typeof backend?.compile !== 'function') {
    throw new BackendError('useBackend: a backend has a name and compile(program)')
  }
  chosen = backend
}

export const currentBackend = (): Backend => {
  if (chosen === null) throw new BackendError("no backend is chosen: import from 'wirtinger', or call useBackend(...)")
  return chosen
}

/** The programs compiled for a backend, by structure. */
export const programsOf = (backend: Backend): ProgramCache<Executable> => {
  let cache = caches.get(backend)
  if (cache === undefined) {
    cache = new ProgramCache((program) => backend.compile(program))
    caches.set(backend, cache)
  }
  return cache
}
