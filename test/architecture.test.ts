// Who may import whom. The checks are functions of the graph of imports, which is read from a map of paths to sources;
// they are applied to the project, and to small made-up ones that break one rule each, which proves that they see.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

type Files = ReadonlyMap<string, string>
type Graph = ReadonlyMap<string, readonly string[]>

const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  autodiff: ['core'],
  optim: ['autodiff', 'core'],
  'backends/lower': ['core'],
  'backends/reference': ['core'],
  'backends/cpu': ['core', 'backends/lower'],
  'backends/webgpu': ['core', 'backends/lower'],
  index: ['core', 'autodiff', 'optim', 'backends/lower', 'backends/reference', 'backends/cpu', 'backends/webgpu'],
  examples: ['index', 'backends/webgpu'],
}
const published = Object.keys(mayImport).filter((folder) => folder !== 'examples')

/** `core/shape.ts` → `core`; `backends/cpu/fft/plan.ts` → `backends/cpu`; `index.ts` → `index`. */
const folderOf = (file: string): string => {
  const parts = file.split('/')
  if (parts.length === 1) return file.replace(/\.ts$/, '')
  return parts[0] === 'backends' && parts.length > 2 ? `backends/${parts[1]}` : parts[0]!
}

/** All that a source names as a module: imports and re-exports, type-only ones and `import()` of both kinds too. */
const specifiers = (file: string, source: string): readonly string[] => {
  const found: string[] = []
  const add = (node: ts.Node | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push(node.text)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0])
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal)
    if (ts.isExternalModuleReference(node)) add(node.expression)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest))
  return found
}

const imports = (files: Files): Graph => new Map([...files].map(([file, source]) => [file, specifiers(file, source)]))

const isRelative = (specifier: string): boolean => specifier.startsWith('.')
const resolve = (file: string, specifier: string): string => posix.join(posix.dirname(file), specifier)

const edges = (graph: Graph): readonly (readonly [file: string, specifier: string])[] =>
  [...graph].flatMap(([file, list]) => list.map((specifier) => [file, specifier] as const))

const unresolved = (graph: Graph): readonly string[] =>
  edges(graph)
    .filter(([file, specifier]) => isRelative(specifier) && !graph.has(resolve(file, specifier)))
    .map(([file, specifier]) => `${file} imports ${specifier}, which is no file`)

const wrongDirections = (graph: Graph): readonly string[] =>
  edges(graph).flatMap(([file, specifier]) => {
    const from = folderOf(file)
    if (from === 'test' || from === 'bench' || !isRelative(specifier)) return []
    const to = folderOf(resolve(file, specifier))
    if (mayImport[from] === undefined) return [`${file}: no rule says what ${from} may import`]
    return from === to || mayImport[from].includes(to) ? [] : [`${file} imports ${specifier}: ${from} -> ${to}`]
  })

const wrongPackages = (graph: Graph): readonly string[] =>
  edges(graph).flatMap(([file, specifier]) => {
    if (isRelative(specifier)) return []
    const problem = `${file} imports ${specifier}`
    if (specifier.startsWith('fp-ts')) {
      const form = specifier === 'fp-ts/HKT' || /^fp-ts\/lib\/\w+\.js$/.test(specifier)
      return file === 'core/fp.ts' && form ? [] : [`${problem}: use core/fp.ts, which uses fp-ts/lib/*.js`]
    }
    if (specifier.startsWith('io-ts')) return specifier === 'io-ts' ? [] : [`${problem}: use 'io-ts'`]
    return published.includes(folderOf(file)) ? [`${problem}: the library depends on fp-ts and io-ts only`] : []
  })

/** One cycle for each file that closes one, as a path. */
const cycles = (graph: Graph): readonly string[] => {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'open') found.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (state.has(file)) return
    state.set(file, 'open')
    for (const specifier of graph.get(file) ?? []) {
      if (isRelative(specifier)) visit(resolve(file, specifier), [...path, file])
    }
    state.set(file, 'done')
  }
  for (const file of graph.keys()) visit(file, [])
  return found
}

const root = fileURLToPath(new URL('..', import.meta.url))

const project = (): Graph => {
  const inFolder = (folder: string): readonly string[] =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.ts'))
  const folders = ['core', 'autodiff', 'optim', 'backends', 'examples', 'test', 'bench', 'build']
  const top = readdirSync(root).filter((file) => file.endsWith('.ts'))
  const files = [...folders.filter((folder) => existsSync(root + folder)).flatMap(inFolder), ...top]
  return imports(new Map(files.map((file) => [file, readFileSync(root + file, 'utf8')])))
}

const it = suite('architecture')

const checks = {
  'imports of what is not there': unresolved,
  'imports in a wrong direction': wrongDirections,
  'wrong packages': wrongPackages,
  cycles,
}

const house = project()
for (const [name, check] of Object.entries(checks)) {
  it(`the project has no ${name}`, () => {
    const problems = check(house)
    assert.is(problems.length, 0, problems.join('\n'))
  })
}

// Each rule against a project that breaks it, and against its nearest lawful neighbour.

const fake = (files: Readonly<Record<string, string>>): Graph => imports(new Map(Object.entries(files)))

const sees = (check: (graph: Graph) => readonly string[], file: string, source: string, expected: boolean): void => {
  const lawful = { 'index.ts': '', 'core/a.ts': '', 'core/fp.ts': '', 'autodiff/a.ts': '', 'optim/a.ts': '',
    'backends/cpu/a.ts': '', 'backends/lower/a.ts': '', 'backends/reference/a.ts': '', 'test/a.ts': '' }
  const problems = check(fake({ ...lawful, [file]: source }))
  assert.is(problems.length > 0, expected, `${file}: ${source}\n${problems.join('\n')}`)
}

it('sees wrong directions', () => {
  sees(wrongDirections, 'index.ts', "export * from './optim/a.ts'", false)
  sees(wrongDirections, 'backends/cpu/a.ts', "import '../lower/a.ts'", false)
  sees(wrongDirections, 'test/a.ts', "import '../backends/cpu/a.ts'", false)
  sees(wrongDirections, 'core/a.ts', "import { a } from '../autodiff/a.ts'", true)
  sees(wrongDirections, 'core/a.ts', "import type { A } from '../optim/a.ts'", true)
  sees(wrongDirections, 'core/a.ts', "import { type A } from '../index.ts'", true)
  sees(wrongDirections, 'core/a.ts', "export * from '../backends/cpu/a.ts'", true)
  sees(wrongDirections, 'core/a.ts', "export type { A } from '../backends/cpu/a.ts'", true)
  sees(wrongDirections, 'autodiff/a.ts', "import '../backends/lower/a.ts'", true)
  sees(wrongDirections, 'autodiff/a.ts', "import '../optim/a.ts'", true)
  sees(wrongDirections, 'optim/a.ts', "const a = () => import('../backends/cpu/a.ts')", true)
  sees(wrongDirections, 'optim/a.ts', "type A = import('../backends/cpu/a.ts').A", true)
  sees(wrongDirections, 'backends/cpu/a.ts', "import '../../autodiff/a.ts'", true)
  sees(wrongDirections, 'backends/cpu/a.ts', "import '../reference/a.ts'", true)
  sees(wrongDirections, 'backends/reference/a.ts', "import '../lower/a.ts'", true)
  sees(wrongDirections, 'backends/lower/a.ts', "import '../cpu/a.ts'", true)
  sees(wrongDirections, 'optim/a.ts', "import '../test/a.ts'", true)
  sees(wrongDirections, 'extras/a.ts', "import '../core/a.ts'", true)
  sees(wrongDirections, 'examples/a.ts', "import '../index.ts'", false)
  sees(wrongDirections, 'examples/a.ts', "import '../backends/webgpu/index.ts'", false)
  sees(wrongDirections, 'examples/a.ts', "import '../backends/cpu/index.ts'", true)
  sees(wrongDirections, 'examples/a.ts', "import '../core/a.ts'", true)
})

it('sees wrong packages', () => {
  sees(wrongPackages, 'core/fp.ts', "export * as E from 'fp-ts/lib/Either.js'", false)
  sees(wrongPackages, 'core/fp.ts', "export type { Kind } from 'fp-ts/HKT'", false)
  sees(wrongPackages, 'core/a.ts', "import * as t from 'io-ts'", false)
  sees(wrongPackages, 'test/a.ts', "import 'node:fs'", false)
  sees(wrongPackages, 'core/fp.ts', "export * as E from 'fp-ts/Either'", true)
  sees(wrongPackages, 'core/fp.ts', "export * as E from 'fp-ts/es6/Either.js'", true)
  sees(wrongPackages, 'core/fp.ts', "export * from 'fp-ts'", true)
  sees(wrongPackages, 'optim/a.ts', "import type { Either } from 'fp-ts/lib/Either.js'", true)
  sees(wrongPackages, 'test/a.ts', "import { pipe } from 'fp-ts/lib/function.js'", true)
  sees(wrongPackages, 'optim/a.ts', "import { PathReporter } from 'io-ts/PathReporter'", true)
  sees(wrongPackages, 'backends/cpu/a.ts', "import 'node:fs'", true)
})

it('sees imports of what is not there', () => {
  sees(unresolved, 'core/a.ts', "import './fp.ts'", false)
  sees(unresolved, 'core/a.ts', "import './fp.js'", true)
  sees(unresolved, 'core/a.ts', "import './fp'", true)
})

it('sees cycles, of types too', () => {
  sees(cycles, 'core/a.ts', "import './fp.ts'", false)
  sees(cycles, 'core/a.ts', "import './a.ts'", true)
  assert.equal(
    cycles(fake({
      'core/a.ts': "import './b.ts'\nimport './c.ts'",
      'core/b.ts': "import './c.ts'",
      'core/c.ts': "import type { D } from '../core/d.ts'",
      'core/d.ts': "type B = import('./b.ts').B",
    })),
    ['core/b.ts -> core/c.ts -> core/d.ts -> core/b.ts'],
  )
})

it('is not fooled by comments and strings', () => {
  sees(wrongDirections, 'core/a.ts', "// import '../optim/a.ts'\nconst text = \"import '../optim/a.ts'\"", false)
})

it.run()
