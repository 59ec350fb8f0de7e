// Products without workgroup memory: a thread makes a block of 4×4 elements and reads its operands directly. For
// products too small for tiles, for short sums, and for processors that play a device, where barriers cost more than
// they save.
import type { Dispatch, Maker } from '../../dispatch.ts'
import { groupSize, groupsFor, named } from '../elements.ts'
import {
  arraysOf, batches, labelOf, partNames, partsOf, productText, sizesOf, starts, type Product,
} from './product.ts'

const four = [0, 1, 2, 3] as const
/** Terms that are added to one another before they are added to the rest, so that rounding does not grow with k. */
const chunk = 64

export const blockCount = (p: Product): number => batches(p) * Math.ceil(p.m / 4) * Math.ceil(p.n / 4)

/** The product, or its parts over `splits` ranges of k, one after the other in `output`. */
export const blocks = (p: Product, maker: Maker, splits: number, output: number): Dispatch => {
  const { target } = maker
  const items = blockCount(p) * splits
  const workgroups = groupsFor(target, items)
  const workgroupSize = groupSize(target)
  const [vector, zero] = p.integer ? ['vec4i', 'vec4i()'] : ['vec4f', 'vec4f()']
  const { lets, parameters } = named({
    ...sizesOf(p), items, threads: workgroups * workgroupSize, splits, span: Math.ceil(p.k / splits),
    whole: batches(p) * p.m * p.n * p.parts,
  })
  const parts = partNames(p)
  const each = (text: (part: string, row: number) => string): string =>
    parts.flatMap((part) => four.map((row) => text(part, row))).join('\n')
  const add = parts.flatMap((part) => four.map((row) =>
    `${part}${row} += ${productText(p, part, (x) => `x${row}${x}`, (y) => `y${y}`)};`)).join('\n')
  const fours = (text: (i: number) => string): string => four.map(text).join(', ')
  const stores = (row: number): string =>
    parts.map((part, i) => `set_c(at + j * ${p.parts}u + ${i}u, ${part}Sum${row}[j]);`).join(' ')
  const body = `${lets}
let down = (m + 3u) / 4u;
let across = (n + 3u) / 4u;
for (var item = thread; item < items; item += threads) {
  let row = item / across % down * 4u;
  let column = item % across * 4u;
  let split = item / (across * down) % splits;
  let batch = item / (across * down) / splits;
  ${starts(p)}
  let low = split * span;
  let high = min(k, low + span);
  ${four.map((i) => `var a${i} = aStart + min(row + ${i}u, m - 1u) * aRow + low * aColumn;
  var b${i} = bStart + min(column + ${i}u, n - 1u) * bColumn + low * bRow;`).join('\n')}
  ${each((part, row) => `var ${part}Sum${row} = ${zero};`)}
  var q = low;
  while (q < high) {
    let end = min(high, q + ${chunk}u);
    ${each((part, row) => `var ${part}${row} = ${zero};`)}
    for (; q < end; q++) {
      ${partsOf(p.b, 'b').map(([part, read]) => `let y${part} = ${vector}(${fours((i) => read(`b${i}`))});`).join('\n')}
      ${partsOf(p.a, 'a').flatMap(([part, read]) => four.map((i) => `let x${i}${part} = ${read(`a${i}`)};`)).join('\n')}
      ${add}
      ${four.map((i) => `a${i} += aColumn; b${i} += bRow;`).join(' ')}
    }
    ${each((part, row) => `${part}Sum${row} += ${part}${row};`)}
  }
  let columns = min(4u, n - column);
  var at = split * whole + ((batch * m + row) * n + column) * ${p.parts}u;
  ${four.map((row) => `if (row + ${row}u < m) {
    for (var j = 0u; j < columns; j++) { ${stores(row)} }
    at += n * ${p.parts}u;
  }`).join('\n')}
}`
  return {
    label: labelOf(p, 'blocks'), arrays: arraysOf(p, output), declarations: '', body,
    workgroupSize, workgroups, parameters,
  }
}
