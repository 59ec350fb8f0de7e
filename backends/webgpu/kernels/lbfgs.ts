// The direction of L-BFGS on the device (core/lbfgs.ts says what is computed): inner products of the history with y and g, as
// many vectors at a time as a kernel may bind; what follows from them, in one workgroup; and the combination.
import { slopeAt } from '../../../core/lbfgs.ts'
import type { Dispatch, Target } from '../dispatch.ts'
import { threads, treeSum } from './lbfgs/sums.ts'
import { solveKernel } from './lbfgs/solve.ts'
import type { KernelMaker } from './step.ts'

/** Vectors that one kernel takes: more would need more registers than there are. */
const mostVectors = 8

const groupsOf = ({ isSoftware }: Target, n: number): number =>
  Math.max(1, Math.min(isSoftware ? 16 : 128, Math.ceil(n / (isSoftware ? 2048 : 1024))))

/** Cuts a list into parts of no more than `first`, and then `others`, members. */
const cut = <A>(list: readonly A[], first: number, others = first): readonly (readonly A[])[] =>
  [list.slice(0, first), ...Array.from({ length: Math.ceil((list.length - first) / others) }, (_, k) =>
    list.slice(first + k * others, first + (k + 1) * others))].filter((part, k) => k === 0 || part.length > 0)

interface Vector { readonly name: string; readonly buffer: number }

const reading = (vectors: readonly Vector[]): Dispatch['arrays'] => vectors.map((v) => ({ ...v, access: 'read' }))

/** Named by their place in a kernel, so that kernels which take as many share a text. */
const named = (buffers: readonly number[]): readonly Vector[] => buffers.map((buffer, k) => ({ name: `v${k}`, buffer }))

interface Products {
  readonly n: number
  readonly vectors: readonly Vector[]
  readonly products: readonly (readonly [string, string])[]
  readonly partials: number
  /** Number of the first product among all. */
  readonly start: number
}

/** Sums of four products are rounded to one number, and added with compensation. */
const dotsKernel = (target: Target, { n, vectors, products, partials, start }: Products): Dispatch => {
  const groups = groupsOf(target, n)
  const names = [...new Set(products.flat())]
  const load = (suffix: string, at: string): string => names.map((x) => `let ${x}${suffix} = ${x}(${at});`).join(' ')
  const product = ([a, b]: readonly [string, string], suffix: string): string => `${a}${suffix} * ${b}${suffix}`
  const each = (line: (p: readonly [string, string], k: number) => string): string => products.map(line).join('\n  ')
  return {
    label: `L-BFGS: ${products.length} inner products of ${n} numbers`,
    arrays: [...reading(vectors), { name: 'partials', buffer: partials, access: 'write' }],
    declarations: treeSum(products.length),
    body: `let step = ${threads}u * p1;
${each((_, k) => `var sum${k} = vec2f();`)}
var i = thread;
while (i + 3u * step < p0) {
  ${['', ' + step', ' + 2u * step', ' + 3u * step'].map((more, k) => load(`_${k}`, `i${more}`)).join('\n  ')}
  ${each((p, k) => `sum${k} = accumulate(sum${k}, (${product(p, '_0')} + ${product(p, '_1')}) + (${product(p, '_2')} + ${product(p, '_3')}));`)}
  i += 4u * step;
}
while (i < p0) {
  ${load('_0', 'i')}
  ${each((p, k) => `sum${k} = accumulate(sum${k}, ${product(p, '_0')});`)}
  i += step;
}
${each((_, k) => `team[${k * threads}u + local] = sum${k};`)}
tree_sum(local);
if (local < ${products.length}u) {
  let sum = team[local * ${threads}u];
  let at = 2u * ((p2 + local) * p1 + group);
  set_partials(at, sum.x);
  set_partials(at + 1u, sum.y);
}`,
    workgroupSize: threads, workgroups: groups, parameters: [n, groups, start],
  }
}

interface Combination {
  readonly n: number
  readonly vectors: readonly Vector[]
  readonly g: Vector
  readonly direction: number
  readonly coefficients: number
  /** Where the coefficients of these vectors begin, and where that of g is. */
  readonly start: number
  readonly factorAt: number
  readonly isFirst: boolean
  /** The parts of the slope, written with the last vectors. */
  readonly slopes: number | null
}

/** d ← Σ cₖ·vₖ, with a multiple of g at first and the sum of g·d at last. */
const combineKernel = (target: Target, { n, vectors, g, direction, coefficients, start, factorAt, isFirst, slopes }: Combination): Dispatch => {
  const groups = groupsOf(target, n)
  const isLast = slopes !== null
  const terms = vectors.map(({ name }, k) => `c${k} * ${name}(i)`)
  return {
    label: `L-BFGS: combination of ${vectors.length} vectors of ${n} numbers`,
    arrays: [
      ...reading([...vectors, ...isFirst || isLast ? [g] : [], { name: 'c', buffer: coefficients }]),
      { name: 'd', buffer: direction, access: isFirst ? 'write' : 'both' },
      ...isLast ? [{ name: 'partials', buffer: slopes, access: 'write' } as const] : [],
    ],
    declarations: isLast ? treeSum(1) : '',
    body: `${isFirst ? 'let factor = c(p3);\n' : ''}${vectors.map((_, k) => `let c${k} = c(p2 + ${k}u);`).join('\n')}
${isLast ? 'var slope = vec2f();\n' : ''}for (var i = thread; i < p0; i += ${threads}u * p1) {
  let sum = ${[isFirst ? 'factor * g(i)' : 'd(i)', ...terms].join(' + ')};
  set_d(i, sum);${isLast ? '\n  slope = accumulate(slope, g(i) * sum);' : ''}
}${isLast ? `
team[local] = slope;
tree_sum(local);
if (local == 0u) {
  set_partials(2u * group, team[0].x);
  set_partials(2u * group + 1u, team[0].y);
}` : ''}`,
    workgroupSize: threads, workgroups: groups, parameters: [n, groups, start, factorAt],
  }
}

const sizes = (parts: readonly (readonly unknown[])[]): number => parts.reduce((sum, part) => sum + part.length, 0)

export const lbfgsKernels: KernelMaker = ({ attrs, operands, args, results }, maker) => {
  const [k, memorySize, isScaled] = [attrs[0]!, attrs[1]!, attrs[2] === 1]
  const { target } = maker
  const n = operands[0]!.shape.size
  const groups = groupsOf(target, n)
  const [g, s, y] = ['g', 's', 'y'].map((name, j): Vector => ({ name, buffer: args[j]! })) as [Vector, Vector, Vector] // three names
  const history = args.slice(args.length - 2 * k)
  const most = (others: number): number => Math.max(1, Math.min(mostVectors, target.storageBuffers - others))

  const partials = maker.scratch('float32', 2 * (4 * k + 6) * groups)
  const own = [[s, y], [s, g], [y, y], [y, g], [s, s], [g, g]].map(([a, b]) => [a!.name, b!.name] as const)
  const parts = cut(history, k === 0 ? 0 : most(4), most(3))
  const dots = parts.map((part, j): Dispatch => {
    const vectors = named(part)
    const along = vectors.flatMap(({ name }) => [[name, 'y'], [name, 'g']] as const)
    return j === 0
      ? dotsKernel(target, { n, partials, vectors: [...vectors, g, s, y], products: [...along, ...own], start: 0 })
      : dotsKernel(target, { n, partials, vectors: [...vectors, g, y], products: along, start: 2 * sizes(parts.slice(0, j)) + own.length })
  })

  const coefficients = maker.scratch('float32', 2 * k + 3)
  const solving = solveKernel({
    k, memorySize, isScaled, groups, partials, coefficients, ownAt: 2 * parts[0]!.length,
    before: k === 0 ? null : args[3]!, memory: results[1]!,
  })

  const slopes = maker.scratch('float32', 2 * groups)
  const members = cut([...history, s.buffer, y.buffer], most(4))
  const combined = members.map((part, j) => combineKernel(target, {
    n, vectors: named(part), g, direction: results[0]!, coefficients, start: sizes(members.slice(0, j)), factorAt: 2 * k + 2,
    isFirst: j === 0, slopes: j === members.length - 1 ? slopes : null,
  }))
  return [...dots, solving, ...combined, slopeKernel(groups, slopes, results[1]!)]
}

const slopeKernel = (groups: number, partials: number, memory: number): Dispatch => ({
  label: 'L-BFGS: slope',
  arrays: [{ name: 'partials', buffer: partials, access: 'read' }, { name: 'memory', buffer: memory, access: 'write' }],
  declarations: treeSum(1),
  body: `var slope = vec2f();
for (var w = local; w < p0; w += ${threads}u) { slope = dd_add(slope, vec2f(partials(2u * w), partials(2u * w + 1u))); }
team[local] = slope;
tree_sum(local);
if (local == 0u) { set_memory(${slopeAt}u, settle(team[0]).x); }`,
  workgroupSize: threads, workgroups: 1, parameters: [groups],
})
