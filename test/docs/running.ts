// Running the code of documents: what it prints must be what its comments say, `console.log(x) // expected`. An
// expectation that ends with … is the beginning of the output.
import { format } from 'node:util'
import ts from 'typescript'
import * as assert from 'uvu/assert'
import * as wirtinger from '../../index.ts'

/** What the comments say, line by line. */
export const expectations = (code: string): readonly string[] =>
  code.split('\n').flatMap((line) => {
    const match = /console\.log\(.*\)\s*\/\/ (.*)$/.exec(line)
    return match === null ? [] : [match[1]!.trim()]
  })

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What can be imported, by specifier. */
type Modules = Readonly<Record<string, unknown>>

type Body = (modules: Modules, console: { readonly log: (...args: unknown[]) => void }) => Promise<void>
// The constructor of async functions has no global name.
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (...args: string[]) => Body

/** Runs it with these modules in place of its imports; resolves to what was logged. */
const outputs = async (code: string, modules: Modules): Promise<readonly string[]> => {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true }
  const script = ts.transpileModule(code, { compilerOptions }).outputText
    .replace(/^import type .*$/gm, '')
    .replace(/^import \{([^}]*)\} from '([^']*)';?$/gm,
      (_, names: string, from: string) => `const {${names.replaceAll(' as ', ': ')}} = modules['${from}']`)
    .replace(/^export \{\};?$/gm, '')
  const logged: string[] = []
  const log = (...args: readonly unknown[]): void => void logged.push(oneLine(format(...args)))
  await new AsyncFunction('modules', 'console', script)(modules, { log })
  return logged
}

const agrees = (actual: string, expected: string): boolean =>
  expected.endsWith('…') ? actual.startsWith(expected.slice(0, -1).trim()) : actual === expected

/** Passes if the code prints what it says that it prints. */
export const runsAsItSays = async (code: string, modules: Modules = {}): Promise<void> => {
  const expected = expectations(code)
  const actual = await outputs(code, { wirtinger, ...modules })
  assert.is(actual.length, expected.length, `${expected.length} lines of output expected, not ${actual.join('\n')}`)
  actual.forEach((text, k) => assert.ok(agrees(text, expected[k]!), `printed ${text} instead of ${expected[k]}`))
}
