// Every test problem with both line searches, against what Optax and SciPy need.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { chain, minimize, scale, scaleByBacktrackingLinesearch, scaleByLbfgs, lbfgs, type Optimizer, type Solution } from '../../index.ts'
import { complexRows, realRows, type ComplexVector, type Row, type Vector } from './problems.ts'

const test = suite('minimize: tables')

const backtracking = chain(scaleByLbfgs(), scale(-1), scaleByBacktrackingLinesearch())
const options = { gradientTolerance: 1e-5, maxIterations: 3000 }

interface Result { readonly row: Row<unknown>; readonly zoom: Solution<unknown>; readonly backtracking: Solution<unknown> }

const results: readonly Result[] = [
  ...realRows.map((row): Result => {
    const run = (optimizer: Optimizer): Solution<Vector> => minimize(row.f, row.start, { ...options, norm: row.norm, optimizer })
    return { row: row as Row<unknown>, zoom: run(lbfgs()), backtracking: run(backtracking) }
  }),
  ...complexRows.map((row): Result => {
    const run = (optimizer: Optimizer): Solution<ComplexVector> => minimize(row.f, row.start, { ...options, norm: row.norm, optimizer })
    return { row: row as Row<unknown>, zoom: run(lbfgs()), backtracking: run(backtracking) }
  }),
]

const counts = ({ iterations, evaluations }: Solution<unknown>): string => `${iterations}/${evaluations}`

const line = (cells: readonly string[]): string => cells.map((cell, k) => (k === 0 ? cell.padEnd(32) : cell.padStart(13))).join('')
console.log(line(['iterations/evaluations', 'zoom', 'Optax', 'backtracking', 'Optax', 'SciPy']))
for (const { row, zoom, backtracking: b } of results) {
  console.log(line([row.name, counts(zoom), row.optaxZoom, counts(b), row.optaxBacktracking, row.scipy]))
}

for (const { row, ...runs } of results) {
  for (const [search, { status, value, gradientNorm }] of Object.entries(runs)) {
    test(`${row.name} converges with ${search}`, () => {
      assert.is(status._tag, 'ConvergedByGradient', status.message)
      assert.ok(gradientNorm <= 1e-5)
      assert.ok(Math.abs(value - row.minimum) < 1e-6, `value ${value}`)
    })
  }
}

test('zoom needs no more evaluations than that of Optax', () => {
  const total = results.reduce((sum, { zoom }) => sum + zoom.evaluations, 0)
  const optax = results.reduce((sum, { row }) => sum + Number(row.optaxZoom.split('/')[1]), 0)
  console.log(line(['evaluations, all rows', String(total), String(optax)]))
  assert.is(optax, 1511)
  assert.ok(total <= optax, `${total} evaluations`)
})

test.run()
