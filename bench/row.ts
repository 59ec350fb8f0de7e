// What a benchmark row is. To add one, default-export it from `bench/rows/<name>.ts`:
//
//   export default paired({
//     name: 'sum of squares, n = 1,000',            as in the table of results
//     bar: 1.2,                                     the largest ratio that passes; null only reports
//     inputs: () => [1, 2, 3].map(makeInput),       three sets or more: constant folding flatters a single one
//     ours: (input) => f(input),                    the result is consumed, so that nothing is optimised away
//     against: (input) => byHand(input),            returns what `ours` returns, if there is a `check`
//     check: (a, b) => { ... },                     throws if the two disagree; called once for each input
//   })
//
//   export default figure({ name, bar, unit: 'vectors', measure: () => 27.4 })
//
// A row is measured in processes of its own (V8 specialises call sites: rows in one process would slow each other
// down), compiled by the same tsc as the library, and started with --expose-gc. Whatever a row needs is made inside
// `inputs` or `measure`, not at import. The working directory is the root of the project.

interface Common {
  readonly name: string
  readonly bar: number | null
}

/** The time of `ours` over the time of `against`. */
export interface PairedRow<I, A, B> extends Common {
  readonly inputs: () => readonly I[]
  readonly ours: (input: I) => A
  readonly against: (input: I) => B
  readonly check?: (ours: A, against: B, input: I) => void
  /** Pairs of measurements a process takes (20), each of about `seconds` (0.05): fewer for slow work. */
  readonly rounds?: number
  readonly seconds?: number
}

/** Any other figure: a peak of memory, a growth of time, a time of import. */
export interface FigureRow extends Common {
  readonly unit: string
  readonly measure: () => number | Promise<number>
}

/** What a process reports: one figure for each round, to be summed up over the processes. */
export interface Measurement extends Common {
  readonly unit: string
  readonly samples: readonly number[]
}

/** A row with its types forgotten: all that remains is to measure it. */
export interface Row extends Common {
  readonly run: (pair: RunPair) => Promise<Measurement>
}

export interface Timing {
  readonly rounds: number
  readonly seconds: number
}

export type RunPair = (a: () => unknown, b: () => unknown, timing: Timing) => readonly number[]

/** Calls `f` with the inputs in turn. */
const rotating = <I>(f: (input: I) => unknown, inputs: readonly I[]): (() => unknown) => {
  let next = 0
  return () => {
    const input = inputs[next]!
    next = next + 1 === inputs.length ? 0 : next + 1
    return f(input)
  }
}

export const paired = <I, A, B>(row: PairedRow<I, A, B>): Row => ({
  name: row.name,
  bar: row.bar,
  run: async (pair) => {
    const inputs = row.inputs()
    if (inputs.length < 3) throw new Error(`${row.name}: give at least three sets of inputs`)
    for (const input of inputs) row.check?.(row.ours(input), row.against(input), input)
    const timing = { rounds: row.rounds ?? 20, seconds: row.seconds ?? 0.05 }
    const samples = pair(rotating(row.ours, inputs), rotating(row.against, inputs), timing)
    return { name: row.name, bar: row.bar, unit: '×', samples }
  },
})

export const figure = (row: FigureRow): Row => ({
  name: row.name,
  bar: row.bar,
  run: async () => ({ name: row.name, bar: row.bar, unit: row.unit, samples: [await row.measure()] }),
})
