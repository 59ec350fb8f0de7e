// From a plan to an executable: one generated function allocates the results, calls each step's kernel and returns.
import type { Executable } from '../../core/backend.ts'
import type { HostArray } from '../../core/dtype.ts'
import type { Program } from '../../core/program.ts'
import type { Buffer, Plan, Step } from '../lower/kernel.ts'
import { loads } from '../lower/kernel.ts'
import { layOut, storageKind, type Layout, type Place, type StorageKind } from '../lower/memory.ts'
import { explainPlan } from './explain.ts'
import { bindContraction, bindLibrary, type Bound } from './library.ts'
import { obtain } from './pool.ts'
import { printKernel } from './print.ts'
import { runtime, runtimeNames } from './runtime.ts'

const arenaNames: Readonly<Record<StorageKind, string>> = { float64: 'D', float32: 'S', int32: 'N', bool: 'B' }
const kinds = ['float64', 'float32', 'int32', 'bool'] as const

type Run = (inputs: readonly HostArray[]) => readonly HostArray[]
type Arenas = Readonly<Record<StorageKind, HostArray>>

const nameOf = (place: Place): string =>
  place.kind === 'input' ? `x${place.input}` : place.kind === 'result' ? `y${place.result}` : arenaNames[place.storage]

const buffersOf = (step: Step): readonly number[] =>
  step.kind === 'loops' ? [...new Set([...loads(step.kernel.statements.map((s) => s.value)), ...step.kernel.statements.map((s) => s.buffer)])] : []

/** Programs of one or two operations run with many sizes: their kernels take sizes as parameters, so one text serves all. */
const isEager = (program: Program): boolean => program.equations.filter((e) => e.primitive !== 'input').length <= 3

interface Source { readonly text: string; readonly parameters: readonly number[] }

/** The source of a function that makes a kernel from the run-time library and its sizes. */
const kernelSource = (step: Extract<Step, { kind: 'loops' }>, places: readonly Place[], eager: boolean): Source & { readonly arrays: readonly string[] } => {
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
  const arrays = [...new Set(buffersOf(step).map((b) => nameOf(places[b]!)))].sort()
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

/** Compiles a text once. Kernels on arrays of other kinds get a function of their own, so that call sites stay monomorphic. */
const factoryOf = (text: string, arrayKinds: string): Factory => {
  const key = `// ${arrayKinds}\n${text}`
  let f = factories.get(key)
  if (f === undefined) {
    f = new Function('p', ...runtimeNames, `'use strict'\n${key}`) as Factory // what the text returns
    if (factories.size >= mostFactories) factories.delete(factories.keys().next().value!)
    factories.set(key, f)
  }
  return f
}

const resultKind = (b: Buffer): 'float64' | 'float32' | 'int32' => {
  const kind = storageKind(b.dtype)
  return kind === 'bool' ? 'int32' : kind
}

const bind = (step: Exclude<Step, { kind: 'loops' | 'fill' }>, buffers: readonly Buffer[], codegen: boolean): Bound =>
  step.kind === 'library' ? bindLibrary(step, codegen) : bindContraction(step, resultKind(buffers[step.result]!))

const argumentsOf = (step: Exclude<Step, { kind: 'loops' | 'fill' }>): readonly [readonly number[], readonly number[]] =>
  step.kind === 'library' ? [step.args, step.results] : [[step.a.buffer, step.b.buffer], [step.result]]

/** Compiles a plan by printing JavaScript. */
const generate = (plan: Plan, layout: Layout, arenas: Arenas, eager: boolean): { readonly run: Run; readonly sources: readonly string[] } => {
  const { places } = layout
  const constants: unknown[] = []
  const constant = (value: unknown): string => `c[${constants.push(value) - 1}]`
  const setup: string[] = []
  const calls: string[] = []
  const sources: string[] = []
  const kindOfName = new Map(plan.buffers.map((b, k) => [nameOf(places[k]!), storageKind(b.dtype)]))
  /** A whole buffer as an array: the input or result itself, or a view of its arena. */
  const array = (b: number): string => {
    const place = places[b]!
    if (place.kind !== 'arena') return nameOf(place)
    const view = arenas[place.storage].subarray(place.offset, place.offset + plan.buffers[b]!.length)
    return constant(view)
  }
  plan.steps.forEach((step, k) => {
    if (step.kind === 'loops') {
      const { text, parameters, arrays } = kernelSource(step, places, eager)
      const factory = factoryOf(text, arrays.map((a) => `${a} ${kindOfName.get(a) ?? ''}`).join(', '))
      sources.push(text)
      setup.push(`const k${k} = ${constant(factory(parameters, ...runtime))}`)
      calls.push(`k${k}(${arrays.join(', ')})`)
    } else if (step.kind === 'fill') {
      sources.push('')
      calls.push(`${array(step.buffer)}.fill(${step.value})`)
    } else {
      const [args, results] = argumentsOf(step)
      sources.push('')
      setup.push(`const k${k} = ${constant(bind(step, plan.buffers, true))}`)
      calls.push(`k${k}([${args.map(array).join(', ')}], [${results.map(array).join(', ')}])`)
    }
  })
  const usedInputs = new Set(places.flatMap((p) => (p.kind === 'input' ? [p.input] : [])))
  const body = [
    ...kinds.map((kind) => `const ${arenaNames[kind]} = arenas.${kind}`), // an empty one may be handed to a kernel, too
    ...setup,
    'return (inputs) => {',
    ...[...usedInputs].map((k) => `const x${k} = inputs[${k}]`),
    ...layout.results.map((b, k) => `const y${k} = obtain('${storageKind(plan.buffers[b]!.dtype)}', ${plan.buffers[b]!.length})`),
    ...calls,
    `return [${plan.outputs.map((b) => nameOf(places[b]!)).join(', ')}]`,
    '}',
  ].join('\n')
  const make = new Function('c', 'arenas', 'obtain', `'use strict'\n${body}`) as (...args: readonly unknown[]) => Run // what the text returns
  return { run: make(constants, arenas, obtain), sources }
}

const allocateArenas = (lengths: Layout['arenas']): Arenas => ({
  float64: new Float64Array(lengths.float64), float32: new Float32Array(lengths.float32),
  int32: new Int32Array(lengths.int32), bool: new Uint8Array(lengths.bool),
})

export const compile = (plan: Plan, program: Program): Executable => {
  const layout = layOut(plan)
  const { run, sources } = generate(plan, layout, allocateArenas(layout.arenas), isEager(program))
  return { run, explain: () => explainPlan(plan, sources) }
}
