// Prints a transform as JavaScript: one function per step, all sizes literal, all indices products of loop counters,
// so that V8 knows their ranges.
import type { Layout } from '../../lower/fft/layout.ts'
import type { Step } from '../../lower/fft/steps.ts'
import { butterfly } from './butterfly.ts'
import type { Pair } from './butterfly.ts'

/** Where a step reads or writes: the number in row k and column c is the (pitch·k + c)-th after `base`. */
interface Port {
  readonly array: string
  /** The storage index of the first number, as an expression; '' for zero. */
  readonly base: string
  readonly pitch: number
  /** Real and imaginary parts exchanged, on the way in and on the way out: makes a forward transform an inverse one. */
  readonly swapped: boolean
}

/** One loop over neighbouring columns, in the rows that p and q choose ('' stands for zero). */
interface Sweep {
  readonly p: string
  readonly q: string
  readonly columns: string
  /** Of the radix rows, those that are read (the others being zero) and those that are written. */
  readonly reads: number
  readonly writes: number
  readonly twiddled: boolean
}

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, k) => k)
const lines = (...parts: readonly (string | readonly string[])[]): string => parts.flat().join('\n')
const sum = (...terms: readonly (string | number)[]): string =>
  terms.filter((term) => term !== 0 && term !== '').join(' + ') || '0'
const times = (factor: number, counter: string): string => (counter === '' ? '' : `${factor} * ${counter}`)

const zero: Pair = { re: '0', im: '0' }
const named = (name: string): Pair => ({ re: `${name}r`, im: `${name}i` })
const define = (name: string, { re, im }: Pair): string => `const ${name}r = ${re}, ${name}i = ${im};`
const assign = (place: Pair, { re, im }: Pair): string => `${place.re} = ${re}; ${place.im} = ${im};`
const conjugate = ({ re, im }: Pair): Pair => ({ re, im: `-(${im})` })
const product = (x: Pair, y: Pair): Pair =>
  ({ re: `${x.re} * ${y.re} - ${x.im} * ${y.im}`, im: `${x.re} * ${y.im} + ${x.im} * ${y.re}` })
const place = ({ array, pitch, swapped }: Port, index: string, row: number): Pair => ({
  re: `${array}[${sum(index, 2 * row * pitch + (swapped ? 1 : 0))}]`,
  im: `${array}[${sum(index, 2 * row * pitch + (swapped ? 0 : 1))}]`,
})
const entry = (table: string, index: string, k: number): Pair =>
  place({ array: table, base: '', pitch: 1, swapped: false }, index, k)

/** A loop over a counter; none if all it counts is zero. */
const loop = (counter: string, first: number, end: number, body: (counter: string) => string): string =>
  first === 0 && end === 1
    ? body('')
    : `for (let ${counter} = ${first}; ${counter} < ${end}; ${counter}++) {\n${body(counter)}\n}`

interface Span {
  readonly first: number
  readonly end: number
  readonly count: number
}

/** For j < chunk: how many of j, j + chunk, j + 2·chunk, … are below `rows`. It takes at most two values. */
const spans = (rows: number, chunk: number): readonly Span[] => [
  { first: 0, end: rows % chunk, count: Math.floor(rows / chunk) + 1 },
  { first: rows % chunk, end: chunk, count: Math.floor(rows / chunk) },
].filter(({ first, end }) => first < end)

const printSweep = (step: Step, k: number, from: Port, to: Port, sweep: Sweep): string => {
  const { radix, groups, stride, entering, leaving } = step
  const { p, q, columns, reads, writes, twiddled } = sweep
  const rowIn = (j: number): number => j * groups * stride
  const rowOut = (j: number): number => j * stride
  const start = ({ base, pitch }: Port, rowsPerGroup: number): string =>
    sum(base, times(2 * rowsPerGroup * pitch, p), times(2 * pitch, q))

  const factors = [
    ...(entering ? range(reads).map((j) => define(`u${j}`, entry(`entering${k}`, times(2, p), rowIn(j)))) : []),
    ...(leaving ? range(writes).map((j) => define(`v${j}`, entry(`leaving${k}`, times(2, q), rowOut(j)))) : []),
  ]
  const read = (j: number): string => {
    const x = place(from, 'i', rowIn(j))
    return entering
      ? lines(define(`z${j}`, x), define(`x${j}`, product(named(`z${j}`), named(`u${j}`))))
      : define(`x${j}`, x)
  }
  const write = (y: Pair, j: number): string => {
    const target = place(to, 'o', rowOut(j))
    if (leaving) return lines(define(`y${j}`, y), assign(target, conjugate(product(named(`y${j}`), named(`v${j}`)))))
    return assign(target, twiddled && j > 0 ? product(y, named(`w${j}`)) : y)
  }
  const { statements, outputs } = butterfly(range(radix).map((j) => (j < reads ? named(`x${j}`) : zero)))
  const body = lines(range(reads).map(read), statements, outputs.slice(0, writes).map(write))

  const [i, o] = [start(from, stride), start(to, stride * radix)]
  if (columns === '1') return lines(factors, `const i = ${i}, o = ${o};`, body)
  const end = sum(i, `2 * ${columns}`)
  return lines(factors, `for (let i = ${i}, o = ${o}, end = ${end}; i < end; i += 2, o += 2) {`, body, '}')
}

const printStep = (step: Step, k: number, from: Port, to: Port, columns: string): string => {
  const { radix, groups, stride, entering, leaving } = step
  // Where rows lie without gaps on both sides, all of a group is one sweep.
  const dense = from.pitch === to.pitch && !leaving
  const sweep = (parts: Sweep): string => printSweep(step, k, from, to, parts)
  const group = (p: string, reads: number, twiddled: boolean): string => {
    if (dense) return sweep({ p, q: '', columns: String(stride * from.pitch), reads, writes: radix, twiddled })
    return lines(spans(leaving ? leaving.length / 2 : radix * stride, stride).map(({ first, end, count }) =>
      loop('q', first, end, (q) => sweep({ p, q, columns, reads, writes: count, twiddled }))))
  }
  if (groups === 1) return group('', radix, false)

  const twiddles = (p: string): readonly string[] =>
    range(radix - 1).map((j) => define(`w${j + 1}`, entry(`twiddles${k}`, times(2 * (radix - 1), p), j)))
  const someGroups = (first: number, end: number, reads: number): string =>
    loop('p', first, end, (p) => lines(twiddles(p), group(p, reads, true)))
  if (entering) {
    return lines(spans(entering.length / 2, groups).map(({ first, end, count }) => someGroups(first, end, count)))
  }
  // The twiddle factors of the first group are one; but single numbers and long bodies are not worth a second copy.
  return radix > 8 || (dense && stride * from.pitch === 1)
    ? someGroups(0, groups, radix)
    : lines(group('', radix, false), someGroups(1, groups, radix))
}

/**
 * The source of a function of two scratch arrays and the steps, which bring the tables. It returns a function of
 * source, target and the number of n × inner arrays in them. The first step reads the source, the last writes the
 * target, and those between go to and fro between the scratch arrays.
 */
export const print = (steps: readonly Step[], { n, inner, width, inverse }: Layout): string => {
  const last = steps.length - 1
  const scratch = (k: number): Port => ({ array: k % 2 === 0 ? 'a' : 'b', base: '', pitch: width, swapped: false })
  const outside = (array: string): Port => ({ array, base: 'start', pitch: inner, swapped: inverse })
  const parameters = (k: number): string => {
    const arrays = [...(k === 0 ? ['x'] : []), ...(k === last ? ['y'] : [])]
    return arrays.length === 0 ? '' : [...arrays, 'start', 'columns'].join(', ')
  }
  const functions = steps.map((step, k) => {
    const from = k === 0 ? outside('x') : scratch(k - 1)
    const to = k === last ? outside('y') : scratch(k)
    // The last block may be narrower; between source and target that does not matter.
    const columns = (k > 0 && k < last) || inner % width === 0 ? String(width) : 'columns'
    return `const { twiddles: twiddles${k}, entering: entering${k}, leaving: leaving${k} } = steps[${k}];
const step${k} = function (${parameters(k)}) {
${printStep(step, k, from, to, columns)}
};`
  })
  // A single step needs no scratch array, so no blocks.
  const block = steps.length === 1 ? inner : width
  return `'use strict';
const a = first, b = second;
${lines(functions)}
return function (x, y, outer) {
for (let o = 0; o < outer; o++) {
for (let c = 0; c < ${inner}; c += ${block}) {
const start = 2 * (${n * inner} * o + c), columns = Math.min(${block}, ${inner} - c);
${lines(steps.map((_, k) => `step${k}(${parameters(k)});`))}
}
}
};`
}
