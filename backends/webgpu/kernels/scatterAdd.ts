// Rows added to an array by integer index, per batch; an index that occurs several times is added several times. No
// atomic additions: every target adds up its own sources with compensation, so the result is accurate and always the
// same.
import { widthOf } from '../../../core/dtype.ts'
import type { ArrayUse, Dispatch, Maker } from '../dispatch.ts'
import { teamSum, writeSum } from './team.ts'
import { eachElement, groupSize, isInteger, store } from './elements.ts'
import { rowOf } from './gather.ts'
import { into, sortPairs } from './sort/pairs.ts'
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

/** Whether looking through all indices for each number of the result costs less than sorting them. */
const isFew = (maker: Maker, { batch, n, k, size }: Sizes): boolean =>
  n * size <= 128 || batch * n * k * size <= (maker.target.isSoftware ? 2 ** 16 : 2 ** 24)

interface Sorted { readonly keys: number; readonly places: number }

const arraysOf = ({ args }: LibraryStep): readonly ArrayUse[] => [
  { name: 'index', buffer: args[1]!, access: 'read' }, { name: 'source', buffer: args[2]!, access: 'read' },
]
const sortedArrays = ({ keys, places }: Sorted): readonly ArrayUse[] =>
  [{ name: 'keys', buffer: keys, access: 'read' }, { name: 'places', buffer: places, access: 'read' }]

/** A statement that adds number `e` of row `place` of the batch that begins at `line` to s0. */
const term = (integer: boolean): string => integer ? 's0 += source((line + place) * size + e);'
  : 's0 = accumulate(s0, select(nan(), source((line + place) * size + e), row_of(index(line + place), n) < n));'

/**
 * A team of threads for each number of the result: it looks through all indices, or knows from their order which are
 * its own.
 */
const byTarget = (step: LibraryStep, maker: Maker, { batch, n, k, size }: Sizes, sorted: Sorted | null): Dispatch => {
  const [base, result] = [step.args[0]!, step.results[0]!]
  const integer = isInteger(maker.buffers[result]!.dtype)
  const outputs = batch * n * size
  const isShared = !maker.target.isSoftware && outputs <= 4096 && k >= 256
  const team = isShared ? Math.min(64, groupSize(maker.target)) : 1
  const bisect = (bound: string, limit: string): string => `var ${bound} = 0u;
{ var above = k;
  while (${bound} < above) {
    let half = (${bound} + above) / 2u;
    if (u32(keys(line + half)) < ${limit}) { ${bound} = half + 1u; } else { above = half; }
  } }`
  return teamSum(maker.target, {
    label: `${k} rows added to ${n}`, outputs, terms: k, splits: 1, team, adjacent: true, integer, parts: 1,
    arrays: [
      { name: 'base', buffer: base, access: 'read' }, ...arraysOf(step), ...sorted === null ? [] : sortedArrays(sorted),
      { name: 'out', buffer: result, access: 'write' },
    ],
    sizes: { n, k, size }, declarations: clampedRow,
    setup: `let e = output % size;
let target_row = output / size % n;
let line = output / (size * n) * k;
if (member == 0u) { s0 = ${integer ? 'base(output)' : 'vec2f(base(output), 0.0)'}; }
${sorted === null ? '' : `${bisect('first', 'target_row')}\n${bisect('last', 'target_row + 1u')}`}`,
    ...sorted === null ? {} : { range: ['first', 'last'] },
    several: null,
    one: sorted === null
      ? `let place = t; if (clamped_row(index(line + place), n) == target_row) { ${term(integer)} } t += ${team}u;`
      : `let place = u32(places(line + t)); ${term(integer)} t += ${team}u;`,
    write: writeSum(maker, result, 'out', 'output', 's0'),
  })
}

/** A thread for each number of every source row, of which those act that come first of their target. */
const bySource = (step: LibraryStep, maker: Maker, sizes: Sizes, sorted: Sorted): readonly Dispatch[] => {
  const { batch, n, k, size } = sizes
  const [base, result] = [step.args[0]!, step.results[0]!]
  const integer = isInteger(maker.buffers[result]!.dtype)
  const baseArray: ArrayUse = { name: 'base', buffer: base, access: 'read' }
  const out: ArrayUse = { name: 'out', buffer: result, access: 'write' }
  return [
    eachElement(maker.target, {
      label: `copy of ${n} rows`, arrays: [baseArray, out], count: batch * n * size, body: 'set_out(i, base(i));',
    }),
    eachElement(maker.target, {
      label: `${k} rows added to ${n}`, arrays: [baseArray, ...arraysOf(step), ...sortedArrays(sorted), out],
      declarations: rowOf, count: batch * k * size, sizes: { n, k, size },
      body: `let e = i % size;
let line = i / (size * k) * k;
var t = i / size % k;
let target_row = u32(keys(line + t));
if (t > 0u && u32(keys(line + t - 1u)) == target_row) { continue; }
let output = (line / k * n + target_row) * size + e;
var s0 = ${integer ? 'base(output)' : 'vec2f(base(output), 0.0)'};
while (t < k && u32(keys(line + t)) == target_row) {
  let place = u32(places(line + t));
  ${term(integer)}
  t++;
}
${writeSum(maker, result, 'out', 'output', 's0')}`,
    }),
  ]
}

/** out = base, and then out[b, idx[b, k], :] += source[b, k, :]. */
export const scatterAddKernels: KernelMaker = (step, maker) => {
  const sizes = sizesOf(step)
  const { batch, n, k, size } = sizes
  const [count, result] = [batch * n * size, step.results[0]!]
  if (count === 0) return []
  if (k === 0) {
    return [eachElement(maker.target, {
      label: 'nothing added', count,
      arrays: [
        { name: 'base', buffer: step.args[0]!, access: 'read' }, { name: 'out', buffer: result, access: 'write' },
      ],
      body: store(maker, result, 'out', 'i', 'base(i)'),
    })]
  }
  if (isFew(maker, sizes)) return [byTarget(step, maker, sizes, null)]
  const sorted = { keys: maker.scratch('int32', batch * k), places: maker.scratch('int32', batch * k) }
  const sorting = sortPairs({
    lines: batch, n: k, arrays: [{ name: 'index', buffer: step.args[1]!, access: 'read' }],
    declarations: clampedRow, sizes: { rows: n },
    locate: 'let line = i / n; let place = i - line * n;', start: 'let start = line * n;',
    key: (i) => `clamped_row(index(start + ${i}), rows)`,
  }, maker, into(sorted))
  return [...sorting, ...k >= 64 * n ? [byTarget(step, maker, sizes, sorted)] : bySource(step, maker, sizes, sorted)]
}
