// How arguments enter an operation: host scalars become nodes, dtypes are checked, `expand` nodes broadcast.
import { floatOf, isComplex, isFloat } from '../dtype.ts'
import type { Complex, DType } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { constant, lift, make } from '../make.ts'
import { Node } from '../node.ts'
import { broadcast, show } from '../shape.ts'
import type { ShapeInfo } from '../shape.ts'
import { cast } from './cast.ts'

/** What an operation accepts where it computes with numbers. */
export type Operand = Node | number | boolean | Complex

/** A node for `x`. A host scalar takes the precision of `like`, the tensor that it meets, whatever its value. */
export const operand = (op: string, x: Operand, like?: DType): Node => lift(x, like, op)

export const expandTo = (x: Node, to: ShapeInfo): Node => (x.info === to ? x : make('expand', [x], to.dims))

/** The shape to which both broadcast. @throws ShapeError naming the first dimensions that differ. */
export const meet = (op: string, a: ShapeInfo, b: ShapeInfo): ShapeInfo => {
  const met = broadcast(a, b)
  if (met !== null) return met
  const facing = [...a.dims].reverse().map((n, k) => [n, b.dims.at(-1 - k) ?? 1] as const)
  const [x, y] = facing.find(([n, m]) => n !== m && n !== 1 && m !== 1)!
  throw new ShapeError(`${op}: shapes ${show(a)} and ${show(b)} do not broadcast: counted from the right, `
    + `${x} meets ${y}; insert a dimension of 1 with expandDims, or reshape`)
}

/** Both operands as nodes of one shape. */
export const pair = (op: string, a: Operand, b: Operand): readonly [Node, Node] => {
  const x = lift(a, b instanceof Node && !b.weak ? b.dtype : undefined, op)
  const y = lift(b, x.dtype, op)
  if (x.info === y.info) return [x, y]
  const to = meet(op, x.info, y.info)
  return [expandTo(x, to), expandTo(y, to)]
}

/** As floating point: what exp, sqrt or a mean of integers is computed in. */
export const floating = (x: Node): Node => cast(x, floatOf(x.dtype))

/** The same, unless a floating-point tensor beside it decides the precision. */
export const floatingBeside = (x: Operand, other: Operand): Operand =>
  x instanceof Node && !(other instanceof Node && isFloat(other.dtype)) ? floating(x) : x

/** Arithmetic on truth values counts them. */
export const counted = (x: Node): Node => (x.dtype === 'bool' ? cast(x, 'int32') : x)

/** Refuses complex numbers where mathematics has no meaning for them. */
export const ordered = (op: string, x: Node): Node => {
  if (isComplex(x.dtype)) throw new DTypeError(`${op}: complex numbers have no order: compare abs() or real()`)
  return x
}

/** A number known from the structure, spread over a shape. */
export const filled = (value: number, dtype: DType, info: ShapeInfo): Node => expandTo(constant(value, dtype), info)
