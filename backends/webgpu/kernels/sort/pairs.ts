// Stable sorting of lines of keys, each with its place: first runs, by counting or in workgroup memory; then runs are
// merged in pairs, each thread making a piece of the merged run, whose beginning it finds by bisection.
import type { Dispatch, Maker } from '../../dispatch.ts'
import { eachElement } from '../elements.ts'
import { blockOf, sortedBlocks } from './block.ts'
import { allArrays, type Pairs, type Sink } from './lines.ts'

/** Length of the runs that are sorted by counting. */
const run = 32
/** Lines up to here are too short for a workgroup of their own. */
const shortest = 256

/** Numbers that one thread merges; it divides 2·run. */
const pieceOf = (maker: Maker): number => (maker.target.isSoftware ? 64 : 8)

/** Two arrays of scratch memory: keys and places, line after line. */
interface Stage { readonly keys: number; readonly places: number }

const stage = (maker: Maker, { lines, n }: Pairs): Stage =>
  ({ keys: maker.scratch('int32', lines * n), places: maker.scratch('int32', lines * n) })

export const into = ({ keys, places }: Stage): Sink => ({
  arrays: [{ name: 'keys', buffer: keys, access: 'write' }, { name: 'places', buffer: places, access: 'write' }],
  sizes: {}, write: 'set_keys(line * n + at, i32(key)); set_places(line * n + at, i32(place));',
})

/** Sorts runs; a thread to a key. */
const sortedRuns = (p: Pairs, maker: Maker, sink: Sink): Dispatch => eachElement(maker.target, {
  label: `sorted runs of ${Math.min(run, p.n)}`, declarations: p.declarations, count: p.lines * p.n,
  arrays: allArrays(p, sink),
  sizes: { n: p.n, ...p.sizes, ...sink.sizes },
  body: `${p.locate}
${p.start}
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
    label: `runs of ${length} merged`, count: p.lines * pieces,
    sizes: { n: p.n, length, pieces, ...p.sizes, ...sink.sizes },
    arrays: [
      { name: 'from_keys', buffer: from.keys, access: 'read' },
      { name: 'from_places', buffer: from.places, access: 'read' }, ...sink.arrays,
    ],
    body: `let line = i / pieces;
${p.start}
var at = (i - line * pieces) * ${piece}u;
let end = min(n, at + ${piece}u);
let base = line * n;
let low = at / (2u * length) * (2u * length);
let middle = min(n, low + length);
let high = min(n, middle + length);
// How many of the first at − low pairs come from the left run.
let before = at - low;
var few = select(0u, before - (high - middle), before > high - middle);
var many = min(before, middle - low);
while (few < many) {
  let half = (few + many) / 2u;
  let left_first = u32(from_keys(base + low + half)) <= u32(from_keys(base + middle + before - 1u - half));
  if (left_first) { few = half + 1u; } else { many = half; }
}
var left = low + few;
var right = middle + before - few;
var left_key = 0u;
var right_key = 0u;
if (left < middle) { left_key = u32(from_keys(base + left)); }
if (right < high) { right_key = u32(from_keys(base + right)); }
for (; at < end; at++) {
  let is_left = right >= high || (left < middle && left_key <= right_key);
  let key = select(right_key, left_key, is_left);
  let place = u32(from_places(base + select(right, left, is_left)));
  if (is_left) {
    left++;
    if (left < middle) { left_key = u32(from_keys(base + left)); }
  } else {
    right++;
    if (right < high) { right_key = u32(from_keys(base + right)); }
  }
  ${sink.write}
}`,
  })
}

/** Sorts every line; the last pass writes to `sink`. */
export const sortPairs = (p: Pairs, maker: Maker, sink: Sink): readonly Dispatch[] => {
  const byBlocks = !maker.target.isSoftware && p.n > shortest
  const first = byBlocks ? blockOf(maker) : run
  const sorted = byBlocks ? sortedBlocks : sortedRuns
  if (p.n <= first) return [sorted(p, maker, sink)]
  let from = stage(maker, p)
  let to = 2 * first < p.n ? stage(maker, p) : from
  const passes = [sorted(p, maker, into(from))]
  for (let length = first; length < p.n; length *= 2) {
    passes.push(merge(p, maker, from, length, 2 * length >= p.n ? sink : into(to)))
    ;[from, to] = [to, from]
  }
  return passes
}
