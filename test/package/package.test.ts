// The package as its users get it: built, packed, installed into an empty project, then imported by plain Node,
// bundled for a browser, checked by publint and attw, and compiled against by three versions of TypeScript.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { close } from '../close.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const workspace = mkdtempSync(join(tmpdir(), 'wirtinger-'))
const consumer = join(workspace, 'consumer')
const installed = join(consumer, 'node_modules/wirtinger')

/** Runs a command and returns what it printed; what a failing one printed becomes the error. */
const run = (cwd: string, command: string, args: readonly string[]): string => {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout = '', stderr = '' } = Object(error)
    throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error })
  }
}

const files = (folder: string, ending: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))

let tarball = ''

const it = suite('package')
it.after(() => rmSync(workspace, { recursive: true, force: true }))

it('builds, packs and installs into an empty project', () => {
  run(root, 'npm', ['run', 'build'])
  run(root, 'npm', ['pack', '--pack-destination', workspace])
  tarball = files(workspace, '.tgz')[0]!
  cpSync(join(root, 'test/package/consumer'), consumer, { recursive: true })
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  run(consumer, 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball])
  const packed = readdirSync(installed, { recursive: true, encoding: 'utf8' })
  const foreign = packed.filter((name) => !/^(dist|package\.json|README\.md|LICENSE)/.test(name))
  assert.equal(foreign, [])
  assert.not.ok(packed.some((name) => /dist.(test|examples|bench)/.test(name)))
})

const checkAnswers = (json: string): void => {
  // The consumer's own literal, a few lines of which stand in consumer/node.mjs.
  const answers = JSON.parse(json) as Readonly<Record<'real' | 'complex' | 'minimum', readonly number[]>>
  close(answers.real, [2, 4, 6], 1e-15, 'gradient of Σ x²')
  close(answers.complex, [-2, -4, 6, -1], 1e-15, 'gradient of Σ |z - c|²')
  close(answers.minimum, [1, 2, -3, 0.5], 1e-8, 'minimum')
}

it('runs in plain Node', () => checkAnswers(run(consumer, process.execPath, ['node.mjs'])))

it('the second entry can be imported without the peer, and says that it is missing', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  assert.is(peerDependenciesMeta.webgpu.optional, true)
  assert.ok(peerDependencies.webgpu)
  rmSync(join(consumer, 'node_modules/webgpu'), { recursive: true, force: true })
  const output = run(consumer, process.execPath, ['webgpu.mjs'])
  const { name, tag, message, either, value } = JSON.parse(output.trim().split('\n').at(-1)!)
  assert.equal([name, tag, either], ['NoWebGPU', 'NoWebGPU', 'NoWebGPU'])
  assert.match(message, /^webgpu: there is no WebGPU here: in Node run `npm install webgpu`/)
  close(value, 0, 1e-9)
})

it('runs where code generation is forbidden', () => {
  const output = run(consumer, process.execPath, ['--disallow-code-generation-from-strings', 'node.mjs'])
  checkAnswers(output.trim().split('\n').at(-1)!)
})

it('runs in a browser, bundled by esbuild', async () => {
  const bundle = join(consumer, 'bundle.js')
  await build({ entryPoints: [join(consumer, 'node.mjs')], bundle: true, platform: 'browser', format: 'iife',
    outfile: bundle, logLevel: 'silent' })
  // What every browser has, and nothing of Node's: no process, no Buffer, no require.
  const globals = { console: { log: () => {}, warn: () => {} }, performance, setTimeout, clearTimeout, queueMicrotask }
  const context = createContext({ ...globals, AbortController, TextEncoder, TextDecoder, answers: '' })
  runInContext(readFileSync(bundle, 'utf8'), context, { filename: 'bundle.js' })
  checkAnswers(String(context['answers']))
})

it('is clean for publint', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true })
  assert.equal(messages.map((message) => formatMessage(message, pkg)), [])
})

it('is clean for attw', () => {
  const cli = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
  run(root, process.execPath, [cli, '--profile', 'esm-only', tarball])
})

// ---- Types ----

const hasAny = (node: ts.Node): boolean =>
  node.kind === ts.SyntaxKind.AnyKeyword || (ts.forEachChild(node, hasAny) ?? false)

const writtenAny = (file: string): readonly string[] => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  return source.statements.filter(hasAny).map((statement) => `${file}: ${statement.getText().slice(0, 200)}`)
}

const entries = ['dist/index.d.ts', 'dist/backends/webgpu/index.d.ts'] as const

/** Identifiers; what comments say is no matter. */
const namesOfWebGpu = (file: string): readonly string[] => {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && /^GPU($|[A-Z])/.test(node.text)) found.push(`${file}: ${node.text}`)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true))
  return found
}

/** Every export as the checker sees it, member by member: an alias that resolves to `any` shows only here. */
const inferredAny = (file: string): readonly string[] => {
  const program = ts.createProgram([file], { strict: true, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.NodeNext, types: [] })
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!
  const flags = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.IgnoreErrors
  const shows = (type: ts.Type): boolean => {
    const node = checker.typeToTypeNode(type, undefined, flags)
    return (type.flags & ts.TypeFlags.Any) !== 0 || node === undefined || hasAny(node)
  }
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    const types = [
      ...(symbol.flags & ts.SymbolFlags.Value ? [checker.getTypeOfSymbol(symbol)] : []),
      ...(symbol.flags & ts.SymbolFlags.Type ? [checker.getDeclaredTypeOfSymbol(symbol)] : []),
    ]
    // Members of our own types only: those of String or Promise are not ours to judge.
    const ours = (member: ts.Symbol): boolean =>
      member.declarations?.every((node) => node.getSourceFile().fileName.includes('/wirtinger/')) ?? true
    const members = types.flatMap((type) => type.getProperties()).filter(ours)
    return [
      ...(types.some(shows) ? [symbol.name] : []),
      ...members.filter((member) => shows(checker.getTypeOfSymbol(member))).map(({ name }) => `${symbol.name}.${name}`),
    ]
  })
}

it('publishes no any', () => {
  assert.equal(files(join(installed, 'dist'), '.d.ts').flatMap(writtenAny), [])
  for (const entry of entries) assert.equal(inferredAny(join(installed, entry)), [])
})

it('publishes declarations that need no types of WebGPU', () => {
  assert.equal(files(join(installed, 'dist'), '.d.ts').flatMap(namesOfWebGpu), [])
  const reached = ts.createProgram([join(installed, entries[0])], { module: ts.ModuleKind.NodeNext, lib: ['lib.es2022.d.ts'], types: [] })
    .getSourceFiles().map(({ fileName }) => fileName)
  assert.equal(reached.filter((name) => name.includes('/webgpu/')), [], 'the first entry knows nothing of the second')
})

it('sees a type of WebGPU where there is one', () => {
  const file = join(workspace, 'device.d.ts')
  writeFileSync(file, '/** Any GPUDevice. */\nexport declare const limit: GPUSupportedLimits\n')
  assert.equal(namesOfWebGpu(file), [`${file}: GPUSupportedLimits`])
})

it('sees an any where there is one', () => {
  const folder = join(workspace, 'wirtinger')
  cpSync(join(installed, 'package.json'), join(folder, 'package.json'))
  const file = join(folder, 'index.d.ts')
  writeFileSync(file, "import type { A } from './nowhere.js'\nexport interface I { readonly a: A; readonly b: number }\n"
    + 'export declare const c: A\nexport declare const any: (x: number) => number\n')
  assert.equal(inferredAny(file), ['I.a', 'c'])
  assert.equal(writtenAny(file), [])
  writeFileSync(file, 'export declare const f: <T extends any[]>(x: T) => void\n')
  assert.is(writtenAny(file).length, 1)
})

/** What a user may ask for at most; declarations have to stand it too. */
const strictest = {
  target: 'es2022', module: 'nodenext', types: [], declaration: true, strict: true, skipLibCheck: false,
  exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true,
}

const compile = (compiler: string, options: object, sources: readonly string[]): void => {
  const compilerOptions = { ...strictest, ...options, rootDir: '.', outDir: 'compiled' }
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: sources }))
  run(consumer, process.execPath, [join(root, 'node_modules', compiler, 'bin/tsc'), '-p', '.'])
}

it("the README's example compiles and finds its minimum", () => {
  const example = /```ts\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))![1]!
  writeFileSync(join(consumer, 'readme.ts'), example)
  compile('typescript', { lib: ['es2022', 'dom'] }, ['readme.ts'])
  assert.match(run(consumer, process.execPath, ['compiled/readme.js']), /^Converged/)
})

for (const compiler of ['typescript-5', 'typescript', 'typescript-7']) {
  for (const lib of [['es2022'], ['es2022', 'dom']]) {
    it(`types a user's module under ${compiler} with lib ${lib.join(', ')}`, () => {
      const knowsDevices = compiler !== 'typescript-5' && lib.includes('dom') // 5.9 does not know WebGPU yet
      compile(compiler, { lib }, ['user.ts', 'webgpu.ts', ...knowsDevices ? ['device.ts'] : []])
      assert.equal(['user', 'webgpu'].flatMap((name) => writtenAny(join(consumer, `compiled/${name}.d.ts`))), [])
    })
  }
}

it.run()
