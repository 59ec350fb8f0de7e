// Index arithmetic as WGSL: expressions of u32, without what multiplies by one or adds nothing.

export const plus = (...terms: readonly (string | number)[]): string =>
  terms.filter((term) => term !== '0u' && term !== 0).map((term) => (typeof term === 'number' ? `${term}u` : term)).join(' + ') || '0u'

const atom = (e: string): string => (/^\w+$/.test(e) ? e : `(${e})`)

export const times = (e: string, n: number): string => (n === 1 || e === '0u' ? e : n === 0 ? '0u' : `${atom(e)} * ${n}u`)
export const over = (e: string, n: number): string => (n === 1 || e === '0u' ? e : `${atom(e)} / ${n}u`)
export const modulo = (e: string, n: number): string => (n === 1 || e === '0u' ? '0u' : `${atom(e)} % ${n}u`)

export const lines = (...parts: readonly (string | readonly string[])[]): string =>
  parts.flat().filter((line) => line !== '').join('\n')

export const range = (first: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, k) => first + k)

export const product = (factors: readonly number[]): number => factors.reduce((n, factor) => n * factor, 1)
