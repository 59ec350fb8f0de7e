// The sum of results over ranges of k: [splits, count] numbers, or pairs of a number and its rounding error, become
// [count].
import type { Dispatch, Maker } from '../../dispatch.ts'
import { several, teamSum, writeSum } from '../team.ts'

export interface Partials {
  readonly source: number
  readonly result: number
  readonly count: number
  readonly splits: number
  readonly pairs: boolean
  readonly integer: boolean
}

export const sumPartials = ({ source, result, count, splits, pairs, integer }: Partials, maker: Maker): Dispatch => {
  const term = integer ? 's0 += x(output + t * outputs);'
    : pairs ? 's0 = combine(s0, vec2f(x(2u * (output + t * outputs)), x(2u * (output + t * outputs) + 1u)));'
      : 's0 = accumulate(s0, x(output + t * outputs));'
  const isLong = !maker.target.isSoftware && splits >= 64 && count < 4096
  const team = isLong ? 64 : 1
  const one = `${term} t += ${team}u;`
  return teamSum(maker.target, {
    label: `sum of ${splits} partial results`, sizes: {}, outputs: count, terms: splits, splits: 1, team,
    adjacent: true,
    arrays: [{ name: 'x', buffer: source, access: 'read' }, { name: 'r', buffer: result, access: 'write' }],
    integer, parts: 1, setup: '', one, several: Array.from({ length: several }, () => one).join('\n'),
    write: writeSum(maker, result, 'r', 'output', 's0'),
  })
}
