// Every free function of an operation gets the docstring of its operation.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { documented } from '../../build/hover.ts'
import { operations } from '../../core/operations/table.ts'

const core = fileURLToPath(new URL('../../core/', import.meta.url))
const read = (file: string): string => readFileSync(core + file, 'utf8')
const types = readdirSync(`${core}types`).map((name) => read(`types/${name}`))

const test = suite('hover texts')

test('a docstring stands before its function', () => {
  const text = documented("export declare const less: Free<'less'>;\nexport declare const other: number;\n", [
    'export interface Comparisons {\n  /**\n   * a < b.\n   */\n  readonly less: Binary\n}',
  ])
  const comment = '/**\n * a < b.\n */\n'
  assert.is(text, `${comment}export declare const less: Free<'less'>;\nexport declare const other: number;\n`)
})

test('each operation and constructor has one', () => {
  const lines = documented(read('face.ts'), types).split('\n')
  const isFunction = (line: string): boolean => /^export const \w+: (Free|Construction)\b/.test(line)
  const bare = lines.filter((line, k) => isFunction(line) && lines[k - 1]?.trim() !== '*/')
  assert.equal(bare, [])
  assert.ok(lines.filter((line) => line === '/**').length > Object.keys(operations).length)
})

test.run()
