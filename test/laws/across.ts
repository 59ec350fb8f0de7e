// Derivatives on a backend that computes in 32 bits. Differences of its values would say nothing, so its derivatives are
// compared with those of the reference in 64 bits, to the precision that the point allows: what they change by when the
// operands move by one unit in the last place.
import { hostArray, realize } from '../../core/evaluate.ts'
import { isFloat, type DType } from '../../core/dtype.ts'
import { alias, Trace, within, type Node } from '../../core/node.ts'
import { tangents } from '../../autodiff/forward.ts'
import { cotangents } from '../../autodiff/reverse.ts'
import type { Rules } from '../../autodiff/rules.ts'
import { dot, largest, spread, type Vector, type Verdict } from './law.ts'
import { generator, tensorOf } from './random.ts'
import type { Sample } from './samples.ts'

const unit = 2 ** -23

/** A value, its pullback of a cotangent w, and its pushforward of a tangent v: one program. */
export interface Derivatives {
  readonly types: readonly string[]
  readonly value: Vector
  readonly pulled: readonly Vector[]
  readonly pushed: Vector
  readonly w: Vector
  readonly v: readonly Vector[]
}

type Change = (x: number) => number

/** With floating-point operands changed number by number. */
const withOperands = (sample: Sample, change: Change): Sample => ({
  ...sample,
  args: sample.args.map((a) => (isFloat(a.dtype) ? tensorOf(a.dtype, a.shape, Array.from(hostArray(a), change)) : a)),
})

/** The sample at operands that 32 bits hold. */
export const rounded = (sample: Sample): Sample => withOperands(sample, Math.fround)

/** On the chosen backend. null for results that are not floating point. */
export const derivatives = (sample: Sample, rules: Rules): Derivatives | null => {
  const random = generator(7)
  const direction = (dtype: DType, dims: readonly number[], length: number): Node =>
    tensorOf(dtype, dims, Array.from({ length }, () => Math.fround(4 * random() - 2)))
  const like = sample.apply(sample.args)
  if (!isFloat(like.dtype)) return null
  const moving = sample.args.flatMap((a, j) => (isFloat(a.dtype) ? [j] : []))
  const seed = direction(like.dtype, like.shape, hostArray(like).length)
  const along = moving.map((j) => direction(sample.args[j]!.dtype, sample.args[j]!.shape, hostArray(sample.args[j]!).length))
  const trace = new Trace('law', false)
  const [y, t, ...gs] = realize(within(trace, () => {
    const variables = moving.map((j) => alias(trace, sample.args[j]!))
    const result = sample.apply(sample.args.map((a, j) => (moving.includes(j) ? variables[moving.indexOf(j)]! : a)))
    const [pushed] = tangents([result], variables, along.map((v) => alias(trace, v)), rules)
    return [result, pushed!, ...cotangents([result], [alias(trace, seed)], variables, rules)]
  }), trace)
  const numbers = (x: Node): Vector => [...hostArray(x)]
  return {
    types: [y!, t!, ...gs].map((x) => `${x.dtype} [${x.shape.join()}]`),
    value: numbers(y!), pushed: numbers(t!), pulled: gs.map(numbers), w: numbers(seed), v: along.map(numbers),
  }
}

/** What derivatives at operands one unit beside them tell of the precision that can be had. */
export const neighbours = (sample: Sample, rules: Rules): readonly (Derivatives | null)[] => [3, 5, 9].map((seed) => {
  const random = generator(seed)
  return derivatives(withOperands(sample, (x) => x * (1 + (random() < 0.5 ? -unit : unit))), rules)
})

const arrays = (d: Derivatives): readonly Vector[] => [d.value, d.pushed, ...d.pulled]
const names = ['the value', 'forward mode', 'reverse mode for the first operand', 'for the second', 'for the third'] as const

/** Units, each of them a unit in the last place of the largest number and what the operands' own rounding makes. */
const allowed = 3

/** Why derivatives of 32 bits are not those of the reference, or not adjoint to one another; null if they are. */
export const agrees = (actual: Derivatives, expected: Derivatives, beside: readonly (Derivatives | null)[]): Verdict => {
  if (actual.types.join() !== expected.types.join()) return `${actual.types.join()} instead of ${expected.types.join()}`
  for (const [k, right] of arrays(expected).entries()) {
    const moved = Math.max(0, ...beside.flatMap((d) => (d === null ? [] : arrays(d)[k]!.map((x, i) => Math.abs(x - right[i]!)))))
    const tolerance = allowed * (unit * (1 + largest(right)) + moved)
    const at = right.findIndex((x, i) => !(Math.abs(arrays(actual)[k]![i]! - x) <= tolerance))
    if (at >= 0) return `${names[k] ?? k}: ${arrays(actual)[k]![at]} instead of ${right[at]} at ${at} (tolerance ${tolerance})`
  }
  const { w, pushed } = actual
  const [pulled, v] = [actual.pulled.flat(), actual.v.flat()]
  const gap = Math.abs(dot(w, pushed) - dot(pulled, v))
  const size = 1 + spread(w, pushed) + spread(pulled, v)
  return gap <= allowed * unit * size ? null : `adjoint identity: off by ${gap}, of ${size}`
}
