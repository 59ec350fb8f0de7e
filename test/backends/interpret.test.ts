// Interpreted kernels against printed ones: on programs of every kind in a process that may not generate code, and on
// random programs side by side in this one.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../backends/cpu/compile.ts'
import { lower } from '../../backends/lower/lower.ts'
import { useBackend, type Backend } from '../../core/backend.ts'
import type { HostArray } from '../../core/dtype.ts'
import type { Program } from '../../core/program.ts'
import { shape } from '../../core/shape.ts'
import { fromTypedArray, tensor } from '../../index.ts'
import { close } from '../close.ts'
import { fill } from './agree/compare.ts'
import { Choices, generate } from './agree/generate.ts'
import { decode, programs } from './interpret/programs.ts'

const backend = (codegen: boolean): Backend => ({ name: 'cpu', compile: (program) => compile(lower(program), program, codegen) })
const [printed, interpreted] = [backend(true), backend(false)]

interface Finished { readonly output: string; readonly errors: string; readonly code: number | null }

/** Runs the programs in a process that may not turn text into code. */
const restricted = (): Promise<Finished> => new Promise((resolve, reject) => {
  const file = fileURLToPath(new URL('interpret/child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disallow-code-generation-from-strings', '--import', 'tsx', file], { stdio: ['ignore', 'pipe', 'pipe'] })
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
    const actual = decode((JSON.parse((await finished).output) as Readonly<Record<string, string>>)[name]!) // what `encode` made
    close(actual, Float64Array.from(expected), 4e-15)
  })
}

alone.run()

const together = suite('interpreted beside printed')

const run = (by: Backend, program: Program, inputs: readonly HostArray[]): readonly HostArray[] => {
  const executable = by.compile(program)
  executable.run(inputs)
  return executable.run(inputs) // the second run meets registers and arenas that the first one used
}

const agree = (steps: number, runs: number): void => {
  const numbers = fc.array(fc.nat({ max: 5039 }), { minLength: 4, maxLength: 10 * steps, size: 'max' })
  fc.assert(fc.property(numbers, fc.nat(1000), (choices, seed) => {
    const { draft, outputs } = generate(new Choices(choices), steps)
    const program = draft.program(outputs)
    const inputs = fill(program, draft.ranges, seed)
    const given = inputs.map((x) => x.slice())
    const expected = run(printed, program, inputs)
    run(interpreted, program, inputs).forEach((x, k) => {
      assert.is(x.constructor, expected[k]!.constructor)
      assert.is(x.length, expected[k]!.length)
      const limit = 20 * outputs[k]!.error
      const off = x.findIndex((v, j) => !(Object.is(v, expected[k]![j]) || Math.abs(v - expected[k]![j]!) <= limit))
      assert.is(off, -1, `output ${k} at ${off}: ${x[off]} instead of ${expected[k]![off]}`)
    })
    assert.equal(inputs, given, 'inputs are left alone')
  }), { numRuns: runs, seed: 7, includeErrorInReport: true })
}

together('random programs of two steps', () => agree(2, 200))
together('random programs of ten steps', () => agree(10, 150))
together('random programs of forty steps', () => agree(40, 50))

together('sums are pairwise', () => {
  useBackend(interpreted)
  const tenths = fromTypedArray(new Float64Array(1_000_000).fill(0.1))
  assert.ok(Math.abs(tenths.sum().item() - 1e5) <= 1e-9, `${tenths.sum().item()}`)
  assert.ok(Math.abs(tenths.reshape([1000, 1000]).sum({ axis: 0 }).sum().item() - 1e5) <= 1e-9)
  assert.ok(Math.abs(tenths.reshape([1000, 1000]).sum().item() - 1e5) <= 1e-9)
})

together('what no point needs is skipped, what some point needs is not', () => {
  useBackend(interpreted)
  const x = Float64Array.from({ length: 1000 }, (_, k) => k % 300 === 299 ? 3e200 : 1)
  close(fromTypedArray(Float64Array.from({ length: 2000 }, (_, k) => x[k >> 1]!)).reshape([1000, 2]).norm({ axis: 1 }).toTypedArray(),
    x.map((v) => v * Math.SQRT2), 1e-15)
  const z = tensor(Array.from(x, (re) => ({ re, im: re })))
  close(z.abs().toTypedArray(), x.map((v) => v * Math.SQRT2), 1e-15)
})

together('the plan is explained, though nothing was printed', () => {
  const input = { primitive: 'input', args: [], attrs: [], dtype: 'float64', shape: shape([30]), outputs: null } as const
  const text = interpreted.compile({ equations: [input, { ...input, primitive: 'exp', args: [0] }], inputs: [0], outputs: [1] }).explain()
  assert.is(text, 'kernel 1: loop nest [30]')
})

together.run()
