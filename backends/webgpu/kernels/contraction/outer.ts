// Outer products, and others of very few terms: a thread for each element.
import type { Dispatch, Maker } from '../../dispatch.ts'
import { eachElement } from '../elements.ts'
import {
  arraysOf, batches, labelOf, partNames, partsOf, productText, sizesOf, starts, type Product,
} from './product.ts'

export const outer = (p: Product, maker: Maker): Dispatch => {
  const parts = partNames(p)
  const zero = p.integer ? '0i' : '0.0'
  return eachElement(maker.target, {
    label: labelOf(p, 'elements'), arrays: arraysOf(p, p.result), sizes: sizesOf(p), count: batches(p) * p.m * p.n,
    body: `let line = i / n;
let batch = ${p.batch.length === 0 ? '0u' : 'line / m'};
${starts(p)}
var a0 = aStart + (line - batch * m) * aRow;
var b0 = bStart + (i - line * n) * bColumn;
${parts.map((part) => `var ${part} = ${zero};`).join(' ')}
for (var t = 0u; t < k; t++) {
  ${partsOf(p.a, 'a').map(([part, read]) => `let x${part} = ${read('a0')};`).join(' ')}
  ${partsOf(p.b, 'b').map(([part, read]) => `let y${part} = ${read('b0')};`).join(' ')}
  ${parts.map((part) => `${part} += ${productText(p, part, (x) => `x${x}`, (y) => `y${y}`)};`).join(' ')}
  a0 += aColumn; b0 += bRow;
}
${parts.map((part, j) => `set_c(${p.parts}u * i + ${j}u, ${part});`).join(' ')}`,
  })
}
