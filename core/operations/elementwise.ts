// Arithmetic and elementary functions, number by number.
import { isComplex, isFloat } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { constant, make } from '../make.ts'
import { Node } from '../node.ts'
import { lessEqual, where } from './comparison.ts'
import { counted, filled, floating, floatingBeside, operand, ordered, pair } from './operand.ts'
import type { Operand } from './operand.ts'

// --- one operand ---------------------------------------------------------------------------------------------------

type Elementary =
  | 'exp' | 'expm1' | 'log' | 'log1p' | 'log2' | 'log10' | 'sqrt' | 'sin' | 'cos' | 'tan' | 'sinh' | 'cosh' | 'tanh'
  | 'asin' | 'acos' | 'atan' | 'asinh' | 'acosh' | 'atanh' | 'sigmoid' | 'softplus'
const elementary = (op: Elementary) => (x: Operand): Node => make(op, [floating(operand(op, x))])

export const exp = elementary('exp')
export const expm1 = elementary('expm1')
export const log = elementary('log')
export const log1p = elementary('log1p')
export const log2 = elementary('log2')
export const log10 = elementary('log10')
export const sqrt = elementary('sqrt')
export const sin = elementary('sin')
export const cos = elementary('cos')
export const tan = elementary('tan')
export const sinh = elementary('sinh')
export const cosh = elementary('cosh')
export const tanh = elementary('tanh')
export const asin = elementary('asin')
export const acos = elementary('acos')
export const atan = elementary('atan')
export const asinh = elementary('asinh')
export const acosh = elementary('acosh')
export const atanh = elementary('atanh')
export const sigmoid = elementary('sigmoid')
export const softplus = elementary('softplus')

const special = (op: 'erf' | 'lgamma') => (x: Operand): Node => {
  const node = operand(op, x)
  if (isComplex(node.dtype)) throw new DTypeError(`${op}: defined for real numbers only: take real(), imag() or abs()`)
  return make(op, [floating(node)])
}

export const erf = special('erf')
export const lgamma = special('lgamma')

const rounding = (op: 'floor' | 'ceil' | 'round') => (x: Operand): Node => {
  const node = operand(op, x)
  if (isComplex(node.dtype)) throw new DTypeError(`${op}: defined for real numbers only: round real() and imag() apart`)
  return isFloat(node.dtype) ? make(op, [node]) : node
}

export const floor = rounding('floor')
export const ceil = rounding('ceil')
export const round = rounding('round')

export const neg = (x: Operand): Node => make('neg', [counted(operand('neg', x))])
export const square = (x: Operand): Node => {
  const node = operand('square', x)
  return make('mul', [node, node])
}
export const reciprocal = (x: Operand): Node => {
  const node = floating(operand('reciprocal', x))
  return make('div', [filled(1, node.dtype, node.info), node])
}

// --- parts of a complex number -------------------------------------------------------------------------------------

export const abs = (x: Operand): Node => {
  const node = operand('abs', x)
  return node.dtype === 'bool' ? node : make('abs', [node])
}

/** |z|² without the root: smooth at zero. */
export const abs2 = (x: Operand): Node => {
  const node = operand('abs2', x)
  return node.dtype === 'bool' ? node : make('abs2', [node])
}

export const angle = (x: Operand): Node => make('angle', [floating(operand('angle', x))])

export const real = (x: Operand): Node => {
  const node = operand('real', x)
  return isComplex(node.dtype) ? make('real', [node]) : node
}

export const imag = (x: Operand): Node => {
  const node = operand('imag', x)
  return isComplex(node.dtype) ? make('imag', [node]) : filled(0, node.dtype, node.info)
}

export const conj = (x: Operand): Node => {
  const node = operand('conj', x)
  return isComplex(node.dtype) ? make('conj', [node]) : node
}

/** z/|z|, which for real numbers is the sign; 0 at 0. */
export const phase = (x: Operand): Node => {
  const node = operand('phase', x)
  if (isComplex(node.dtype)) return make('phase', [node])
  return node.dtype === 'bool' ? node : make('sign', [node])
}

export const sign = phase

// --- two operands --------------------------------------------------------------------------------------------------

const arithmetic = (op: 'add' | 'sub' | 'mul') => (a: Operand, b: Operand): Node => make(op, pair(op, a, b))

export const add = arithmetic('add')
export const sub = arithmetic('sub')
export const mul = arithmetic('mul')

// The quotient of integers is float64 anyway, so beside integers any host number is welcome.
const quotients = (op: string, a: Operand, b: Operand): readonly [Node, Node] =>
  pair(op, floatingBeside(a, b), floatingBeside(b, a))

export const div = (a: Operand, b: Operand): Node => make('div', quotients('div', a, b))

export const atan2 = (a: Operand, b: Operand): Node => {
  const [y, x] = quotients('atan2', a, b)
  if (isComplex(y.dtype) || isComplex(x.dtype)) {
    throw new DTypeError('atan2: defined for real numbers only: for a complex tensor use angle()')
  }
  return make('atan2', [y, x])
}

/** √(a² + b²) without overflow on the way. */
export const hypot = (a: Operand, b: Operand): Node => {
  const [x, y] = quotients('hypot', a, b)
  if (isComplex(x.dtype) || isComplex(y.dtype)) throw new DTypeError('hypot: defined for real numbers only: take abs()')
  return make('abs', [make('complex', [x, y])])
}

const extremum = (op: 'maximum' | 'minimum') => (a: Operand, b: Operand): Node => {
  const [x, y] = pair(op, a, b)
  return make(op, [ordered(op, x), ordered(op, y)])
}

export const maximum = extremum('maximum')
export const minimum = extremum('minimum')
export const clip = (x: Operand, lo: Operand, hi: Operand): Node => {
  const node = ordered('clip', operand('clip', x))
  return minimum(maximum(node, operand('clip', lo, node.dtype)), operand('clip', hi, node.dtype))
}

/** max(x, 0), written so that NaN passes and the gradient at 0 is 0. */
export const relu = (x: Operand): Node => {
  const node = ordered('relu', operand('relu', x))
  return where(lessEqual(node, constant(0, node.dtype)), constant(0, node.dtype), node)
}

const integerPower = (x: Node, n: number): Node => {
  if (!isFloat(x.dtype) && n < 0) {
    throw new DTypeError(`pow: ${x.dtype} to the power ${n} is not an integer: cast the tensor to float64 first`)
  }
  return n === 1 ? counted(x) : make('ipow', [counted(x)], [n])
}

/** x^b. An integer number as exponent takes exact products; everything else is exp(b·log x) on the principal branch. */
export const pow = (x: Operand, b: Operand): Node => {
  const base = operand('pow', x, b instanceof Node && !b.weak ? b.dtype : undefined)
  if (typeof b === 'number' && b === (b | 0)) return integerPower(base, b | 0)
  const [z, w] = pair('pow', base, b)
  if (!isFloat(z.dtype) && !isFloat(w.dtype)) {
    throw new DTypeError(`pow: exponents that are ${w.dtype} may be negative, and the power no integer: `
      + 'cast to float64 first, or give the exponent as a number')
  }
  return make('pow', [z, w])
}
