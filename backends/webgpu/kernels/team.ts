// Sums that a team of threads forms together: each thread adds every so-many-th term with compensation, and the team's
// sums meet in workgroup memory. A team of one needs none.
import type { ArrayUse, Dispatch, Maker, Target } from '../dispatch.ts'
import { groupSize, groupsFor, isInteger, named, store, type Sizes } from './elements.ts'

export interface TeamSum {
  readonly label: string
  readonly arrays: readonly ArrayUse[]
  readonly sizes: Sizes
  readonly outputs: number
  /** Terms of each output. They are divided into `splits` ranges, each of which gets a sum of its own. */
  readonly terms: number
  readonly splits: number
  /** Threads that share an output, a power of two; neighbours in the workgroup if `adjacent`. */
  readonly team: number
  readonly adjacent: boolean
  readonly integer: boolean
  /** Numbers of an output, each with its own sum s0, s1. */
  readonly parts: 1 | 2
  readonly declarations?: string
  /** Statements before the terms; `output` is at hand. */
  readonly setup: string
  /** Names of the first term and of the one after the last, if they depend on the output. */
  readonly range?: readonly [string, string]
  /** Statements that add term number t to the sums and advance t by `team`; if there are, such that take several. */
  readonly one: string
  readonly several: string | null
  /** Statements that write the sums of `output` (of range `split`). */
  readonly write: string
}

/** How many terms are taken at once. */
export const several = 4

/** Statements that write a sum: where it is a number that the host reads, with the rounding error left in it. */
export const writeSum = (maker: Maker, buffer: number, name: string, at: string, sum: string): string => {
  if (isInteger(maker.buffers[buffer]!.dtype)) return store(maker, buffer, name, at, sum)
  if (!maker.isRoot(buffer)) return `set_${name}(${at}, settle(${sum}).x);`
  return `let root = settle(${sum});
set_${name}(0u, root.x); set_${name}(1u, root.y); set_${name}(2u, select(1.0, 0.0, is_finite(root.x)));`
}

export const teamSum = (target: Target, s: TeamSum): Dispatch => {
  const workgroupSize = groupSize(target)
  const rows = workgroupSize / s.team
  const tasks = Math.ceil(s.outputs * s.splits / rows)
  const workgroups = s.team === 1 ? groupsFor(target, tasks * rows) : Math.min(tasks, target.isSoftware ? 16 : 8192)
  const { lets, parameters } = named({
    outputs: s.outputs, splits: s.splits, span: Math.ceil(s.terms / s.splits), terms: s.terms, tasks,
    groups: workgroups, ...s.sizes,
  })
  const type = s.integer ? 'i32' : 'vec2f'
  const sums = Array.from({ length: s.parts }, (_, part) => part)
  const join = (into: string, from: string): string =>
    s.integer ? `${into} += ${from};` : `${into} = combine(${into}, ${from});`
  const meet = s.team === 1 ? '' : `
  ${sums.map((part) => `shared${part}[local] = s${part};`).join(' ')}
  for (var half = ${s.team / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (member < half) {
      let other = local + half * ${s.adjacent ? 1 : rows}u;
      ${sums.map((part) => `${join(`s${part}`, `shared${part}[other]`)} shared${part}[local] = s${part};`).join(' ')}
    }
  }
  workgroupBarrier();`
  const body = `${lets}
let member = ${s.adjacent ? `local % ${s.team}u` : `local / ${rows}u`};
let place = ${s.adjacent ? `local / ${s.team}u` : `local % ${rows}u`};
for (var task = group; task < tasks; task += groups) {
  let sum = task * ${rows}u + place;
  let output = sum % outputs;
  let split = sum / outputs;
  ${sums.map((part) => `var s${part} = ${type}();`).join(' ')}
  if (split < splits) {
    ${s.setup}
    let low = ${s.range?.[0] ?? 'split * span'};
    let high = ${s.range?.[1] ?? 'min(terms, low + span)'};
    var t = low + member;${s.several === null ? '' : `
    while (t + ${(several - 1) * s.team}u < high) {
      ${s.several}
    }`}
    while (t < high) {
      ${s.one}
    }
  }${meet}
  if (member == 0u && split < splits) {
    ${s.write}
  }
}`
  const shared = s.team === 1 ? []
    : sums.map((part) => `var<workgroup> shared${part}: array<${type}, ${workgroupSize}>;`)
  const declarations = [...shared, s.declarations ?? ''].join('\n')
  return { label: s.label, arrays: s.arrays, declarations, body, workgroupSize, workgroups, parameters }
}
