// The property recipe that every derivative rule has to pass. Complex numbers are pairs here: for the real inner
// product Re Σ conj(a)·b a derivative is a real matrix J between the storages of operands and result, forward mode is v
// ↦ J·v and reverse mode w ↦ Jᵀ·w. J comes from central differences.
import { epsilon, isComplex, isFloat, realOf, widthOf } from '../../core/dtype.ts'
import { hostArray, realize } from '../../core/evaluate.ts'
import { alias, leaf, Trace, within, type Node } from '../../core/node.ts'
import { make } from '../../core/make.ts'
import { tangents } from '../../autodiff/forward.ts'
import { cotangents } from '../../autodiff/reverse.ts'
import type { ByOperand, Rules } from '../../autodiff/rules.ts'
import { generator, tensorOf } from './random.ts'
import type { Sample } from './samples.ts'

/** What is known of a sample without looking at any rule. */
export interface Case {
  readonly sample: Sample
  /** The operands that are moved, and where each one's numbers begin among all numbers moved. */
  readonly moving: readonly number[]
  readonly dtype: Node['dtype']
  readonly value: readonly number[]
  /** J by columns, from a long and a short step; null for a result that is not floating point. */
  readonly jacobians: readonly (readonly (readonly number[])[])[] | null
}

export type Vector = readonly number[]
const numbers = (x: Node): Vector => [...hostArray(x)]
export const dot = (a: Vector, b: Vector): number => a.reduce((s, x, k) => s + x * b[k]!, 0)
/** Σ|a·b|: what rounding in the dot product is relative to. */
export const spread = (a: Vector, b: Vector): number => a.reduce((s, x, k) => s + Math.abs(x * b[k]!), 0)
const typeOf = (x: Node): string => `${x.dtype} [${x.shape.join(', ')}]`
export const largest = (a: Vector): number => a.reduce((m, x) => Math.max(m, Math.abs(x)), 0)

const weights = [45 / 60, -9 / 60, 1 / 60]

const moved = (x: Node, slot: number, step: number): Node => {
  const data = hostArray(x).slice()
  data[slot]! += step
  return leaf(data, x.dtype, x.info)
}

/** One column of J by the central difference of order six. */
const column = (sample: Sample, j: number, slot: number, relative: number): Vector => {
  const x = sample.args[j]!
  const width = widthOf(x.dtype)
  const first = slot - (slot % width)
  const modulus = Math.hypot(hostArray(x)[first]!, width === 2 ? hostArray(x)[first + 1]! : 0)
  const h = relative * Math.min(1, modulus)
  const at = (step: number): Vector =>
    numbers(sample.apply(sample.args.map((a, i) => (i === j ? moved(a, slot, step) : a))))
  const sides = weights.map((w, k) => [w, at((k + 1) * h), at(-(k + 1) * h)] as const)
  return sides[0]![1].map((_, i) => sides.reduce((s, [w, up, down]) => s + (w * (up[i]! - down[i]!)) / h, 0))
}

/** A sample with its J by each of the relative steps. */
export const prepare = (sample: Sample, steps: readonly number[] = [2e-3, 5e-4]): Case => {
  const moving = sample.args.flatMap((a, j) => (isFloat(a.dtype) ? [j] : []))
  const y = sample.apply(sample.args)
  const jacobians = !isFloat(y.dtype) ? null : steps.map((step) => moving.flatMap((j) =>
    Array.from({ length: hostArray(sample.args[j]!).length }, (_, slot) => column(sample, j, slot, step))))
  return { sample, moving, dtype: y.dtype, value: numbers(y), jacobians }
}

/** Why a rule is wrong; null if it passes. */
export type Verdict = string | null

/** Differences beyond the tolerance; the better of the two step sizes counts, entry by entry. */
const differs = (what: string, actual: Vector, expected: readonly Vector[], tolerance: number): Verdict => {
  const at = actual.findIndex((a, k) => !expected.some((e) => Math.abs(a - e[k]!) <= tolerance))
  return at < 0 ? null : `${what}: ${actual[at]} instead of ${expected[0]![at]} at ${at}`
}

interface Modes {
  readonly reverse: (w: Node) => readonly Node[]
  readonly forward: (v: readonly Node[]) => Node
}

/** Both modes at a sample, through lazy variables; `wrap` changes variables on the way in. */
const modes = ({ sample, moving }: Case, rules: Rules, wrap: (x: Node) => Node = (x) => x): Modes => {
  const run = (body: (y: Node, variables: readonly Node[], trace: Trace) => readonly Node[]): readonly Node[] => {
    const trace = new Trace('law', false)
    return realize(within(trace, () => {
      const variables = moving.map((j) => alias(trace, sample.args[j]!))
      const y = sample.apply(sample.args.map((a, j) => (moving.includes(j) ? wrap(variables[moving.indexOf(j)]!) : a)))
      return body(y, variables, trace)
    }), trace)
  }
  return {
    // The direction is a variable too, so that rules meet symbolic operands only, as they do in programs.
    reverse: (w) => run((y, vs, trace) => cotangents([y], [alias(trace, w)], vs, rules)),
    forward: (v) => run((y, vs, trace) => tangents([y], vs, v.map((t) => alias(trace, t)), rules))[0]!,
  }
}

const flat = (xs: readonly Node[]): Vector => xs.flatMap(numbers)

/** i·x on interleaved numbers. */
const turned = (x: Vector): Vector => x.map((_, k) => (k % 2 === 0 ? -x[k + 1]! : x[k - 1]!))

/** The laws that hold at one sample for these rules, the first violation being the verdict. Items 1 to 4. */
export const verdict = (known: Case, rules: Rules): Verdict => {
  const { sample, moving, dtype, value, jacobians } = known
  if (jacobians === null) return null
  const random = generator(7)
  const like = sample.apply(sample.args)
  const tensor = (of: Node, values: Vector): Node => tensorOf(of.dtype, of.shape, values)
  const normal = (n: number): number[] => Array.from({ length: n }, () => 4 * random() - 2)
  const { forward, reverse } = modes(known, rules)
  const scale = Math.max(largest(value), ...jacobians[1]!.map(largest), 0)
  const tolerance = 1e-8 * (1 + 2 * scale)

  const size = value.length
  const seeds = [normal(size), Array.from({ length: size }, (_, k) => (isComplex(dtype) && k % 2 === 1 ? 0 : 1))]
  if (isComplex(dtype)) seeds.push(Array.from({ length: size }, (_, k) => k % 2))
  const pulled: Vector[] = []
  for (const w of seeds) {
    const gs = reverse(tensor(like, w))
    for (const [k, g] of gs.entries()) {
      const x = sample.args[moving[k]!]!
      if (g.dtype !== x.dtype || g.info !== x.info) return `the gradient of ${typeOf(x)} is ${typeOf(g)}`
    }
    pulled.push(flat(gs))
    const expected = jacobians.map((j) => j.map((c) => dot(c, w)))
    const off = differs('reverse mode against differences', pulled.at(-1)!, expected, tolerance)
    if (off !== null) return off
  }
  const vs = moving.map((j) => normal(hostArray(sample.args[j]!).length))
  const tangent = forward(vs.map((v, k) => tensor(sample.args[moving[k]!]!, v)))
  if (tangent.dtype !== dtype || tangent.info !== like.info) return `the tangent of ${typeOf(like)} is ${typeOf(tangent)}`
  const t = numbers(tangent)
  const v = vs.flat()
  const along = jacobians.map((j) => t.map((_, i) => j.reduce((s, c, k) => s + c[i]! * v[k]!, 0)))
  const off = differs('forward mode against differences', t, along, tolerance * Math.max(1, v.length))
  if (off !== null) return off

  const w = seeds[0]!
  const [there, back] = [dot(w, t), dot(pulled[0]!, v)]
  if (!(Math.abs(there - back) <= 1e-12 * (1 + spread(w, t) + spread(pulled[0]!, v)))) {
    return `adjoint identity: ${there} forwards, ${back} backwards`
  }
  return linearity(known, rules, w, pulled[0]!, reverse, tensor, like)
}

/** Holomorphic: the pullback of i·W is i times that of W; antiholomorphic: −i times. */
const linearity = (
  { sample, moving, dtype }: Case, rules: Rules, w: Vector, pulled: Vector, reverse: Modes['reverse'],
  tensor: (of: Node, values: Vector) => Node, like: Node,
): Verdict => {
  const rule = rules[sample.primitive]
  if (!Array.isArray(rule) || !isComplex(dtype)) return null
  const kindOf = (j: number): string => (rule as ByOperand)[j]?.kind ?? 'none' // isArray does not narrow
  const gs = reverse(tensor(like, turned(w)))
  let start = 0
  for (const [k, j] of moving.entries()) {
    const length = hostArray(sample.args[j]!).length
    const before = pulled.slice(start, start + length)
    start += length
    if (!isComplex(sample.args[j]!.dtype) || !['holomorphic', 'antiholomorphic'].includes(kindOf(j))) continue
    const sign = kindOf(j) === 'holomorphic' ? 1 : -1
    const expected = turned(before).map((x) => sign * x)
    const off = differs(`${kindOf(j)}: pullback of i·W`, numbers(gs[k]!), [expected], 1e-12 * (1 + largest(before)))
    if (off !== null) return off
  }
  return null
}

/**
 * Item 5: conjugating on the way in conjugates the gradient; and real and imaginary parts as parameters get its parts.
 */
export const metamorphic = (known: Case, rules: Rules): Verdict => {
  const { sample, moving, jacobians, value } = known
  if (jacobians === null || !moving.some((j) => isComplex(sample.args[j]!.dtype))) return null
  const random = generator(11)
  const w = tensorOf(known.dtype, sample.apply(sample.args).shape, value.map(() => 4 * random() - 2))
  const plain = modes(known, rules).reverse(w)

  // At the conjugated point, conjugated on the way in, f is evaluated at the point itself.
  const flip = (x: Node): Node => (isComplex(x.dtype) ? make('conj', [x]) : x)
  const args = sample.args.map((a) => (isFloat(a.dtype) ? flip(a) : a))
  const mirrored = modes({ ...known, sample: { ...sample, args } }, rules, flip).reverse(w)
  for (const [k, g] of plain.entries()) {
    const off = differs('grad(L∘conj)', numbers(mirrored[k]!), [numbers(flip(g))], 1e-12 * (1 + largest(numbers(g))))
    if (off !== null) return off
  }

  const trace = new Trace('split', false)
  const partsOf = (x: Node): readonly Node[] => (isComplex(x.dtype) ? [make('real', [x]), make('imag', [x])] : [x])
  const parts = moving.map((j) => partsOf(sample.args[j]!))
  const split = realize(within(trace, () => {
    const variables = parts.map((p) => p.map((x) => alias(trace, x)))
    const args = sample.args.map((a, j) => {
      const v = variables[moving.indexOf(j)]
      return v === undefined ? a : v.length === 2 ? make('complex', v) : v[0]!
    })
    return cotangents([sample.apply(args)], [alias(trace, w)], variables.flat(), rules)
  }), trace)
  let next = 0
  for (const g of plain) {
    for (const e of partsOf(g).map(numbers)) {
      const off = differs('the split-real program', numbers(split[next++]!), [e], 1e-12 * (1 + largest(e)))
      if (off !== null) return off
    }
  }
  return null
}

/** Item 6: L(z − t·g) < L(z) for L = Re⟨W, f(z)⟩ and a small t. */
export const descends = (known: Case, rules: Rules): Verdict => {
  const { sample, moving, value, jacobians } = known
  if (jacobians === null || value.length === 0) return null
  const random = generator(13)
  const w = value.map(() => 4 * random() - 2)
  const gs = modes(known, rules).reverse(tensorOf(known.dtype, sample.apply(sample.args).shape, w)).map(numbers)
  const steepest = Math.max(0, ...gs.map(largest))
  if (steepest === 0) return null
  // Relative to each entry, so that no step crosses a cut: any descent direction will do, and D·g with D > 0 is one.
  const t = 1e-5 / steepest
  const at = sample.args.map((a, j) => {
    const k = moving.indexOf(j)
    if (k < 0) return a
    const width = widthOf(a.dtype)
    const data = hostArray(a).slice()
    for (let i = 0; i < data.length; i++) {
      const first = i - (i % width)
      data[i]! -= t * gs[k]![i]! * Math.min(1, Math.hypot(hostArray(a)[first]!, width === 2 ? hostArray(a)[first + 1]! : 0))
    }
    return leaf(data, a.dtype, a.info)
  })
  const [before, after] = [dot(w, value), dot(w, numbers(sample.apply(at)))]
  const noise = 1e-15 * w.reduce((s, x, k) => s + Math.abs(x * value[k]!), 0)
  return after < before + noise ? null : `L(z − t·g) = ${after} is not below L(z) = ${before}`
}

/** DTypes and the adjoint identity in single precision. */
export const singlePrecision = (known: Case, rules: Rules): Verdict => {
  const { sample, moving, value, jacobians, dtype } = known
  if (jacobians === null) return null
  const random = generator(17)
  const { forward, reverse } = modes(known, rules)
  const w = value.map(() => 4 * random() - 2)
  const gs = reverse(tensorOf(dtype, sample.apply(sample.args).shape, w))
  const wrong = gs.findIndex((g, k) => g.dtype !== sample.args[moving[k]!]!.dtype)
  if (wrong >= 0) return `the gradient of operand ${moving[wrong]} is ${gs[wrong]!.dtype}`
  const vs = moving.map((j) => Array.from(hostArray(sample.args[j]!), () => Math.fround(4 * random() - 2)))
  const t = forward(vs.map((v, k) => tensorOf(sample.args[moving[k]!]!.dtype, sample.args[moving[k]!]!.shape, v)))
  if (t.dtype !== dtype) return `the tangent is ${t.dtype} and not ${dtype}`
  const tn = numbers(t)
  const size = 1 + spread(w, tn) + spread(flat(gs), vs.flat())
  const gap = Math.abs(dot(w, tn) - dot(flat(gs), vs.flat()))
  return gap <= 4 * epsilon(realOf(dtype)) * size ? null : `adjoint identity in ${dtype}: off by ${gap}`
}
