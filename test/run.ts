// Runs every test file in a process of its own, two at a time, and fails on whatever uvu alone would let pass:
// no files, a file without tests, a suite whose `.run()` was forgotten, a stray `.only`, a hook that throws.
//
//   npx tsx test/run.ts [part of a path ...]
//
// The files under test/webgpu run on software WebGPU where that exists (linux x64), elsewhere on the machine's own GPU.
// WIRTINGER_GPU=software, hardware or off says otherwise.
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { gpuEnvironment, gpuMode } from './gpu/software.ts'

interface Outcome {
  readonly file: string
  readonly passed: number
  readonly skipped: number
  readonly failed: number
  readonly report: string
}

const root = fileURLToPath(new URL('..', import.meta.url))
const workers = 2
const minutesPerFile = 8

const testFiles = (filters: readonly string[]): readonly string[] =>
  readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => filters.length === 0 || filters.some((part) => file.includes(part)))
    .sort()

const needsGpu = (file: string): boolean => file.startsWith('test/webgpu/')

/** What is wrong with the text of a test file before it runs. */
export const misuses = (source: string): readonly string[] => [
  ...(/^\s*\w+\.only\(/m.test(source) ? ['a stray .only'] : []),
  ...[...source.matchAll(/const (\w+) = suite\b/g)]
    .map((match) => match[1]!)
    .filter((name) => !new RegExp(`\\b${name}\\.run\\(`).test(source))
    .map((name) => `${name}.run() is missing`),
]

const figure = (output: string, label: string): number =>
  Number(new RegExp(`^\\s+${label}:\\s+(\\d+)`, 'm').exec(output)?.[1] ?? 0)

/** Judges one finished process by uvu's own summary: no summary means that nothing was registered, or it died. */
const judge = (file: string, output: string, code: number | null): Outcome => {
  const passed = figure(output, 'Passed')
  const total = figure(output, 'Total')
  const problems = [
    ...misuses(readFileSync(root + file, 'utf8')),
    ...(total === 0 ? ['no tests ran'] : []),
    ...(total === passed && code !== 0 ? [`exit code ${code ?? 'none: killed'}`] : []),
  ]
  const failed = total - passed + problems.length
  const report = failed === 0 ? '' : [output.trimEnd(), ...problems.map((text) => `  FAIL  ${text}`)].join('\n')
  return { file, passed, skipped: figure(output, 'Skipped'), failed, report }
}

type Environment = Readonly<Record<string, string>>

const runFile = (file: string, gpu: Environment): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', file], {
      cwd: root,
      env: needsGpu(file) ? { ...process.env, ...gpu } : process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: minutesPerFile * 60_000,
      killSignal: 'SIGKILL',
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('close', (code) => {
      resolve(judge(file, stripVTControlCharacters(Buffer.concat(chunks).toString('utf8')), code))
    })
  })

const print = (outcome: Outcome, seconds: number): void => {
  const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : ''
  const mark = outcome.failed > 0 ? '✘' : '✔'
  console.log(`${mark} ${outcome.file}  ${outcome.passed} passed${skipped}  ${seconds.toFixed(1)} s`)
  if (outcome.report !== '') console.log(`${outcome.report.replace(/^/gm, '    ')}\n`)
}

const runAll = async (files: readonly string[], gpu: Environment): Promise<readonly Outcome[]> => {
  const queue = files.values()
  const outcomes: Outcome[] = []
  const worker = async (): Promise<void> => {
    // One iterator shared by all workers hands every file to exactly one of them.
    for (const file of queue) {
      const start = performance.now()
      const outcome = await runFile(file, gpu)
      outcomes.push(outcome)
      print(outcome, (performance.now() - start) / 1000)
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
  return outcomes
}

const main = async (): Promise<void> => {
  const selected = testFiles(process.argv.slice(2))
  const files = gpuMode() === 'off' ? selected.filter((file) => !needsGpu(file)) : selected
  const outcomes = await runAll(files, files.some(needsGpu) ? await gpuEnvironment() : {})
  const sum = (key: 'passed' | 'failed'): number => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  if (outcomes.length === 0) console.log('no test files')
  const failing = outcomes.filter((outcome) => outcome.failed > 0)
  if (failing.length > 0) console.log(`\nfailing: ${failing.map((outcome) => outcome.file).join(' ')}`)
  const leftOut = selected.length - files.length
  if (leftOut > 0) console.log(`\nWebGPU tests switched off by WIRTINGER_GPU=off: ${leftOut} files did not run`)
  const failed = sum('failed') + (outcomes.length === 0 ? 1 : 0)
  console.log(`\n${sum('passed')} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
