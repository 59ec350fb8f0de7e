// Conversion between element types.
import { isComplex, isDType, code } from '../dtype.ts'
import type { DType } from '../dtype.ts'
import { DTypeError, OptionError } from '../errors.ts'
import { make } from '../make.ts'
import type { Node } from '../node.ts'

const wayOut = (to: DType): string =>
  to === 'bool' ? 'compare it with notEqual(0)' : 'take real(), imag() or abs()'

/** The same numbers as `dtype`; a complex tensor never loses its imaginary part silently. */
export const cast = (x: Node, dtype: DType): Node => {
  if (x.dtype === dtype) return x
  if (!isDType(dtype)) throw new OptionError(`cast: there is no dtype ${String(dtype)}`)
  if (isComplex(x.dtype) && !isComplex(dtype)) {
    throw new DTypeError(`cast: a complex tensor cannot become ${dtype}: ${wayOut(dtype)}`)
  }
  return make('cast', [x], [code(dtype)])
}
