// The options of a minimization, checked where they come in.
import * as t from 'io-ts'
import { isBackend } from '../../core/backend.ts'
import { OptionError } from '../../core/errors.ts'
import { E } from '../../core/fp.ts'

const guarded = <A>(name: string, holds: (x: unknown) => boolean): t.Type<A> => {
  const is = (x: unknown): x is A => holds(x)
  return new t.Type(name, is, (x, context) => (is(x) ? t.success(x) : t.failure(x, context)), t.identity)
}

const has = (x: unknown, key: string): boolean => typeof x === 'object' && x !== null && key in x
const isFunction = (x: unknown): boolean => typeof x === 'function'

const tolerance = guarded<number>('a number ≥ 0', (x) => typeof x === 'number' && x >= 0 && x < Infinity)
const limit = guarded<number>('an integer ≥ 0, or Infinity', (x) =>
  typeof x === 'number' && x >= 0 && (x === Infinity || Number.isInteger(x)))
const seconds = guarded<number>('a number ≥ 0, or Infinity', (x) => typeof x === 'number' && x >= 0)

const codecs = {
  optimizer: guarded<object>('a gradient transformation, { init, update, updateAsync }', (x) =>
    has(x, 'init') && has(x, 'update')),
  gradientTolerance: tolerance,
  decreaseTolerance: tolerance,
  norm: guarded<2 | 'max'>("2 or 'max'", (x) => x === 2 || x === 'max'),
  maxIterations: limit,
  maxEvaluations: limit,
  maxSeconds: seconds,
  onIteration: guarded<(progress: never) => void>('a function', isFunction),
  signal: guarded<{ readonly aborted: boolean }>('an AbortSignal', (x) => has(x, 'aborted')),
  resumeFrom: guarded<object>('a solution that minimize returned', (x) => has(x, 'checkpoint')),
  jit: guarded<boolean>('true or false', (x) => typeof x === 'boolean'),
}
const asyncCodecs = {
  ...codecs,
  backend: guarded<object>('a backend, such as cpu or await webgpu()', isBackend),
  snapshotSeconds: seconds,
}
const options = t.partial(codecs)
const asyncOptions = t.partial(asyncCodecs)

const show = (x: unknown): string =>
  (typeof x === 'string' ? `'${x}'` : typeof x === 'object' && x !== null ? 'an object' : String(x))

/** One line for each option that is wrong. */
const report = (errors: t.Errors): string => errors.map(({ value, context }) => {
  const { key, type } = context.at(-1)!
  return key === '' ? `the options must be an object, got ${show(value)}` : `${key} must be ${type.name}, got ${show(value)}`
}).join('; ')

/** @throws OptionError naming every option that is unknown or out of its range. */
export const checkOptions = (name: string, given: unknown, isAsync: boolean): void => {
  if (given === undefined) return
  const decoded = (isAsync ? asyncOptions : options).decode(given)
  if (E.isLeft(decoded)) throw new OptionError(`${name}: ${report(decoded.left)}`)
  const names = Object.keys(isAsync ? asyncCodecs : codecs)
  const unknown = Object.keys(decoded.right).filter((key) => !names.includes(key))
  if (unknown.length > 0) {
    const others = unknown.every((key) => Object.hasOwn(asyncCodecs, key)) ? ': it is one of minimizeAsync' : `: there are ${names.join(', ')}`
    throw new OptionError(`${name}: there is no option ${unknown.join(', ')}${others}`)
  }
}
