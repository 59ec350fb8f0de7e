// The laws are about mathematics, not about kernels: they hold on the reference backend and on the compiled one.
import { cpu } from '../../backends/cpu/index.ts'
import { reference } from '../../backends/reference/index.ts'
import { useBackend, type Backend } from '../../core/backend.ts'

export const backends: readonly Backend[] = [reference, cpu]

/** The same test on every backend. */
export const onAll = (body: () => void) => (): void => {
  for (const backend of backends) {
    useBackend(backend)
    try {
      body()
    } catch (error) {
      throw error instanceof Error ? new Error(`on ${backend.name}: ${error.message}`, { cause: error }) : error
    }
  }
}

useBackend(reference)
