// What follows from the inner products: whether the pair enters, the coefficients of the direction, and the memory that goes
// on. One workgroup; numbers are pairs of floats, since the recursion amplifies rounding.
import { alongAt, cosineAt, memoryLength, outcomeAt, outcomes } from '../../../../core/lbfgs.ts'
import type { Dispatch } from '../../dispatch.ts'
import { threads } from './sums.ts'

export interface Solving {
  readonly k: number
  readonly memorySize: number
  readonly isScaled: boolean
  /** Of the inner products: their number. */
  readonly groups: number
  readonly partials: number
  readonly coefficients: number
  /** Where ⟨s,y⟩ and the others without history stand among the inner products. */
  readonly ownAt: number
  readonly before: number | null
  readonly memory: number
}

/**
 * Inner products stand in `dots` as ⟨sⱼ,y⟩, ⟨sⱼ,g⟩, ⟨yⱼ,y⟩, ⟨yⱼ,g⟩ for each pair, and then those of s and y, ⟨s,s⟩ and ⟨g,g⟩.
 * A product among pairs `first` + i ≤ `first` + j is in the memory, or among those if j is the newest.
 */
const declarations = ({ memorySize, before }: Solving): string => `var<workgroup> dots: array<vec2f, ${4 * memorySize + 6}>;
var<workgroup> along: array<vec2f, ${memorySize + 1}>;
var<workgroup> alpha: array<vec2f, ${memorySize + 1}>;
var<workgroup> delta: array<vec2f, ${memorySize + 1}>;
fn minus(a: vec2f) -> vec2f { return vec2f(negate(a.x), negate(a.y)); }
fn at(i: u32, j: u32) -> u32 { return 3u + j * (j + 1u) + 2u * i; }
fn product(i: u32, j: u32, which: u32, first: u32, newest: u32) -> vec2f {
  if (j == newest) { return dots[4u * (first + i) + 2u * which]; }
  return ${before === null ? 'vec2f()' : 'vec2f(before(at(first + i, first + j) + which), 0.0)'};
}`

export const solveKernel = (solving: Solving): Dispatch => {
  const { k, memorySize, isScaled, groups, partials, coefficients, ownAt, before, memory } = solving
  const each = (name: string, limit: string, body: string): string => `for (var ${name} = local; ${name} < ${limit}; ${name} += ${threads}u) { ${body} }`
  return {
    label: `L-BFGS: coefficients of ${k} pairs and a new one`,
    arrays: [
      { name: 'partials', buffer: partials, access: 'read' },
      ...before === null ? [] : [{ name: 'before', buffer: before, access: 'read' } as const],
      { name: 'memory', buffer: memory, access: 'write' }, { name: 'c', buffer: coefficients, access: 'write' },
    ],
    declarations: declarations(solving),
    body: `let groups = p0;
let k = p1;
let oldest = p2;
let own_at = p3;
let pairs = k + 1u;
let own = 4u * k;
let kept = k - oldest;
${each('t', 'own + 6u', `
  var sum = vec2f();
  for (var w = 0u; w < groups; w++) { let part = 2u * (t * groups + w); sum = dd_add(sum, vec2f(partials(part), partials(part + 1u))); }
  let is_own = t >= own_at && t < own_at + 6u;
  dots[select(select(t - 6u, t, t < own_at), own + t - own_at, is_own)] = settle(sum);
`)}
workgroupBarrier();
let ss = dots[own + 4u].x;
let gg = dots[own + 5u];
let is_still = ss == 0.0;
var cosine = -2.0;
if (!is_still) { cosine = dots[own].x / (sqrt_(ss) * sqrt_(dots[own + 2u].x)); }
let is_safe = is_finite(cosine) && cosine > ${2 ** -23};
let first = select(0u, oldest, is_safe);
let newest = select(pairs, kept, is_safe);
let count = select(select(k, kept + 1u, is_safe), 0u, is_still);
var gamma = vec2f(1.0, 0.0);${isScaled ? `
if (count > 0u) { gamma = dd_div(product(count - 1u, count - 1u, 0u, first, newest), product(count - 1u, count - 1u, 1u, first, newest)); }` : ''}
${each('i', 'count', 'along[i] = dots[4u * (first + i) + 1u];')}
for (var back = 0u; back < pairs; back++) {
  workgroupBarrier();
  let i = count - 1u - back;
  if (back < count) {
    let a = dd_div(along[i], product(i, i, 0u, first, newest));
    if (local == 0u) { alpha[i] = a; }
    ${each('j', 'i', 'along[j] = dd_add(along[j], minus(dd_mul(a, product(j, i, 0u, first, newest))));')}
  }
}
workgroupBarrier();
${each('i', 'count', `
  var q = dots[4u * (first + i) + 3u];
  for (var j = 0u; j < count; j++) { q = dd_add(q, minus(dd_mul(alpha[j], product(min(i, j), max(i, j), 1u, first, newest)))); }
  along[i] = dd_mul(gamma, q);
`)}
for (var i = 0u; i < pairs; i++) {
  workgroupBarrier();
  if (i < count) {
    let b = dd_add(alpha[i], minus(dd_div(along[i], product(i, i, 0u, first, newest))));
    if (local == 0u) { delta[i] = b; }
    for (var j = i + 1u + local; j < count; j += ${threads}u) { along[j] = dd_add(along[j], dd_mul(b, product(i, j, 0u, first, newest))); }
  }
}
workgroupBarrier();
var slope = dd_mul(gamma, gg);
for (var i = 0u; i < count; i++) {
  slope = dd_add(slope, dd_mul(delta[i], dots[4u * (first + i) + 1u]));
  slope = dd_add(slope, minus(dd_mul(dd_mul(gamma, alpha[i]), dots[4u * (first + i) + 3u])));
}
let is_used = count > 0u && is_finite(slope.x) && slope.x > 0.0;
${each('j', 'pairs', `
  let i = j - first;
  if (is_used && j >= first && i < count) {
    set_c(2u * j, settle(delta[i]).x);
    set_c(2u * j + 1u, negate(settle(dd_mul(gamma, alpha[i])).x));
  } else {
    set_c(2u * j, 0.0);
    set_c(2u * j + 1u, 0.0);
  }
`)}
${each('t', `${memoryLength(memorySize)}u`, 'set_memory(t, 0.0);')}
storageBarrier();
workgroupBarrier();
for (var j = 0u; j < count; j++) {
  for (var i = local; i <= j; i += ${threads}u) {
    set_memory(at(i, j), product(i, j, 0u, first, newest).x);
    set_memory(at(i, j) + 1u, product(i, j, 1u, first, newest).x);
  }
}
${each('i', 'count', `
  set_memory(${alongAt(memorySize, 0)}u + 2u * i, dots[4u * (first + i) + 1u].x);
  set_memory(${alongAt(memorySize, 0)}u + 2u * i + 1u, dots[4u * (first + i) + 3u].x);
`)}
if (local == 0u) {
  var factor = ${isScaled ? 'select(1.0 / sqrt_(gg.x), 1.0, gg.x <= 1.0)' : '1.0'};
  if (is_used) { factor = gamma.x; }
  set_c(2u * pairs, factor);
  set_memory(${outcomeAt}u, select(${outcomes.dropped}.0, select(${outcomes.refused}.0, ${outcomes.accepted}.0, is_safe), is_used));
  set_memory(${cosineAt}u, cosine);
}`,
    workgroupSize: threads, workgroups: 1, parameters: [groups, k, k === memorySize ? 1 : 0, ownAt],
  }
}
