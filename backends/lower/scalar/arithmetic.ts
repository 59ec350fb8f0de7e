// + − × ÷, negation, conjugation and integer powers. A real operand has no imaginary part, so nothing is multiplied by
// 0 in its name; int32 wraps; truth values count as 0 and 1.
import type { Builder, Expr, Value } from '../expression.ts'
import { complexProduct, complexSquare, plus, scaleBy, times } from './product.ts'
import { complexQuotient } from './quotient.ts'
import { complex, limitsOf, number, real, type Complex, type ScalarContext, type ScalarRule } from './rule.ts'

const wrap = (b: Builder, c: ScalarContext, x: Expr): Value => real(c.dtype === 'int32' ? b.unary('toInt32', x) : x)

const neg: ScalarRule = (b, args, c) => {
  const x = b.neg(number(b, args, c))
  const { im } = args[0]!
  return im === null ? wrap(b, c, x) : { re: x, im: b.neg(im) }
}

const conj: ScalarRule = (b, [z]) => ({ re: z!.re, im: z!.im === null ? null : b.neg(z!.im) })

const add: ScalarRule = (b, args, c) => {
  const re = plus(b, number(b, args, c, 0), number(b, args, c, 1))
  const [p, q] = [args[0]!.im, args[1]!.im]
  if (p === null && q === null) return wrap(b, c, re)
  return { re, im: p === null ? q : q === null ? p : plus(b, p, q) }
}

const sub: ScalarRule = (b, args, c) => {
  const re = b.sub(number(b, args, c, 0), number(b, args, c, 1))
  const [p, q] = [args[0]!.im, args[1]!.im]
  if (p === null && q === null) return wrap(b, c, re)
  return { re, im: p === null ? b.neg(q!) : q === null ? p : b.sub(p, q) } // one of the two is there
}

const mul: ScalarRule = (b, args, c) => {
  const [x, y] = [number(b, args, c, 0), number(b, args, c, 1)]
  const [p, q] = [args[0]!.im, args[1]!.im]
  if (p === null && q === null) return real(c.dtype === 'int32' ? b.binary('imul', x, y) : times(b, x, y))
  if (p === null) return scaleBy(b, { re: y, im: q! }, x) // then q is there
  if (q === null) return scaleBy(b, { re: x, im: p }, y)
  return complexProduct(b, { re: x, im: p }, { re: y, im: q })
}

const div: ScalarRule = (b, args, c) => {
  const [x, y] = [number(b, args, c, 0), number(b, args, c, 1)]
  const [p, q] = [args[0]!.im, args[1]!.im]
  if (q !== null) return complexQuotient(b, { re: x, im: p }, { re: y, im: q }, limitsOf(c))
  return { re: b.div(x, y), im: p === null ? null : b.div(p, y) }
}

/** x^n for n ≥ 1 by repeated squaring. */
const raise = <A>(x: A, n: number, product: (p: A, q: A) => A, squared: (p: A) => A): A => {
  let power = x
  let result: A | null = null
  for (let k = n; ; power = squared(power)) {
    if (k % 2 === 1) result = result === null ? power : product(result, power)
    k = Math.floor(k / 2)
    if (k === 0) return result! // n ≥ 1 has a leading bit
  }
}

/** Beyond this exponent the rounding errors of a product outweigh what Math.pow costs. */
const longestProduct = 32

const ipow: ScalarRule = (b, args, c) => {
  const n = c.attrs[0]!
  const one = b.constant(1)
  const { im } = args[0]!
  const k = Math.abs(n)
  if (im !== null) {
    if (n === 0) return { re: one, im: b.constant(0) }
    const z = raise<Complex>(complex(b, args, c), k, (p, q) => complexProduct(b, p, q), (p) => complexSquare(b, p))
    return n > 0 ? z : complexQuotient(b, real(one), z, limitsOf(c))
  }
  if (n === 0) return real(one)
  const x = number(b, args, c)
  const product = (p: Expr, q: Expr): Expr => (c.dtype === 'int32' ? b.binary('imul', p, q) : times(b, p, q))
  if (k > longestProduct && c.dtype !== 'int32') return real(b.binary('pow', x, b.constant(n)))
  const power = raise(x, k, product, (p) => product(p, p))
  return real(n > 0 ? power : b.div(one, power))
}

export const arithmeticRules = { neg, conj, add, sub, mul, div, ipow } as const
