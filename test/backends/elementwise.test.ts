// Every elementwise primitive on zeros of both signs, huge, tiny, infinite and unknown numbers, and on ordinary ones,
// in every dtype that it takes: the compiled backend against the reference.
import { suite } from 'uvu'
import { cpu } from '../../backends/cpu/index.ts'
import { reference } from '../../backends/reference/index.ts'
import { allocate, code, dtypes, epsilon, isComplex, isFloat, realOf, widthOf } from '../../core/dtype.ts'
import type { DType, HostArray } from '../../core/dtype.ts'
import { DTypeError } from '../../core/errors.ts'
import { isElementwise, primitives, type Primitive } from '../../core/primitive.ts'
import { Draft, type Term } from './agree/draft.ts'
import { uniform } from './agree/compare.ts'

const test = suite('elementwise on both backends')

// --- numbers to try ------------------------------------------------------------------------------------------------

const random = uniform(5)
const ordinary = Array.from({ length: 40 }, () => (random() < 0.5 ? -1 : 1) * 10 ** (6 * random() - 3))
const special = [0, -0, 0.5, -0.5, 1, -1, 1.5, -2, 2.5, 3, 20, -30, 710, -745, 800, -800, 1e-8, 1e-200, 5e-324, -1e200,
  1.7e308, Infinity, -Infinity, Number.NaN]
const parts = [0, -0, 0.5, -0.5, 1, -1, 2.5, -3, 20, -710, 800, 1e-200, -1e-200, 1e200, -1.7e308,
  Infinity, -Infinity, Number.NaN]
const fewParts = [0, -0, 0.5, -1, 2.5, 800, -1e-200, 1.7e308, Infinity, Number.NaN]
const integers = [0, 1, -1, 5, -7, 46341, 2 ** 31 - 1, -(2 ** 31)]

type Numbers = readonly (readonly [re: number, im: number])[]

const squared = (list: readonly number[]): Numbers => list.flatMap((re) => list.map((im) => [re, im] as const))
const numbersOf = (dtype: DType, isAlone: boolean): Numbers => {
  if (dtype === 'bool') return [[0, 0], [1, 0]]
  if (dtype === 'int32') return integers.map((x) => [x, 0])
  if (!isComplex(dtype)) return [...special, ...ordinary].map((x) => [x, 0])
  if (isAlone) return [...squared(parts), ...squared(ordinary)]
  return [...squared(fewParts), ...ordinary.map((re, k) => [re, ordinary[(7 * k + 3) % 40]!] as const)]
}

/** All combinations, as one array for each operand. */
const combinations = (types: readonly DType[]): readonly HostArray[] => {
  const lists = types.map((t) => numbersOf(t, types.length === 1))
  const count = lists.reduce((n, list) => n * list.length, 1)
  return types.map((dtype, j) => {
    const data = allocate(dtype, count)
    const repeat = lists.slice(j + 1).reduce((n, list) => n * list.length, 1)
    for (let k = 0; k < count; k++) {
      const [re, im] = lists[j]![Math.floor(k / repeat) % lists[j]!.length]!
      data[k * widthOf(dtype)] = re
      if (isComplex(dtype)) data[2 * k + 1] = im
    }
    return data
  })
}

// --- what counts as agreement --------------------------------------------------------------------------------------

/** Their zeros have signs that depend on the order of operations. */
const unsigned: ReadonlySet<Primitive> = new Set<Primitive>(['ipow', 'div', 'pow', 'sigmoid', 'polygamma'])
/** Close to their zeros they are compared as if their value were 1. */
const absolute: ReadonlySet<Primitive> = new Set<Primitive>(['lgamma', 'polygamma'])
/** Complex ones, which nobody defines where numbers are infinite: there NaN and infinity stand for each other. */
const loose: ReadonlySet<Primitive> = new Set<Primitive>(['mul', 'div', 'ipow', 'pow', 'softplus', 'sigmoid', 'abs2'])

const partsOf = (data: HostArray, dtype: DType, k: number): readonly number[] =>
  Array.from(data.subarray(k * widthOf(dtype), (k + 1) * widthOf(dtype)))

const isFiniteNumber = (z: readonly number[]): boolean => z.every(Number.isFinite)
const isUnknown = (z: readonly number[]): boolean => z.some(Number.isNaN)

/** Powers that overflow on the way, or turn by more than is known of the angle. */
const isFar = (name: Primitive, [n]: readonly number[], [a, b]: readonly (readonly number[])[]): boolean =>
  (name === 'ipow' && Math.abs(n!) > 1 && Math.hypot(...a!) > 1e100) || (name === 'pow' && Math.hypot(...b!) > 1e6)

/** a^b is as uncertain as the exponent b·log a is large. */
const spread = ([a, b]: readonly (readonly number[])[]): number =>
  1 + Math.hypot(...b!) * (Math.abs(Math.log(Math.hypot(...a!) || 1)) + 4)

type Parts = readonly number[]
const agree = (
  name: Primitive, dtype: DType, attrs: readonly number[], operands: readonly Parts[], x: Parts, y: Parts,
): boolean => {
  const isOrdinary = operands.every(isFiniteNumber)
  if (loose.has(name) && isComplex(dtype)) {
    if (!isOrdinary && name !== 'mul') return true
    if (!isFiniteNumber(x) && !isFiniteNumber(y)) return true
  }
  if (isFar(name, attrs, operands)) return true
  const size = Math.max(...y.map(Math.abs), absolute.has(name) ? 1 : 0)
  const smallest = realOf(dtype) === 'float32' ? 2 ** -149 : 5e-324
  const tolerance = Math.max(40 * epsilon(dtype) * (name === 'pow' ? spread(operands) : 1) * size, 4 * smallest)
  return x.every((a, j) => {
    const b = y[j]!
    if (Object.is(a, b)) return true
    if (a === b) return unsigned.has(name) || operands.some(isUnknown)
    return Math.abs(a - b) <= tolerance
  })
}

// --- every primitive, every dtype ----------------------------------------------------------------------------------

const arity = (name: Primitive): number => {
  if (name === 'where') return 3
  const two = ['add', 'sub', 'mul', 'div', 'pow', 'atan2', 'maximum', 'minimum', 'complex', 'less', 'lessEqual', 'greater',
    'greaterEqual', 'equal', 'notEqual', 'and', 'or', 'xor']
  return two.includes(name) ? 2 : 1
}

const typesOf = (name: Primitive): readonly (readonly DType[])[] => {
  if (name === 'where') return dtypes.filter(isFloat).map((t) => ['bool', t, 'complex64'])
  if (arity(name) === 1) return dtypes.map((t) => [t])
  const wide: readonly DType[] = ['bool', 'int32', 'float64', 'complex128']
  const pairs = wide.flatMap((s) => wide.map((t) => [s, t] as const))
  return [...pairs, ['float32', 'complex64'], ['float32', 'int32'], ['float32', 'float64']]
}

const attributes = (name: Primitive): readonly (readonly number[])[] => {
  if (name === 'cast') return dtypes.map((t) => [code(t)])
  if (name === 'ipow') return [0, 1, 2, 3, 7, 40, -1, -2].map((n) => [n])
  return name === 'polygamma' ? [[0], [1], [2], [5]] : [[]]
}

const check = (name: Primitive, types: readonly DType[], attrs: readonly number[]): void => {
  if (name === 'cast' && isComplex(types[0]!) && !isComplex(dtypes[attrs[0]!]!)) return // the operation refuses it
  const data = combinations(types)
  const count = data[0]!.length / widthOf(types[0]!)
  const draft = new Draft()
  const operands = types.map((t) => draft.input(t, [count]))
  let result: Term
  try {
    result = draft.make(name, operands, attrs)
  } catch (error) {
    if (error instanceof DTypeError) return // not for these dtypes
    throw error
  }
  const program = draft.program([result])
  const [expected, actual] = [reference, cpu].map((backend) => backend.compile(program).run(data)[0]!)
  for (let k = 0; k < count; k++) {
    const z = data.map((x, j) => partsOf(x, types[j]!, k))
    const [x, y] = [partsOf(actual!, result.dtype, k), partsOf(expected!, result.dtype, k)]
    if (agree(name, result.dtype, attrs, z, x, y)) continue
    const show = (w: readonly number[]): string => w.map((v) => (Object.is(v, -0) ? '-0' : String(v))).join(' + i·')
    const given = types.map((t, j) => `${t} (${show(z[j]!)})`).join(', ')
    throw new Error(`${name}{${attrs.join()}} of ${given}: (${show(x)}) on cpu, (${show(y)}) in the reference`)
  }
}

for (const name of primitives.filter(isElementwise)) {
  test(name, () => {
    for (const types of typesOf(name)) for (const attrs of attributes(name)) check(name, types, attrs)
  })
}

test.run()
