// The reference backend: a program equation by equation, each by the obvious loop. Nothing is fused, nothing is clever,
// and no formula is shared with the compiler: it is the oracle that the other backends are tested against.
import type { HostBackend, HostExecutable } from '../../core/backend.ts'
import { BackendError } from '../../core/errors.ts'
import type { Primitive } from '../../core/primitive.ts'
import { showProgram, type Equation, type Program } from '../../core/program.ts'
import { contractionMeanings } from './contraction.ts'
import { elementwiseMeanings } from './elementwise.ts'
import { fft } from './fourier.ts'
import { gather, scatterAdd, sort } from './indexing.ts'
import { lbfgs } from './lbfgs.ts'
import { movementMeanings } from './movement.ts'
import { threefry } from './random.ts'
import { reductionMeanings } from './reduction.ts'
import type { Value } from './value.ts'

/** The value, or the several values, of an equation. Only `pick` is given all values of an operand that has several. */
type Meaning = (args: readonly Value[], e: Equation) => Value | readonly Value[]

const absent: Meaning = (_, e) => { throw new BackendError(`${e.primitive} is not computed`) }

const meanings = {
  input: absent, variable: absent, alias: absent, stop: absent, custom: absent,
  pick: (args, e) => args[e.attrs[0]!]!,
  ...elementwiseMeanings,
  ...movementMeanings,
  ...reductionMeanings,
  ...contractionMeanings,
  fft, gather, scatterAdd, sort, threefry, lbfgs,
} satisfies Readonly<Record<Primitive, Meaning>>

const evaluate = (e: Equation, args: readonly Value[]): readonly Value[] => {
  const meaning: Meaning = meanings[e.primitive]
  const result = meaning(args, e)
  return 'data' in result ? [result] : result
}

export const reference: HostBackend = {
  name: 'reference',
  compile: (program: Program): HostExecutable => ({
    run: (inputs) => {
      const values = new Map<number, readonly Value[]>()
      program.inputs.forEach((k, i) => {
        const { dtype, shape } = program.equations[k]!
        values.set(k, [{ dtype, shape, data: inputs[i]! }])
      })
      program.equations.forEach((e, k) => {
        if (e.primitive !== 'input') values.set(k, evaluate(e, e.args.flatMap((a) => values.get(a)!)))
      })
      return program.outputs.map((k) => values.get(k)![0]!.data)
    },
    explain: () => showProgram(program),
  }),
}
