// How a minimization ends, in words.
import type { WirtingerError } from '../../core/errors.ts'
import type { FailureReason } from '../linesearch/protocol.ts'
import type { Status } from '../types.ts'

const short = (x: number): string => (x === 0 ? '0' : x.toPrecision(3))

export const convergedByGradient = (norm: number, tolerance: number): Status =>
  ({ _tag: 'ConvergedByGradient', message: `the norm of the gradient, ${short(norm)}, is at most ${tolerance}` })

export const convergedByDecrease = (decrease: number, tolerance: number): Status =>
  ({ _tag: 'ConvergedByDecrease', message: `the value decreased by ${short(decrease)}, at most ${tolerance} of its size` })

export const stalled = (norm: number): Status => ({
  _tag: 'StalledAtPrecision',
  message: `the value cannot be resolved any better in this precision; the norm of the gradient is ${short(norm)}`,
})

export const iterationLimit = (limit: number): Status =>
  ({ _tag: 'IterationLimit', message: `stopped after ${limit} iterations` })
export const evaluationLimit = (limit: number): Status =>
  ({ _tag: 'EvaluationLimit', message: `stopped after ${limit} evaluations` })
export const timeLimit = (limit: number): Status => ({ _tag: 'TimeLimit', message: `stopped after ${limit} seconds` })
export const aborted: Status = { _tag: 'Aborted', message: 'stopped by the signal' }

export const nonFinite = (where: 'value' | 'gradient' | 'parameters', isStart: boolean): Status => ({
  _tag: 'NonFinite', where,
  message: isStart
    ? `at the start the ${where === 'parameters' ? 'parameters are' : `${where} is`} NaN or infinite`
    : `the ${where} became NaN or infinite; the best point before is returned`,
})

export const deviceFailed = (error: WirtingerError): Status => ({
  _tag: 'DeviceFailed', reason: error._tag,
  message: `${error.message}; the result is the best point that is known on the host, and resumeFrom goes on from it`,
})

const reasons: Readonly<Record<Exclude<FailureReason, 'stalled'>, string>> = {
  ascent: 'the updates do not descend: is scale(-1) missing before the line search?',
  nonFinite: 'everything tried was NaN or infinite',
  noDecrease: 'slope and values promise a decrease that no step delivers: '
    + 'is the derivative right (checkGrad), is the objective smooth here?',
}

/** A search that failed along the gradient, too. */
export const searchFailed = (reason: FailureReason, norm: number): Status =>
  reason === 'stalled' ? stalled(norm)
    : { _tag: 'LineSearchFailed', reason, message: `no step was acceptable: ${reasons[reason]}` }
