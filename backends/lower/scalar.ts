// The meaning of every elementwise primitive in real arithmetic: here, and only here, a complex scalar becomes a pair
// of real expressions. Formulas follow C99's Annex G on cuts and special values; a rare path costs the common one its
// test alone.
import type { ElementwisePrimitive } from '../../core/primitive.ts'
import { arithmeticRules } from './scalar/arithmetic.ts'
import { exponentialRules } from './scalar/exponential.ts'
import { hyperbolicRules } from './scalar/hyperbolic.ts'
import { inverseRules } from './scalar/inverse.ts'
import { logarithmRules } from './scalar/logarithm.ts'
import { logicRules } from './scalar/logic.ts'
import { modulusRules } from './scalar/modulus.ts'
import { powerRules } from './scalar/power.ts'
import { realRules } from './scalar/real.ts'
import type { ScalarRule } from './scalar/rule.ts'

export { float32Limits, float64Limits, type Limits } from './scalar/limits.ts'
export { isElementwise, type ElementwisePrimitive } from '../../core/primitive.ts'
export type { ScalarContext, ScalarRule } from './scalar/rule.ts'

export const scalarRules = {
  ...arithmeticRules, ...modulusRules, ...powerRules, ...realRules, ...logicRules,
  ...exponentialRules, ...logarithmRules, ...hyperbolicRules, ...inverseRules,
} satisfies Readonly<Record<ElementwisePrimitive, ScalarRule>>
