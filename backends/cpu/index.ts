// The CPU backend: programs become generated JavaScript over ordinary typed arrays, with static kernels for contractions,
// Fourier transforms and the like. Where a page forbids code generation, the lowered kernels are interpreted instead.
import type { HostBackend, HostExecutable } from '../../core/backend.ts'
import type { Program } from '../../core/program.ts'
import { lower } from '../lower/lower.ts'
import { compile } from './compile.ts'
import { drain, release } from './pool.ts'

export const cpu: HostBackend = {
  name: 'cpu',
  compile: (program: Program): HostExecutable => compile(lower(program), program),
  release,
  drain,
}
