// Rows picked by integer index, per batch. An index outside the axis is a fault of the caller that the host reports
// where it sees the indices; here it makes its row NaN (the most negative integer, or false), and nothing is read out
// of bounds.
import { widthOf } from '../../../core/dtype.ts'
import { eachElement, isInteger, store } from './elements.ts'
import { product, type KernelMaker } from './step.ts'

/** The row that an index means, negative ones counting from the end; n or more if there is none. */
export const rowOf = 'fn row_of(index: i32, n: u32) -> u32 { return select(u32(index), u32(index) + n, index < 0i); }'

/** out[b, k, :] = x[b, idx[b, k], :] for x of [batch, n, inner], idx of [batch, k] and out of [batch, k, inner]. */
export const gatherKernels: KernelMaker = ({ operands, attrs, args, results }, maker) => {
  const [, x, index] = operands
  const axis = attrs[0]!
  const [n, k] = [x!.shape.dims[axis]!, index!.shape.dims[axis]!]
  const size = product(x!.shape.dims.slice(axis + 1)) * widthOf(x!.dtype)
  const result = results[0]!
  const count = product(x!.shape.dims.slice(0, axis)) * k * size
  if (count === 0) return []
  const missing = x!.dtype === 'bool' ? '0i' : isInteger(x!.dtype) ? 'bitcast<i32>(0x80000000u)' : 'nan()'
  const found = n === 0 ? '' : `if (row < n) { value = x((line / k * n + row) * size + i - line * size); }`
  return [eachElement(maker.target, {
    label: `gather of ${k} rows out of ${n}`, count, sizes: { n, k, size }, declarations: rowOf,
    arrays: [
      { name: 'x', buffer: args[0]!, access: 'read' }, { name: 'index', buffer: args[1]!, access: 'read' },
      { name: 'out', buffer: result, access: 'write' },
    ],
    body: `let line = i / size;
let row = row_of(index(line), n);
var value = ${missing};
${found}
${store(maker, result, 'out', 'i', 'value')}`,
  })]
}
