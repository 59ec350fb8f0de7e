// Sorting in workgroup memory: runs of one key are merged until a block is one run. Every key finds its place in the
// merged run by bisection of the other one.
import type { Dispatch, Maker } from '../../dispatch.ts'
import { groupSize, named } from '../elements.ts'
import { allArrays, type Pairs, type Sink } from './lines.ts'

/** Keys that a thread holds. */
const perThread = 4

/** Length of the blocks. */
export const blockOf = (maker: Maker): number => perThread * groupSize(maker.target)

/** Sorts blocks; a workgroup to each. What fills the last one of a line up comes after everything else. */
export const sortedBlocks = (p: Pairs, maker: Maker, sink: Sink): Dispatch => {
  const size = groupSize(maker.target)
  const block = blockOf(maker)
  const blocks = Math.ceil(p.n / block)
  const workgroups = Math.min(p.lines * blocks, 65535)
  const { lets, parameters } = named({
    n: p.n, blocks, tasks: p.lines * blocks, groups: workgroups, ...p.sizes, ...sink.sizes,
  })
  const each = (text: (i: number) => string): string => Array.from({ length: perThread }, (_, i) => text(i)).join('\n')
  const declarations = `${p.declarations}
var<workgroup> block_keys: array<u32, ${block}>;
var<workgroup> block_places: array<u32, ${block}>;
/** Where the key at place e stands when the runs of this length are merged in pairs. */
fn merged_place(e: u32, key: u32, length: u32) -> u32 {
  let pair = e / (2u * length) * (2u * length);
  let is_left = e - pair < length;
  let other = select(pair, pair + length, is_left);
  var low = 0u;
  var high = length;
  while (low < high) {
    let half = (low + high) / 2u;
    let against = block_keys[other + half];
    if (against < key || (against == key && !is_left)) { low = half + 1u; } else { high = half; }
  }
  return select(e - length, e, is_left) + low;
}`
  const body = `${lets}
for (var task = group; task < tasks; task += groups) {
  let line = task / blocks;
  let base = (task - line * blocks) * ${block}u;
  ${p.start}
  ${each((i) => `let e${i} = local + ${i * size}u;
  if (base + e${i} < n) { block_keys[e${i}] = ${p.key(`(base + e${i})`)}; } else { block_keys[e${i}] = 0xffffffffu; }
  block_places[e${i}] = base + e${i};`)}
  workgroupBarrier();
  for (var length = 1u; length < ${block}u; length *= 2u) {
    ${each((i) => `let key${i} = block_keys[e${i}]; let place${i} = block_places[e${i}];
    let to${i} = merged_place(e${i}, key${i}, length);`)}
    workgroupBarrier();
    ${each((i) => `block_keys[to${i}] = key${i}; block_places[to${i}] = place${i};`)}
    workgroupBarrier();
  }
  for (var e = local; e < ${block}u; e += ${size}u) {
    let at = base + e;
    let key = block_keys[e];
    let place = block_places[e];
    if (at < n) {
      ${sink.write}
    }
  }
  workgroupBarrier();
}`
  return {
    label: `sorted blocks of ${Math.min(block, p.n)}`, declarations, body, workgroupSize: size, workgroups, parameters,
    arrays: allArrays(p, sink),
  }
}
