// Products with a vector, inner products, and whatever has few rows or columns: every element is a sum of its own,
// which a team of threads forms with compensation. Long sums are divided further, over workgroups.
import type { Dispatch, Maker, Target } from '../../dispatch.ts'
import { groupSize } from '../elements.ts'
import { sumPartials } from './partials.ts'
import {
  arraysOf, batches, labelOf, partNames, partsOf, productText, sizesOf, starts, type Part, type Product,
} from './product.ts'
import { several, teamSum, writeSum } from '../team.ts'

const powerBelow = (x: number): number => 2 ** Math.floor(Math.log2(Math.max(1, x)))

interface Division { readonly team: number; readonly adjacent: boolean; readonly splits: number }

/** How the terms of the sums are divided over threads and workgroups. */
const divide = (p: Product, target: Target, outputs: number): Division => {
  const longer = p.m >= p.n ? { along: p.a.column, across: p.a.row } : { along: p.b.row, across: p.b.column }
  const adjacent = Math.abs(longer.along) <= Math.abs(longer.across) || outputs === 1
  if (target.isSoftware) {
    return { team: 1, adjacent, splits: Math.max(1, Math.min(Math.floor(256 / outputs), Math.ceil(p.k / 64))) }
  }
  const size = groupSize(target)
  const wanted = adjacent ? (outputs >= 4096 ? 32 : size) : outputs >= 65536 ? 1 : 8
  const team = Math.min(powerBelow(p.k), wanted, powerBelow(size))
  const splits = Math.min(1024, Math.floor(2 ** 17 / (outputs * team)), Math.ceil(p.k / (16 * team)))
  return { team, adjacent, splits: Math.max(1, splits) }
}

/** Statements that set value names to the operands' parts of term number `t`. */
const operands = (p: Product, suffix: number, term: string): string => [
  `let a${suffix} = aRowStart + ${term} * aColumn; let b${suffix} = bColumnStart + ${term} * bRow;`,
  ...partsOf(p.a, 'a').map(([part, read]) => `let x${suffix}${part} = ${read(`a${suffix}`)};`),
  ...partsOf(p.b, 'b').map(([part, read]) => `let y${suffix}${part} = ${read(`b${suffix}`)};`),
].join(' ')

const value = (p: Product, part: Part, suffix: number): string =>
  `(${productText(p, part, (x) => `x${suffix}${x}`, (y) => `y${suffix}${y}`)})`

export const dots = (p: Product, maker: Maker): readonly Dispatch[] => {
  const outputs = batches(p) * p.m * p.n
  const { team, adjacent, splits } = divide(p, maker.target, outputs)
  const parts = partNames(p)
  const isExact = maker.isRoot(p.result) && !p.integer && p.parts === 1
  const add = (part: Part, i: number, count: number): string => {
    const values = Array.from({ length: count }, (_, j) => value(p, part, j))
    if (p.integer) return `s${i} += ${values.join(' + ')};`
    if (isExact) return values.map((_, j) => `s${i} = combine(s${i}, two_prod(x${j}re, y${j}re));`).join(' ')
    const sum = count === 1 ? values[0] : `(${values[0]} + ${values[1]}) + (${values[2]} + ${values[3]})`
    return `s${i} = accumulate(s${i}, ${sum});`
  }
  const terms = (count: number): string => [
    ...Array.from({ length: count }, (_, j) => operands(p, j, j === 0 ? 't' : `(t + ${j * team}u)`)),
    ...parts.map((part, i) => add(part, i, count)), `t += ${count * team}u;`,
  ].join('\n')
  const pairs = !p.integer && splits > 1
  const length = outputs * p.parts * splits * (pairs ? 2 : 1)
  const output = splits > 1 ? maker.scratch(p.integer ? 'int32' : 'float32', length) : p.result
  const at = (i: number): string => `(split * outputs + output) * ${p.parts}u + ${i}u`
  const write = splits > 1 && pairs
    ? parts.map((_, i) => `set_c(2u * (${at(i)}), s${i}.x); set_c(2u * (${at(i)}) + 1u, s${i}.y);`).join(' ')
    : splits > 1 ? parts.map((_, i) => `set_c(${at(i)}, s${i});`).join(' ')
      : parts.map((_, i) => writeSum(maker, p.result, 'c', `output * ${p.parts}u + ${i}u`, `s${i}`)).join(' ')
  const first = teamSum(maker.target, {
    label: labelOf(p, 'inner products'), arrays: arraysOf(p, output), sizes: sizesOf(p), outputs, terms: p.k, splits,
    team, adjacent, integer: p.integer, parts: p.parts,
    setup: `let batch = output / (m * n);
    ${starts(p)}
    let aRowStart = aStart + output / n % m * aRow; let bColumnStart = bStart + output % n * bColumn;`,
    several: terms(several), one: terms(1), write,
  })
  return splits === 1 ? [first] : [first, sumPartials({
    source: output, result: p.result, count: outputs * p.parts, splits, pairs, integer: p.integer,
  }, maker)]
}
