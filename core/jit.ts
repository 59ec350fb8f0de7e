// jit: trace a function once per signature of its arguments, compile it, and from then on only run it.
import { placeOf, DeviceArray, type Backend, type Executable, type Storage } from './backend.ts'
import { programsOf } from './compiled.ts'
import { describe, isPlain } from './describe.ts'
import type { DType, HostArray } from './dtype.ts'
import { OptionError, TraceError, TreeError } from './errors.ts'
import { force } from './evaluate.ts'
import { leaf, Node, Trace, variable, within } from './node.ts'
import { linearise } from './program.ts'
import { scalar, type ShapeInfo } from './shape.ts'

/** What varies between calls of one signature, and what is fixed in it. */
type Pattern =
  | { readonly kind: 'tensor'; readonly dtype: DType; readonly info: ShapeInfo; readonly weak: boolean }
  | { readonly kind: 'number' }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | { readonly kind: 'record'; readonly keys: readonly string[]; readonly items: readonly Pattern[] }
  | { readonly kind: 'fixed'; readonly value: unknown }

type Slot = Node | number

const patternOf = (x: unknown): Pattern => {
  if (x instanceof Node) return { kind: 'tensor', dtype: x.dtype, info: x.info, weak: x.weak }
  if (typeof x === 'number') return { kind: 'number' }
  if (Array.isArray(x)) return { kind: 'array', items: x.map(patternOf) }
  if (typeof x === 'object' && x !== null && isPlain(x)) {
    const entries = Object.entries(x as Readonly<Record<string, unknown>>) // a plain object
    return { kind: 'record', keys: entries.map(([k]) => k), items: entries.map(([, v]) => patternOf(v)) }
  }
  return { kind: 'fixed', value: x }
}

/** Whether `x` fits the pattern; collects what varies into `slots`. */
const matches = (p: Pattern, x: unknown, slots: Slot[]): boolean => {
  switch (p.kind) {
    case 'tensor':
      if (!(x instanceof Node) || x.info !== p.info || x.dtype !== p.dtype || x.weak !== p.weak) return false
      slots.push(x)
      return true
    case 'number':
      if (typeof x !== 'number') return false
      slots.push(x)
      return true
    case 'array':
      if (!Array.isArray(x) || x.length !== p.items.length) return false
      for (let k = 0; k < p.items.length; k++) {
        const item = p.items[k]!
        const part: unknown = x[k]
        if (item.kind !== 'tensor') {
          if (!matches(item, part, slots)) return false
        } else { // as above: arrays of tensors are the common case, and calls are short
          if (!(part instanceof Node) || part.info !== item.info || part.dtype !== item.dtype || part.weak !== item.weak) return false
          slots.push(part)
        }
      }
      return true
    case 'record': {
      if (typeof x !== 'object' || x === null || x instanceof Node || Array.isArray(x)) return false
      const record = x as Readonly<Record<string, unknown>> // an object, read by key
      for (let k = 0; k < p.keys.length; k++) if (!matches(p.items[k]!, record[p.keys[k]!], slots)) return false
      return Object.keys(record).length === p.keys.length
    }
    case 'fixed':
      return Object.is(x, p.value)
  }
}

/** Replaces what varies. */
const fill = (p: Pattern, next: () => Node): unknown => {
  switch (p.kind) {
    case 'tensor': case 'number': return next()
    case 'array': return p.items.map((q) => fill(q, next))
    case 'record': return Object.fromEntries(p.keys.map((k, i) => [k, fill(p.items[i]!, next)]))
    case 'fixed': return p.value
  }
}

/** What may change without its identity would be frozen at the first trace, unnoticed. @throws TreeError for it. */
const requireImmutable = (p: Pattern, path: string): void => {
  if (p.kind === 'array') p.items.forEach((q, k) => requireImmutable(q, `${path}[${k}]`))
  else if (p.kind === 'record') p.items.forEach((q, k) => requireImmutable(q, `${path}.${p.keys[k]!}`))
  else if (p.kind === 'fixed' && typeof p.value === 'object' && p.value !== null) {
    throw new TreeError(`jit: ${path} is ${describe(p.value)}, which may change unnoticed between calls: `
      + (ArrayBuffer.isView(p.value) ? 'make a tensor of it with fromTypedArray()'
        : 'pass tensors, numbers, and arrays and plain records of them'))
  }
}

/** The pattern of a result, in which a number is a number. @throws TraceError for what is not there yet. */
const resultOf = (value: unknown): Pattern => {
  const settled = (p: Pattern, x: unknown): Pattern => {
    if (p.kind === 'number') return { kind: 'fixed', value: x }
    if (p.kind === 'array') {
      const array = x as readonly unknown[] // its pattern
      return { ...p, items: p.items.map((q, k) => settled(q, array[k])) }
    }
    if (p.kind === 'record') {
      const record = x as Readonly<Record<string, unknown>> // its pattern
      return { ...p, items: p.items.map((q, k) => settled(q, record[p.keys[k]!])) }
    }
    if (p.kind === 'fixed' && x instanceof Promise) {
      throw new TraceError('jit: the function returned a promise, and a trace ends when the function returns: '
        + 'await outside of it')
    }
    return p
  }
  return settled(patternOf(value), value)
}

const collect = (p: Pattern, x: unknown): readonly Node[] => {
  const slots: Slot[] = []
  matches(p, x, slots)
  return slots.filter((s): s is Node => s instanceof Node)
}

/** One compiled signature. */
interface Entry {
  readonly arguments: Pattern
  readonly backend: Backend
  readonly executable: Executable | null
  /** Where each input comes from: an argument's slot, or a value captured at the first trace. */
  readonly sources: readonly (number | Storage)[]
  readonly outputs: readonly Node[]
  readonly result: Pattern
  /** Whether the result is an array of tensors, and nothing more complicated. */
  readonly isList: boolean
}

const dataOf = (s: Slot): Storage | null => (typeof s === 'number' ? null : s.data)

/** A captured value, brought to the device once. */
const placed = (n: Node, backend: Backend): Storage => {
  const data = force(n)
  return backend.place === undefined || data instanceof DeviceArray ? data : backend.place(data, n.dtype)
}

const trace = (f: (...args: never[]) => unknown, args: readonly unknown[], slots: readonly Slot[]): Entry | null => {
  const signature = patternOf(args)
  if (signature.kind === 'array') signature.items.forEach((p, k) => requireImmutable(p, `argument ${k}`))
  const scope = new Trace(f.name === '' ? 'a function' : f.name, true)
  const variables: Node[] = []
  const make = (dtype: DType, info: ShapeInfo, weak: boolean): Node => {
    const v = variable(scope, dtype, info, weak)
    variables.push(v)
    return v
  }
  const symbolic = symbolicArguments(signature, make)
  const value = within(scope, () => f(...symbolic as never[])) // same pattern as the caller's arguments
  const result = resultOf(value)
  const outputs = collect(result, value)
  if (outputs.some((o) => o.owner !== null && o.owner !== scope && o.owner.open)) return null // it captured an outer variable
  const slot = new Map(variables.map((v, k) => [v, k]))
  const isList = result.kind === 'array' && result.items.every((p) => p.kind === 'tensor')
  const linear = linearise(outputs, new Set(variables))
  const captured = linear.leaves.filter((n) => !slot.has(n))
  const backend = placeOf([...slots, ...captured], dataOf)
  if (outputs.length === 0) return { arguments: signature, backend, executable: null, sources: [], outputs, result, isList }
  const sources = linear.leaves.map((n) => slot.get(n) ?? placed(n, backend))
  return { arguments: signature, backend, executable: programsOf(backend).get(linear), sources, outputs, result, isList }
}

const symbolicArguments = (signature: Pattern, make: (dtype: DType, info: ShapeInfo, weak: boolean) => Node): readonly unknown[] => {
  const walk = (p: Pattern): unknown => {
    switch (p.kind) {
      case 'tensor': return make(p.dtype, p.info, p.weak)
      case 'number': return make('float64', scalar, true)
      case 'array': return p.items.map(walk)
      case 'record': return Object.fromEntries(p.keys.map((k, i) => [k, walk(p.items[i]!)]))
      case 'fixed': return p.value
    }
  }
  return signature.kind === 'array' ? signature.items.map(walk) : []
}

const isSymbolic = (s: Slot): boolean => typeof s !== 'number' && s.owner !== null && s.owner.open

const isAnySymbolic = (slots: readonly Slot[]): boolean => {
  for (const s of slots) if (isSymbolic(s)) return true
  return false
}

const storageOf = (x: number): HostArray => {
  const data = new Float64Array(1) // faster than Float64Array.of
  data[0] = x
  return data
}

const run = (entry: Entry, slots: readonly Slot[]): unknown => {
  if (entry.executable === null) return fill(entry.result, () => { throw new TraceError('jit: no outputs') })
  const { sources, outputs } = entry
  const inputs = new Array<Storage>(sources.length)
  for (let k = 0; k < sources.length; k++) {
    const from = sources[k]!
    if (typeof from !== 'number') inputs[k] = from
    else {
      const s = slots[from]!
      inputs[k] = typeof s === 'number' ? storageOf(s) : s.data ?? force(s)
    }
  }
  const data = entry.executable.run(inputs)
  if (entry.result.kind === 'tensor') return leaf(data[0]!, outputs[0]!.dtype, outputs[0]!.info)
  if (entry.isList) {
    const results = new Array<Node>(outputs.length)
    for (let k = 0; k < outputs.length; k++) results[k] = leaf(data[k]!, outputs[k]!.dtype, outputs[k]!.info)
    return results
  }
  let k = 0
  return fill(entry.result, () => {
    const o = outputs[k]!
    return leaf(data[k++]!, o.dtype, o.info)
  })
}

const limit = 64

/** Without types; its docstring is in face.ts. */
export const jit = <A extends readonly unknown[], R>(f: (...args: A) => R): ((...args: A) => R) => {
  if (typeof f !== 'function') throw new OptionError(`jit: expected a function, not ${describe(f)}: jit(f)(x)`)
  const entries: Entry[] = []
  return (...args: A): R => {
    for (const entry of entries) {
      const slots: Slot[] = []
      if (!matches(entry.arguments, args, slots) || entry.backend !== placeOf(slots, dataOf)) continue
      if (isAnySymbolic(slots)) return f(...args)
      return run(entry, slots) as R // the pattern of the traced result
    }
    const signature: Slot[] = []
    matches(patternOf(args), args, signature)
    if (isAnySymbolic(signature)) return f(...args)
    const entry = trace(f as (...args: never[]) => unknown, args, signature) // called with the caller's own arguments
    if (entry === null) return f(...args)
    if (entries.length === limit) entries.shift()
    entries.push(entry)
    return run(entry, signature) as R // the pattern of the traced result
  }
}
