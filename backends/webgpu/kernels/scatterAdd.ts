// Rows added to an array by integer index, per batch; an index that occurs several times is added several times. No atomic
// additions: every target adds up its own sources with compensation, so the result is accurate and always the same.
import { widthOf } from '../../../core/dtype.ts'
import type { Dispatch, Maker } from '../dispatch.ts'
import { teamSum, writeSum } from './team.ts'
import { eachElement, groupSize, isInteger, store } from './elements.ts'
import { rowOf } from './gather.ts'
import { sortPairs } from './sort/pairs.ts'
import { product, type KernelMaker, type LibraryStep } from './step.ts'

/** As for `gather`, what an index outside the axis adds is NaN; it is added to the last row. */
const clampedRow = `${rowOf}
fn clamped_row(index: i32, n: u32) -> u32 { return min(row_of(index, n), n - 1u); }`

interface Sizes {
  readonly batch: number
  readonly n: number
  readonly k: number
  /** Numbers of a row. */
  readonly size: number
}

const sizesOf = ({ operands, attrs }: LibraryStep): Sizes => {
  const [, x, index] = operands
  const axis = attrs[0]!
  return {
    batch: product(x!.shape.dims.slice(0, axis)), n: x!.shape.dims[axis]!, k: index!.shape.dims[axis]!,
    size: product(x!.shape.dims.slice(axis + 1)) * widthOf(x!.dtype),
  }
}

/** Reads that all threads together may spend on looking through all indices. */
const affordable = (maker: Maker): number => (maker.target.isSoftware ? 2 ** 16 : 2 ** 24)

const sums = (step: LibraryStep, maker: Maker, { batch, n, k, size }: Sizes, sorted: { keys: number; places: number } | null): Dispatch => {
  const [base, index, source] = step.args
  const result = step.results[0]!
  const integer = isInteger(maker.buffers[result]!.dtype)
  const value = integer ? 'value' : 'select(nan(), value, row_of(row, n) < n)'
  const term = `let row = index(line + place); let value = source((line + place) * size + e);
${integer ? 's0 +=' : 's0 = accumulate(s0,'} ${value}${integer ? ';' : ');'}`
  const isCrowded = sorted !== null && k >= 64 * n
  const team = isCrowded && !maker.target.isSoftware ? Math.min(64, groupSize(maker.target)) : 1
  const one = sorted === null ? `{ let place = t; if (clamped_row(index(line + place), n) == target_row) { ${term} } t += ${team}u; }`
    : `{ let place = u32(places(line + t)); ${term} t += ${team}u; }`
  const bisect = (bound: string, limit: string): string => `var ${bound} = 0u;
{ var high = k;
  while (${bound} < high) {
    let half = (${bound} + high) / 2u;
    if (u32(keys(line + half)) < ${limit}) { ${bound} = half + 1u; } else { high = half; }
  } }`
  return teamSum(maker.target, {
    label: `${k} rows added to ${n}`, outputs: batch * n * size, terms: k, splits: 1, team, adjacent: true, integer, parts: 1,
    arrays: [
      { name: 'base', buffer: base!, access: 'read' }, { name: 'index', buffer: index!, access: 'read' },
      { name: 'source', buffer: source!, access: 'read' },
      ...sorted === null ? [] : [{ name: 'keys', buffer: sorted.keys, access: 'read' }, { name: 'places', buffer: sorted.places, access: 'read' }] as const,
      { name: 'out', buffer: result, access: 'write' },
    ],
    sizes: { n, k, size }, declarations: clampedRow,
    setup: `let e = output % size;
let target_row = output / size % n;
let line = output / (size * n) * k;
if (member == 0u) { s0 = ${integer ? 'base(output)' : 'vec2f(base(output), 0.0)'}; }
${sorted === null ? '' : `${bisect('first', 'target_row')}
${bisect('last', 'target_row + 1u')}`}`,
    ...sorted === null ? {} : { range: ['first', 'last'] },
    several: null, one, write: writeSum(maker, result, 'out', 'output', 's0'),
  })
}

/** out = base, and then out[b, idx[b, k], :] += source[b, k, :]. */
export const scatterAddKernels: KernelMaker = (step, maker) => {
  const sizes = sizesOf(step)
  const { batch, n, k, size } = sizes
  const [count, result] = [batch * n * size, step.results[0]!]
  if (count === 0) return []
  if (k === 0) {
    return [eachElement(maker.target, {
      label: 'nothing added', count, arrays: [{ name: 'base', buffer: step.args[0]!, access: 'read' }, { name: 'out', buffer: result, access: 'write' }],
      body: store(maker, result, 'out', 'i', 'base(i)'),
    })]
  }
  if (count * k <= affordable(maker)) return [sums(step, maker, sizes, null)]
  const [keys, places] = [maker.scratch('int32', batch * k), maker.scratch('int32', batch * k)]
  const sorting = sortPairs({
    lines: batch, n: k, arrays: [{ name: 'index', buffer: step.args[1]!, access: 'read' }], declarations: clampedRow, sizes: { rows: n },
    key: (i) => `clamped_row(index(line * n + ${i}), rows)`, locate: 'let line = i / n; let place = i % n;',
  }, maker, {
    arrays: [{ name: 'keys', buffer: keys, access: 'write' }, { name: 'places', buffer: places, access: 'write' }], sizes: {},
    write: 'set_keys(line * n + at, i32(key)); set_places(line * n + at, i32(place));',
  })
  return [...sorting, sums(step, maker, sizes, { keys, places })]
}
