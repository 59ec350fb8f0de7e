// Reading numbers off a device is the only effect of an optimizer. Whatever needs one is written as a generator that
// yields the tensors it wants to read; one driver answers at once, the other waits for the device.
import { isComplex, type HostArray } from '../core/dtype.ts'
import { DTypeError, ShapeError } from '../core/errors.ts'
import { hostArray } from '../core/evaluate.ts'
import type { Node } from '../core/node.ts'
import { known as knownOf, readAll } from '../core/read.ts'
import { show } from '../core/shape.ts'

/** Something that is done at once or waited for, such as the step of an optimizer that somebody else wrote. */
export interface Wait { readonly now: () => void; readonly later: () => Promise<void> }

/** Tensors of which the numbers will be needed soon: the next reading takes them along. Single numbers are known from then on. */
export interface Expected {
  readonly expected: readonly Node[]
  readonly arrived?: (data: readonly HostArray[]) => void
}

export type Effect = readonly Node[] | Wait | Expected

/** A computation that reads numbers on its way. */
export type Steps<A> = Generator<Effect, A, readonly number[]>

const isReading = (effect: Effect): effect is readonly Node[] => Array.isArray(effect)

/** @throws unless this is one real number. */
const checked = (x: Node): Node => {
  if (x.info.size !== 1) {
    throw new ShapeError(`read: a tensor ${show(x.info)} is not one number: reduce it, for example with sum()`)
  }
  if (isComplex(x.dtype)) throw new DTypeError(`read: a ${x.dtype} number is two: read real() and imag()`)
  return x
}

/** The values of real scalars if they are on the host already, else null. */
export const known = (xs: readonly Node[]): readonly number[] | null => {
  const numbers = new Array<number>(xs.length)
  for (let k = 0; k < xs.length; k++) {
    const { data } = checked(xs[k]!)
    const array = data === null ? null : knownOf(data)
    if (array === null) return null
    numbers[k] = array[0]!
  }
  return numbers
}

const nothing: readonly number[] = []

const answer = (effect: Effect): readonly number[] => {
  if (isReading(effect)) return effect.map((x) => hostArray(checked(x), 'read')[0]!)
  if ('now' in effect) effect.now()
  return nothing
}

/** A result, or the computation that will have it. On a host that has all numbers it is the result, and costs no generator. */
export type Eventually<A> = A | Steps<A>

export const isSteps = <A>(x: Eventually<A>): x is Steps<A> =>
  typeof x === 'object' && x !== null && 'next' in x && typeof x.next === 'function'

const afterSteps = function* <A, B>(steps: Steps<A>, then: (result: A) => Eventually<B>): Steps<B> {
  const next = then(yield* steps)
  return isSteps(next) ? yield* next : next
}

/** What `then` makes of a result, as soon as there is one. */
export const after = <A, B>(x: Eventually<A>, then: (result: A) => Eventually<B>): Eventually<B> =>
  isSteps(x) ? afterSteps(x, then) : then(x)

const ask = function* (xs: readonly Node[]): Steps<readonly number[]> { return yield xs }

/** What `then` makes of the values of real scalars. */
export const reading = <A>(xs: readonly Node[], then: (numbers: readonly number[]) => Eventually<A>): Eventually<A> =>
  after(known(xs) ?? ask(xs), then)

/** The next reading takes these along. */
export const alongside = function* (expected: Expected): Steps<void> { yield expected }

/** What `then` makes while these numbers are on their way. */
export const expecting = <A>(xs: readonly Node[], then: () => Eventually<A>): Eventually<A> => after(alongside({ expected: xs }), then)

/** What `then` makes of the numbers of tensors of any size. */
export const fetching = function* <A>(xs: readonly Node[], then: (data: readonly HostArray[]) => A): Steps<A> {
  let data: readonly HostArray[] = []
  yield {
    now: () => { data = xs.map((x) => hostArray(x, 'read')) },
    later: async () => { data = await readAll(xs) },
  }
  return then(data)
}

/** The result inside a generator. */
export const settled = function* <A>(x: Eventually<A>): Steps<A> { return isSteps(x) ? yield* x : x }

export const runSync = <A>(steps: Eventually<A>): A => {
  if (!isSteps(steps)) return steps
  let at = steps.next()
  while (at.done !== true) at = steps.next(answer(at.value))
  return at.value
}

export const runAsync = async <A>(steps: Eventually<A>): Promise<A> => {
  if (!isSteps(steps)) return steps
  let waiting: readonly Expected[] = []
  const readWith = async (xs: readonly Node[]): Promise<readonly number[]> => {
    const along = waiting
    waiting = []
    const data = await readAll([...xs.map(checked), ...along.flatMap((w) => w.expected)])
    let next = xs.length
    for (const { expected, arrived } of along) arrived?.(data.slice(next, next += expected.length))
    return xs.map((_, k) => data[k]![0]!)
  }
  const answerLater = async (effect: Exclude<Effect, Expected>): Promise<readonly number[]> => {
    if (isReading(effect)) return readWith(effect)
    await effect.later()
    return nothing
  }
  let at = steps.next()
  while (at.done !== true) {
    const effect = at.value
    if (!isReading(effect) && 'expected' in effect) {
      waiting = [...waiting, effect]
      at = steps.next(nothing) // at once: a device is sent all that is to be done between two reads in one piece
      continue
    }
    let numbers: readonly number[]
    try {
      numbers = await answerLater(effect)
    } catch (error) {
      at = steps.throw(error) // such as a lost device
      continue
    }
    at = steps.next(numbers)
  }
  return at.value
}
