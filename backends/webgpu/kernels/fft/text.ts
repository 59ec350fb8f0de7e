// Index arithmetic as WGSL: expressions of u32, without what multiplies by one or adds nothing.

/** A number that is part of the text, or the name of one that is not. */
export type Size = number | string

const atom = (e: string): string => (/^\w+$/.test(e) ? e : `(${e})`)
const word = (size: Size): string => (typeof size === 'number' ? `${size}u` : size)

export const plus = (...terms: readonly Size[]): string =>
  terms.map(word).filter((term) => term !== '0u').join(' + ') || '0u'
export const times = (e: string, ...sizes: readonly Size[]): string => {
  const factors = sizes.filter((size) => size !== 1)
  return e === '0u' || sizes.includes(0) ? '0u' : [factors.length === 0 ? e : atom(e), ...factors.map(word)].join(' * ')
}
export const over = (e: string, size: Size): string =>
  size === 1 || e === '0u' ? e : `${atom(e)} / ${word(size)}`
export const modulo = (e: string, size: Size): string =>
  size === 1 || e === '0u' ? '0u' : `${atom(e)} % ${word(size)}`

export const lines = (...parts: readonly (string | readonly string[])[]): string =>
  parts.flat().filter((line) => line !== '').join('\n')

export const range = (first: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, k) => first + k)

export const product = (factors: readonly number[]): number => factors.reduce((n, factor) => n * factor, 1)
