// The error function: x + x·P(x²) up to 1, and 1 − exp(Q(x)) beyond, where Q is the logarithm of its complement.
import { expNormal } from './exponential.ts'
import {
  bitsOf, choose, fromBits, isNaNBits, magnitude, or, polynomial, quietNaN, sign, single, smaller, toBits, 
  type Expansion,
} from './words.ts'

/** erf(x)/x − 1 in x², and log(1 − erf x) for 1 ≤ x ≤ 3.95. */
const near = [0.12837917, -0.3761263, 0.11283618, -0.026855126, 0.005190734, -0.00080307614, 7.920368e-5] as const
const logTail = [
  0.00018804033, -1.1295785, -0.6332197, -0.10841884, 0.025208455, -0.0042046425, 0.000441353, -2.168821e-5,
] as const

export const erf: Expansion = (b, x) => {
  const m = magnitude(b, x)
  const a = fromBits(b, m)
  const tail = expNormal(b, polynomial(b, a, logTail))
  const slope = b.mul(a, single(b, 2 / Math.sqrt(Math.PI))) // where the sum may have a subnormal term
  const size = choose(b, [
    [smaller(b, m, 2 ** -60), toBits(b, slope)],
    [smaller(b, m, 1), toBits(b, b.add(a, b.mul(a, polynomial(b, b.mul(a, a), near))))],
    [smaller(b, m, 3.95), toBits(b, b.sub(single(b, 1), tail))],
    [isNaNBits(b, m), quietNaN],
  ], bitsOf(1))
  return fromBits(b, or(b, size, sign(b, x)))
}
