// The vocabulary: every tensor program is made of these primitives, and this table gives each one its shape and dtype rule.
// All operands of an elementwise primitive have one shape (operations insert `expand`); their dtypes may differ, so a
// real operand of a complex operation stays real and has no imaginary part at all. Attributes are flat integers.
import { dtypes, floatOf, isComplex, isReal, promote, realOf, complexOf, type DType } from './dtype.ts'
import { DTypeError, ShapeError } from './errors.ts'
import { memoryLength } from './lbfgs.ts'
import { scalar, shape, show, type ShapeInfo } from './shape.ts'

/** DType and shape: what is known of a tensor before it has a value. */
export interface Aval { readonly dtype: DType; readonly info: ShapeInfo }
/** An operand as the rules see it; `outputs` lists the results of a primitive that has several. */
export interface Operand extends Aval { readonly outputs: readonly Aval[] | null }
/** A primitive's type rule: one aval, or several for a primitive with several results. */
export type TypeRule = (args: readonly Operand[], attrs: readonly number[]) => Aval | readonly Aval[]

const aval = (dtype: DType, info: ShapeInfo): Aval => ({ dtype, info })
const resized = (a: Aval, dims: readonly number[]): Aval => aval(a.dtype, shape(dims))
const first = (args: readonly Operand[]): Operand => args[0]!

const refuseDType = (name: string, a: Aval, want: string): never => {
  throw new DTypeError(`${name}: the operand is ${a.dtype} ${show(a.info)}, but must be ${want}`)
}
const sameShape = (name: string, args: readonly Aval[]): ShapeInfo => {
  const info = args[0]!.info
  for (const a of args) {
    if (a.info !== info) throw new ShapeError(`${name}: operands of shapes ${args.map((x) => show(x.info)).join(', ')} must agree`)
  }
  return info
}
const integral = (d: DType): boolean => d === 'bool' || d === 'int32'

// Kinds of elementwise rule.
const unary = (name: string, of: (d: DType) => DType, allowed: (d: DType) => boolean, want: string): TypeRule =>
  (args) => {
    const a = first(args)
    return allowed(a.dtype) ? aval(of(a.dtype), a.info) : refuseDType(name, a, want)
  }
const float = (name: string): TypeRule => unary(name, floatOf, (d) => !integral(d), 'floating point: cast it first')
const realFloat = (name: string): TypeRule => unary(name, floatOf, (d) => isReal(d) && !integral(d), 'real floating point')
const ordered = (name: string): TypeRule => unary(name, (d) => d, isReal, 'real: complex numbers have no order')
const complexOnly = (name: string, of: (d: DType) => DType): TypeRule => unary(name, of, isComplex, 'complex')
const numeric: TypeRule = ([a]) => aval(a!.dtype === 'bool' ? 'int32' : a!.dtype, a!.info)
const toBool: TypeRule = ([a]) => aval('bool', a!.info)
const keep: TypeRule = ([a]) => aval(a!.dtype, a!.info)
const arithmetic = (name: string): TypeRule => ([a, b]) => {
  const d = promote(a!.dtype, b!.dtype)
  return aval(d === 'bool' ? 'int32' : d, sameShape(name, [a!, b!]))
}
const division = (name: string): TypeRule => ([a, b]) => aval(floatOf(promote(a!.dtype, b!.dtype)), sameShape(name, [a!, b!]))
const extremum = (name: string): TypeRule => ([a, b]) => {
  const d = promote(a!.dtype, b!.dtype)
  return isComplex(d) ? refuseDType(name, isComplex(a!.dtype) ? a! : b!, 'real: compare abs() or real()') : aval(d, sameShape(name, [a!, b!]))
}
const comparison = (name: string, order: boolean): TypeRule => ([a, b]) =>
  order && isComplex(promote(a!.dtype, b!.dtype))
    ? refuseDType(name, isComplex(a!.dtype) ? a! : b!, 'real: compare abs() or real()')
    : aval('bool', sameShape(name, [a!, b!]))
const logic = (name: string): TypeRule => ([a, b]) =>
  a!.dtype === 'bool' && b!.dtype === 'bool' ? aval('bool', sameShape(name, [a!, b!])) : refuseDType(name, a!.dtype === 'bool' ? b! : a!, 'bool')

const without = (dims: readonly number[], axes: readonly number[]): number[] => dims.filter((_, k) => !axes.includes(k))
const reduction = (name: string): TypeRule => ([a], axes) => {
  if (isComplex(a!.dtype)) return refuseDType(name, a!, 'real: compare abs() or real()')
  if (axes.some((k) => a!.info.dims[k] === 0)) throw new ShapeError(`${name}: a tensor of shape ${show(a!.info)} has no ${name} over an empty axis`)
  return resized(a!, without(a!.info.dims, axes))
}
const argument = (name: string): TypeRule => (args, attrs) => ({ ...(reduction(name)(args, attrs) as Aval), dtype: 'int32' }) // a reduction has one result

const dtypeAt = (code: number | undefined): DType => dtypes[code ?? -1]!

const gather: TypeRule = ([x, index], [batch]) => {
  const b = batch!
  if (index!.dtype !== 'int32') return refuseDType('gather', index!, 'int32 (the indices)')
  const lead = index!.info.dims.slice(0, b)
  if (index!.info.rank !== b + 1 || x!.info.rank <= b || lead.some((d, k) => d !== x!.info.dims[k])) {
    throw new ShapeError(`gather: indices ${show(index!.info)} do not fit a tensor ${show(x!.info)} with ${b} batch dimensions`)
  }
  return resized(x!, [...index!.info.dims, ...x!.info.dims.slice(b + 1)])
}

const scatterAdd: TypeRule = (args, attrs) => {
  const [base, index, source] = args
  const want = gather([base!, index!], attrs) as Aval // gather has one result
  if (want.info !== source!.info) throw new ShapeError(`scatterAdd: the source is ${show(source!.info)} but must be ${show(want.info)}`)
  if (base!.dtype !== source!.dtype) return refuseDType('scatterAdd', source!, base!.dtype)
  return aval(base!.dtype, base!.info)
}

const matmul: TypeRule = ([a, b]) => {
  const [p, q] = [a!.info.dims, b!.info.dims]
  const r = p.length
  if (r < 2 || q.length !== r || p[r - 1] !== q[r - 2] || p.slice(0, -2).some((d, k) => d !== q[k])) {
    throw new ShapeError(`matmul: inner dimensions differ in ${show(a!.info)} @ ${show(b!.info)}`)
  }
  const d = promote(a!.dtype, b!.dtype)
  return aval(d === 'bool' ? 'int32' : d, shape([...p.slice(0, -1), q[r - 1]!]))
}

/** The type rule of every primitive. */
export const typeRules = {
  input: () => { throw new DTypeError('input: a leaf has no rule') },
  variable: () => { throw new DTypeError('variable: a leaf has no rule') },
  constant: (_, [d]) => aval(dtypeAt(d), scalar),
  iota: (_, [d, n]) => aval(dtypeAt(d), shape([n!])),
  alias: keep,
  stop: keep,
  custom: keep,
  pick: ([a], [k]) => a!.outputs![k!]!,
  neg: numeric,
  conj: complexOnly('conj', (d) => d),
  real: complexOnly('real', realOf),
  imag: complexOnly('imag', realOf),
  abs: ([a]) => aval(a!.dtype === 'bool' ? 'int32' : realOf(a!.dtype), a!.info),
  abs2: ([a]) => aval(a!.dtype === 'bool' ? 'int32' : realOf(a!.dtype), a!.info),
  angle: unary('angle', realOf, (d) => !integral(d), 'floating point: cast it first'),
  phase: complexOnly('phase', (d) => d),
  exp: float('exp'), expm1: float('expm1'), log: float('log'), log1p: float('log1p'), log2: float('log2'), log10: float('log10'),
  sqrt: float('sqrt'), sin: float('sin'), cos: float('cos'), tan: float('tan'), sinh: float('sinh'), cosh: float('cosh'),
  tanh: float('tanh'), asin: float('asin'), acos: float('acos'), atan: float('atan'), asinh: float('asinh'),
  acosh: float('acosh'), atanh: float('atanh'), sigmoid: float('sigmoid'), softplus: float('softplus'),
  erf: realFloat('erf'), lgamma: realFloat('lgamma'), polygamma: realFloat('polygamma'),
  sign: ordered('sign'), floor: ordered('floor'), ceil: ordered('ceil'), round: ordered('round'),
  not: unary('not', (d) => d, (d) => d === 'bool', 'bool'),
  isNaN: toBool, isFinite: toBool,
  cast: ([a], [d]) => aval(dtypeAt(d), a!.info),
  ipow: ([a], [n]) => aval(integral(a!.dtype) ? (n! < 0 ? 'float64' : 'int32') : a!.dtype, a!.info),
  add: arithmetic('add'), sub: arithmetic('sub'), mul: arithmetic('mul'), div: division('div'), pow: division('pow'),
  atan2: ([a, b]) => ({ ...(extremum('atan2')([a!, b!], []) as Aval), dtype: floatOf(promote(a!.dtype, b!.dtype)) }), // one result
  maximum: extremum('maximum'), minimum: extremum('minimum'),
  complex: ([a, b]) => isReal(promote(a!.dtype, b!.dtype))
    ? aval(complexOf(promote(a!.dtype, b!.dtype)), sameShape('complex', [a!, b!]))
    : refuseDType('complex', isComplex(a!.dtype) ? a! : b!, 'real'),
  less: comparison('less', true), lessEqual: comparison('lessEqual', true), greater: comparison('greater', true),
  greaterEqual: comparison('greaterEqual', true), equal: comparison('equal', false), notEqual: comparison('notEqual', false),
  and: logic('and'), or: logic('or'), xor: logic('xor'),
  where: ([c, a, b]) => c!.dtype === 'bool'
    ? aval(promote(a!.dtype, b!.dtype), sameShape('where', [c!, a!, b!]))
    : refuseDType('where', c!, 'bool (the condition)'),
  reshape: ([a], dims) => {
    const to = shape(dims)
    if (to.size !== a!.info.size) {
      throw new ShapeError(`reshape: ${show(a!.info)} has ${a!.info.size} elements and ${show(to)} has ${to.size}`)
    }
    return aval(a!.dtype, to)
  },
  transpose: ([a], permutation) => resized(a!, permutation.map((k) => a!.info.dims[k]!)),
  expand: ([a], dims) => {
    const lead = dims.length - a!.info.rank
    if (lead < 0 || a!.info.dims.some((d, k) => d !== 1 && d !== dims[lead + k])) {
      throw new ShapeError(`broadcastTo: ${show(a!.info)} does not broadcast to [${dims.join(', ')}]`)
    }
    return resized(a!, dims)
  },
  slice: ([a], attrs) => resized(a!, attrs.slice(a!.info.rank, 2 * a!.info.rank)),
  pad: ([a], attrs) => {
    const r = a!.info.rank
    return resized(a!, a!.info.dims.map((n, k) => attrs[k]! + n + Math.max(0, n - 1) * attrs[2 * r + k]! + attrs[r + k]!))
  },
  flip: keep,
  concat: (args, [axis]) => {
    const a = first(args)
    const dims = [...a.info.dims]
    for (const b of args.slice(1)) {
      if (b.info.rank !== a.info.rank || b.info.dims.some((d, k) => k !== axis && d !== dims[k])) {
        throw new ShapeError(`concat: shapes ${args.map((x) => show(x.info)).join(', ')} differ outside axis ${axis}`)
      }
      if (b.dtype !== a.dtype) return refuseDType('concat', b, a.dtype)
      dims[axis!]! += b.info.dims[axis!]!
    }
    return resized(a, dims)
  },
  realView: ([a]) => isComplex(a!.dtype) ? aval(realOf(a!.dtype), shape([...a!.info.dims, 2])) : refuseDType('realView', a!, 'complex'),
  complexView: ([a]) => isReal(a!.dtype) && !integral(a!.dtype) && a!.info.dims.at(-1) === 2
    ? aval(complexOf(a!.dtype), shape(a!.info.dims.slice(0, -1)))
    : refuseDType('complexView', a!, 'real floating point with a last dimension of 2'),
  sum: ([a], axes) => aval(a!.dtype === 'bool' ? 'int32' : a!.dtype, shape(without(a!.info.dims, axes))),
  max: reduction('max'), min: reduction('min'), argmax: argument('argmax'), argmin: argument('argmin'),
  cumsum: numeric,
  matmul,
  fft: complexOnly('fft', (d) => d),
  gather,
  scatterAdd,
  sort: ([a]) => isReal(a!.dtype) ? [aval(a!.dtype, a!.info), aval('int32', a!.info)] : refuseDType('sort', a!, 'real: complex numbers have no order'),
  threefry: ([key], [n]) => key!.dtype === 'int32' && key!.info === shape([2]) ? aval('int32', shape([n!])) : refuseDType('threefry', key!, 'an int32 key of shape [2]'),
  lbfgs: ([g], [, memorySize]) => [aval(g!.dtype, g!.info), aval(g!.dtype, shape([memoryLength(memorySize!)]))],
} satisfies Readonly<Record<string, TypeRule>>

export type Primitive = keyof typeof typeRules
export const primitives = Object.keys(typeRules) as readonly Primitive[] // the keys of a closed record

const elementwiseNames = [
  'neg', 'conj', 'real', 'imag', 'abs', 'abs2', 'angle', 'phase', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sqrt', 'sin', 'cos', 'tan',
  'sinh', 'cosh', 'tanh', 'asin', 'acos', 'atan', 'asinh', 'acosh', 'atanh', 'sigmoid', 'softplus', 'erf', 'lgamma', 'polygamma', 'sign', 'floor',
  'ceil', 'round', 'not', 'isNaN', 'isFinite', 'cast', 'ipow', 'add', 'sub', 'mul', 'div', 'pow', 'atan2', 'maximum', 'minimum', 'complex', 'less',
  'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual', 'and', 'or', 'xor', 'where',
] as const satisfies readonly Primitive[]
export type ElementwisePrimitive = (typeof elementwiseNames)[number]
const elementwise: ReadonlySet<Primitive> = new Set(elementwiseNames)
/** Primitives that compute each element from the elements of the operands at the same place. */
export const isElementwise = (p: Primitive): p is ElementwisePrimitive => elementwise.has(p)
