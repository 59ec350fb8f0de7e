// Running one program on a backend and on the reference, and saying where they differ.
import { compile } from '../../../backends/cpu/compile.ts'
import { lower } from '../../../backends/lower/lower.ts'
import { reference } from '../../../backends/reference/index.ts'
import type { HostExecutable } from '../../../core/backend.ts'
import { allocate, isFloat, type HostArray } from '../../../core/dtype.ts'
import { showProgram, type Program } from '../../../core/program.ts'
import type { Range } from './draft.ts'

/** Numbers in [0, 1), the same ones for the same seed. */
export const uniform = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Floating-point parts lie in (−√2, √2), so that no modulus exceeds 2; `round` makes them what the backend can hold. */
export const fill = (
  { equations, inputs }: Program, ranges: readonly Range[], seed: number, round: (x: number) => number = (x) => x,
): readonly HostArray[] => {
  const random = uniform(seed)
  return inputs.map((at, k) => {
    const { dtype, shape } = equations[at]!
    const { low, high } = dtype === 'bool' ? { low: 0, high: 1 } : ranges[k] ?? { low: -5, high: 5 }
    const next = isFloat(dtype) ? () => round((2 * random() - 1) * 1.4) : () => low + Math.floor(random() * (high - low + 1))
    return allocate(dtype, shape.size).map(next)
  })
}

const agrees = (x: number, y: number, tolerance: number): boolean =>
  x === y || (x !== x && y !== y) || Math.abs(x - y) <= tolerance

/** Whether an output is an input, or its storage under another shape: then it may be handed on. */
const isInput = ({ equations }: Program, at: number): boolean => {
  let e = equations[at]!
  while (['reshape', 'realView', 'complexView'].includes(e.primitive)) e = equations[e.args[0]!]!
  return e.primitive === 'input'
}

/** What `body` throws is told with the program. */
const shown = <A>(program: Program, body: () => A): A => {
  try {
    return body()
  } catch (error) {
    throw new Error(`${String(error)} in\n${showProgram(program)}`, { cause: error })
  }
}

/** A way of running programs. */
export interface Way { readonly name: string; readonly compile: (program: Program) => HostExecutable }

export const generated: Way = { name: 'generated', compile: (program) => compile(lower(program), program, true) }
export const interpreted: Way = { name: 'interpreted', compile: (program) => compile(lower(program), program, false) }

/**
 * Runs a program one way, twice, and on the reference.
 * @throws an error that shows the program and the first number that differs by more than its output's tolerance.
 */
export const compare = (
  program: Program, inputs: readonly HostArray[], tolerances: readonly number[], way: Way,
): void => {
  const expected = reference.compile(program).run(inputs)
  const executable = shown(program, () => way.compile(program))
  const given = inputs.map((x) => x.slice())
  const fail = (message: string): never => {
    throw new Error(`${way.name}: ${message}\n${showProgram(program)}\n${executable.explain()}`)
  }
  for (const round of ['first', 'second']) { // the second run meets scratch memory that the first one used
    const actual = shown(program, () => executable.run(inputs))
    program.outputs.forEach((at, k) => {
      const [x, y] = [actual[k]!, expected[k]!]
      const isAlike = x.length === y.length && x.constructor === y.constructor
      const place = isAlike ? x.findIndex((v, j) => !agrees(v, y[j]!, tolerances[k]!)) : 0
      if (place >= 0) {
        fail(`${round} run: output %${at} at ${place} of ${x.length}, ${y.length} in the reference: `
          + `${x[place]}, ${y[place]} in the reference (tolerance ${tolerances[k]})`)
      }
      const isFresh = inputs.every((input) => input.buffer !== x.buffer)
      if (!isFresh && !isInput(program, at)) fail(`output %${at} lies in an input's storage`)
    })
    inputs.forEach((x, k) => {
      if (x.some((v, j) => !Object.is(v, given[k]![j]))) fail(`input ${k} was overwritten`)
    })
  }
}
