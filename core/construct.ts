// Making tensors out of numbers, arrays and nothing.
import { allocate, code, dtypes, isComplex, isDType, isStorageOf, widthOf } from './dtype.ts'
import type { Complex, DType, HostArray } from './dtype.ts'
import { describe } from './describe.ts'
import { DTypeError, OptionError, ShapeError } from './errors.ts'
import { make } from './make.ts'
import { leaf, Node } from './node.ts'
import { cast } from './operations/cast.ts'
import { add, mul } from './operations/elementwise.ts'
import { expandTo, filled, floatingBeside, pair } from './operations/operand.ts'
import type { Operand } from './operations/operand.ts'
import { shape, show } from './shape.ts'

export { eye } from './operations/diagonal.ts'

type Host = number | boolean | Complex
export type Nested = Host | readonly Nested[]

const known = (op: string, dtype: DType): DType => {
  if (isDType(dtype)) return dtype
  throw new OptionError(`${op}: there is no dtype ${String(dtype)}: there are ${dtypes.join(', ')}`)
}

// --- from numbers --------------------------------------------------------------------------------------------------

const isHost = (x: unknown): x is Host => typeof x === 'number' || typeof x === 'boolean' || (typeof x === 'object'
  && x !== null && 're' in x && 'im' in x && typeof x.re === 'number' && typeof x.im === 'number')

const isList = (x: Nested): x is readonly Nested[] => Array.isArray(x)

const outline = (data: Nested): readonly number[] => {
  const dims: number[] = []
  let inner: Nested | undefined = data
  while (inner !== undefined && isList(inner)) {
    dims.push(inner.length)
    inner = inner[0]
    if (dims.length > 100) throw new ShapeError('tensor: the arrays are nested without end: they contain themselves')
  }
  return dims
}

const where = (path: readonly number[]): string => (path.length === 0 ? '' : ` at [${path.join('][')}]`)

const wayOut = (x: unknown): string =>
  x instanceof Node ? ': use stack() or concat() for tensors'
    : ArrayBuffer.isView(x) ? ': use fromTypedArray(data, shape)' : ''

/** The numbers in row-major order. @throws ShapeError unless every array at one depth has the same length. */
const flatten = (data: Nested, dims: readonly number[]): readonly Host[] => {
  const flat: Host[] = []
  const visit = (x: Nested, path: readonly number[]): void => {
    const n = dims[path.length]
    if (isList(x)) {
      if (x.length !== n) {
        throw new ShapeError(n === undefined ? `tensor: expected a number${where(path)}, found an array`
          : `tensor: the array${where(path)} has length ${x.length} where its neighbours have ${n}`)
      }
      for (let k = 0; k < x.length; k++) visit(x[k]!, [...path, k]) // holes count, and are refused
    } else if (!isHost(x)) {
      throw new DTypeError(`tensor: the value${where(path)} is ${describe(x)}, neither a number nor { re, im }${wayOut(x)}`)
    } else if (n !== undefined) {
      throw new ShapeError(`tensor: expected an array of length ${n}${where(path)}, found a number`)
    } else flat.push(x)
  }
  visit(data, [])
  return flat
}

const natural = (values: readonly Host[]): DType =>
  values.some((x) => typeof x === 'object') ? 'complex128'
    : values.length > 0 && values.every((x) => typeof x === 'boolean') ? 'bool' : 'float64'

const refuse = (x: Host, dtype: DType, way: string): never => {
  const text = typeof x === 'object' ? `${x.re} + ${x.im}i` : String(x)
  throw new DTypeError(`tensor: ${text} is no ${dtype}: ${way}`)
}

const store = (data: HostArray, at: number, x: Host, dtype: DType): void => {
  if (isComplex(dtype)) {
    data[2 * at] = typeof x === 'object' ? x.re : Number(x)
    data[2 * at + 1] = typeof x === 'object' ? x.im : 0
    return
  }
  if (typeof x === 'object') return refuse(x, dtype, 'use complex64 or complex128')
  const number = Number(x)
  if (dtype === 'int32' && number !== (number | 0)) return refuse(x, dtype, 'use float64')
  if (dtype === 'bool' && number !== 0 && number !== 1) return refuse(x, dtype, 'use notEqual(0) on a float64 tensor')
  data[at] = number
}

/** Nested arrays of numbers, booleans or { re, im }: complex128 if any is complex, bool if all are, else float64. */
export const tensor = (data: Nested, dtype?: DType): Node => {
  const dims = outline(data)
  const values = flatten(data, dims)
  const type = dtype === undefined ? natural(values) : known('tensor', dtype)
  const storage = allocate(type, values.length)
  values.forEach((x, k) => store(storage, k, x, type))
  return leaf(storage, type, shape(dims))
}

// --- from typed arrays ---------------------------------------------------------------------------------------------

const storageDType = (op: string, data: unknown): DType => {
  if (data instanceof Float64Array) return 'float64'
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Int32Array) return 'int32'
  if (data instanceof Uint8Array) return 'bool'
  throw new DTypeError(`${op}: expected a Float64Array, Float32Array, Int32Array or (for bool) Uint8Array: `
    + (Array.isArray(data) ? 'use tensor(…) for arrays' : 'convert it first'))
}

const described = (op: string, data: HostArray, dims: readonly number[] | undefined, dtype: DType | undefined) => {
  const natural = storageDType(op, data)
  const type = dtype === undefined ? natural : known(op, dtype)
  if (!isStorageOf(type, data)) {
    const wanted = allocate(type, 0).constructor.name
    throw new DTypeError(`${op}: ${type} is stored in a ${wanted}, not a ${data.constructor.name}: `
      + `make a ${natural} tensor and cast it`)
  }
  const info = shape(dims ?? [Math.floor(data.length / widthOf(type))])
  const needed = info.size * widthOf(type)
  if (needed !== data.length) {
    throw new ShapeError(`${op}: ${type} ${show(info)} needs ${needed} numbers, the array holds ${data.length}`
      + (isComplex(type) ? ' (re and im of each element)' : ''))
  }
  return { type, info }
}

/** A copy of a typed array, in row-major order; complex storage is re, im, re, im, … */
export const fromTypedArray = (data: HostArray, dims?: readonly number[], dtype?: DType): Node => {
  const { type, info } = described('fromTypedArray', data, dims, dtype)
  if (type === 'bool' && dtype === undefined && data.some((x) => x > 1)) {
    throw new DTypeError('fromTypedArray: these bytes are no truth values 0 and 1: '
      + "for numbers hand over Float64Array.from(data), for data ≠ 0 give the dtype 'bool'")
  }
  return leaf(type === 'bool' ? Uint8Array.from(data, (x) => Number(x !== 0)) : data.slice(), type, info)
}

/** A tensor over the array itself. */
export const wrap = (data: HostArray, dims?: readonly number[], dtype?: DType): Node => {
  const { type, info } = described('wrap', data, dims, dtype)
  if (type === 'bool' && data.some((x) => x > 1)) {
    throw new DTypeError("wrap: bool is stored as 0 and 1: use fromTypedArray(data, shape, 'bool')")
  }
  return leaf(data, type, info)
}

/** re + i·im. */
export const complex = (re: Operand, im: Operand): Node => {
  const [x, y] = pair('complex', floatingBeside(re, im), floatingBeside(im, re))
  if (isComplex(x.dtype) || isComplex(y.dtype)) {
    throw new DTypeError('complex: both parts must be real: take real() or imag()')
  }
  return make('complex', [x, y])
}

// --- from nothing --------------------------------------------------------------------------------------------------

const uniformly = (op: string, value: number) => (dims: readonly number[], dtype: DType = 'float64'): Node =>
  filled(value, known(op, dtype), shape(dims))

export const zeros = uniformly('zeros', 0)
export const ones = uniformly('ones', 1)
export const zerosLike = (x: Node): Node => filled(0, x.dtype, x.info)

export const full = (dims: readonly number[], value: Operand, dtype?: DType): Node => {
  const like = dtype === undefined ? undefined : known('full', dtype)
  const node = value instanceof Node ? value : tensor(value, like)
  if (node.info.rank > 0) throw new ShapeError(`full: the value is one number, not of shape ${show(node.info)}`)
  return expandTo(like === undefined ? node : cast(node, like), shape(dims))
}

const finite = (op: string, ...numbers: readonly number[]): void => {
  const bad = numbers.find((x) => !Number.isFinite(x))
  if (bad !== undefined) throw new OptionError(`${op}: bounds and steps are finite numbers, not ${bad}`)
}

const counting = (n: number): Node => make('iota', [], [code('float64'), n])

/** start, start + step, … before stop; `arange(stop)` starts at 0. */
export const arange = (first: number, stop?: number, step = 1): Node => {
  const [from, to] = stop === undefined ? [0, first] : [first, stop]
  finite('arange', from, to, step)
  if (step === 0) throw new OptionError('arange: the step is 0')
  const steps = counting(Math.max(0, Math.ceil((to - from) / step)))
  const scaled = step === 1 ? steps : mul(steps, step)
  return from === 0 ? scaled : add(scaled, from)
}

/** `num` equally spaced numbers from start to stop, both included exactly. */
export const linspace = (start: number, stop: number, num: number): Node => {
  finite('linspace', start, stop)
  if (!(Number.isInteger(num) && num >= 0)) throw new OptionError(`linspace: num is an integer ≥ 0, not ${num}`)
  const gaps = Math.max(1, num - 1)
  const at = (k: number): number => (k === gaps ? stop : start + ((stop - start) * k) / gaps)
  return leaf(Float64Array.from({ length: num }, (_, k) => at(k)), 'float64', shape([num]))
}
