// Tensors as text, in NumPy's manner: dtype and shape, aligned columns, an ellipsis where there are too many numbers.
import { DeviceArray, type Storage } from './backend.ts'
import { isComplex, isFloat } from './dtype.ts'
import type { DType, HostArray } from './dtype.ts'
import { TraceError } from './errors.ts'
import { force } from './evaluate.ts'
import type { Node } from './node.ts'
import { show } from './shape.ts'
import type { ShapeInfo } from './shape.ts'

/** A tensor of more elements than this is abbreviated to the first and last few along each axis. */
const longest = 1000
const edge = 3
const width = 100
const decimals = 6

type Format = (x: number) => string

const plain = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))

/** One notation for all: integers, as many decimals as any of them needs, or powers of ten. */
const notation = (numbers: readonly number[]): Format => {
  const finite = numbers.filter((x) => Number.isFinite(x))
  const sizes = finite.map(Math.abs).filter((x) => x > 0)
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  if (finite.every(Number.isInteger) && !(most >= 1e15)) return plain
  const needed = (texts: readonly string[]): number =>
    Math.max(1, ...texts.map((text) => /\.(\d*?)0*(?:e|$)/.exec(text)?.[1]!.length ?? 0))
  const powers = most >= 1e8 || least < 1e-4
  const digits = needed(finite.map((x) => (powers ? x.toExponential(decimals) : x.toFixed(decimals))))
  return (x) => (!Number.isFinite(x) ? String(x) : powers ? x.toExponential(digits) : x.toFixed(digits))
}

const aligned = (texts: readonly string[]): readonly string[] => {
  const widest = texts.reduce((n, text) => Math.max(n, text.length), 0)
  return texts.map((text) => text.padStart(widest))
}

const column = (numbers: readonly number[]): readonly string[] => aligned(numbers.map(notation(numbers)))

const signed = (text: string): string => (/^[-]/.test(text) ? text : `+${text}`)

const complexColumn = (re: readonly number[], im: readonly number[]): readonly string[] => {
  const left = column(re)
  const right = aligned(im.map(notation(im)).map(signed).map((text) => `${text}i`))
  return left.map((text, k) => text + right[k]!)
}

/** The texts of the elements at these offsets. */
const texts = (dtype: DType, data: HostArray, offsets: readonly number[]): readonly string[] => {
  if (dtype === 'bool') return aligned(offsets.map((k) => String(data[k] === 1)))
  if (isComplex(dtype)) return complexColumn(offsets.map((k) => data[2 * k]!), offsets.map((k) => data[2 * k + 1]!))
  return isFloat(dtype) ? column(offsets.map((k) => data[k]!)) : aligned(offsets.map((k) => String(data[k])))
}

/** Offsets of the elements shown; a gap stands for those left out along an axis. */
type Layout = number | 'gap' | readonly Layout[]

const layout = ({ dims, strides, size }: ShapeInfo): Layout => {
  const walk = (axis: number, offset: number): Layout => {
    if (axis === dims.length) return offset
    const n = dims[axis]!
    const cut = size > longest && n > 2 * edge
    const shown = Array.from({ length: cut ? 2 * edge : n }, (_, k) => (cut && k >= edge ? n - 2 * edge + k : k))
    const inner: readonly Layout[] = shown.map((k) => walk(axis + 1, offset + k * strides[axis]!))
    return cut ? [...inner.slice(0, edge), 'gap', ...inner.slice(edge)] : inner
  }
  return walk(0, 0)
}

const offsetsOf = (part: Layout): readonly number[] =>
  typeof part === 'number' ? [part] : part === 'gap' ? [] : part.flatMap(offsetsOf)

/** A line of elements, broken where it grows too long. */
const wrapped = (items: readonly string[], indent: string): string => {
  const lines: string[] = []
  let line = ''
  for (const item of items) {
    const longer = line === '' ? item : `${line}, ${item}`
    if (line !== '' && indent.length + longer.length > width) {
      lines.push(`${line},`)
      line = item
    } else line = longer
  }
  return [...lines, line].join(`\n${indent}`)
}

const render = (part: Layout, text: ReadonlyMap<number, string>, rank: number, indent: string): string => {
  if (part === 'gap') return '…'
  if (typeof part === 'number') return text.get(part)!
  const deeper = `${indent} `
  const items = part.map((inner) => render(inner, text, rank - 1, deeper))
  return `[${rank === 1 ? wrapped(items, deeper) : items.join(`,${'\n'.repeat(rank - 1)}${deeper}`)}]`
}

const body = (dtype: DType, info: ShapeInfo, data: HostArray): string => {
  if (info.size === 0) return '[]'
  const arrangement = layout(info)
  const offsets = offsetsOf(arrangement)
  const elements = texts(dtype, data, offsets)
  return render(arrangement, new Map(offsets.map((offset, k) => [offset, elements[k]!])), info.rank, '')
}

const valueOf = (x: Node): Storage | null => {
  try {
    return force(x, 'toString')
  } catch (error) {
    if (error instanceof TraceError) return null // printing a traced tensor says so instead of failing
    throw error
  }
}

/** The text of a tensor: `Tensor float64 [3] [1.0, 2.5, 3.0]`. */
export const print = (x: Node): string => {
  const head = `Tensor ${x.dtype} ${show(x.info)}`
  const data = valueOf(x)
  if (data === null) return `${head} (traced: no value yet)`
  if (data instanceof DeviceArray) return `${head} (on ${data.backend.name}: await read() to see its values)`
  const text = body(x.dtype, x.info, data)
  return `${head}${text.includes('\n') ? '\n' : ' '}${text}`
}
