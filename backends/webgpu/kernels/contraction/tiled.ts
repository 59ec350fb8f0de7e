// Products by tiles: a workgroup brings tiles of both operands into its memory, and each thread makes a block of
// several rows and four columns of the result in registers.
import type { Dispatch, Maker } from '../../dispatch.ts'
import { named } from '../elements.ts'
import {
  arraysOf, batches, labelOf, partNames, partsOf, productText, sizesOf, starts, type Product,
} from './product.ts'

/** A tile of rows × columns made from pieces of `depth` terms; each thread has `perThread` rows of it, 4 or 8. */
export interface Tile {
  readonly rows: number
  readonly columns: number
  readonly depth: number
  readonly perThread: 4 | 8
}

export const threadsOf = (t: Tile): number => t.rows / t.perThread * (t.columns / 4)

export const tilesOf = (p: Product, t: Tile): number =>
  batches(p) * Math.ceil(p.m / t.rows) * Math.ceil(p.n / t.columns)

export const bytesOf = (p: Product, t: Tile): number =>
  4 * t.depth * (t.rows * (p.a.complex ? 2 : 1) + t.columns * (p.b.complex ? 2 : 1))

/** Terms that are added to one another before they are added to the rest, so that rounding does not grow with k. */
const chunk = 64

/**
 * Brings four neighbours across k, at each of `depth` places along it, into workgroup memory: zeros beyond the range of
 * k. Beyond the other edges the last row or column comes again; what is made of it is not stored.
 */
const bring = (p: Product, t: Tile, name: 'a' | 'b'): string => {
  const quads = (name === 'a' ? t.rows : t.columns) / 4
  const [along, across] = name === 'a' ? ['aColumn', 'aRow'] : ['bRow', 'bColumn']
  const [limit, first] = name === 'a' ? ['m', 'row'] : ['n', 'column']
  const vector = p.integer ? 'vec4i' : 'vec4f'
  const parts = partsOf(p[name], name)
  const fours = (text: (i: number) => string, separator: string): string => [0, 1, 2, 3].map(text).join(separator)
  return `for (var e = local; e < ${quads * t.depth}u; e += ${threadsOf(t)}u) {
        let deep = select(e / ${quads}u, e % ${t.depth}u, ${name}Deep == 1u);
        let quad = select(e % ${quads}u, e / ${t.depth}u, ${name}Deep == 1u);
        ${parts.map(([part]) => `var ${part} = ${vector}();`).join(' ')}
        if (q + deep < high) {
          let start = ${name}Start + (q + deep) * ${along};
          let next = ${first} + 4u * quad;
          ${fours((i) => `let at${i} = start + min(next + ${i}u, ${limit} - 1u) * ${across};`, ' ')}
          ${parts.map(([part, read]) => `${part} = ${vector}(${fours((i) => read(`at${i}`), ', ')});`).join(' ')}
        }
        ${parts.map(([part]) => `${name}Tile${part}[deep * ${quads}u + quad] = ${part};`).join(' ')}
      }`
}

/** Whether neighbours along k are nearer than neighbours across: then neighbouring threads read along k. */
const isDeep = (along: number, across: number): number => Number(Math.abs(along) < Math.abs(across))

/** The product, or its parts over `splits` ranges of k, one after the other in `output`. */
export const tiled = (p: Product, maker: Maker, t: Tile, splits: number, output: number): Dispatch => {
  const threads = threadsOf(t)
  const rows = Array.from({ length: t.perThread }, (_, i) => i)
  const parts = partNames(p)
  const items = tilesOf(p, t) * splits
  const workgroups = Math.min(items, maker.target.isSoftware ? 8 : 65535)
  const [vector, zero] = p.integer ? ['vec4i', 'vec4i()'] : ['vec4f', 'vec4f()']
  // Ranges are whole numbers of pieces.
  const span = Math.ceil(p.k / splits / t.depth) * t.depth
  const { lets, parameters } = named({
    ...sizesOf(p), items, groups: workgroups, splits, span, whole: batches(p) * p.m * p.n * p.parts,
    aDeep: isDeep(p.a.column, p.a.row), bDeep: isDeep(p.b.row, p.b.column),
  })
  const each = (text: (part: string, row: number) => string): string =>
    parts.flatMap((part) => rows.map((row) => text(part, row))).join('\n')
  const [down, across] = [t.rows / 4, t.columns / 4]
  const blocks = t.perThread / 4
  const tileA = partsOf(p.a, 'a').map(([part]) => part)
  const tileB = partsOf(p.b, 'b').map(([part]) => part)
  const factor = (row: number) => (x: string): string => `x${Math.floor(row / 4)}${x}.${'xyzw'[row % 4]!}`
  const add = parts.flatMap((part) => rows.map((row) =>
    `${part}${row} += ${productText(p, part, factor(row), (y) => `y${y}`)};`)).join('\n')
  const take = tileA.flatMap((part) => Array.from({ length: blocks }, (_, b) =>
    `let x${b}${part} = aTile${part}[d * ${down}u + y * ${blocks}u + ${b}u];`)).join(' ')
  const stores = (row: number): string => parts.map((part, k) =>
    `set_c(at + (${row}u * n + j) * ${p.parts}u + ${k}u, ${part}Sum${row}[j]);`).join(' ')
  const declarations = [
    ...tileA.map((part) => `var<workgroup> aTile${part}: array<${vector}, ${t.depth * down}>;`),
    ...tileB.map((part) => `var<workgroup> bTile${part}: array<${vector}, ${t.depth * across}>;`),
  ].join('\n')
  const body = `${lets}
let tilesDown = (m + ${t.rows - 1}u) / ${t.rows}u;
let tilesAcross = (n + ${t.columns - 1}u) / ${t.columns}u;
let x = local % ${across}u;
let y = local / ${across}u;
for (var item = group; item < items; item += groups) {
  let row = item / tilesAcross % tilesDown * ${t.rows}u;
  let column = item % tilesAcross * ${t.columns}u;
  let split = item / (tilesAcross * tilesDown) % splits;
  let batch = item / (tilesAcross * tilesDown) / splits;
  ${starts(p)}
  let high = min(k, (split + 1u) * span);
  ${each((part, i) => `var ${part}Sum${i} = ${zero};`)}
  var q = split * span;
  while (q < high) {
    let end = min(high, q + ${chunk}u);
    ${each((part, i) => `var ${part}${i} = ${zero};`)}
    for (; q < end; q += ${t.depth}u) {
      ${bring(p, t, 'a')}
      ${bring(p, t, 'b')}
      workgroupBarrier();
      for (var d = 0u; d < ${t.depth}u; d++) {
        ${tileB.map((part) => `let y${part} = bTile${part}[d * ${across}u + x];`).join(' ')}
        ${take}
        ${add}
      }
      workgroupBarrier();
    }
    ${each((part, i) => `${part}Sum${i} += ${part}${i};`)}
  }
  let firstRow = row + y * ${t.perThread}u;
  let firstColumn = column + x * 4u;
  let columns = min(4u, select(0u, n - firstColumn, firstColumn < n));
  let at = split * whole + ((batch * m + firstRow) * n + firstColumn) * ${p.parts}u;
  ${rows.map((i) => `if (firstRow + ${i}u < m) {
    for (var j = 0u; j < columns; j++) { ${stores(i)} }
  }`).join('\n')}
}`
  return {
    label: labelOf(p, `tiles of ${t.rows}×${t.columns}`), arrays: arraysOf(p, output), declarations, body,
    workgroupSize: threads, workgroups, parameters,
  }
}
