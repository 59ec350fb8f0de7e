// Programs compiled for a backend, by structure.
import type { Backend, Executable } from './backend.ts'
import { ProgramCache } from './program.ts'

const caches = new WeakMap<Backend, ProgramCache<Executable>>()

export const programsOf = (backend: Backend): ProgramCache<Executable> => {
  let cache = caches.get(backend)
  if (cache === undefined) {
    cache = new ProgramCache((program) => backend.compile(program))
    caches.set(backend, cache)
  }
  return cache
}
