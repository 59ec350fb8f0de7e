// Stable sorting of lines of keys, each with its place: every thread finds the rank of a key in a short run, and then runs
// are merged in pairs, each thread making a piece of the merged run, which it finds by bisection.
import type { ArrayUse, Dispatch, Maker } from '../../dispatch.ts'
import { eachElement, type Sizes } from '../elements.ts'

/** Length of the runs that are sorted by counting. */
export const run = 32

/** Numbers that one thread merges; it divides 2·run. */
const pieceOf = (maker: Maker): number => (maker.target.isSoftware ? 64 : 8)

/** Where the sorted pairs go: statements once for `line`, and for its pair (`key`, `place`) that is number `at`. */
export interface Sink {
  readonly arrays: readonly ArrayUse[]
  readonly sizes: Sizes
  readonly prepare: string
  readonly write: string
}

export interface Pairs {
  readonly lines: number
  readonly n: number
  /** What keys are made of. */
  readonly arrays: readonly ArrayUse[]
  readonly declarations: string
  readonly sizes: Sizes
  /** Key number i of `line`, as text. */
  readonly key: (i: string) => string
  /** Statements from element `i` of lines · n to `line` and `place`, so that neighbours in memory are neighbours. */
  readonly locate: string
}

/** Two arrays of scratch memory: keys and places, line after line. */
interface Stage { readonly keys: number; readonly places: number }

const stage = (maker: Maker, { lines, n }: Pairs): Stage =>
  ({ keys: maker.scratch('int32', lines * n), places: maker.scratch('int32', lines * n) })

const into = ({ keys, places }: Stage): Sink => ({
  arrays: [{ name: 'keys', buffer: keys, access: 'write' }, { name: 'places', buffer: places, access: 'write' }], sizes: {},
  prepare: '', write: 'set_keys(line * n + at, i32(key)); set_places(line * n + at, i32(place));',
})

/** Sorts runs; a thread to a key. */
const runs = (p: Pairs, maker: Maker, sink: Sink): Dispatch => eachElement(maker.target, {
  label: `sorted runs of ${Math.min(run, p.n)}`, declarations: p.declarations, count: p.lines * p.n,
  arrays: [...p.arrays, ...sink.arrays.filter((a) => !p.arrays.some((b) => a.name === b.name))],
  sizes: { n: p.n, ...p.sizes, ...sink.sizes },
  body: `${p.locate}
${sink.prepare}
let key = ${p.key('place')};
let low = place / ${run}u * ${run}u;
let high = min(n, low + ${run}u);
var at = low;
for (var j = low; j < high; j++) {
  let other = ${p.key('j')};
  if (other < key || (other == key && j < place)) { at++; }
}
${sink.write}`,
})

/** Merges sorted runs of `length` in pairs. */
const merge = (p: Pairs, maker: Maker, from: Stage, length: number, sink: Sink): Dispatch => {
  const piece = pieceOf(maker)
  const pieces = Math.ceil(p.n / piece)
  return eachElement(maker.target, {
    label: `runs of ${length} merged`, count: p.lines * pieces, sizes: { n: p.n, length, pieces, ...sink.sizes },
    arrays: [
      { name: 'from_keys', buffer: from.keys, access: 'read' }, { name: 'from_places', buffer: from.places, access: 'read' }, ...sink.arrays,
    ],
    body: `let line = i / pieces;
${sink.prepare}
var at = (i - line * pieces) * ${piece}u;
let end = min(n, at + ${piece}u);
let start = line * n;
let low = at / (2u * length) * (2u * length);
let middle = min(n, low + length);
let high = min(n, middle + length);
// How many of the first at − low pairs come from the left run.
let before = at - low;
var few = select(0u, before - (high - middle), before > high - middle);
var many = min(before, middle - low);
while (few < many) {
  let half = (few + many) / 2u;
  if (u32(from_keys(start + low + half)) <= u32(from_keys(start + middle + before - 1u - half))) { few = half + 1u; } else { many = half; }
}
var left = low + few;
var right = middle + before - few;
var left_key = 0u;
var right_key = 0u;
if (left < middle) { left_key = u32(from_keys(start + left)); }
if (right < high) { right_key = u32(from_keys(start + right)); }
for (; at < end; at++) {
  let is_left = right >= high || (left < middle && left_key <= right_key);
  let key = select(right_key, left_key, is_left);
  let place = u32(from_places(start + select(right, left, is_left)));
  if (is_left) {
    left++;
    if (left < middle) { left_key = u32(from_keys(start + left)); }
  } else {
    right++;
    if (right < high) { right_key = u32(from_keys(start + right)); }
  }
  ${sink.write}
}`,
  })
}

/** Sorts every line; the last pass writes to `sink`. */
export const sortPairs = (p: Pairs, maker: Maker, sink: Sink): readonly Dispatch[] => {
  if (p.n <= run) return [runs(p, maker, sink)]
  let from = stage(maker, p)
  let to = 2 * run < p.n ? stage(maker, p) : from
  const passes = [runs(p, maker, into(from))]
  for (let length = run; length < p.n; length *= 2) {
    const isLast = 2 * length >= p.n
    passes.push(merge(p, maker, from, length, isLast ? sink : into(to)))
    ;[from, to] = [to, from]
  }
  return passes
}
