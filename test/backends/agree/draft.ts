// Programs written down equation by equation, with what is known of each value: a bound, how far rounding may have
// moved it, and how inputs are to be filled. Types and shapes come from the rules of the primitives themselves.
import { code, epsilon as ownEpsilon, isFloat, realOf, type DType } from '../../../core/dtype.ts'
import { typeRules, type Aval, type Operand, type Primitive } from '../../../core/primitive.ts'
import type { Equation, Program } from '../../../core/program.ts'
import { shape } from '../../../core/shape.ts'

/** Integers from low to high, for int32 and bool; ignored otherwise. */
export interface Range { readonly low: number; readonly high: number }

/** A value of the program, as the generator sees it. */
export interface Term extends Operand {
  readonly at: number
  /** No element is greater in modulus. */
  readonly bound: number
  /** How far two right backends may be apart; 0 where both must give the same bits. */
  readonly error: number
}

const bits = new Int32Array(2)
const double = new Float64Array(bits.buffer)

export class Draft {
  readonly equations: Equation[] = []
  readonly terms: Term[] = []
  readonly ranges: Range[] = []
  readonly #inputs: number[] = []
  /** The relative rounding error of a dtype. */
  readonly epsilon: (dtype: DType) => number

  constructor(epsilon: (dtype: DType) => number = ownEpsilon) { this.epsilon = epsilon }

  #push(equation: Omit<Equation, 'args'> & { readonly args: readonly Term[] }, bound: number, error: number): Term {
    const at = this.equations.length
    const { dtype, shape: info, outputs } = equation
    this.equations.push({ ...equation, args: equation.args.map((t) => t.at) })
    const term: Term = { at, dtype, info, outputs, bound, error }
    this.terms.push(term)
    return term
  }

  input(dtype: DType, dims: readonly number[], range: Range = { low: -5, high: 5 }): Term {
    this.#inputs.push(this.equations.length)
    this.ranges.push(range)
    const bound = isFloat(dtype) ? 2 : Math.max(Math.abs(range.low), Math.abs(range.high))
    return this.#push({ primitive: 'input', args: [], attrs: [], dtype, shape: shape(dims), outputs: null }, bound, 0)
  }

  /** A value that is moved or chosen: nothing is rounded. */
  move(
    primitive: Primitive, args: readonly Term[], attrs: readonly number[] = [],
    bound = args[0]!.bound, error = args[0]!.error,
  ): Term {
    const type = typeRules[primitive](args, attrs)
    const outputs = Array.isArray(type) ? type as readonly Aval[] : null // isArray does not narrow readonly arrays
    const { dtype, info } = outputs === null ? type as Aval : outputs[0]! // the other branch
    const isExact = !isFloat(dtype)
    const isRounded = !isExact && args.some((t) => !isFloat(t.dtype) && t.bound * this.epsilon(dtype) > 1)
    const equation = { primitive, args, attrs, dtype, shape: info, outputs }
    return this.#push(equation, isExact ? Math.min(bound, 2 ** 31) : bound, isExact ? 0 : error + (isRounded ? this.epsilon(dtype) * bound : 0))
  }

  /** A value that is computed: `error` is what its operands' errors became, and rounding is added. */
  make(
    primitive: Primitive, args: readonly Term[], attrs: readonly number[] = [],
    bound = args[0]!.bound, error = args[0]!.error,
  ): Term {
    const type = typeRules[primitive](args, attrs)
    const { dtype } = Array.isArray(type) ? (type as readonly Aval[])[0]! : type as Aval // as in `move`
    return this.move(primitive, args, attrs, bound, error + 4 * this.epsilon(dtype) * (1 + bound))
  }

  constant(value: number, dtype: DType): Term {
    double[0] = value
    const size = Math.abs(value)
    return this.move('constant', [], [code(dtype), bits[0]!, bits[1]!], size, this.epsilon(dtype) * size)
  }

  /** A number beside a tensor: of its precision, real, and of its shape. */
  beside(t: Term, value: number): Term {
    const c = this.constant(value, isFloat(t.dtype) ? realOf(t.dtype) : 'float64')
    return this.move('expand', [c], t.info.dims)
  }

  /** Scaled down so that no element exceeds `limit`. */
  within(t: Term, limit: number): Term {
    if (t.bound <= limit) return t
    const factor = limit / t.bound
    return this.make('mul', [t, this.beside(t, factor)], [], limit, t.error * factor)
  }

  program(outputs: readonly Term[]): Program {
    return { equations: this.equations, inputs: this.#inputs, outputs: outputs.map((t) => t.at) }
  }
}
