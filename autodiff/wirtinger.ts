// Both derivatives of a complex function: ∂f/∂z and ∂f/∂z̄.
import { allocate, isComplex } from '../core/dtype.ts'
import { DerivativeError, ShapeError } from '../core/errors.ts'
import { constant } from '../core/make.ts'
import { leaf, type Node } from '../core/node.ts'
import { add, conj, mul, sub } from '../core/operations/elementwise.ts'
import { filled } from '../core/operations/operand.ts'
import { scalar, show } from '../core/shape.ts'
import { tangents } from './forward.ts'
import { complexified, literal, timesI } from './kinds.ts'
import { cotangents } from './reverse.ts'
import { largest, oneTensor, parameters, requireFunction, transform } from './scope.ts'
import type { Wirtinger } from './types.ts'

/** Value, ∂f/∂z and ∂f/∂z̄. */
export interface Both { readonly value: Node; readonly dz: Node; readonly dzbar: Node }

/** A direction with no special relation to anything. */
const probe = (like: Node): Node => {
  const data = allocate(like.dtype, like.info.size)
  for (let k = 0; k < data.length; k++) data[k] = Math.cos(1 + 2.4 * k)
  return leaf(data, like.dtype, like.info)
}

/**
 * From the pullbacks g1 of 1 and g2 of i: ∂f/∂z = ½(conj g1 + i·conj g2) and ∂f/∂z̄ = ½(g1 + i·g2). The seeds are ones
 * at every element, which is right as long as no element of the result depends on two of the parameter.
 */
export const both = (operation: string, f: (z: never) => unknown, params: unknown): Both => {
  requireFunction(operation, f)
  const parts = parameters(operation, params)
  const z = parts.leaves[0]
  if (parts.structure.kind !== 'leaf' || z === undefined || !isComplex(z.dtype)) {
    throw new DerivativeError(`${operation}: takes one complex tensor: use grad() or jacobian() for real parameters`)
  }
  const v = probe(z)
  const [value, dz, dzbar, tangent] = transform(f, [z], ([variable]) => {
    const y = oneTensor(operation, f(variable as never)) // the caller's type
    if (y.info !== scalar && y.info !== z.info) {
      throw new ShapeError(`${operation}: f takes ${show(z.info)} to ${show(y.info)}: `
        + 'it must return a scalar, or act element by element')
    }
    const one = filled(1, literal(1, y).dtype, y.info)
    const pulled = (seed: Node): Node => complexified(cotangents([y], [seed], [variable!])[0]!)
    const g1 = pulled(one)
    const g2 = isComplex(y.dtype) ? pulled(timesI(one)) : pulled(filled(0, y.dtype, y.info))
    const half = constant(0.5, literal(1, z).dtype)
    const mixed = y.info === scalar ? [] : tangents([y], [variable!], [v])
    return [y, mul(half, add(conj(g1), timesI(conj(g2)))), mul(half, add(g1, timesI(g2))), ...mixed]
  })
  if (tangent !== undefined && tangent.owner === null && z.info !== scalar) {
    const expected = add(mul(dz!, v), mul(dzbar!, conj(v)))
    const scale = largest(dz!, 'wirtinger') + largest(dzbar!, 'wirtinger')
    if (largest(sub(complexified(tangent), expected), 'wirtinger') > 1e-3 * scale) {
      throw new DerivativeError(`${operation}: elements of f(z) depend on several elements of z: `
        + 'sum to a scalar, or use vjp() and jvp() for the whole derivative')
    }
  }
  return { value: value!, dz: dz!, dzbar: dzbar! }
}

/**
 * Both Wirtinger derivatives ∂f/∂z = ½(∂f/∂x − i·∂f/∂y) and ∂f/∂z̄ = ½(∂f/∂x + i·∂f/∂y), so that
 * df = ∂f/∂z·dz + ∂f/∂z̄·conj(dz). They have the shape of z.
 *
 * `f` takes a complex tensor to a scalar (then these are all its partial derivatives), or acts element by element. A
 * real result has ∂f/∂z̄ = conj(∂f/∂z), half its gradient.
 *
 * @throws DerivativeError for a real parameter, or when elements of the result depend on several of z
 * @throws ShapeError for a result of another shape
 * @example
 * ```ts
 * import { tensor, wirtinger } from 'wirtinger'
 * const { dz, dzbar } = wirtinger((z) => z.mul(z.conj()).mul(z))(tensor({ re: 1, im: 1 })) // z²z̄: 2zz̄ and z²
 * console.log(dz.item(), dzbar.item()) // { re: 4, im: 0 } { re: 0, im: 2 }
 * ```
 * @see W. Wirtinger, Zur formalen Theorie der Funktionen von mehr komplexen Veränderlichen, 1927
 */
export const wirtinger: Wirtinger = (f) => (z) =>
  both('wirtinger', f as never, z) as never // untyped inside; dtype and shape of z
