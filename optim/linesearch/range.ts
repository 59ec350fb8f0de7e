// Refusal of numbers out of range; written so that NaN never passes.
import { OptionError } from '../../core/errors.ts'

/** A test for a number and how it reads in the message. */
export type Range = readonly [holds: (value: number) => boolean, words: string]

export const positive: Range = [(value) => value > 0, 'positive']
export const positiveInteger: Range = [(value) => Number.isInteger(value) && value > 0, 'a positive integer']
export const between = (low: number, high: number): Range =>
  [(value) => value > low && value < high, `between ${low} and ${high}`]
export const within = (low: number, below: number): Range =>
  [(value) => value >= low && value < below, `at least ${low} and below ${below}`]
export const atLeast = (low: number): Range => [(value) => value >= low, `at least ${low}`]
export const above = (low: number): Range => [(value) => value > low, `above ${low}`]

/** Throws an OptionError that names the search, the option, its value and its range. */
export const requireRanges = (search: string, rows: readonly (readonly [string, number, Range])[]): void => {
  for (const [name, value, [holds, words]] of rows) {
    if (!holds(value)) throw new OptionError(`${search}: ${name} must be ${words}, got ${value}`)
  }
}
