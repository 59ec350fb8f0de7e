// Whatever a user can call has a docstring with an example.
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, root } from '../types/compile.ts'

const index = `${root}index.ts`
const program = compile(new Map([[`${root}test/docs/nothing.ts`, "import '../../index.ts'\n"]]))
const checker = program.getTypeChecker()

const hasText = (s: ts.Symbol): boolean => s.getDocumentationComment(checker).length > 0
const hasExample = (s: ts.Symbol): boolean => s.getJsDocTags(checker).some((tag) => tag.name === 'example')

const resolved = (s: ts.Symbol): ts.Symbol => (s.flags & ts.SymbolFlags.Alias) === 0 ? s : checker.getAliasedSymbol(s)
const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(index)!)!).map(resolved)

/** The members of an exported interface. */
const members = (name: string): readonly ts.Symbol[] => {
  const found = exported.find((s) => s.name === name && (s.flags & ts.SymbolFlags.Interface) !== 0)
  assert.ok(found, `${name} is exported`)
  return checker.getDeclaredTypeOfSymbol(found).getProperties()
}

/** Free functions and constructors take their docstrings from the members of these. */
const documented = ['Operations', 'Construction', 'Random'].flatMap(members)
/** `var` is no name for a function. */
const elsewhere = new Set([...documented.map((s) => s.name), 'variance'])

/** What can be called and says for itself what it does. */
const own = exported.filter((s) => !elsewhere.has(s.name) && (s.flags & ts.SymbolFlags.Value) !== 0
  && checker.getTypeOfSymbol(s).getCallSignatures().length > 0)
const classes = exported.filter((s) => (s.flags & ts.SymbolFlags.Class) !== 0)

const test = suite('everything public is documented')

const without = (symbols: readonly ts.Symbol[], has: (s: ts.Symbol) => boolean): string =>
  symbols.filter((s) => !has(s)).map((s) => s.name).join(', ')

test('operations and constructors', () => {
  assert.ok(documented.length > 120, `${documented.length}`)
  assert.is(without(documented, hasText), '', 'no docstring')
  assert.is(without(documented, hasExample), '', 'no example')
})

test('functions', () => {
  assert.ok(own.length > 30, `${own.length}`)
  assert.is(without(own, hasText), '', 'no docstring')
  assert.is(without(own, hasExample), '', 'no example')
})

test('methods that only tensors have', () => {
  const methods = members('Tensor').filter((s) => !elsewhere.has(s.name) && s.name !== 'dtype')
  assert.is(without(methods, hasText), '')
})

test('errors', () => assert.is(without(classes, hasText), ''))

test.run()
