// Which values get storage. Everything else is computed where it is used, inside its consumer's kernel.
//
// A value is stored if the program returns it, if a kernel kind of its own makes or needs it, if it is a reduction, or if
// computing it again for every use would cost more than a load.
import type { Equation, Program } from '../../core/program.ts'
import type { Primitive } from '../../core/primitive.ts'
import { widthOf } from '../../core/dtype.ts'
import { isAlias, isSpreading } from './views.ts'

const libraryNames: ReadonlySet<Primitive> = new Set<Primitive>([
  'argmax', 'argmin', 'cumsum', 'fft', 'gather', 'scatterAdd', 'sort', 'threefry', 'lbfgs'])
/** Kernel kinds of their own. */
export const isLibrary = (p: Primitive): boolean => libraryNames.has(p)
export const isReduction = (p: Primitive): p is 'sum' | 'max' | 'min' => p === 'sum' || p === 'max' || p === 'min'
const views: ReadonlySet<Primitive> = new Set<Primitive>(['reshape', 'transpose', 'expand', 'slice', 'pad', 'flip', 'concat', 'realView', 'complexView'])
export const isView = (p: Primitive): boolean => views.has(p)

/** Rough price of one element, in additions. */
const price = (e: Equation): number => {
  const width = widthOf(e.dtype)
  switch (e.primitive) {
    case 'input': case 'constant': case 'iota': case 'pick': return 0
    case 'add': case 'sub': case 'neg': case 'conj': case 'real': case 'imag': case 'complex': case 'cast': case 'where': return width
    case 'mul': case 'abs2': case 'not': case 'and': case 'or': case 'xor': case 'less': case 'lessEqual': case 'greater': case 'greaterEqual':
    case 'equal': case 'notEqual': case 'maximum': case 'minimum': return 2 * width - 1
    case 'ipow': return 3 * width
    case 'div': case 'sqrt': case 'abs': return 6 * width
    default: return isView(e.primitive) ? 0 : 20 * width
  }
}

/** Extra work that recomputing a value may cost before it is stored instead. */
const recomputeLimit = 24

export interface Roots {
  /** 1 where the value is stored. */
  readonly stored: Uint8Array
  /** The step level at which a value can be computed, at the same element, in one kernel with its operands. */
  readonly level: Int32Array
  /** The first level at which any element of it can be read. */
  readonly available: Int32Array
}

/** The shape over which a stored value's kernel runs. */
export const spaceOf = (e: Equation, equations: readonly Equation[]): readonly number[] =>
  isReduction(e.primitive) || isSpreading(e) ? equations[e.args[0]!]!.shape.dims : e.shape.dims

export const findRoots = (program: Program, demanded: ReadonlySet<number>, limits: SegmentLimits): Roots => {
  const { equations } = program
  const n = equations.length
  const stored = new Uint8Array(n)
  const store = (k: number): void => {
    let at = k
    while (stored[at] === 0) {
      stored[at] = 1
      if (!isAlias(equations[at]!.primitive)) break
      at = equations[at]!.args[0]! // the same storage
    }
  }
  for (const k of program.inputs) stored[k] = 1
  for (const k of program.outputs) store(k)
  for (const k of demanded) store(k)
  equations.forEach((e, k) => {
    if (isLibrary(e.primitive)) {
      stored[k] = 1
      for (const a of e.args) store(a)
    } else if (e.primitive === 'matmul') {
      stored[k] = 1
      for (const a of e.args) store(baseOf(a, equations))
    } else if (e.primitive === 'pick' || isReduction(e.primitive) || isSpreading(e)
      || (e.primitive === 'concat' && e.args.length > 4)) {
      stored[k] = 1
    }
  })
  cutSegments(equations, limits, store)
  const level = new Int32Array(n)
  const available = new Int32Array(n)
  for (let round = 0; round < 6; round++) {
    findLevels(equations, stored, level, available)
    if (!storeRecomputed(equations, stored, level, store)) break
  }
  findLevels(equations, stored, level, available)
  return { stored, level, available }
}

/** What a contraction's operand views; strides and a conjugation flag say the rest. */
const baseOf = (k: number, equations: readonly Equation[]): number => {
  let at = k
  while (equations[at]!.primitive === 'conj' || isStrided(equations[at]!.primitive)) at = equations[at]!.args[0]!
  return at
}

/** Views that strides can express. */
export const isStrided = (p: Primitive): boolean => p === 'transpose' || p === 'expand' || p === 'slice' || p === 'reshape'

/** How long a stretch may be, and what values take beyond the usual. */
export interface SegmentLimits { readonly segmentLimit: number; readonly extra: (e: Equation) => number }

/** Long programs are cut into stretches; what crosses a cut is stored. */
const cutSegments = (equations: readonly Equation[], { segmentLimit, extra }: SegmentLimits, store: (k: number) => void): void => {
  let spent = 0
  let segment = 0
  const segments = new Int32Array(equations.length)
  equations.forEach((e, k) => {
    spent += extra(e) + (price(e) === 0 ? 0.5 : widthOf(e.dtype) === 1 ? 1.5 : 2 + price(e) / 4)
    if (spent > segmentLimit) {
      segment++
      spent = 0
    }
    segments[k] = segment
    for (const a of e.args) if (segments[a] !== segment && equations[a]!.primitive !== 'constant') store(a)
  })
}

/** Whether a value's own kernel still has it at hand, element by element, so that consumers at the same element join in. */
const isForwarded = (e: Equation): boolean =>
  e.primitive !== 'input' && e.primitive !== 'matmul' && e.primitive !== 'pick' && e.primitive !== 'concat'
  && !isLibrary(e.primitive) && !isReduction(e.primitive) && !isView(e.primitive)

const findLevels = (equations: readonly Equation[], stored: Uint8Array, level: Int32Array, available: Int32Array): void => {
  equations.forEach((e, k) => {
    let here = 0
    let loaded = 0
    const elementwise = isForwarded(e) || isReduction(e.primitive)
    for (const a of e.args) {
      loaded = Math.max(loaded, available[a]!)
      here = Math.max(here, elementwise && isForwarded(equations[a]!) ? level[a]! : available[a]!)
    }
    level[k] = here
    const makesNothing = e.primitive === 'input' || e.primitive === 'pick' || (isAlias(e.primitive) && stored[e.args[0] ?? 0] === 1)
    available[k] = stored[k] === 1 && !makesNothing ? here + 1 : loaded
  })
}

/**
 * Finds the places from which each value is computed (a kernel, and the views between) and stores those for which
 * computing again costs more than loading. Returns whether any was found.
 */
const storeRecomputed = (equations: readonly Equation[], stored: Uint8Array, level: Int32Array, store: (k: number) => void): boolean => {
  const cost = new Float64Array(equations.length)
  equations.forEach((e, k) => {
    let c = price(e)
    for (const a of e.args) c += stored[a] === 1 ? 1 : cost[a]!
    cost[k] = Math.min(c, 1e6)
  })
  // Places are numbered: a kernel's level and space, and then one number for each view on the way.
  const names = new Map<string, number>()
  const nameOf = (text: string): number => {
    let id = names.get(text)
    if (id === undefined) names.set(text, id = names.size)
    return id
  }
  const beyond = new Map<number, Map<number, number>>()
  let last = equations.length * 2 // no name has so large a number
  const through = (view: number, place: number): number => {
    let from = beyond.get(view)
    if (from === undefined) beyond.set(view, from = new Map())
    let id = from.get(place)
    if (id === undefined) from.set(place, id = ++last)
    return id
  }
  const places: (number[] | undefined)[] = new Array(equations.length)
  const addTo = (k: number, place: number): void => {
    const list = places[k]
    if (list === undefined) places[k] = [place]
    else if (list.length < 8 && !list.includes(place)) list.push(place)
  }
  let found = false
  for (let k = equations.length - 1; k >= 0; k--) {
    const e = equations[k]!
    const isStored = stored[k] === 1
    if (!isStored) {
      const uses = places[k]?.length ?? 0
      if (uses > 1 && cost[k]! * (uses - 1) > recomputeLimit) {
        store(k)
        found = true
        continue
      }
    }
    if (isLibrary(e.primitive) || e.primitive === 'matmul') continue
    const own = isStored ? [nameOf(`${level[k]} ${spaceOf(e, equations).join()}`)] : places[k] ?? []
    const view = isView(e.primitive) ? nameOf(`${e.primitive} ${e.attrs.join()}`) : -1
    for (const a of e.args) {
      if (stored[a] === 1) continue
      const operand = equations[a]!
      if (e.primitive === 'expand' && replicatesOuter(operand, e) && cost[a]! > 4) {
        store(a)
        found = true
        continue
      }
      for (const p of own) {
        if (view < 0) addTo(a, p)
        else if (operand.shape.size === 1) addTo(a, nameOf(`scalar ${level[k]}`)) // hoisted out of every loop
        else addTo(a, through(view, p))
      }
    }
  }
  return found
}

/** Whether a broadcast repeats its operand in an outer loop, where the work cannot be hoisted. */
const replicatesOuter = (operand: Equation, e: Equation): boolean => {
  if (operand.shape.size <= 1 || operand.shape.size === e.shape.size) return false
  const lead = e.shape.rank - operand.shape.rank
  let repeated = false
  for (let k = 0; k < e.shape.rank; k++) {
    const d = k < lead ? 1 : operand.shape.dims[k - lead]!
    if (d === 1 && e.shape.dims[k]! > 1) repeated = true
    else if (d > 1 && repeated) return true
  }
  return false
}
