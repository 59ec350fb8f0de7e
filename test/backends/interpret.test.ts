// Interpreted kernels against printed ones, on programs of every kind, in a process that may not generate code. (Random
// programs: agree.test.ts runs them both ways.)
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../backends/cpu/compile.ts'
import { lower } from '../../backends/lower/lower.ts'
import { useBackend, type Backend } from '../../core/backend.ts'
import type { Program } from '../../core/program.ts'
import { shape } from '../../core/shape.ts'
import { fromTypedArray, tensor } from '../../index.ts'
import { close, exact, relative } from '../close.ts'
import { decode, programs } from './interpret/programs.ts'

const backend = (codegen: boolean): Backend =>
  ({ name: 'cpu', compile: (program) => compile(lower(program), program, codegen) })
const [printed, interpreted] = [backend(true), backend(false)]

interface Finished { readonly output: string; readonly errors: string; readonly code: number | null }

/** Runs the programs in a process that may not turn text into code. */
const restricted = (): Promise<Finished> => new Promise((resolve, reject) => {
  const file = fileURLToPath(new URL('interpret/child.ts', import.meta.url))
  const options = ['--disallow-code-generation-from-strings', '--import', 'tsx', file]
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [output, errors] = ['', '']
  child.stdout.on('data', (data: Buffer) => { output += String(data) })
  child.stderr.on('data', (data: Buffer) => { errors += String(data) })
  child.on('error', reject)
  child.on('close', (code) => resolve({ output, errors, code }))
})

const alone = suite('a process that may not generate code')

const finished = restricted()

alone('runs all programs', async () => {
  const { code, errors } = await finished
  assert.is(code, 0, errors)
})

alone('says once that kernels are interpreted', async () => {
  const { errors } = await finished
  assert.is(errors.match(/code generation is forbidden here/g)?.length, 1, errors)
  assert.is(errors.trim().split('\n').length, 1, errors)
})

for (const [name, run] of Object.entries(programs)) {
  alone(`gets the same numbers: ${name}`, async () => {
    useBackend(printed)
    const expected = run()
    const results = JSON.parse((await finished).output) as Readonly<Record<string, string>> // what `encode` made
    const actual = decode(results[name]!)
    if (/extreme|extrema|integers|choices|chain/.test(name)) exact(actual, Float64Array.from(expected))
    else close(actual, Float64Array.from(expected), 4e-15) // sums may be in another order
  })
}

alone.run()

const here = suite('interpreted kernels')

here('sums are pairwise', () => {
  useBackend(interpreted)
  const tenths = fromTypedArray(new Float64Array(1_000_000).fill(0.1))
  assert.ok(Math.abs(tenths.sum().item() - 1e5) <= 1e-9, `${tenths.sum().item()}`)
  assert.ok(Math.abs(tenths.reshape([1000, 1000]).sum({ axis: 0 }).sum().item() - 1e5) <= 1e-9)
  assert.ok(Math.abs(tenths.reshape([1000, 1000]).sum().item() - 1e5) <= 1e-9)
})

here('what no point needs is skipped, what some point needs is not', () => {
  useBackend(interpreted)
  const x = Float64Array.from({ length: 1000 }, (_, k) => k % 300 === 299 ? 3e200 : 1)
  const pairs = fromTypedArray(Float64Array.from({ length: 2000 }, (_, k) => x[k >> 1]!)).reshape([1000, 2])
  const moduli = x.map((v) => v * Math.SQRT2)
  relative(pairs.norm({ axis: 1 }).toTypedArray(), moduli, 1e-15)
  relative(tensor(Array.from(x, (re) => ({ re, im: re }))).abs().toTypedArray(), moduli, 1e-15)
})

here('the plan is explained, though nothing was printed', () => {
  const x = { primitive: 'input', args: [], attrs: [], dtype: 'float64', shape: shape([30]), outputs: null } as const
  const program: Program = { equations: [x, { ...x, primitive: 'exp', args: [0] }], inputs: [0], outputs: [1] }
  assert.is(interpreted.compile(program).explain(), 'kernel 1: loop nest [30]')
})

here.run()
