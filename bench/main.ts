// Measures every row of bench/rows, prints a table against the bars, and keeps it in bench/results.json.
//
//   npm run bench                     all rows
//   npm run bench -- fft matmul       rows whose file name contains one of the words
import { fork, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { estimate } from './paired.ts'
import type { Estimate } from './paired.ts'
import type { Measurement } from './row.ts'

interface Result extends Estimate {
  readonly row: string
  readonly name: string
  readonly bar: number | null
  readonly unit: string
}

const root = fileURLToPath(new URL('..', import.meta.url))
const resultsFile = `${root}bench/results.json`
const processes = 3

/** Compiled as the published package is: a loader that rewrites functions would be measured as well. */
const compile = (outDir: string): void => {
  const compiler = `${root}node_modules/typescript/bin/tsc`
  const options = ['-p', root, '--noEmit', 'false', '--rootDir', root, '--outDir', outDir, '--sourceMap', 'false']
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...options], { cwd: root, encoding: 'utf8' })
  if (status !== 0) console.log(`the project has type errors; measuring it nevertheless\n${stdout.slice(0, 500)}`)
}

const measure = (outDir: string, row: string): Promise<Measurement> =>
  new Promise((resolve, reject) => {
    const child = fork(`${outDir}/bench/child.js`, [`${outDir}/bench/rows/${row}.js`],
      { cwd: root, execArgv: ['--expose-gc'] })
    // `process.send` of our own child carries exactly what `row.run` resolves to.
    child.on('message', (message) => resolve(message as Measurement))
    child.on('exit', (code) => reject(new Error(`row ${row} ended with code ${code} and no result`)))
  })

const measureRow = async (outDir: string, row: string): Promise<Result> => {
  const runs: Measurement[] = []
  for (let i = 0; i < processes; i++) runs.push(await measure(outDir, row))
  const { name, bar, unit } = runs[0]!
  return { row, name, ...estimate(runs.map((run) => run.samples)), bar, unit }
}

const short = (x: number): string => (Number.isInteger(x) ? String(x) : x.toPrecision(3))

const verdict = ({ ratio, bar }: Result): string => (bar === null ? '' : ratio <= bar ? '✔' : '✘')

const line = (result: Result): string => {
  const value = `${short(result.ratio)} ${result.unit}`.padEnd(14)
  const interval = `[${short(result.low)}, ${short(result.high)}]`.padEnd(20)
  const bar = (result.bar === null ? '–' : `≤ ${result.bar}`).padEnd(10)
  return `${result.name.padEnd(56)} ${value} ${interval} ${bar} ${verdict(result)}`
}

/** Rows that this run did not measure keep their last result. */
const save = (results: readonly Result[]): void => {
  // The file is written here and nowhere else.
  const earlier = existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as readonly Result[]) : []
  const fresh = new Set(results.map((result) => result.row))
  const known = [...earlier.filter(({ row }) => !fresh.has(row) && rowNames([]).includes(row)), ...results]
  const rounded = known.map((result) => ({
    ...result, ratio: Number(short(result.ratio)), low: Number(short(result.low)), high: Number(short(result.high)),
  }))
  writeFileSync(resultsFile, `${JSON.stringify(rounded.sort((a, b) => a.row.localeCompare(b.row)), null, 2)}\n`)
}

const rowNames = (words: readonly string[]): readonly string[] =>
  readdirSync(`${root}bench/rows`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .filter((row) => words.length === 0 || words.some((word) => row.includes(word)))
    .sort()

const outDir = `${root}out/bench-${process.pid}`
try {
  compile(outDir)
  console.log(`${'row'.padEnd(56)} ${'median'.padEnd(14)} ${'95 %'.padEnd(20)} bar`)
  const results: Result[] = []
  const failed: string[] = []
  for (const row of rowNames(process.argv.slice(2))) {
    try {
      const result = await measureRow(outDir, row)
      results.push(result)
      console.log(line(result))
    } catch (error) {
      failed.push(row)
      console.log(`${row}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  save(results)
  const missed = results.filter((result) => verdict(result) === '✘')
  console.log(`\n${results.length} rows, ${missed.length} above their bar, ${failed.length} without a result`)
  process.exitCode = missed.length + failed.length === 0 ? 0 : 1
} finally {
  rmSync(outDir, { recursive: true, force: true })
}
