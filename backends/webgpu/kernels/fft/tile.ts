// Where the numbers of a workgroup lie: some columns of `rows` complex numbers each, transformed in stages, in place.
import { stagesOf, type Stage } from './tables.ts'
import { lines, modulo, over, plus, product, range, times } from './text.ts'

export interface Tiling {
  /** Those of the stages; their product is the number of rows. */
  readonly radices: readonly number[]
  /** Columns of a workgroup. */
  readonly columns: number
  readonly threads: number
  /** Whether neighbouring threads take neighbouring columns as they load and store, or neighbouring rows. */
  readonly loadAcross: boolean
  readonly storeAcross: boolean
}

/** Whether a row lies beside the next in all its columns, or a column beside the next in all its rows. */
const isAcross = ({ loadAcross, storeAcross }: Tiling): boolean => loadAcross && storeAcross

/** From column to column. A gap after each part of the first stage, and one more, lead strided threads to other banks. */
const pitch = ({ radices }: Tiling): number => product(radices) + radices[0]! + 1

/** Workgroup memory, in complex numbers. */
export const tileSize = (tiling: Tiling): number => {
  if (tiling.radices.length === 1) return 0
  return tiling.columns * (isAcross(tiling) ? product(tiling.radices) : pitch(tiling))
}

/** A loop over butterflies: `column` in the workgroup, and `j` among those of a column. */
const loop = ({ columns, threads }: Tiling, butterflies: number, across: boolean, body: readonly string[]): string => {
  const total = columns * butterflies
  const named = lines(
    `let column = ${butterflies === 1 || across ? modulo('t', columns) : over('t', butterflies)};`,
    `let j = ${butterflies === 1 ? '0u' : across ? over('t', columns) : modulo('t', butterflies)};`, body)
  if (total > threads) return lines(`for (var t = local; t < ${total}u; t += ${threads}u) {`, named, '}')
  return lines(total < threads ? `if (local < ${total}u) {` : '{', 'let t = local;', named, '}')
}

/** The text with which a stage's butterflies reach their numbers. */
export interface Access {
  readonly stages: readonly Stage[]
  /** Runs the body for every butterfly `j` of every `column`. */
  readonly each: (stage: Stage, across: boolean, body: readonly string[]) => string
  /** The same inside the workgroup's memory, where all columns are processed, with numbers or without. */
  readonly eachInside: (stage: Stage, body: readonly string[]) => string
  /** `at`, where butterfly j begins, and `p`, which of its part it is. */
  readonly where: (stage: Stage) => string
  /** `at` for butterfly j of the last stage, counted by the frequencies j + k·rows/radix that come out of it. */
  readonly whereSorted: string
  readonly slots: (stage: Stage) => readonly string[]
}

export const accessOf = (tiling: Tiling): Access => {
  const { radices, columns } = tiling
  const rows = product(radices)
  const stages = stagesOf(radices)
  const across = isAcross(tiling)
  const place = (row: string, gaps: string): string =>
    across ? plus('column', times(row, columns)) : plus(times('column', pitch(tiling)), row, gaps)
  const step = ({ radix, length }: Stage): number => {
    const apart = length / radix
    if (across) return apart * columns
    return length === rows ? apart + 1 : apart
  }
  const where = ({ radix, length }: Stage): string => {
    const apart = length / radix
    if (length === rows) return lines('let p = j;', `let at = ${place('p', '0u')};`)
    const row = apart === 1 ? times('j', radix) : plus(times(over('j', apart), length), 'p')
    return lines(
      apart === 1 ? '' : `let p = ${modulo('j', apart)};`,
      `let at = ${place(row, over('j', rows / radices[0]! / radix))};`)
  }
  // The digits of a frequency, in reverse, say where the decimation has brought it.
  const digits = stages.slice(0, -1).map(({ radix, length }) =>
    times(modulo(over('j', rows / length), radix), length / radix))
  const each = (stage: Stage, sideways: boolean, body: readonly string[]): string =>
    loop(tiling, rows / stage.radix, sideways, body)
  return {
    stages, each, where,
    eachInside: (stage, body) => each(stage, across, body),
    whereSorted: `let at = ${place(plus(...digits), modulo('j', radices[0]!))};`,
    slots: (stage) => range(0, stage.radix).map((k) => `tile[${plus('at', k * step(stage))}]`),
  }
}
