// Sorting along an axis: values, and the places where they stood.
import { store } from './elements.ts'
import { keyOf } from './order.ts'
import { sortPairs } from './sort/pairs.ts'
import { linesAlong, type KernelMaker } from './step.ts'

/** Stable, ascending or descending, NaN last; −0 equals 0. The values are those of the operand, bit by bit. */
export const sortKernels: KernelMaker = ({ operands, attrs, args, results }, maker) => {
  const x = operands[1]!
  const { outer, n, inner } = linesAlong(x.shape, attrs[0]!)
  const lines = outer * inner
  if (lines * n === 0) return []
  const [values, indices] = [results[0]!, results[1]!]
  const source = { name: 'x', buffer: args[0]!, access: 'read' } as const
  return sortPairs({
    lines, n, arrays: [source], declarations: keyOf(x.dtype, attrs[1] === 1), sizes: { inner },
    locate: `let block = i / inner;
let row = block / n;
let place = block - row * n;
let line = row * inner + i - block * inner;`,
    start: 'let start = line / inner * (n - 1u) * inner + line;',
    key: (i) => `key_of(x(start + ${i} * inner))`,
  }, maker, {
    arrays: [
      { name: 'values', buffer: values, access: 'write' }, { name: 'indices', buffer: indices, access: 'write' },
      source,
    ],
    sizes: { inner },
    write: `let to = start + at * inner;
${store(maker, values, 'values', 'to', 'x(start + place * inner)')}
${store(maker, indices, 'indices', 'to', 'i32(place)')}`,
  })
}
