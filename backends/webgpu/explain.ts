// Dispatches as text: what each one is, and its WGSL.
import type { Assembled } from './assemble.ts'
import type { Dispatch } from './dispatch.ts'

export const explainDispatches = (dispatches: readonly Dispatch[], sources: readonly Assembled[]): string =>
  dispatches.flatMap((d, k) => {
    const { code, bound } = sources[k]!
    const storages = bound.map(({ storage, letter }) => `${storage}${letter === 'w' ? ' (written)' : ''}`).join(', ')
    return [
      `dispatch ${k + 1}: ${d.label}, ${d.workgroups} × ${d.workgroupSize} threads on ${storages}`,
      ...code.split('\n').map((line) => '  ' + line),
    ]
  }).join('\n')
