// The `@example`s of docstrings.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import ts from 'typescript'
import { root } from '../types/compile.ts'

export interface Example {
  /** Where it is, such as `core/types/parts.ts: abs`. */
  readonly place: string
  readonly code: string
}

const sources = ['core', 'autodiff', 'optim', 'backends'].flatMap((folder) => existsSync(root + folder)
  ? readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`) : [])
  .filter((file) => file.endsWith('.ts'))

/** The code of an example: without its fence, and without the prose that may follow the fence. */
const codeOf = (comment: string): string => /^\s*```\w*\n([^]*?)\n\s*```/.exec(comment)?.[1] ?? comment

const nameOf = (node: ts.Node): string => {
  const declaration: ts.Node = ts.isVariableStatement(node) ? node.declarationList.declarations[0]! : node
  const name = ts.getNameOfDeclaration(declaration as ts.Declaration) // undefined for what declares nothing
  return name === undefined ? 'file' : name.getText()
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

export const examples = sources.flatMap(examplesOf)
