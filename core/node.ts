// The one tensor class. A concrete node has a value (or, for broadcasts and the like, gets it when something needs it);
// a symbolic one is a primitive applied to nodes and belongs to the oldest open trace below it.
import type { Storage } from './backend.ts'
import type { DType } from './dtype.ts'
import { TraceError } from './errors.ts'
import type { Aval, Primitive } from './primitive.ts'
import type { ShapeInfo } from './shape.ts'

/**
 * The extent of one transformation. While it is open, what is built on its variables stays symbolic. The variables of an
 * abstract trace (jit) have no values; those of the others (grad, vjp, jvp) know the value of what they stand for.
 */
export class Trace {
  static #count = 0
  readonly order = ++Trace.#count
  readonly name: string
  readonly abstract: boolean
  open = true
  constructor(name: string, abstract: boolean) {
    this.name = name
    this.abstract = abstract
  }
}

/** What `customVjp` keeps with its node: cotangents of the arguments from (arguments, result, cotangent of the result). */
export type Pullback = (args: readonly Node[], result: Node, cotangent: Node) => readonly Node[]

/** What a new node is made of, besides its type. */
export interface Parts {
  readonly primitive: Primitive
  readonly args?: readonly Node[]
  readonly attrs?: readonly number[]
  readonly outputs?: readonly Aval[] | null
  readonly owner?: Trace | null
  readonly data?: Storage | null
  readonly weak?: boolean
  readonly pullback?: Pullback | null
}

const none: readonly never[] = []
let count = 0

export class Node {
  /** Grows with time: a node's operands have smaller ids, so every pass can stop below its variable. */
  readonly id: number
  readonly dtype: DType
  readonly info: ShapeInfo
  readonly outputs: readonly Aval[] | null
  /** A number handed to jit: it takes the precision of the tensor that it meets. */
  readonly weak: boolean
  readonly pullback: Pullback | null
  // The remaining fields change once: when a node receives its value, or when its trace has closed.
  primitive: Primitive
  args: readonly Node[]
  attrs: readonly number[]
  owner: Trace | null
  data: Storage | null

  constructor(dtype: DType, info: ShapeInfo, parts: Parts) {
    this.id = ++count
    this.dtype = dtype
    this.info = info
    this.outputs = parts.outputs ?? null
    this.weak = parts.weak ?? false
    this.pullback = parts.pullback ?? null
    this.primitive = parts.primitive
    this.args = parts.args ?? none
    this.attrs = parts.attrs ?? none
    this.owner = parts.owner ?? null
    this.data = parts.data ?? null
  }

  get shape(): readonly number[] { return this.info.dims }

  /** Tensors are no numbers: `x + 1` and `x > 0` would be silently wrong. Template strings print. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return String(this.toString())
    throw new TraceError(this.weak
      ? 'a number handed to jit is a tensor inside, since it may change from call to call: use add(), where() …, '
        + 'or let the function capture it from outside, which fixes it'
      : 'a tensor is not a number: use add(), mul(), less() …, or item() to read a scalar; in strings write `${x}`')
  }
}

/** A concrete tensor over this storage, which it takes over. */
export const leaf = (data: Storage, dtype: DType, info: ShapeInfo): Node => new Node(dtype, info, { primitive: 'input', data })

/** The variable of an abstract trace. */
export const variable = (trace: Trace, dtype: DType, info: ShapeInfo, weak = false): Node =>
  new Node(dtype, info, { primitive: 'variable', owner: trace, weak })

/** The variable of a lazy trace: an alias of what it stands for, so that outer derivatives keep their way through it. */
export const alias = (trace: Trace, of: Node): Node =>
  new Node(of.dtype, of.info, { primitive: 'alias', args: [of], owner: of.owner !== null && of.owner.open ? of.owner : trace })

/** Runs `body` while `trace` is open. */
export const within = <A>(trace: Trace, body: () => A): A => {
  try {
    return body()
  } finally {
    trace.open = false
  }
}
