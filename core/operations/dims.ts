// Editing a list of dimensions into a new one.

export const replaced = (dims: readonly number[], at: number, by: number): readonly number[] =>
  dims.map((n, k) => (k === at ? by : n))
export const inserted = (dims: readonly number[], at: number, n: number): readonly number[] =>
  [...dims.slice(0, at), n, ...dims.slice(at)]
export const removed = (dims: readonly number[], at: number): readonly number[] => dims.filter((_, k) => k !== at)
export const productOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)
