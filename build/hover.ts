// Gives the free functions in the built declarations the docstrings of their operations. Each operation is documented once,
// where method and free function are declared together; an editor shows that for methods by itself, but not for a constant
// whose type refers to it.
//
//   tsc -p tsconfig.build.json && tsx build/hover.ts
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const parse = (text: string): ts.SourceFile => ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)

const docstring = (source: ts.SourceFile, node: ts.Node): string | undefined => {
  const comment = ts.getLeadingCommentRanges(source.text, node.getFullStart())?.at(-1)
  const text = comment === undefined ? '' : source.text.slice(comment.pos, comment.end)
  return text.startsWith('/**') ? text.replace(/^\s+\*/gm, ' *') : undefined
}

/** Docstrings of the members of interfaces, by name. */
const collect = (types: readonly string[]): ReadonlyMap<string, string> =>
  new Map(types.map(parse).flatMap((source) => source.statements.flatMap((statement) =>
    ts.isInterfaceDeclaration(statement) ? statement.members.flatMap((member) => {
      const text = docstring(source, member)
      const { name } = member
      return text !== undefined && name !== undefined && ts.isIdentifier(name) ? [[name.text, text] as const] : []
    }) : [])))

/** The key in `Free<'var'>` or `Construction['tensor']`. */
const keyOf = (type: ts.TypeNode | undefined): string | undefined => {
  const key = type === undefined ? undefined
    : ts.isTypeReferenceNode(type) ? type.typeArguments?.[0]
    : ts.isIndexedAccessTypeNode(type) ? type.indexType
    : undefined
  return key !== undefined && ts.isLiteralTypeNode(key) && ts.isStringLiteral(key.literal) ? key.literal.text : undefined
}

/** The text of `face` with a docstring before each function that the interfaces in `types` document. */
export const documented = (face: string, types: readonly string[]): string => {
  const docstrings = collect(types)
  const source = parse(face)
  const statements = source.statements.map((statement) => {
    const text = statement.getFullText()
    if (!ts.isVariableStatement(statement)) return text
    const comment = docstrings.get(keyOf(statement.declarationList.declarations[0]!.type) ?? '')
    const at = statement.getStart() - statement.getFullStart()
    return comment === undefined ? text : `${text.slice(0, at)}${comment}\n${text.slice(at)}`
  })
  return statements.join('') + source.endOfFileToken.getFullText()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const core = fileURLToPath(new URL('../dist/core/', import.meta.url))
  const types = readdirSync(`${core}types`).filter((name) => name.endsWith('.d.ts'))
    .map((name) => readFileSync(`${core}types/${name}`, 'utf8'))
  writeFileSync(`${core}face.d.ts`, documented(readFileSync(`${core}face.d.ts`, 'utf8'), types))
}
