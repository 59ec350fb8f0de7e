// Programs written down equation by equation, with what is known of each value: a bound, how far rounding may have moved
// it, and how inputs are to be filled. Types and shapes come from the rules of the primitives themselves.
import { code, epsilon, isComplex, isFloat, realOf, type DType } from '../../../core/dtype.ts'
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

  #push(primitive: Primitive, args: readonly Term[], attrs: readonly number[], type: Aval | readonly Aval[], bound: number, error: number): Term {
    const outputs = Array.isArray(type) ? type as readonly Aval[] : null // isArray does not narrow readonly arrays
    const { dtype, info } = outputs === null ? type as Aval : outputs[0]! // the other branch
    const at = this.equations.length
    this.equations.push({ primitive, args: args.map((t) => t.at), attrs, dtype, shape: info, outputs })
    const term: Term = { at, dtype, info, outputs, bound, error }
    this.terms.push(term)
    return term
  }

  input(dtype: DType, dims: readonly number[], range: Range = { low: -5, high: 5 }): Term {
    this.#inputs.push(this.equations.length)
    this.ranges.push(range)
    return this.#push('input', [], [], { dtype, info: shape(dims) }, isFloat(dtype) ? 2 : Math.max(Math.abs(range.low), Math.abs(range.high)), 0)
  }

  /** Another value. `error` is what its operands' errors became; rounding is added here. */
  make(primitive: Primitive, args: readonly Term[], attrs: readonly number[] = [], bound = args[0]!.bound, error = args[0]!.error, isMoved = false): Term {
    const type = typeRules[primitive](args, attrs)
    const dtype = Array.isArray(type) ? (type as readonly Aval[])[0]!.dtype : (type as Aval).dtype // as above
    const rounding = isMoved ? 0 : 4 * epsilon(dtype) * (1 + bound)
    return this.#push(primitive, args, attrs, type, isFloat(dtype) ? bound : Math.min(bound, 2 ** 31), isFloat(dtype) ? error + rounding : 0)
  }

  constant(value: number, dtype: DType): Term {
    double[0] = value
    return this.make('constant', [], [code(dtype), bits[0]!, bits[1]!], Math.abs(value), epsilon(dtype) * Math.abs(value), true)
  }

  /** A number beside a tensor: of its precision, real, and of its shape. */
  beside(t: Term, value: number): Term {
    const c = this.constant(value, isFloat(t.dtype) ? realOf(t.dtype) : 'float64')
    return this.make('expand', [c], t.info.dims, c.bound, c.error, true)
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

export const isFloating = (t: Term): boolean => isFloat(t.dtype)
export const isComplexTerm = (t: Term): boolean => isComplex(t.dtype)
