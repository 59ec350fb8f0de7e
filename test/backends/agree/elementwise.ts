// Steps of a random program: elementwise primitives, away from cuts and poles. Those that jump act on exact values only.
import { code, isComplex, isFloat, isReal } from '../../../core/dtype.ts'
import type { Primitive } from '../../../core/primitive.ts'
import { all, complex, float, floats, partner, pick, real, shifted, someShape, type Step } from './operands.ts'

/** Functions of a real or complex number: the modulus up to which they are used, their greatest slope and value there. */
const smooth: readonly (readonly [Primitive, limit: number, slope: number, bound: number])[] = [
  ['exp', 1, 2.8, 2.8], ['expm1', 1, 2.8, 1.8], ['sin', 1, 1.6, 1.2], ['cos', 1, 1.2, 1.6], ['sinh', 1, 1.6, 1.2],
  ['cosh', 1, 1.2, 1.6], ['tanh', 1, 3.5, 1.6], ['tan', 1, 3.5, 1.6], ['asin', 0.5, 1.2, 0.6], ['acos', 0.5, 1.2, 2.2],
  ['atan', 0.5, 1.4, 0.6], ['asinh', 0.5, 1.2, 0.6], ['atanh', 0.5, 1.4, 0.6], ['log1p', 0.5, 2, 0.8],
  ['sigmoid', 1, 1, 2], ['softplus', 1, 1, 2],
]
export const smoothStep: Step = (d, c) => {
  const [name, limit, slope, bound] = c.of(smooth)
  const t = d.within(float(d, c), limit)
  return d.make(name, [t], [], bound, slope * t.error)
}

/** Functions with a cut or a pole, on numbers around 2. */
export const cutStep: Step = (d, c) => {
  const name = c.of<Primitive>(['log', 'log2', 'log10', 'sqrt', 'phase', 'angle', 'acosh'])
  const t = shifted(d, name === 'phase' ? complex(d, c) : name === 'acosh' ? real(d, c) : float(d, c))
  if (name === 'acosh') {
    const above = d.make('add', [t, d.beside(t, 1)], [], 4, t.error)
    return d.make('acosh', [above], [], 2.1, above.error)
  }
  return d.make(name, [t], [], 3, 2 * t.error)
}

export const realStep: Step = (d, c) => {
  const name = c.of<Primitive>(['erf', 'lgamma', 'polygamma'])
  const t = shifted(d, real(d, c))
  if (name === 'erf') return d.make(name, [t], [], 1, 1.2 * t.error)
  return d.make(name, [t], name === 'polygamma' ? [c.below(4)] : [], 12, 20 * t.error)
}

export const partsStep: Step = (d, c) => {
  const t = pick(d, c) ?? d.input(c.of(floats), someShape(c))
  switch (c.below(5)) {
    case 0: return d.move('neg', [t])
    case 1: return d.move(isComplex(t.dtype) ? 'conj' : 'abs', [t])
    case 2: return d.make('abs', [t])
    case 3: return d.make('abs2', [t], [], t.bound ** 2, 2 * t.bound * t.error)
    default: return d.make(c.of(['real', 'imag']), [complex(d, c)])
  }
}

export const powerStep: Step = (d, c) => {
  const n = c.between(-3, 5)
  const t = pick(d, c) ?? d.input('float64', someShape(c))
  if (!isFloat(t.dtype)) return n < 0 ? null : d.make('ipow', [t], [n], 2 ** 31)
  const x = n < 0 ? shifted(d, t) : d.within(t, 3)
  return d.make('ipow', [x], [n], n < 0 ? 1 : 3 ** n, (Math.abs(n) * (n < 0 ? 1 : 3 ** n) + 1) * x.error)
}

export const arithmeticStep: Step = (d, c) => {
  const a = pick(d, c) ?? d.input(c.of(all), someShape(c))
  const b = partner(d, c, a, () => true)
  switch (c.below(5)) {
    case 0: return d.make('add', [a, b], [], a.bound + b.bound, a.error + b.error)
    case 1: return d.make('sub', [a, b], [], a.bound + b.bound, a.error + b.error)
    case 2: return d.make('mul', [a, b], [], a.bound * b.bound, a.error * b.bound + b.error * a.bound)
    case 3: {
      const q = shifted(d, isFloat(b.dtype) ? b : d.move('cast', [b], [code('float64')], b.bound, 0))
      return d.make('div', [a, q], [], a.bound, a.error + a.bound * q.error)
    }
    default: {
      const base = shifted(d, isFloat(a.dtype) ? a : d.move('cast', [a], [code('float64')], a.bound, 0))
      const exponent = d.within(b, 2)
      return d.make('pow', [base, exponent], [], 30, 60 * (base.error + exponent.error))
    }
  }
}

export const pairStep: Step = (d, c) => {
  const a = real(d, c)
  const b = partner(d, c, a, (t) => isReal(t) && isFloat(t))
  switch (c.below(4)) {
    case 0: return d.move('maximum', [a, b], [], Math.max(a.bound, b.bound), a.error + b.error)
    case 1: return d.move('minimum', [a, b], [], Math.max(a.bound, b.bound), a.error + b.error)
    case 2: return d.move('complex', [a, b], [], a.bound + b.bound, a.error + b.error)
    default: {
      const x = shifted(d, b)
      return d.make('atan2', [a, x], [], 1.6, a.error + x.error)
    }
  }
}

const comparisons: readonly Primitive[] = ['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual']

/** What jumps: only where no rounding came before. */
export const jumpStep: Step = (d, c) => {
  const a = pick(d, c, (t) => t.error === 0)
  if (a === null) return null
  const known = partner(d, c, a, () => true)
  const b = known.error === 0 ? known : a
  if (isComplex(a.dtype) || isComplex(b.dtype)) return d.move(c.of(['equal', 'notEqual']), [a, b], [], 1, 0)
  switch (c.below(3)) {
    case 0: return d.move(c.of(['sign', 'floor', 'ceil', 'round']), [a], [], a.bound + 1, 0)
    case 1: return d.move(c.of(['isNaN', 'isFinite']), [a], [], 1, 0)
    default: return d.move(c.of(comparisons), [a, b], [], 1, 0)
  }
}

export const logicStep: Step = (d, c) => {
  const a = pick(d, c, (t) => t.dtype === 'bool') ?? d.input('bool', someShape(c))
  if (c.below(4) === 0) return d.make('not', [a])
  return d.make(c.of(['and', 'or', 'xor']), [a, partner(d, c, a, (t) => t === 'bool')])
}

export const whereStep: Step = (d, c) => {
  const a = pick(d, c) ?? d.input(c.of(all), someShape(c))
  const b = partner(d, c, a, () => true)
  const test = partner(d, c, a, (t) => t === 'bool')
  return d.make('where', [test, a, b], [], Math.max(a.bound, b.bound), Math.max(a.error, b.error))
}

export const castStep: Step = (d, c) => {
  const t = pick(d, c) ?? d.input(c.of(all), someShape(c))
  const to = c.of(all)
  if (isComplex(t.dtype) && isReal(to)) return null
  if (!isFloat(to) && t.error > 0) return null
  return d.make('cast', [t], [code(to)], t.bound, t.error)
}
