// Runs a program in a process where WebGPU works:
//
//   npx tsx test/gpu/with.ts FILE [argument ...]
import { spawnSync } from 'node:child_process'
import { gpuEnvironment } from './software.ts'

const env = { ...process.env, ...(await gpuEnvironment()) }
const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], { env, stdio: 'inherit' })
process.exitCode = status ?? 1
