// The precision with which numbers are really computed: on a device it may be less than their dtype says.
import { epsilonOn, placeOf, type Backend } from '../core/backend.ts'
import type { Node } from '../core/node.ts'

/** Where these tensors are computed with. */
export const backendOf = (xs: readonly Node[]): Backend => placeOf(xs, (x) => x.data)

/** Distance from 1 to the next number in the precision of `x`. */
export const resolutionOf = (x: Node): number => epsilonOn(backendOf([x]), x.dtype)
