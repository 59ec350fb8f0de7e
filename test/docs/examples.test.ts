// Every `@example` in a docstring is compiled as a user would compile it, then run; what it prints must be what its
// comments say: `console.log(x) // expected`. An expectation that ends with … is the beginning of the output.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as wirtinger from '../../index.ts'

interface Example {
  /** Where it is, such as `core/types/parts.ts: abs`. */
  readonly place: string
  readonly code: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = ['core', 'autodiff', 'optim', 'backends'].flatMap((folder) => existsSync(root + folder)
  ? readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`) : [])
  .filter((file) => file.endsWith('.ts'))

/** The code of an example: without its fence, and without the prose that may follow the fence. */
const codeOf = (comment: string): string => /^\s*```\w*\n([^]*?)\n\s*```/.exec(comment)?.[1] ?? comment

const nameOf = (node: ts.Node): string => {
  const declaration = ts.isVariableStatement(node) ? node.declarationList.declarations[0]! : node
  return 'name' in declaration && ts.isIdentifier(declaration.name as ts.Node) ? (declaration.name as ts.Identifier).text : 'file'
}

const examplesOf = (file: string): readonly Example[] => {
  const source = ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Example[] = []
  const seen = new Set<number>() // a statement, its declaration and its function all answer for one comment
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== 'example' || seen.has(tag.pos)) continue
      seen.add(tag.pos)
      found.push({ place: `${file}: ${nameOf(node)}`, code: codeOf(ts.getTextOfJSDocComment(tag.comment) ?? '') })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const examples = sources.flatMap(examplesOf)

/** What the comments say, line by line. */
const expectations = (code: string): readonly string[] =>
  code.split('\n').flatMap((line) => {
    const match = /console\.log\(.*\)\s*\/\/ (.*)$/.exec(line)
    return match === null ? [] : [match[1]!.trim()]
  })

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

type Body = (library: unknown, console: { readonly log: (...args: unknown[]) => void }) => Promise<void>
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (...args: string[]) => Body // no global name

/** Runs it with the library in place of the import; resolves to what was logged. */
const outputs = async (code: string): Promise<readonly string[]> => {
  const script = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true } }).outputText
    .replace(/^import type .*$/gm, '')
    .replace(/^import \{(.*)\} from 'wirtinger';?$/gm, (_, names: string) => `const {${names.replaceAll(' as ', ': ')}} = library`)
    .replace(/^export \{\};?$/gm, '')
  const logged: string[] = []
  await new AsyncFunction('library', 'console', script)(wirtinger, { log: (...args) => logged.push(oneLine(format(...args))) })
  return logged
}

const agrees = (actual: string, expected: string): boolean =>
  expected.endsWith('…') ? actual.startsWith(expected.slice(0, -1).trim()) : actual === expected

const running = suite('examples run')
for (const { place, code } of examples) {
  running(place, async () => {
    const expected = expectations(code)
    const actual = await outputs(code)
    assert.is(actual.length, expected.length, `${actual.length} lines of output, ${expected.length} expected:\n${actual.join('\n')}`)
    actual.forEach((text, k) => assert.ok(agrees(text, expected[k]!), `printed ${text} instead of ${expected[k]}`))
  })
}
running('there are examples, and most of them print', () => {
  assert.ok(examples.length > 150, `${examples.length} examples`)
  assert.ok(examples.filter(({ code }) => expectations(code).length > 0).length > 150)
})
running.run()

const compiling = suite('examples compile')
compiling('as modules of a user', () => {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true,
    noImplicitAny: false, noEmit: true, allowImportingTsExtensions: true, skipLibCheck: true, types: ['node'],
  }
  const host = ts.createCompilerHost(options)
  const texts = new Map(examples.map(({ code }, k) =>
    [`${root}test/docs/example-${k}.ts`, `${code.replaceAll("'wirtinger'", "'../../index.ts'")}\nexport {}\n`]))
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (file) => texts.has(file) || fileExists(file)
  host.readFile = (file) => texts.get(file) ?? readFile(file)
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = texts.get(file)
    return text === undefined ? getSourceFile(file, languageVersion, ...rest) : ts.createSourceFile(file, text, languageVersion)
  }
  const program = ts.createProgram([...texts.keys()], options, host)
  const problems = [...texts.keys()].flatMap((file, k) => program.getSemanticDiagnostics(program.getSourceFile(file))
    .map((d) => `${examples[k]!.place}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`))
  assert.is(problems.join('\n'), '')
})
compiling.run()
