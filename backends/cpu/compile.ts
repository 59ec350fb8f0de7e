// From a plan to an executable: printed as JavaScript, or interpreted where code may not be generated.
import type { HostExecutable } from '../../core/backend.ts'
import type { Program } from '../../core/program.ts'
import type { Plan } from '../lower/kernel.ts'
import { mayGenerateCode } from './codegen.ts'
import { explainPlan } from './explain.ts'
import { generate } from './generate.ts'
import { interpret } from './interpret.ts'
import { prepare } from './prepare.ts'

/** Programs of one or two operations run with many sizes. So these are parameters of their kernels: one text for all. */
const isEager = (program: Program): boolean => program.equations.filter((e) => e.primitive !== 'input').length <= 3

export const compile = (plan: Plan, program: Program, codegen = mayGenerateCode()): HostExecutable => {
  const prepared = prepare(plan, codegen)
  if (!codegen) return { run: interpret(prepared), explain: () => explainPlan(plan, []) }
  const { run, sources } = generate(prepared, isEager(program))
  return { run, explain: () => explainPlan(plan, sources) }
}
