// The reference cases: inputs, value and gradients of objectives, made by systems that are not ours, and how one of them is
// checked on whatever backend is chosen: eagerly, with derivatives, and jitted.
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { fromTypedArray, jit, valueAndGrad, type Tensor } from '../../index.ts'
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
export interface Case {
  readonly id: string
  readonly group: string
  readonly inputs: readonly Input[]
  readonly value: number
  /** What double precision has to meet. */
  readonly tol: number
}

/** They need factorisations or matrix functions. */
export const excluded: ReadonlySet<string> = new Set([
  'la_det', 'la_det_abs', 'la_eigh_absV', 'la_eigh_gaugefixed', 'la_eigh_groundstate', 'la_eigh_matfun',
  'la_eigvals_general', 'la_eigvalsh', 'la_expm_big_norm', 'la_expm_skew', 'la_inv', 'la_nuclear', 'la_pinv',
  'la_qr_projector', 'la_qr_square', 'la_slogdet_batched', 'la_solve_mat', 'la_specnorm', 'la_svd_polar',
  'obj_complex_gaussian_nll', 'obj_grape_2q_complex_controls', 'obj_unitary_rnn',
])

const file = new URL('cases.json', import.meta.url)
// oracle.test.ts checks that all are there.
export const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] }

/** Those that are written, by group. */
export const groups: ReadonlyMap<string, readonly Case[]> = new Map([...new Set(cases.map((c) => c.group))]
  .map((group) => [group, cases.filter((c) => c.group === group && objectives.has(c.id))]))

type Named = Readonly<Record<string, Tensor>>

const named = (inputs: readonly Input[]): Named => Object.fromEntries(
  inputs.map(({ name, dtype, shape, data }) => [name, fromTypedArray(Float64Array.from(data), [...shape], dtype)]))

const numbers = (x: Tensor): readonly number[] => Array.from(x.toTypedArray())

const split = (inputs: readonly Input[]): readonly [params: Named, data: Named] =>
  [named(inputs.filter((input) => input.grad !== null)), named(inputs.filter((input) => input.grad === null))]

/**
 * Every number within `tolerance`, relative to one and the largest of its array.
 * @throws an error that says which number of which way of running is off.
 */
export const check = ({ id, inputs, value, tol }: Case, tolerance: number = tol): void => {
  const objective = objectives.get(id)!
  const [params, data] = split(inputs)
  const both = valueAndGrad((p: Named, d: Named) => objective({ ...p, ...d } as Inputs)) // the names of the case
  close(numbers(objective({ ...params, ...data } as Inputs)), [value], tolerance, `${id}: value`)
  for (const [way, result] of [['traced', both(params, data)], ['jitted', jit(both)(params, data)]] as const) {
    close(numbers(result.value), [value], tolerance, `${id}: value, ${way}`)
    for (const { name, dtype, shape, grad } of inputs) {
      if (grad === null) continue
      const g = result.grad[name]!
      assert.is(g.dtype, dtype, `${id}: gradient of ${name}, ${way}`)
      assert.equal([...g.shape], shape, `${id}: gradient of ${name}, ${way}`)
      close(numbers(g), grad, tolerance, `${id}: gradient of ${name}, ${way}`)
    }
  }
}
