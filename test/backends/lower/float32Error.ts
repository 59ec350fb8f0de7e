// How far off results in single precision are.
import type { Case } from './float32Cases.ts'

/** The unit in the last place of a number of unlimited range. */
const unit = (x: number): number => 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(x)))) - 23)

/**
 * How far a result is from the exact value, in units in the last place of that value or of the greatest of the terms
 * that cancel in it. NaN, infinities and zeros have to be right, with their signs.
 */
export const ulps = (got: number, want: number, terms: readonly number[] = []): number => {
  if (Object.is(got, want)) return 0
  if (got !== got || want !== want || want === 0 || !Number.isFinite(want)) return Infinity
  const size = Math.max(Math.abs(want), ...terms.filter(Number.isFinite).map(Math.abs))
  if (got === 0 && Object.is(got, -0) !== want < 0 && size === Math.abs(want)) return Infinity
  const bounded = (x: number): number => Math.sign(x) * Math.min(Math.abs(x), 2 ** 128) // beyond, all is infinite
  return Math.abs(bounded(got) - bounded(want)) / unit(Math.min(size, 2 ** 127))
}

/** Whether nothing but a subnormal number was taken for zero. */
export const isFlushed = (got: number, want: number, x: number, y: number): boolean =>
  got === 0 && Object.is(got, -0) === (want < 0 || Object.is(want, -0))
  && [x, y, want].some((v) => v !== 0 && Math.abs(v) < 1.000001 * 2 ** -126)

export interface Worst {
  readonly units: number
  /** The arguments, the result and the value there. */
  readonly at: string
}

/** The greatest error of results for the arguments of a case; `forgives` tells which differences do not count. */
export const worst = (
  { exact, terms, arity }: Case, args: readonly (readonly [number, number])[],
  results: ArrayLike<number>, forgives: (got: number, want: number, x: number, y: number) => boolean = () => false,
): Worst => {
  let result = { units: 0, at: '' }
  args.forEach(([x, y], k) => {
    const [got, want] = [results[k]!, exact(x, y)]
    const units = ulps(got, want, terms(x, want))
    if (units <= result.units || forgives(got, want, x, y)) return
    const show = (v: number): string => (Object.is(v, -0) ? '-0' : String(v))
    result = { units, at: `(${[x, y].slice(0, arity).map(show).join(', ')}) = ${show(got)}, not ${show(want)}` }
  })
  return result
}
