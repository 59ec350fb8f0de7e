// Making nodes: the one place where an operation becomes a value or a piece of a graph.
import { describe } from './describe.ts'
import { allocate, code, complexOf, floatOf, isComplex, isFloat, isReal, realOf, type Complex, type DType } from './dtype.ts'
import { DTypeError } from './errors.ts'
import { force, settle } from './evaluate.ts'
import { DeviceArray } from './backend.ts'
import { leaf, Node, type Pullback, type Trace } from './node.ts'
import { isElementwise, typeRules, type Aval, type Primitive } from './primitive.ts'
import { scalar, type ShapeInfo } from './shape.ts'

const none: readonly number[] = []

/** Concrete nodes of these wait for their value until something needs it: fused with its consumer they may cost nothing. */
const deferred: ReadonlySet<Primitive> = new Set(['constant', 'iota', 'expand', 'reshape', 'alias', 'stop', 'custom'])

/** Among the operands' open traces the oldest owns the result. Operands of closed traces settle, or throw. */
const owner = (args: readonly Node[]): Trace | null => {
  let oldest: Trace | null = null
  for (const a of args) {
    if (a.owner === null) continue
    if (!a.owner.open) settle(a)
    else if (oldest === null || a.owner.order < oldest.order) oldest = a.owner
  }
  return oldest
}

/**
 * Applies a primitive: checks types and shapes, then computes at once if every operand is concrete, and stays symbolic
 * otherwise.
 */
export const make = (primitive: Primitive, args: readonly Node[], attrs: readonly number[] = none, pullback: Pullback | null = null): Node => {
  const trace = owner(args)
  const type: Aval | readonly Aval[] = typeRules[primitive](args, attrs)
  const outputs = Array.isArray(type) ? type as readonly Aval[] : null // isArray does not narrow readonly arrays
  const { dtype, info } = outputs === null ? type as Aval : outputs[0]! // the other branch
  const node = new Node(dtype, info, { primitive, args, attrs, outputs, owner: trace, pullback })
  if (trace !== null || outputs !== null || deferred.has(primitive)) return node
  if (isElementwise(primitive)) {
    const numbers = args.map(repeated)
    if (numbers.every((x) => x !== null)) return ofNumbers(primitive, numbers, attrs, info)
  }
  force(node)
  return node
}

/** The number of which a concrete tensor is made, if that is known without its storage. */
const repeated = (a: Node): Node | null => {
  let x = a
  while (x.data === null && (x.primitive === 'expand' || x.primitive === 'reshape')) x = x.args[0]!
  if (x.info.size !== 1 || (x === a && x.primitive !== 'constant')) return null
  return x.info === scalar ? x : make('reshape', [x], [])
}

/** One number, repeated, gives one number, repeated; and numbers known from the structure give such a number. */
const ofNumbers = (primitive: Primitive, numbers: readonly Node[], attrs: readonly number[], info: ShapeInfo): Node => {
  const { dtype } = typeRules[primitive](numbers, attrs) as Aval // elementwise primitives have one result
  const computed = new Node(dtype, scalar, { primitive, args: numbers, attrs })
  const known = numbers.every((x) => x.primitive === 'constant') && isReal(dtype)
  const data = force(computed)
  const number = known && !(data instanceof DeviceArray) ? constant(data[0]!, dtype) : computed
  return info === scalar ? number : make('expand', [number], info.dims)
}

const bits = new Int32Array(2)
const double = new Float64Array(bits.buffer)

/** A number known from the structure of a formula (2, 1/n, 2/√π). Kernels print it; numbers that users pass go through `lift`. */
export const constant = (value: number, dtype: DType): Node => {
  double[0] = value
  return make('constant', [], [code(dtype), bits[0]!, bits[1]!])
}

const isHostComplex = (x: unknown): x is Complex =>
  typeof x === 'object' && x !== null && 're' in x && 'im' in x && typeof x.re === 'number' && typeof x.im === 'number'

const scalarNode = (dtype: DType, re: number, im = 0): Node => {
  const data = allocate(dtype, 1)
  data[0] = re
  if (isComplex(dtype)) data[1] = im
  return leaf(data, dtype, scalar)
}

/** The dtype that a host number takes beside a tensor of dtype `like`. It never depends on the number. */
const numberBeside = (like: DType | undefined): DType =>
  like === undefined ? 'float64' : like === 'bool' ? 'int32' : realOf(like)

/**
 * An operand as a node. A JS number or `{ re, im }` takes the precision of the tensor beside it, `like`.
 * @throws DTypeError for a non-integer number beside int32 or bool, and for what is no number at all.
 */
export const lift = (x: unknown, like?: DType, operation = 'operand'): Node => {
  if (x instanceof Node) {
    if (!x.weak || like === undefined) return x
    const dtype = isFloat(like) ? (isComplex(x.dtype) ? complexOf(like) : realOf(like)) : floatOf(like)
    return dtype === x.dtype ? x : make('cast', [x], [code(dtype)])
  }
  if (typeof x === 'number') {
    const dtype = numberBeside(like)
    if (dtype === 'int32' && x !== (x | 0)) {
      throw new DTypeError(`${operation}: ${x} is no 32-bit integer, and the tensor beside it is ${like ?? 'int32'}: call .cast('float64') on it first`)
    }
    return scalarNode(dtype, x)
  }
  if (typeof x === 'boolean') return scalarNode('bool', Number(x))
  if (isHostComplex(x)) return scalarNode(like === undefined || !isFloat(like) ? 'complex128' : complexOf(like), x.re, x.im)
  throw new DTypeError(`${operation}: ${describe(x)} is neither a tensor nor a number nor { re, im }`
    + (ArrayBuffer.isView(x) ? ': make a tensor of it with fromTypedArray()' : Array.isArray(x) ? ': wrap it in tensor()' : ''))
}
