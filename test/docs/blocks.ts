// The code blocks of docs/.
import { readFileSync, readdirSync } from 'node:fs'
import { root } from '../types/compile.ts'

export interface Block { readonly place: string; readonly code: string }

export const documents = readdirSync(`${root}docs`).filter((name) => name.endsWith('.md'))

const blocksOf = (name: string): readonly Block[] => {
  const text = readFileSync(`${root}docs/${name}`, 'utf8')
  return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map((match) =>
    ({ place: `docs/${name}:${text.slice(0, match.index).split('\n').length}`, code: match[1]! }))
}

export const blocks = documents.flatMap(blocksOf)

/** Code that needs a device runs with the tests of WebGPU. */
export const needsGpu = (code: string): boolean => code.includes("from 'wirtinger/webgpu'")
