// Running a plan by printing JavaScript: one generated function allocates the results, calls each step's kernel and
// returns.
import type { HostArray } from '../../core/dtype.ts'
import { reads, writes, type Step } from '../lower/kernel.ts'
import { storageKind, type Place, type StorageKind } from '../lower/memory.ts'
import { obtain } from './pool.ts'
import type { Prepared, Run } from './prepare.ts'
import { printKernel } from './print.ts'
import { runtime, runtimeNames } from './runtime.ts'

const arenaNames: Readonly<Record<StorageKind, string>> = { float64: 'D', float32: 'S', int32: 'N', bool: 'B' }
const arenaKinds = ['float64', 'float32', 'int32', 'bool'] as const

const nameOf = (place: Place): string =>
  place.kind === 'input' ? `x${place.input}` : place.kind === 'result' ? `y${place.result}` : arenaNames[place.storage]

type LoopStep = Extract<Step, { kind: 'loops' }>

interface Source { readonly text: string; readonly parameters: readonly number[]; readonly arrays: readonly string[] }

/** The source of a function that makes a kernel from the run-time library and its sizes. */
const kernelSource = (step: LoopStep, places: readonly Place[], eager: boolean): Source => {
  const parameters: number[] = []
  const parameter = (n: number): string => {
    const at = parameters.indexOf(n)
    return `p${at < 0 ? parameters.push(n) - 1 : at}`
  }
  const { body, stacks } = printKernel(step.kernel, {
    locate: (b) => {
      const place = places[b]!
      return { name: nameOf(place), offset: place.kind === 'arena' ? place.offset : 0 }
    },
    ...eager ? { parameter } : {},
  })
  const arrays = [...new Set([...reads(step), ...writes(step)].map((b) => nameOf(places[b]!)))].sort()
  const text = [
    ...parameters.map((_, k) => `const p${k} = p[${k}]`),
    ...Array.from({ length: stacks }, (_, k) => `const t${k} = new Float64Array(64)`),
    `return (${arrays.join(', ')}) => {`, body, '}',
  ].join('\n')
  return { text, parameters, arrays }
}

type Factory = (...args: readonly unknown[]) => (...arrays: readonly HostArray[]) => void

const factories = new Map<string, Factory>()
const mostFactories = 2000

/** Compiles a text once. Kernels on arrays of other kinds get functions of their own: call sites stay monomorphic. */
const factoryOf = (text: string, arrayKinds: string): Factory => {
  const key = `// ${arrayKinds}\n${text}`
  let f = factories.get(key)
  if (f === undefined) {
    f = new Function('p', ...runtimeNames, `'use strict'\n${key}`) as Factory // that is what the text is
    if (factories.size >= mostFactories) factories.delete(factories.keys().next().value!)
    factories.set(key, f)
  }
  return f
}

/** A plan as a function, and the source of each step (empty for those that are not loops). */
export const generate = (
  prepared: Prepared, eager: boolean,
): { readonly run: Run; readonly sources: readonly string[] } => {
  const { plan, places, arenas, results } = prepared
  const constants: unknown[] = []
  const constant = (value: unknown): string => `c[${constants.push(value) - 1}]`
  const setup: string[] = []
  const calls: string[] = []
  const kindOfName = new Map(plan.buffers.map((b, k) => [nameOf(places[k]!), storageKind(b.dtype)]))
  const array = (b: number): string => places[b]!.kind === 'arena' ? constant(prepared.view(b)) : nameOf(places[b]!)
  const list = (buffers: readonly number[]): string => `[${buffers.map(array).join(', ')}]`
  const sources = plan.steps.map((step, k) => {
    if (step.kind !== 'loops') {
      const call = prepared.call(step)
      setup.push(`const k${k} = ${constant(call.run)}`)
      calls.push(`k${k}(${list(call.args)}, ${list(call.results)})`)
      return ''
    }
    const { text, parameters, arrays } = kernelSource(step, places, eager)
    const factory = factoryOf(text, arrays.map((a) => `${a} ${kindOfName.get(a) ?? ''}`).join(', '))
    setup.push(`const k${k} = ${constant(factory(parameters, ...runtime))}`)
    calls.push(`k${k}(${arrays.join(', ')})`)
    return text
  })
  const usedInputs = new Set(places.flatMap((p) => (p.kind === 'input' ? [p.input] : [])))
  const body = [
    ...arenaKinds.map((kind) => `const ${arenaNames[kind]} = arenas.${kind}`),
    ...setup,
    'return (inputs) => {',
    ...[...usedInputs].map((k) => `const x${k} = inputs[${k}]`),
    ...results.map(({ storage, length }, k) => `const y${k} = obtain('${storage}', ${length})`),
    ...calls,
    `return [${plan.outputs.map((b) => nameOf(places[b]!)).join(', ')}]`,
    '}',
  ].join('\n')
  type Make = (...args: readonly unknown[]) => Run
  const make = new Function('c', 'arenas', 'obtain', `'use strict'\n${body}`) as Make // that is what the text is
  return { run: make(constants, arenas, obtain), sources }
}
