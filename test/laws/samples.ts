// Points at which every primitive is differentiated. The table is exhaustive: a primitive without samples does not
// compile.
import { code, dtypes, isFloat, type DType } from '../../core/dtype.ts'
import { hostArray } from '../../core/evaluate.ts'
import { make } from '../../core/make.ts'
import type { Node } from '../../core/node.ts'
import { primitives, type Primitive } from '../../core/primitive.ts'
import { generator, randomTensor, tensorOf, type Domain, type Spec } from './random.ts'

export interface Sample {
  readonly name: string
  readonly primitive: Primitive
  readonly args: readonly Node[]
  readonly attrs: readonly number[]
  readonly apply: (args: readonly Node[]) => Node
}

type Recipe = { readonly specs: readonly (Spec | Node)[]; readonly attrs?: readonly number[] }

const random = generator(20)
let current: readonly number[] = [5]

// Domains: 0.05 away from cuts, poles and kinks.
const near = 0.05
const nonzero: Domain = (re, im) => Math.hypot(re, im) > near
const within = (r: number): Domain => (re, im) => Math.hypot(re, im) < r
const positive: Domain = (re, im) => (im === 0 ? re > near : re > near || Math.abs(im) > near)
const above = (x: number): Domain => (re, im) => positive(re - x, im)
const and = (...all: readonly Domain[]): Domain => (re, im) => all.every((d) => d(re, im))
/** Off the real axis beyond ±1. */
const offRealCuts: Domain = (re, im) => Math.abs(re) < 1 - near || (im !== 0 && Math.abs(im) > near)
/** Off the imaginary axis beyond ±i. */
const offImaginaryCuts: Domain = (re, im) => im === 0 || Math.abs(im) < 1 - near || Math.abs(re) > near

const small = { low: 0.01, high: 3 }
const spec = (dtype: DType, domain?: Domain, range?: Spec['range'], dims = current): Spec =>
  ({ dtype, dims, ...(domain === undefined ? {} : { domain }), ...(range === undefined ? {} : { range }) })
const f64 = (...dims: readonly number[]): Spec => ({ dtype: 'float64', dims })
const c128 = (...dims: readonly number[]): Spec => ({ dtype: 'complex128', dims })
const index = (dims: readonly number[], values: readonly number[]): Node => tensorOf('int32', dims, values)

type Unary = (domain?: Domain, range?: Spec['range']) => readonly Recipe[]
const real: Unary = (domain, range) => [{ specs: [spec('float64', domain, range)] }]
const complex: Unary = (domain, range) => [{ specs: [spec('complex128', domain, range)] }]
const both: Unary = (domain, range) => [...real(domain, range), ...complex(domain, range)]

const floats: readonly DType[] = ['float64', 'complex128']
/** All four mixtures of real and complex operands. */
type Binary = (a?: Partial<Spec>, b?: Partial<Spec>) => readonly Recipe[]
const mixtures: Binary = (a = {}, b = {}) => floats.flatMap((d) => floats.map((e) => ({
  specs: [{ dims: current, ...a, dtype: d }, { dims: current, ...b, dtype: e }],
})))
const reals: Binary = (a = {}, b = {}) =>
  [{ specs: [{ dims: current, ...a, dtype: 'float64' }, { dims: current, ...b, dtype: 'float64' }] }]

/** A linear primitive on a real and on a complex operand. */
const maps = (dims: readonly number[], ...attrs: readonly (readonly number[])[]): readonly Recipe[] =>
  attrs.flatMap((a) => floats.map((dtype) => ({ specs: [{ dtype, dims }], attrs: a })))

const distinct = (dims: readonly number[]): Node => {
  const size = dims.reduce((n, d) => n * d, 1)
  return tensorOf('float64', dims, Array.from({ length: size }, (_, k) => ((k * 7) % size) * 0.3 - 1 + 0.1 * random()))
}
const fractions = tensorOf('float64', [3], [0.4, -1.3, 2.6])
const crossing = [tensorOf('float64', [3], [1, 2, 3]), tensorOf('float64', [3], [3, 2.5, -1])]
const mask = (...values: readonly number[]): Node => tensorOf('bool', [values.length], values)
const masks: readonly Recipe[] = [{ specs: [mask(1, 0), mask(1, 1)] }]

/**
 * Not differentiated by an entry of their own: leaves; taken apart by the passes; blocked; refused. They have tests of
 * their own.
 */
type Elsewhere = 'elsewhere'
type Table = Readonly<Record<Primitive, readonly Recipe[] | Elsewhere>>

const table = (dims: readonly number[]): Table => {
  current = dims
  const comparison = (): readonly Recipe[] => reals()
  return {
    input: 'elsewhere', variable: 'elsewhere', constant: 'elsewhere', iota: 'elsewhere', stop: 'elsewhere',
    custom: 'elsewhere', pick: 'elsewhere', lbfgs: 'elsewhere',
    alias: both(),
    neg: both(), conj: complex(), real: complex(), imag: complex(),
    abs: both(nonzero), abs2: both(), phase: complex(nonzero),
    angle: [...real(nonzero), ...complex(and(nonzero, positive))],
    exp: both(undefined, small), expm1: both(undefined, small),
    log: both(positive), log2: both(positive), log10: both(positive), log1p: both(above(-1)),
    sqrt: both(positive), sin: both(undefined, small), cos: both(undefined, small), tan: both(within(1.4), small),
    sinh: both(undefined, small), cosh: both(undefined, small),
    tanh: [...real(undefined, small), ...complex(within(1.4), small)],
    asin: [...real(within(0.95), small), ...complex(offRealCuts)],
    acos: [...real(within(0.95), small), ...complex(offRealCuts)],
    atan: both(offImaginaryCuts), asinh: both(offImaginaryCuts),
    acosh: both(above(1)), atanh: [...real(within(0.95), small), ...complex(offRealCuts)],
    sigmoid: [...real(undefined, small), ...complex(within(2.5), small)],
    softplus: [...real(undefined, small), ...complex(within(2.5), small)],
    erf: real(undefined, small), lgamma: real(above(0)),
    polygamma: [0, 1, 2].flatMap((n) => real(above(0.2), small).map((r) => ({ ...r, attrs: [n] }))),
    sign: real(nonzero), floor: [{ specs: [fractions] }], ceil: [{ specs: [fractions] }], round: [{ specs: [fractions] }],
    not: [{ specs: [mask(1, 0)] }], isNaN: both(), isFinite: both(),
    cast: [
      { specs: [spec('float64')], attrs: [code('complex128')] },
      { specs: [spec('complex128')], attrs: [code('complex128')] },
      { specs: [spec('float64')], attrs: [code('float64')] }, { specs: [spec('float64')], attrs: [code('int32')] },
      { specs: [{ dtype: 'int32', dims }], attrs: [code('float64')] },
    ],
    ipow: [-2, -1, 0, 1, 2, 3, 5].flatMap((n) => both(nonzero, small).map((r) => ({ ...r, attrs: [n] }))),
    add: mixtures(), sub: mixtures(), mul: [...mixtures(), { specs: [spec('complex128'), { dtype: 'int32', dims }] }],
    div: mixtures({}, { domain: nonzero }),
    pow: [
      ...mixtures({ domain: positive, range: small }, { range: small }),
      // A negative real base with a complex exponent: through the complex logarithm.
      { specs: [tensorOf('float64', [2], [-1.3, -0.4]), tensorOf('complex128', [2], [0.7, -0.2, -1.1, 0.9])] },
    ],
    atan2: reals({ domain: nonzero }, { domain: above(0) }),
    maximum: [{ specs: [distinct([4]), distinct([4])] }, { specs: crossing }],
    minimum: [{ specs: crossing }],
    complex: reals(),
    less: comparison(), lessEqual: comparison(), greater: comparison(), greaterEqual: comparison(),
    equal: mixtures(), notEqual: mixtures(),
    and: masks, or: masks, xor: masks,
    where: mixtures().map((r) => ({ specs: [{ dtype: 'bool', dims }, ...r.specs] })),
    reshape: maps([2, 3], [6], [3, 1, 2]),
    transpose: [...maps([2, 3], [1, 0]), ...maps([2, 1, 3], [2, 0, 1])],
    expand: [...maps([], [2, 2]), ...maps([3], [2, 3]), ...maps([2, 1], [3, 2, 4]), ...maps([1], [0])],
    slice: [...maps([5], [1, 2, 2], [0, 5, 1], [4, 0, 1], [2, 1, 3]), ...maps([3, 4], [1, 0, 2, 2, 1, 3])],
    pad: [...maps([3], [1, 2, 0], [0, 0, 2], [2, 0, 1]), ...maps([2, 2], [1, 0, 0, 3, 1, 2]), ...maps([0], [1, 1, 1])],
    flip: [...maps([5], [0]), ...maps([2, 3], [0, 1], [1])],
    concat: floats.flatMap((d): readonly Recipe[] => [
      { specs: [{ dtype: d, dims: [2, 2] }, { dtype: d, dims: [2, 1] }, { dtype: d, dims: [2, 3] }], attrs: [1] },
      { specs: [{ dtype: d, dims: [2] }, { dtype: d, dims: [0] }], attrs: [0] },
    ]),
    realView: [{ specs: [c128(3)] }, { specs: [c128()] }], complexView: [{ specs: [f64(3, 2)] }, { specs: [f64(2)] }],
    sum: [...maps([2, 3], [0, 1], [1], [0]), ...maps([0, 2], [0], [1])],
    max: [
      { specs: [distinct([2, 3])], attrs: [0, 1] }, { specs: [distinct([3, 2])], attrs: [0] },
      { specs: [distinct([2, 1, 3])], attrs: [0, 2] },
    ],
    min: [{ specs: [distinct([2, 3])], attrs: [0, 1] }, { specs: [distinct([3, 2])], attrs: [1] }],
    argmax: [{ specs: [distinct([2, 3])], attrs: [1] }], argmin: [{ specs: [distinct([2, 3])], attrs: [0] }],
    cumsum: [...maps([5], [0, 0], [0, 1]), ...maps([2, 3], [1, 0], [0, 1])],
    matmul: floats.flatMap((d) => floats.flatMap((e): readonly Recipe[] => [
      { specs: [{ dtype: d, dims: [2, 3] }, { dtype: e, dims: [3, 2] }] },
      { specs: [{ dtype: d, dims: [2, 1, 2] }, { dtype: e, dims: [2, 2, 1] }] },
    ])),
    fft: [
      { specs: [c128(5)], attrs: [0, 0] }, { specs: [c128(4)], attrs: [1, 0] },
      { specs: [c128(2, 3)], attrs: [0, 0, 1] }, { specs: [c128(2, 3)], attrs: [1, 1] },
    ],
    gather: floats.flatMap((dtype): readonly Recipe[] => [
      { specs: [{ dtype, dims: [3] }, index([4], [2, 0, 2, -1])], attrs: [0] },
      { specs: [{ dtype, dims: [2, 3, 2] }, index([2, 2], [1, 0, -2, 1])], attrs: [1] },
    ]),
    scatterAdd: floats.flatMap((dtype): readonly Recipe[] => [
      { specs: [{ dtype, dims: [3] }, index([4], [2, 0, 2, -1]), { dtype, dims: [4] }], attrs: [0] },
      { specs: [{ dtype, dims: [2, 3] }, index([2, 2], [1, 0, -2, 1]), { dtype, dims: [2, 2] }], attrs: [1] },
    ]),
    sort: [
      { specs: [distinct([5])], attrs: [0, 0] }, { specs: [distinct([5])], attrs: [0, 1] },
      { specs: [distinct([3, 4])], attrs: [0, 0] }, { specs: [distinct([2, 3])], attrs: [1, 1] },
    ],
    threefry: [{ specs: [index([2], [1, 2])], attrs: [3] }],
  }
}

const build = (primitive: Primitive, args: readonly Node[], attrs: readonly number[]): Sample => {
  const operands = args.map((a) => `${a.dtype} [${a.shape.join(', ')}]`).join(', ')
  return {
    name: `${primitive}(${operands}${attrs.length > 0 ? ` | ${attrs.join(' ')}` : ''})`,
    primitive, args, attrs,
    apply: (xs) => {
      const y = make(primitive, xs, attrs)
      return y.outputs === null ? y : make('pick', [y], [0])
    },
  }
}

/** Elementwise primitives come in several shapes. */
const shapes: readonly (readonly number[])[] = [[5], [], [0], [2, 1, 2]]
const tables = shapes.map(table)

const textOf = ({ specs, attrs }: Recipe): string =>
  JSON.stringify([specs.map((s) => ('primitive' in s ? [s.dtype, s.shape, [...hostArray(s)]] : [s.dtype, s.dims])), attrs])

const samplesOf = (primitive: Primitive): readonly Sample[] | Elsewhere => {
  const recipes = tables.map((t) => t[primitive])
  if (recipes.includes('elsewhere')) return 'elsewhere'
  const distinctOnes = new Map(recipes.flatMap((r) => (r === 'elsewhere' ? [] : r)).map((r) => [textOf(r), r]))
  return [...distinctOnes.values()].map(({ specs, attrs }) =>
    build(primitive, specs.map((s) => ('primitive' in s ? s : randomTensor(random, s))), attrs ?? []))
}

export const samples = Object.fromEntries(primitives.map((p) => [p, samplesOf(p)])) as
  Readonly<Record<Primitive, readonly Sample[] | Elsewhere>> // every primitive is a key

const halved: Readonly<Record<DType, DType>> = {
  bool: 'bool', int32: 'int32', float32: 'float32', float64: 'float32', complex64: 'complex64', complex128: 'complex64',
}

/** The same sample in single precision. */
export const single = ({ primitive, args, attrs }: Sample): Sample => build(
  primitive,
  args.map((a) => (isFloat(a.dtype) ? tensorOf(halved[a.dtype], a.shape, [...hostArray(a)]) : a)),
  primitive === 'cast' ? [code(halved[dtypes[attrs[0]!]!])] : attrs)
