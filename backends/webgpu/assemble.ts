// From a dispatch to WGSL: the bindings of its arrays, the functions through which they are read and written, what the
// prelude defines, and the entry point.
import type { DType } from '../../core/dtype.ts'
import type { ArrayUse, Dispatch } from './dispatch.ts'
import { preludeFor } from './prelude.ts'

/** Where an array lies: a storage buffer, and the word in it with which the array begins. */
export interface Location { readonly storage: string; readonly offset: number; readonly dtype: DType }

/** A storage buffer of a kernel. */
export interface Bound { readonly storage: string; readonly letter: 'r' | 'w' }

export interface Assembled {
  readonly code: string
  /** What is bound, in order, without the parameters, which come last if there are any. */
  readonly bound: readonly Bound[]
  readonly signature: string
  readonly grid: readonly [x: number, y: number]
  /** The dispatch's own, and where its arrays begin. */
  readonly parameters: readonly number[]
}

type Word = 'f32' | 'i32' | 'u32'

const wordOf = (dtype: DType): Word => (dtype === 'int32' || dtype === 'bool' ? 'i32' : 'f32')

/** Most workgroups along one dimension of a grid. */
const widest = 65535

interface Binding extends Bound { readonly name: string; readonly word: Word; readonly isAtomic: boolean }

const bindingsOf = (arrays: readonly ArrayUse[], locate: (buffer: number) => Location): readonly Binding[] => {
  const found = new Map<string, Binding>()
  for (const { name, buffer, access } of arrays) {
    const { storage, dtype } = locate(buffer)
    const before = found.get(storage)
    const isAtomic = access === 'atomic'
    const word = wordOf(dtype)
    found.set(storage, {
      storage, isAtomic,
      name: isAtomic ? name : before?.name ?? `storage${found.size}`,
      letter: access === 'read' && before?.letter !== 'w' ? 'r' : 'w',
      word: before === undefined || before.word === word ? word : 'u32',
    })
  }
  return [...found.values()]
}

const declaration = ({ name, letter, word, isAtomic }: Binding, k: number): string =>
  `@group(1) @binding(${k}) var<storage, ${letter === 'r' ? 'read' : 'read_write'}> ${name}: array<${isAtomic ? 'atomic<u32>' : word}>;`

/** `x(i)` and `set_x(i, value)`, for an array that begins at `start`. */
const accessors = ({ name, access }: ArrayUse, dtype: DType, start: string, binding: Binding): readonly string[] => {
  if (access === 'atomic') return []
  const type = wordOf(dtype)
  const at = start === '' ? 'i' : `i + ${start}`
  const cast = (to: Word, text: string): string => (binding.word === type ? text : `bitcast<${to}>(${text})`)
  return [
    ...access === 'write' ? [] : [`fn ${name}(i: u32) -> ${type} { return ${cast(type, `${binding.name}[${at}]`)}; }`],
    ...access === 'read' ? [] : [`fn set_${name}(i: u32, value: ${type}) { ${binding.name}[${at}] = ${cast(binding.word, 'value')}; }`],
  ]
}

const component = ['x', 'y', 'z', 'w'] as const
const parameter = (k: number): string => `parameters[${k >> 2}].${component[k & 3]!}`

export const assemble = (dispatch: Dispatch, locate: (buffer: number) => Location): Assembled => {
  const { arrays, declarations, body, workgroupSize, workgroups } = dispatch
  const parameters = [...dispatch.parameters ?? []]
  const bindings = bindingsOf(arrays, locate)
  const byStorage = new Map(bindings.map((b) => [b.storage, b]))
  const isFlat = workgroups <= widest
  /** A kernel that takes its sizes as parameters takes its places so, too: one text for all. */
  const startOf = ({ storage, offset }: Location): string =>
    storage !== 'slab' ? '' : dispatch.parameters === undefined ? (offset === 0 ? '' : `${offset}u`) : parameter(parameters.push(offset) - 1)
  const ownParameters = parameters.length
  const own = [
    ...arrays.flatMap((a) => {
      const location = locate(a.buffer)
      return accessors(a, location.dtype, startOf(location), byStorage.get(location.storage)!)
    }),
    declarations,
    `@compute @workgroup_size(${workgroupSize})`,
    'fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) workgroup: vec3u) {',
    ...isFlat ? ['let group = workgroup.x;']
      : [`let group = workgroup.y * ${widest}u + workgroup.x;`, `if (group >= ${workgroups}u) { return; }`],
    `let thread = group * ${workgroupSize}u + local;`,
    ...parameters.slice(0, ownParameters).map((_, k) => `let p${k} = ${parameter(k)};`),
    body,
    '}',
  ].filter((line) => line !== '').join('\n')
  const code = [
    'struct Constants { zero: u32, inf: u32, nan: u32, pad: u32 }',
    '@group(0) @binding(0) var<uniform> U: Constants;',
    ...bindings.map(declaration),
    ...parameters.length === 0 ? []
      : [`@group(1) @binding(${bindings.length}) var<uniform> parameters: array<vec4u, ${Math.ceil(parameters.length / 4)}>;`],
    preludeFor(own),
    own,
  ].filter((text) => text !== '').join('\n')
  return {
    code, bound: bindings.map(({ storage, letter }) => ({ storage, letter })),
    signature: bindings.map((b) => b.letter).join('') + (parameters.length === 0 ? '' : 'u'),
    parameters,
    grid: isFlat ? [workgroups, 1] : [widest, Math.ceil(workgroups / widest)],
  }
}
