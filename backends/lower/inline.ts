// Writing a value as a scalar expression of the loop counters: views move the index, stored values are loaded, and
// everything else is computed in place.
import { isComplex, isFloat, widthOf, type DType } from '../../core/dtype.ts'
import type { Equation, Program } from '../../core/program.ts'
import { affineKey, constantIndex, scaled, type Affine } from './affine.ts'
import type { Builder, Expr, Value } from './expression.ts'
import { isElementwise, scalarRules, type Limits } from './scalar.ts'
import { isAlias, linear, sourceOf, type Index } from './views.ts'

/** Thrown when a value has to be stored after all; lowering starts again with it stored. */
export class Demand extends Error {
  readonly equation: number
  constructor(equation: number) {
    super(`equation ${equation} must be stored`)
    this.equation = equation
  }
}

export interface Context {
  readonly program: Program
  /** Whether the value lies in a buffer, its own or, for an alias, its operand's. */
  readonly isStored: (equation: number) => boolean
  readonly bufferOf: (equation: number) => number
  /** Values that this very kernel stores: at the same element they are at hand. */
  readonly own: ReadonlySet<number>
  readonly builder: Builder
  /** Of the arithmetic in which the kernel computes. */
  readonly limits: Limits
  readonly extents: readonly number[]
}

const bits = new Int32Array(2)
const double = new Float64Array(bits.buffer)

export const constantOf = (e: Equation): number => {
  bits[0] = e.attrs[1]!
  bits[1] = e.attrs[2]!
  return double[0]!
}

/** Expressions of one kernel's values at its indices. */
export class Inliner {
  readonly #c: Context
  readonly #known = new Map<string, Value>()
  readonly #indices = new Map<string, number>()

  constructor(context: Context) { this.#c = context }

  /** The value of an equation at an index: loaded if it is stored. */
  value(equation: number, index: Index): Value {
    if (this.#c.isStored(equation) && !this.#c.own.has(equation)) return this.#load(equation, index)
    const text = index.map(affineKey).join('|')
    let id = this.#indices.get(text)
    if (id === undefined) this.#indices.set(text, id = this.#indices.size)
    const key = `${equation} ${id}`
    let value = this.#known.get(key)
    if (value === undefined) {
      value = this.define(equation, index)
      this.#known.set(key, value)
    }
    return value
  }

  /** How the value of an equation is computed at an index, stored or not. */
  define(equation: number, index: Index): Value {
    const { program, builder: b, extents, limits } = this.#c
    const e = program.equations[equation]!
    const loops = extents.length
    if (isElementwise(e.primitive)) {
      const args = e.args.map((a) => this.value(a, index))
      const dtypes = e.args.map((a) => program.equations[a]!.dtype)
      return scalarRules[e.primitive](b, args, { dtypes, dtype: e.dtype, attrs: e.attrs, limits })
    }
    switch (e.primitive) {
      case 'constant': return this.#fromReal(b.constant(constantOf(e), e.dtype === 'int32'), e.dtype)
      case 'iota': return this.#fromReal(isFloat(e.dtype) ? b.unary('toFloat', b.index(index[0]!)) : b.index(index[0]!), e.dtype)
      case 'concat': return this.#concat(e, index)
      case 'realView': {
        const last = index.at(-1)!
        if (last.coefficients.some((c) => c !== 0)) throw new Demand(e.args[0]!)
        const z = this.value(e.args[0]!, index.slice(0, -1))
        return { re: last.offset === 0 ? z.re : z.im!, im: null }
      }
      case 'complexView': {
        const part = (k: number): Expr => this.value(e.args[0]!, [...index, constantIndex(k, loops)]).re
        return { re: part(0), im: part(1) }
      }
      default: {
        const operand = program.equations[e.args[0]!]!
        const source = sourceOf(e, operand.shape, index, extents)
        if (source === null) throw new Demand(e.args[0]!)
        const inside = this.value(e.args[0]!, source.index)
        if (source.bounds.length === 0) return inside
        const zero = this.#fromReal(b.constant(0, e.dtype === 'int32'), e.dtype)
        const guarded = (x: Expr, y: Expr): Expr => source.bounds.reduceRight((v, { at, low, high }) => b.guard(at, low, high, v, y), x)
        return { re: guarded(inside.re, zero.re), im: inside.im === null ? null : guarded(inside.im, zero.im!) }
      }
    }
  }

  #fromReal(x: Expr, dtype: DType): Value {
    const b = this.#c.builder
    return { re: dtype === 'bool' ? b.test('toTest', x) : x, im: isComplex(dtype) ? b.constant(0) : null }
  }

  #concat(e: Equation, index: Index): Value {
    const { program, builder: b } = this.#c
    const axis = e.attrs[0]!
    const at = index[axis]!
    let start = 0
    const parts = e.args.map((a) => {
      const low = start
      start += program.equations[a]!.shape.dims[axis]!
      return { low, high: start, value: this.value(a, index.map((x, k) => (k === axis ? scaled(x, 1, -low) : x))) }
    })
    return parts.reduceRight<Value | null>((rest, p) => rest === null ? p.value : {
      re: b.guard(at, p.low, p.high, p.value.re, rest.re),
      im: p.value.im === null ? null : b.guard(at, p.low, p.high, p.value.im, rest.im!),
    }, null)!
  }

  /** Reads stored numbers; through aliases the storage is that of the operand. */
  #load(equation: number, index: Index): Value {
    const { program, builder: b, extents } = this.#c
    const e = program.equations[equation]!
    const position: Affine = linear(index, e.shape, extents.length)
    const buffer = this.#c.bufferOf(equation)
    if (widthOf(e.dtype) === 2) {
      return { re: b.load(buffer, scaled(position, 2, 0)), im: b.load(buffer, scaled(position, 2, 1)) }
    }
    const x = b.load(buffer, position)
    return { re: e.dtype === 'bool' ? b.test('toTest', x) : x, im: null }
  }
}

/** Where a stored value lies that a chain of views (and conjugations) shows: offset and strides in elements. */
export const address = (
  equation: number, index: Index, c: Pick<Context, 'program' | 'isStored' | 'bufferOf' | 'extents'>,
): { readonly buffer: number; readonly at: Affine; readonly conj: boolean; readonly complex: boolean } | null => {
  let k = equation
  let at = index
  let conj = false
  while (!c.isStored(k)) {
    const e = c.program.equations[k]!
    if (e.primitive === 'conj') conj = !conj
    else if (isAlias(e.primitive) && e.primitive !== 'reshape') return null
    else {
      const source = sourceOf(e, c.program.equations[e.args[0] ?? 0]!.shape, at, c.extents)
      if (source === null || source.bounds.length > 0 || e.args.length !== 1) return null
      at = source.index
    }
    k = e.args[0]!
  }
  const e = c.program.equations[k]!
  return { buffer: c.bufferOf(k), at: linear(at, e.shape, c.extents.length), conj, complex: isComplex(e.dtype) }
}
