// Running sums along lines, with compensation. A thread adds up a piece of a line; the sums before each piece are found
// in the same way from the sums of the pieces, and then every thread goes through its piece once more.
import type { Dispatch, Maker } from '../dispatch.ts'
import { widthOf } from '../../../core/dtype.ts'
import { eachElement, isInteger, store } from './elements.ts'
import { linesAlong, type KernelMaker } from './step.ts'

/** Numbers of a line that one thread adds up. */
const pieceOf = (maker: Maker, lines: number, n: number): number => {
  const { isSoftware } = maker.target
  if (n <= 128 || lines >= (isSoftware ? 128 : 2 ** 15)) return n
  return isSoftware ? Math.max(64, Math.ceil(lines * n / 256)) : 32
}

/** How sums are kept: integers as they are, others with the rounding error beside them. */
interface Sums {
  readonly dtype: 'int32' | 'float32'
  readonly width: 1 | 2
  readonly zero: string
  readonly read: (array: string, at: string) => string
  readonly write: (array: string, at: string, sum: string) => string
  readonly add: (term: string) => string
  readonly addNumber: (x: string) => string
  readonly value: string
}

const integers: Sums = {
  dtype: 'int32', width: 1, zero: '0i',
  read: (array, at) => `${array}(${at})`, write: (array, at, sum) => `set_${array}(${at}, ${sum});`,
  add: (term) => `sum += ${term};`, addNumber: (x) => `sum += ${x};`, value: 'sum',
}
const floats: Sums = {
  dtype: 'float32', width: 2, zero: 'vec2f()',
  read: (array, at) => `vec2f(${array}(2u * (${at})), ${array}(2u * (${at}) + 1u))`,
  write: (array, at, sum) => `set_${array}(2u * (${at}), ${sum}.x); set_${array}(2u * (${at}) + 1u, ${sum}.y);`,
  add: (term) => `sum = combine(sum, ${term});`, addNumber: (x) => `sum = accumulate(sum, ${x});`,
  value: 'settle(sum).x',
}

/** Goes through piece number i / lines of line i % lines: numbers j of the line. */
const through = (body: string): string => `let line = i % lines;
let low = i / lines * piece;
let start = line / inner * (n - 1u) * inner + line;
let high = min(n, low + piece);
for (var j = low; j < high; j++) {
  ${body}
}`

export const cumsumKernels: KernelMaker = ({ operands, attrs, args, results }, maker) => {
  const x = operands[1]!
  const shape = linesAlong(x.shape, attrs[0]!)
  const inner = shape.inner * widthOf(x.dtype)
  const lines = shape.outer * inner
  if (lines * shape.n === 0) return []
  const reverse = attrs[1] === 1
  const kind = isInteger(x.dtype) ? integers : floats
  const position = reverse ? 'start + (n - 1u - j) * inner' : 'start + j * inner'
  const source = { name: 'x', buffer: args[0]!, access: 'read' } as const
  const sumsOf = (buffer: number, access: 'read' | 'write' | 'both') => ({ name: 'sums', buffer, access } as const)
  const above = (buffer: number, access: 'read' | 'write') =>
    ({ name: access === 'read' ? 'before' : 'pieces', buffer, access } as const)

  /** Replaces the n sums of each line by the sums of those before. */
  const exclusive = (sums: number, n: number): readonly Dispatch[] => {
    const piece = pieceOf(maker, lines, n)
    const pieces = Math.ceil(n / piece)
    const upper = pieces === 1 ? -1 : maker.scratch(kind.dtype, kind.width * lines * pieces)
    const sizes = { lines, n, piece, inner }
    const kernel = { sizes, count: lines * pieces }
    const up = eachElement(maker.target, {
      ...kernel, label: `sums of ${pieces} pieces of partial sums`,
      arrays: [sumsOf(sums, 'read'), above(upper, 'write')],
      body: `var sum = ${kind.zero};
${through(kind.add(kind.read('sums', 'line + lines * j')))}
${kind.write('pieces', 'i', 'sum')}`,
    })
    const down = eachElement(maker.target, {
      ...kernel, label: `sums before each of ${n} pieces`,
      arrays: [sumsOf(sums, 'both'), ...pieces === 1 ? [] : [above(upper, 'read')]],
      body: `var sum = ${pieces === 1 ? kind.zero : kind.read('before', 'i')};
${through(`let term = ${kind.read('sums', 'line + lines * j')};
  ${kind.write('sums', 'line + lines * j', 'sum')}
  ${kind.add('term')}`)}`,
    })
    return pieces === 1 ? [down] : [up, ...exclusive(upper, pieces), down]
  }

  const piece = pieceOf(maker, lines, shape.n)
  const pieces = Math.ceil(shape.n / piece)
  const before = pieces === 1 ? -1 : maker.scratch(kind.dtype, kind.width * lines * pieces)
  const kernel = { sizes: { lines, n: shape.n, piece, inner }, count: lines * pieces }
  const up = eachElement(maker.target, {
    ...kernel, label: `sums of ${pieces} pieces`, arrays: [source, above(before, 'write')],
    body: `var sum = ${kind.zero};
${through(kind.addNumber(`x(${position})`))}
${kind.write('pieces', 'i', 'sum')}`,
  })
  const last = eachElement(maker.target, {
    ...kernel, label: `running sums of ${shape.n}`,
    arrays: [
      source, { name: 'out', buffer: results[0]!, access: 'write' }, ...pieces === 1 ? [] : [above(before, 'read')],
    ],
    body: `var sum = ${pieces === 1 ? kind.zero : kind.read('before', 'i')};
${through(`let at = ${position};
  ${kind.addNumber('x(at)')}
  ${store(maker, results[0]!, 'out', 'at', kind.value)}`)}`,
  })
  return pieces === 1 ? [last] : [up, ...exclusive(before, pieces), last]
}
