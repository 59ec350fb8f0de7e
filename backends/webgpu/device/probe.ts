// What the specification of WGSL leaves to drivers, tried once: whether guarded sums keep their error terms, and
// whether NaN and infinity are told by their bits.
import { preludeFor } from '../prelude.ts'
import type { BindGroups } from './bindings.ts'
import { constantsText } from './constants.ts'
import type { Pipelines } from './pipelines.ts'
import type { Pool } from './pool.ts'
import type { Queue } from './queue.ts'

/**
 * Numbers whose sum with a neighbour drops bits, of which an error term that was reassociated away would know nothing.
 * In 64 bits these sums are exact.
 */
const numbers = [1, 1e-8, -1, 3e-8, 1.5, 1e4, -1e4, 0.1, 16777216, 1, 3, -1e-7, 7, 0.3, -1 / 3, 7e-9]
const bitPatterns = [0x7fc00000, 0xffc00001, 0x7f800000, 0xff800000, 0, 0x80000000, 0x3f800000, 0xbf800000, 0x7f7fffff]
const words = numbers.length + bitPatterns.length

const body = `
  let n = ${numbers.length}u;
  if (local < n - 1u) {
    let sum = two_sum(x[local], x[local + 1u]);
    y[2u * local] = bitcast<u32>(sum.x);
    y[2u * local + 1u] = bitcast<u32>(sum.y);
  }
  if (local == n - 1u) {
    var s = vec2f(0.0, 0.0);
    for (var i = 0u; i < n; i++) { s = accumulate(s, x[i]); }
    y[2u * local] = bitcast<u32>(s.x);
    y[2u * local + 1u] = bitcast<u32>(s.y);
  }
  if (local >= n && local < ${words}u) {
    let v = x[local];
    y[n + local] = u32(is_nan(v)) | (u32(is_inf(v)) << 1u) | (u32(is_finite(v)) << 2u) | (u32(is_negative(v)) << 3u);
  }`

const code = `${constantsText}
@group(0) @binding(0) var<uniform> U: Constants;
@group(1) @binding(0) var<storage, read> x: array<f32>;
@group(1) @binding(1) var<storage, read_write> y: array<u32>;
${preludeFor(body)}
@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) local: u32) {${body}
}`

const singles = Float32Array.from(numbers)

const sumsHold = (sums: Float32Array): boolean => numbers.slice(1).every((_, k) => {
  const sum = singles[k]! + singles[k + 1]!
  return sums[2 * k] === Math.fround(sum) && sums[2 * k + 1] === Math.fround(sum - Math.fround(sum))
})

/** Plain single precision is off by 6e-8 here. */
const accumulates = (value: number, error: number): boolean => {
  const exact = singles.reduce((s, x) => s + x, 0)
  return Math.abs(value + error - exact) <= 1e-11 * Math.abs(exact)
}

const codeOf = (bits: number): number => {
  const magnitude = bits & 0x7fffffff
  const sign = bits >>> 31 === 1 ? 8 : 0
  return sign | (magnitude > 0x7f800000 ? 1 : magnitude === 0x7f800000 ? 2 : 4)
}

export interface Probe {
  readonly twoSum: boolean
  /** Where this is false nothing can be trusted. */
  readonly bits: boolean
}

interface Parts {
  readonly pool: Pool
  readonly queue: Queue
  readonly pipelines: Pipelines
  readonly bindings: BindGroups
}

export const probe = async ({ pool, queue, pipelines, bindings }: Parts): Promise<Probe> => {
  const given = new Uint32Array(words)
  given.set(new Uint32Array(singles.buffer))
  given.set(bitPatterns, numbers.length)
  const bytes = 4 * (numbers.length + words)
  const [x, y] = [pool.take(given.byteLength, 'the probe'), pool.take(bytes, 'the probe')]
  const kernel = pipelines.get('probe', code, 'rw')
  queue.write(x, 0, given)
  queue.dispatch(kernel, bindings.get(kernel.layout, [x, y]), 1, 1)
  const [read] = await queue.read([{ block: y, offset: 0, bytes }])
  pool.give(x)
  pool.give(y)
  const sums = new Float32Array(read!, 0, 2 * numbers.length)
  const codes = new Uint32Array(read!, 8 * numbers.length)
  return {
    twoSum: sumsHold(sums) && accumulates(sums.at(-2)!, sums.at(-1)!),
    bits: bitPatterns.every((pattern, k) => codes[k] === codeOf(pattern)),
  }
}
