// Values and gradients of objectives from many fields, made by systems that are not ours, against every backend:
// eagerly, with derivatives, and jitted.
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reference } from '../../backends/reference/index.ts'
import { cpu, fromTypedArray, jit, useBackend, valueAndGrad, type Tensor } from '../../index.ts'
import { close } from '../close.ts'
import type { Inputs } from './objective.ts'
import { objectives } from './objectives.ts'

interface Input {
  readonly name: string
  readonly dtype: 'float64' | 'complex128'
  readonly shape: readonly number[]
  readonly data: readonly number[]
  /** null for data, of which no gradient is asked. */
  readonly grad: readonly number[] | null
}
interface Case {
  readonly id: string
  readonly group: string
  readonly inputs: readonly Input[]
  readonly value: number
  readonly tol: number
}

/** They need factorisations or matrix functions. */
const excluded: ReadonlySet<string> = new Set([
  'la_det', 'la_det_abs', 'la_eigh_absV', 'la_eigh_gaugefixed', 'la_eigh_groundstate', 'la_eigh_matfun',
  'la_eigvals_general', 'la_eigvalsh', 'la_expm_big_norm', 'la_expm_skew', 'la_inv', 'la_nuclear', 'la_pinv',
  'la_qr_projector', 'la_qr_square', 'la_slogdet_batched', 'la_solve_mat', 'la_specnorm', 'la_svd_polar',
  'obj_complex_gaussian_nll', 'obj_grape_2q_complex_controls', 'obj_unitary_rnn',
])

const file = new URL('cases.json', import.meta.url)
// The first test below checks that all are there.
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] }

type Named = Readonly<Record<string, Tensor>>

const named = (inputs: readonly Input[]): Named => Object.fromEntries(
  inputs.map(({ name, dtype, shape, data }) => [name, fromTypedArray(Float64Array.from(data), [...shape], dtype)]))

const numbers = (x: Tensor): readonly number[] => Array.from(x.toTypedArray())

const check = ({ id, inputs, value, tol }: Case): void => {
  const objective = objectives.get(id)!
  const parameters = inputs.filter((input) => input.grad !== null)
  const params = named(parameters)
  const data = named(inputs.filter((input) => input.grad === null))
  const both = valueAndGrad((p: Named, d: Named) => objective({ ...p, ...d } as Inputs)) // the names of the case
  close(numbers(objective({ ...params, ...data } as Inputs)), [value], tol, `${id}: value`)
  for (const [way, result] of [['traced', both(params, data)], ['jitted', jit(both)(params, data)]] as const) {
    close(numbers(result.value), [value], tol, `${id}: value, ${way}`)
    for (const { name, dtype, shape, grad } of parameters) {
      const g = result.grad[name]!
      assert.is(g.dtype, dtype, `${id}: gradient of ${name}, ${way}`)
      assert.equal([...g.shape], shape, `${id}: gradient of ${name}, ${way}`)
      close(numbers(g), grad!, tol, `${id}: gradient of ${name}, ${way}`)
    }
  }
}

const test = suite('oracle')

test('every case is either written or excluded, and nothing else is', () => {
  assert.is(cases.length, 138)
  const ids = new Set(cases.map(({ id }) => id))
  assert.is(ids.size, 138)
  for (const id of ids) assert.is(objectives.has(id), !excluded.has(id), id)
  for (const id of [...objectives.keys(), ...excluded]) assert.ok(ids.has(id), `${id} is no case`)
  assert.is(objectives.size, 116)
})

for (const backend of [reference, cpu]) {
  for (const group of new Set(cases.map((c) => c.group))) {
    const mine = cases.filter((c) => c.group === group && objectives.has(c.id))
    test(`${group} on ${backend.name}: ${mine.length} cases`, () => {
      useBackend(backend)
      try {
        mine.forEach(check)
      } finally {
        useBackend(cpu)
      }
    })
  }
}

test.run()
