// The laws are about mathematics, not about kernels: they run on the reference backend.
import { useBackend } from '../../core/backend.ts'
import { cpu } from '../../backends/cpu/index.ts'

useBackend(cpu)
