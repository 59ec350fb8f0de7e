// Expressions in tensors on both backends.
import { reference } from '../../../backends/reference/index.ts'
import { cpu, fromTypedArray, jit, useBackend, type Tensor } from '../../../index.ts'
import { close } from '../../close.ts'
import { uniform } from './compare.ts'

type Made = Tensor | readonly Made[] | { readonly [key: string]: Made }

const isTensor = (x: Made): x is Tensor => 'dtype' in x

const flatten = (x: Made): readonly Tensor[] =>
  isTensor(x) ? [x] : Object.values(x).flatMap(flatten)

const on = (backend: typeof cpu, body: () => Made): readonly Tensor[] => {
  useBackend(backend)
  try {
    const results = flatten(body())
    results.forEach((t) => t.view())
    return results
  } finally {
    useBackend(cpu)
  }
}

/**
 * Operation by operation, and jitted, twice: all agree with the reference, relative to the largest number of each
 * result.
 */
export const agree = <A extends readonly Tensor[]>(
  name: string, f: (...args: A) => Made, args: A, tolerance = 1e-13,
): void => {
  const expected = on(reference, () => f(...args))
  const jitted = jit(f)
  const first = on(cpu, () => jitted(...args)) // has to outlive the second run
  const runs = { eager: on(cpu, () => f(...args)), again: on(cpu, () => jitted(...args)), jitted: first }
  for (const [way, actual] of Object.entries(runs)) {
    expected.forEach((y, k) => {
      const x = actual[k]!
      const where = `${name}: result ${k}, ${way}`
      const [actualType, expectedType] = [x, y].map((t) => `${t.dtype} [${t.shape.join()}]`)
      if (actualType !== expectedType) throw new Error(`${where}: ${actualType}, not ${expectedType}`)
      const limit = x.dtype === 'float32' || x.dtype === 'complex64' ? Math.max(tolerance, 1e-6) : tolerance
      close(x.view(), y.view(), limit, where)
    })
  }
}

const random = uniform(77)
const filled = <T extends Float64Array | Float32Array>(data: T): T => {
  for (let k = 0; k < data.length; k++) data[k] = 2 * random() - 1
  return data
}
const sizeOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)

/** Numbers in (−1, 1). */
export const real = (...dims: readonly number[]): Tensor<'float64'> =>
  fromTypedArray(filled(new Float64Array(sizeOf(dims))), [...dims])
export const single = (...dims: readonly number[]): Tensor<'float32'> =>
  fromTypedArray(filled(new Float32Array(sizeOf(dims))), [...dims])
export const complex = (...dims: readonly number[]): Tensor<'complex128'> =>
  fromTypedArray(filled(new Float64Array(2 * sizeOf(dims))), [...dims], 'complex128')
