// What all loop kernels write alike: names of arrays, indices, sizes, values, results.
import type { Affine } from '../../lower/affine.ts'
import type { Expr } from '../../lower/expression.ts'
import type { Box } from '../../lower/kernel.ts'
import { invariants } from '../../lower/loops.ts'
import { nameOf, printBlock, type Scope } from '../../lower/print/block.ts'
import type { ArrayUse, Dispatch, Maker } from '../dispatch.ts'
import { literal } from './literal.ts'
import { inKernel, wgsl, wordOf, type Wgsl } from './wgsl.ts'

/** Values that are printed, and how to write each. */
export interface Written { readonly lines: readonly string[]; readonly text: (e: Expr) => string }

export const indent = (lines: readonly string[]): string[] => lines.map((line) => '  ' + line)

/** Sizes up to here stay in the text of kernels for many sizes. */
const ownSize = 4

/** Writes one kernel. Loop counters are i0, i1, …; arrays x0, x1, … in the order in which they are met. */
export class Writer {
  readonly maker: Maker
  readonly wgsl: Wgsl
  readonly #arrays = new Map<number, ArrayUse>()
  readonly #parameters: number[] | null
  readonly #shared = new Set<string>()

  /** With `isEager` set, sizes are parameters: kernels of other sizes have the same text. */
  constructor(maker: Maker, isEager: boolean) {
    this.maker = maker
    this.#parameters = isEager ? [] : null
    this.wgsl = wgsl(inKernel({
      load: (e) => `${this.#use(e.value, 'read')}(${this.index(e.at!)})`,
      typeOfLoad: (e) => this.wordOf(e.value),
      index: (at) => this.index(at),
      integer: (n) => this.size(n),
    }))
  }

  wordOf(buffer: number): 'f32' | 'i32' { return wordOf(this.maker.buffers[buffer]!.dtype) }

  #use(buffer: number, access: 'read' | 'write'): string {
    const before = this.#arrays.get(buffer)
    const name = before?.name ?? `x${this.#arrays.size}`
    this.#arrays.set(buffer, { name, buffer, access: before === undefined || before.access === access ? access : 'both' })
    return name
  }

  /** A number that is no negative one, as a u32. */
  size(n: number): string {
    if (this.#parameters === null || n <= ownSize) return `${n >>> 0}u`
    const at = this.#parameters.indexOf(n)
    return `p${at < 0 ? this.#parameters.push(n) - 1 : at}`
  }

  /** An index as a u32, modulo 2^32. */
  index({ offset, coefficients }: Affine): string {
    const term = (c: number, k: number): string => (c === 1 ? `i${k}` : `${this.size(c)} * i${k}`)
    const up = coefficients.flatMap((c, k) => (c > 0 ? [term(c, k)] : []))
    const down = coefficients.flatMap((c, k) => (c < 0 ? [term(-c, k)] : []))
    if (offset > 0 || (up.length === 0 && offset === 0)) up.push(this.size(offset))
    else if (up.length === 0 && down.length === 0) return `${offset >>> 0}u`
    else if (offset < 0) down.push(this.size(-offset))
    return [up.length > 0 ? up.join(' + ') : '0u', ...down].join(' - ')
  }

  read(buffer: number, at: string): string { return `${this.#use(buffer, 'read')}(${at})` }

  write(buffer: number, at: string, value: string): string { return `set_${this.#use(buffer, 'write')}(${at}, ${value});` }

  /** Writes a value, and what belongs to it if the host will read it: the error it is known to have, and a flag. */
  result(buffer: number, at: string, value: string, error = '0.0', isSuspect = `!is_finite(${value})`): string[] {
    if (!this.maker.isRoot(buffer)) return [this.write(buffer, at, value)]
    return [
      this.write(buffer, '0u', value), this.write(buffer, '1u', error),
      this.write(buffer, '2u', `select(0.0, 1.0, ${isSuspect})`),
    ]
  }

  /** An array of workgroup memory, of which there is one by each name. */
  shared(name: string, type: string, length: number): string {
    this.#shared.add(`var<workgroup> ${name}: array<${type}, ${length}>;`)
    return name
  }

  /** Counters of these axes from their number in row-major order. */
  counters(axes: readonly number[], extents: readonly number[], flat: string): string[] {
    const lines: string[] = []
    let rest = flat
    for (let j = axes.length - 1; j > 0; j--) {
      const k = axes[j]!
      const n = this.size(extents[k]!)
      lines.push(`let i${k} = ${rest} % ${n};`, `let q${k} = ${rest} / ${n};`)
      rest = `q${k}`
    }
    return axes.length === 0 ? [] : [...lines, `let i${axes[0]!} = ${rest};`]
  }

  /** A loop over every `step`-th number below `count`; a test where there is at most one of them. */
  stride(name: string, first: string, step: number, count: number, body: readonly string[]): string[] {
    const n = this.size(count)
    return count <= step
      ? [`let ${name} = ${first};`, `if (${name} < ${n}) {`, ...indent(body), '}']
      : [`for (var ${name} = ${first}; ${name} < ${n}; ${name} = ${name} + ${this.size(step)}) {`, ...indent(body), '}']
  }

  /** Tests of a box along these axes; empty where it is full. */
  inside(box: Box, extents: readonly number[], axes: Iterable<number> = extents.keys()): string {
    const tests: string[] = []
    for (const k of axes) {
      const [low, high] = [box.low[k]!, box.high[k]!]
      if (low > 0) tests.push(`i${k} - ${this.size(low)} < ${this.size(high - low)}`)
      else if (high < extents[k]!) tests.push(`i${k} < ${this.size(high)}`)
    }
    return tests.length > 1 ? tests.map((t) => `(${t})`).join(' && ') : tests.join('')
  }

  values(roots: readonly Expr[], scope: Scope): Written { return printBlock(roots, scope, this.wgsl) }

  /** Computes what depends on the first `depth` counters and no more; the scope then has their names. */
  hoist(roots: readonly Expr[], depth: number, scope: Map<Expr, string>): string[] {
    const wanted = invariants(roots, depth, (e) => scope.has(e) || e.op === 'const', new Map())
    if (wanted.length === 0) return []
    const { lines } = printBlock(wanted, scope, this.wgsl, true)
    for (const e of wanted) scope.set(e, nameOf(e))
    return [...lines]
  }

  /** The text of a value as a number of a buffer's type. */
  stored(e: Expr, { text }: Written, buffer: number): string {
    return e.op === 'const' ? literal(e.value, this.wordOf(buffer)) : this.wgsl.as(e, text(e), this.wordOf(buffer))
  }

  dispatch(label: string, lines: readonly string[], workgroupSize: number, workgroups: number): Dispatch {
    return {
      label, arrays: [...this.#arrays.values()], declarations: [...this.#shared].join('\n'), body: lines.join('\n'),
      workgroupSize, workgroups, ...this.#parameters === null || this.#parameters.length === 0 ? {} : { parameters: this.#parameters },
    }
  }
}
