// Runs a program in a process where WebGPU works: with the machine's own GPU if it has one, else with a processor that plays
// one, where that is possible. WIRTINGER_GPU=software or hardware decides instead.
//
//   npx tsx test/gpu/with.ts FILE [argument ...]
import { spawnSync } from 'node:child_process'
import { gpuEnvironment } from './software.ts'

/** Asked in a process of its own, since Dawn complains loudly where there is none. */
const hasGpu = (): boolean => {
  const question = "const { create } = await import('webgpu'); process.exit(await create([]).requestAdapter() === null ? 1 : 0)"
  return spawnSync(process.execPath, ['--input-type=module', '--eval', question], { stdio: 'ignore' }).status === 0
}

const program = process.argv.slice(2)
/** Examples run on the CPU unless told otherwise, and then nothing need be looked for or unpacked. */
const needsGpu = !program[0]!.startsWith('examples/') || program.includes('webgpu')
const isDecided = (process.env['WIRTINGER_GPU'] ?? '') !== ''
const variables = !needsGpu || (!isDecided && hasGpu()) ? {} : await gpuEnvironment()
const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...program], {
  env: { ...process.env, ...variables }, stdio: 'inherit',
})
process.exitCode = status ?? 1
