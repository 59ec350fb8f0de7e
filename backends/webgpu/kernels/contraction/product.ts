// A contraction as its kernels see it: strides count numbers, batch axes that can be are folded away, and a product of
// complex numbers is a list of real products.
import type { ContractionOperand, Step } from '../../../lower/kernel.ts'
import type { ArrayUse, Maker } from '../../dispatch.ts'
import { isInteger, type Sizes } from '../elements.ts'

export type ContractionStep = Extract<Step, { kind: 'contraction' }>

/** One operand: strides and offset in numbers. */
export interface Side {
  readonly buffer: number
  readonly complex: boolean
  readonly conj: boolean
  /** Integers or truth values beside floating-point numbers. */
  readonly converted: boolean
  readonly row: number
  readonly column: number
  readonly offset: number
}

export interface BatchAxis { readonly size: number; readonly a: number; readonly b: number }

/** C = A·B for each batch; C is dense and row-major, of `parts` numbers an element. */
export interface Product {
  readonly batch: readonly BatchAxis[]
  readonly m: number
  readonly k: number
  readonly n: number
  readonly a: Side
  readonly b: Side
  readonly parts: 1 | 2
  readonly integer: boolean
  readonly result: number
}

const side = (o: ContractionOperand, maker: Maker, integer: boolean): Side => {
  const width = o.complex ? 2 : 1
  const { buffer, complex, conj, row, column, offset } = o
  const converted = !integer && isInteger(maker.buffers[buffer]!.dtype)
  return {
    buffer, complex, conj: conj && complex, converted, row: width * row, column: width * column, offset: width * offset,
  }
}

/** Drops the last batch axis where the matrices along it are one larger matrix: a stack of rows times one B, say. */
const stacked = (p: Product): Product => {
  const last = p.batch.at(-1)
  if (last === undefined) return p
  const { m, n, a, b } = p
  const rest = { ...p, batch: p.batch.slice(0, -1) }
  if (last.b === 0 && (m === 1 || last.a === m * a.row)) {
    return stacked({ ...rest, m: last.size * m, a: { ...a, row: m === 1 ? last.a : a.row } })
  }
  if (m === 1 && last.a === 0 && (n === 1 || last.b === n * b.column)) {
    return stacked({ ...rest, n: last.size * n, b: { ...b, column: n === 1 ? last.b : b.column } })
  }
  return p
}

/** Joins neighbouring batch axes that both operands walk as one. */
const joined = (axes: readonly BatchAxis[]): readonly BatchAxis[] => {
  const done: BatchAxis[] = []
  for (const axis of axes) {
    const outer = done.at(-1)
    const isOne = outer !== undefined && outer.a === axis.a * axis.size && outer.b === axis.b * axis.size
    if (isOne) done[done.length - 1] = { ...axis, size: outer.size * axis.size }
    else done.push(axis)
  }
  return done
}

export const productOf = (step: ContractionStep, maker: Maker): Product => {
  const { m, k, n, result } = step
  const integer = isInteger(maker.buffers[result]!.dtype)
  const [widthA, widthB] = [step.a.complex ? 2 : 1, step.b.complex ? 2 : 1]
  const axes = step.batch.map((size, i) => ({ size, a: widthA * step.a.batch[i]!, b: widthB * step.b.batch[i]! }))
  return stacked({
    m, k, n, result, integer, a: side(step.a, maker, integer), b: side(step.b, maker, integer),
    batch: joined(axes.filter((axis) => axis.size !== 1)), parts: step.a.complex || step.b.complex ? 2 : 1,
  })
}

export const batches = (p: Product): number => p.batch.reduce((count, axis) => count * axis.size, 1)

/** The bits of 1 and −1: a conjugate is no other kernel. */
const sign = ({ conj }: Side): number => (conj ? 0xbf800000 : 0x3f800000)

/** The sizes that every kernel of a product names. */
export const sizesOf = ({ m, k, n, a, b, batch }: Product): Sizes => ({
  ...a.complex ? { aSign: sign(a) } : {}, ...b.complex ? { bSign: sign(b) } : {},
  m, k, n, aRow: a.row, aColumn: a.column, aOffset: a.offset, bRow: b.row, bColumn: b.column, bOffset: b.offset,
  ...Object.fromEntries(batch.flatMap((axis, i) => [
    ...i === 0 ? [] : [[`size${i}`, axis.size] as const],
    [`aBatch${i}`, axis.a] as const, [`bBatch${i}`, axis.b] as const,
  ])),
})

/** Statements that find where the matrices of number `batch` start: `aStart` and `bStart`. */
export const starts = ({ batch }: Product): string => {
  const step = (i: number): string => i === 0
    ? 'aStart += rest * aBatch0; bStart += rest * bBatch0;'
    : `{ let along = rest % size${i}; rest /= size${i}; aStart += along * aBatch${i}; bStart += along * bBatch${i}; }`
  const steps = batch.map((_, i) => step(i)).reverse()
  return ['var aStart = aOffset; var bStart = bOffset; var rest = batch;', ...steps].join('\n')
}

export const arraysOf = (p: Product, output: number): readonly ArrayUse[] => [
  { name: 'a', buffer: p.a.buffer, access: 'read' }, { name: 'b', buffer: p.b.buffer, access: 'read' },
  { name: 'c', buffer: output, access: 'write' },
]

export type Part = 're' | 'im'

/** The parts of an element of an operand, and how each is read at a number. */
export const partsOf = (s: Side, name: 'a' | 'b'): readonly (readonly [Part, (at: string) => string])[] => [
  ['re', (at) => (s.converted ? `f32(${name}(${at}))` : `${name}(${at})`)],
  ...s.complex ? [['im', (at: string) => `bitcast<f32>(${name}Sign) * ${name}(${at} + 1u)`] as const] : [],
]

interface Term { readonly sign: string; readonly a: Part; readonly b: Part }
const realTerms: readonly Term[] = [{ sign: '', a: 're', b: 're' }, { sign: ' - ', a: 'im', b: 'im' }]
const imaginaryTerms: readonly Term[] = [{ sign: '', a: 're', b: 'im' }, { sign: ' + ', a: 'im', b: 're' }]

/** A part of a product of elements: a sum of real products, whose factors are given as text. */
export const productText = (p: Product, part: Part, x: (part: Part) => string, y: (part: Part) => string): string =>
  (part === 're' ? realTerms : imaginaryTerms)
    .filter(({ a, b }) => (p.a.complex || a === 're') && (p.b.complex || b === 're'))
    .map(({ sign, a, b }, i) => `${i === 0 ? '' : sign}${x(a)} * ${y(b)}`).join('')

export const partNames = (p: Product): readonly Part[] => (p.parts === 2 ? ['re', 'im'] : ['re'])

export const labelOf = ({ m, k, n }: Product, way: string): string => `${m}×${k}×${n} product by ${way}`
