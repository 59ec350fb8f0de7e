// Reductions as kernels do them: an accumulator for each thread, a tree over a workgroup's threads, and where one
// workgroup is not enough, partial results for a second kernel. Sums of floating-point numbers carry their error along.
import type { Reduce } from '../../lower/kernel.ts'
import { literal } from './literal.ts'
import type { Writer } from './writer.ts'

interface Kind {
  readonly type: 'vec2f' | 'f32' | 'i32'
  readonly zero: string
  readonly add: (a: string, x: string) => string
  readonly merge: (a: string, b: string) => string
}

const floatSum: Kind = {
  type: 'vec2f', zero: 'vec2f(0.0, 0.0)', add: (a, x) => `accumulate(${a}, ${x})`, merge: (a, b) => `combine(${a}, ${b})`,
}
const integerSum: Kind = { type: 'i32', zero: '0i', add: (a, x) => `${a} + ${x}`, merge: (a, b) => `${a} + ${b}` }
const extremum = (op: 'max' | 'min', type: 'f32' | 'i32'): Kind => {
  const merge = type === 'i32' ? op : op === 'max' ? 'maximum' : 'minimum'
  const call = (a: string, b: string): string => `${merge}(${a}, ${b})`
  const zero = literal(op === 'max' ? -Infinity : Infinity, 'f32')
  const least = op === 'max' ? -(2 ** 31) : 2 ** 31 - 1
  return { type, zero: type === 'i32' ? literal(least, 'i32') : zero, add: call, merge: call }
}

interface Accumulator {
  readonly statement: Reduce
  readonly kind: Kind
  readonly name: string
  /** Words of its partial results before it, among those of the same type. */
  readonly slot: number
  readonly isRoot: boolean
}

/** Where partial results lie: the number of each kind, and a buffer for each type. */
export interface Partials { readonly count: number; readonly floats: number; readonly integers: number }

/** A number of a partial result: where it lies, and which variable it is. */
interface Word { readonly buffer: number; readonly index: string; readonly word: string }

const isFloat = (a: Accumulator): boolean => a.kind.type !== 'i32'
const wordsOf = (a: Accumulator): number => (a.kind.type === 'vec2f' ? 2 : 1)

/** Up to here one thread goes through what the others have. */
const fewThreads = 16

/** The reductions of one kernel. */
export class Accumulators {
  readonly #writer: Writer
  readonly #all: readonly Accumulator[]
  readonly #floats: number
  readonly #integers: number
  /** Bits, one for each result that the host will read: whether something was not finite. */
  readonly #hasFlags: boolean

  constructor(writer: Writer, statements: readonly Reduce[]) {
    this.#writer = writer
    let [floats, integers] = [0, 0]
    this.#all = statements.map((statement, k) => {
      const type = writer.wordOf(statement.buffer)
      const kind = statement.op !== 'sum' ? extremum(statement.op, type) : type === 'i32' ? integerSum : floatSum
      const isRoot = writer.maker.isRoot(statement.buffer)
      const a = { statement, kind, name: `a${k}`, slot: type === 'f32' ? floats : integers, isRoot }
      if (isFloat(a)) floats += wordsOf(a)
      else integers += 1
      return a
    })
    this.#hasFlags = this.#all.some((a) => a.isRoot)
    this.#floats = floats
    this.#integers = integers + (this.#hasFlags ? 1 : 0)
  }

  declare(): string[] {
    return [...this.#all.map(({ name, kind }) => `var ${name} = ${kind.zero};`), ...this.#hasFlags ? ['var flags = 0u;'] : []]
  }

  /** Takes a value in, of the type of the result. */
  add(statement: Reduce, value: string): string[] {
    const k = this.#all.findIndex((a) => a.statement === statement)
    const { name, kind, isRoot } = this.#all[k]!
    if (!isRoot) return [`${name} = ${kind.add(name, value)};`]
    // An extremum of numbers and infinities is right; nothing but NaN spoils it.
    const suspect = statement.op === 'sum' ? `!is_finite(v${k})` : `is_nan(v${k})`
    return [
      `let v${k} = ${value};`, `${name} = ${kind.add(name, `v${k}`)};`,
      `flags = flags | select(0u, ${2 ** k}u, ${suspect});`,
    ]
  }

  /** Combines what a workgroup's threads have: local thread 0 then has it all. */
  tree(threads: number): string[] {
    const union = (a: string, b: string): string => `${a} | ${b}`
    const arrays = this.#all.map(({ name, kind: { type, merge } }, k) => {
      const before = this.#all.slice(0, k).filter((a) => a.kind.type === type).length
      return { name, merge, array: this.#writer.shared(`${type}s${before}`, type, threads) }
    })
    if (this.#hasFlags) arrays.push({ name: 'flags', merge: union, array: this.#writer.shared('words', 'u32', threads) })
    const given = arrays.map(({ name, array }) => `${array}[local] = ${name};`)
    if (threads <= fewThreads) {
      return [
        ...given, 'workgroupBarrier();', 'if (local == 0u) {', `  for (var k = 1u; k < ${threads}u; k = k + 1u) {`,
        ...arrays.map(({ name, array, merge }) => `    ${name} = ${merge(name, `${array}[k]`)};`), '  }', '}',
      ]
    }
    return [
      ...given,
      `for (var half = ${threads / 2}u; half > 0u; half = half >> 1u) {`,
      '  workgroupBarrier();',
      '  if (local < half) {',
      ...arrays.map(({ array, merge }) => `    ${array}[local] = ${merge(`${array}[local]`, `${array}[local + half]`)};`),
      '  }', '}',
      ...arrays.map(({ name, array }) => `${name} = ${array}[local];`),
    ]
  }

  /** Writes the results, by one thread for each. */
  finish(): string[] {
    return this.#all.flatMap(({ statement: s, kind, name, isRoot }, k): string[] => {
      const at = this.#writer.index(s.at)
      const value = kind.type === 'vec2f' ? `s${k}.x` : name
      const suspect = `((flags >> ${k}u) & 1u) != 0u || !is_finite(${value})`
      return [
        ...kind.type === 'vec2f' ? [`let s${k} = settle(${name});`] : [],
        ...isRoot ? this.#writer.result(s.buffer, at, value, kind.type === 'vec2f' ? `s${k}.y` : '0.0', suspect)
          : [this.#writer.write(s.buffer, at, value)],
      ]
    })
  }

  /** Room for partial results. */
  room(count: number): Partials {
    const { maker } = this.#writer
    return {
      count,
      floats: this.#floats === 0 ? -1 : maker.scratch('float32', this.#floats * count),
      integers: this.#integers === 0 ? -1 : maker.scratch('int32', this.#integers * count),
    }
  }

  #words({ count, floats, integers }: Partials, at: string): readonly Word[] {
    const index = (slot: number): string => (slot === 0 ? at : `${this.#writer.size(slot * count)} + ${at}`)
    return [
      ...this.#all.flatMap((a) => Array.from({ length: wordsOf(a) }, (_, w) => ({
        buffer: isFloat(a) ? floats : integers, index: index(a.slot + w),
        word: a.kind.type === 'vec2f' ? `${a.name}.${'xy'[w]!}` : a.name,
      }))),
      ...this.#hasFlags ? [{ buffer: integers, index: index(this.#integers - 1), word: 'flags' }] : [],
    ]
  }

  store(partials: Partials, at: string): string[] {
    return this.#words(partials, at).map(({ buffer, index, word }) =>
      this.#writer.write(buffer, index, word === 'flags' ? 'i32(flags)' : word))
  }

  /** Takes a partial result in. */
  load(partials: Partials, at: string): string[] {
    const words = this.#words(partials, at)
    const read = (word: string): string => {
      const { buffer, index } = words.find((w) => w.word === word)!
      return this.#writer.read(buffer, index)
    }
    return [
      ...this.#all.map(({ name, kind }) => {
        const part = kind.type === 'vec2f' ? `vec2f(${read(`${name}.x`)}, ${read(`${name}.y`)})` : read(name)
        return `${name} = ${kind.merge(name, part)};`
      }),
      ...this.#hasFlags ? [`flags = flags | u32(${read('flags')});`] : [],
    ]
  }
}
