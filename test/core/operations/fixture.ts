// Operations are tested on the compiled backend, or on WebGPU where WIRTINGER_TEST_BACKEND=webgpu says so; these helpers make
// nodes from arrays, read them back, and compare as precisely as the backend computes.
import { useBackend, type Backend } from '../../../core/backend.ts'
import { isComplex } from '../../../core/dtype.ts'
import { hostArray } from '../../../core/evaluate.ts'
import type { Node } from '../../../core/node.ts'
import { cpu } from '../../../backends/cpu/index.ts'
import * as compared from '../../close.ts'
import type { Numeric } from '../../close.ts'
import { double, single, type Precision } from '../../precision.ts'

const onGpu = process.env['WIRTINGER_TEST_BACKEND'] === 'webgpu'
const openGpu = async (): Promise<Backend> => (await import('../../gpu/synchronous.ts')).openSynchronous()

useBackend(onGpu ? await openGpu() : cpu)
export const precision: Precision = onGpu ? single : double

export const exact = onGpu ? compared.exactInSingle : compared.exact
export const close: typeof compared.close = (actual, expected, tolerance, message) =>
  compared.close(actual, expected, onGpu ? Math.max(tolerance, 2 * precision.tight) : tolerance, message)
export const relative: typeof compared.relative = (actual, expected, tolerance, message) =>
  compared.relative(actual, expected, onGpu ? Math.max(tolerance, 2 * precision.tight) : tolerance, message)

export { tensor } from '../../../core/construct.ts'

/** A complex number as tests write it. */
export const c = (re: number, im: number): { readonly re: number; readonly im: number } => ({ re, im })

/** The elements in row-major order. */
export const flat = (x: Node): readonly (number | { readonly re: number; readonly im: number })[] => {
  const data = hostArray(x)
  const elements = isComplex(x.dtype) ? (k: number) => c(data[2 * k]!, data[2 * k + 1]!) : (k: number) => data[k]!
  return Array.from({ length: x.info.size }, (_, k) => elements(k))
}

/** The elements as nested arrays. */
export const read = (x: Node): Numeric => {
  const elements = flat(x)
  const walk = (axis: number, offset: number): Numeric => axis === x.info.rank ? elements[offset]!
    : Array.from({ length: x.shape[axis]! }, (_, k) => walk(axis + 1, offset + k * x.info.strides[axis]!))
  return walk(0, 0)
}

/** Numbers in (−1, 1) that look random and never change; each backend holds them exactly. */
export const numbers = (count: number, seed = 1): readonly number[] => {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return onGpu ? Math.fround(state / 2 ** 31) : state / 2 ** 31
  })
}
