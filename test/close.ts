// Numeric assertions over numbers, complex numbers, nested arrays and typed arrays.
// uvu's own `equal` takes -0 for 0 and stumbles over NaN; these say precisely which element is off, and by how much.

/** A plain error, so that a test of these very assertions can catch it (uvu lets its own pass through `throws`). */
const fail = (message: string): never => {
  throw new Error(message)
}

export type Numeric =
  | number
  | boolean
  | { readonly re: number; readonly im: number }
  | { readonly length: number; readonly [index: number]: Numeric }

interface Flat {
  /** Lengths from the outside in, such as `[2,[3,3]]`: two values agree only if their outlines do. */
  readonly outline: string
  readonly values: readonly number[]
}

const flatten = (value: Numeric): Flat => {
  const values: number[] = []
  const visit = (node: Numeric): string => {
    if (typeof node === 'number' || typeof node === 'boolean') {
      values.push(Number(node))
      return ''
    }
    if ('re' in node) {
      values.push(node.re, node.im)
      return 'c'
    }
    const inner = Array.from({ length: node.length }, (_, i) => visit(node[i]!))
    return inner.every((text) => text === inner[0]) ? `[${node.length}${inner[0] ?? ''}]` : `[${inner.join(' ')}]`
  }
  return { outline: visit(value), values }
}

type Verdict = (a: number, b: number) => boolean

const compare = (actual: Numeric, expected: Numeric, verdict: (expected: readonly number[]) => Verdict,
  rule: string, message = ''): void => {
  const a = flatten(actual)
  const b = flatten(expected)
  const prefix = message === '' ? '' : `${message}: `
  if (a.outline !== b.outline) {
    fail(`${prefix}shapes differ: ${a.outline || 'number'} against ${b.outline || 'number'}`)
  }
  const agrees = verdict(b.values)
  const off = b.values.flatMap((value, i) => (agrees(a.values[i]!, value) ? [] : [i]))
  if (off.length === 0) return
  const show = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))
  const examples = off.slice(0, 3).map((i) => {
    const [x, y] = [a.values[i]!, b.values[i]!]
    return `[${i}] ${show(x)} instead of ${show(y)}, off by ${Math.abs(x - y).toExponential(2)}`
  })
  fail(`${prefix}${off.length} of ${b.values.length} values differ (${rule}): ${examples.join('; ')}`)
}

/** NaN agrees with NaN and an infinity with itself; everything else is left to the tolerance. */
const orSame = (within: Verdict): Verdict => (a, b) =>
  Object.is(a, b) || a === b || (Number.isFinite(a) && Number.isFinite(b) && within(a, b))

/** Passes if |a - b| ≤ tolerance·(1 + max|b|) for every element, the maximum taken over the finite ones. */
export const close = (actual: Numeric, expected: Numeric, tolerance: number, message?: string): void => {
  const verdict = (values: readonly number[]): Verdict => {
    const largest = values.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0)
    return orSame((a, b) => Math.abs(a - b) <= tolerance * (1 + largest))
  }
  compare(actual, expected, verdict, `tolerance ${tolerance}`, message)
}

/** Passes if |a - b| ≤ tolerance·|b| for every element; zero has to be met exactly. */
export const relative = (actual: Numeric, expected: Numeric, tolerance: number, message?: string): void =>
  compare(actual, expected, () => orSame((a, b) => Math.abs(a - b) <= tolerance * Math.abs(b)),
    `relative tolerance ${tolerance}`, message)

/** Passes if every element is the same value: -0 differs from 0, NaN equals NaN. */
export const exact = (actual: Numeric, expected: Numeric, message?: string): void =>
  compare(actual, expected, () => Object.is, 'exact', message)

/** `exact` for what was computed in 32 bits: where these cannot hold a number, they come within two units in the last place. */
export const exactInSingle = (actual: Numeric, expected: Numeric, message?: string): void =>
  compare(actual, expected, () => (a, b) => Object.is(a, b) || (Math.fround(b) !== b && Math.abs(a - b) <= 2 ** -22 * Math.abs(b)),
    'exact in 32 bits', message)

/** An error is named by the `_tag` that it carries or by its class. */
export type Kind = string | (abstract new (...args: never[]) => unknown)

const isKind = (error: unknown, kind: Kind): boolean =>
  typeof kind === 'string'
    ? typeof error === 'object' && error !== null && '_tag' in error && error._tag === kind
    : error instanceof kind

const checkError = (error: unknown, kind: Kind, message: RegExp): unknown => {
  const text = error instanceof Error ? error.message : String(error)
  const name = typeof kind === 'string' ? kind : kind.name
  if (!isKind(error, kind)) fail(`expected ${name}, got ${error instanceof Error ? error.name : typeof error}: ${text}`)
  if (!message.test(text)) fail(`the ${name} says «${text}», which does not match ${message}`)
  return error
}

/** Passes if `run` throws an error of this kind whose message matches; returns the error. */
export const throwsError = (run: () => unknown, kind: Kind, message: RegExp): unknown => {
  let thrown: { readonly error: unknown } | undefined
  try {
    run()
  } catch (error) {
    thrown = { error }
  }
  return thrown === undefined ? fail(`expected an error matching ${message}, got none`)
    : checkError(thrown.error, kind, message)
}

/** The same for a promise that has to be rejected. */
export const rejectsError = async (run: () => Promise<unknown>, kind: Kind, message: RegExp): Promise<unknown> => {
  const thrown = await run().then(() => undefined, (error: unknown) => ({ error }))
  return thrown === undefined ? fail(`expected an error matching ${message}, got none`)
    : checkError(thrown.error, kind, message)
}
