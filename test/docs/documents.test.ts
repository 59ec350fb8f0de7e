// Every code block in docs/ stands alone: it is compiled as a user would compile it, then run, and prints what it says.
import { readFileSync, readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, errors, root } from '../types/compile.ts'
import { runsAsItSays } from './running.ts'

interface Block { readonly place: string; readonly code: string }

const documents = readdirSync(`${root}docs`).filter((name) => name.endsWith('.md'))

const blocksOf = (name: string): readonly Block[] => {
  const text = readFileSync(`${root}docs/${name}`, 'utf8')
  return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map((match) =>
    ({ place: `docs/${name}:${text.slice(0, match.index).split('\n').length}`, code: match[1]! }))
}

const blocks = documents.flatMap(blocksOf)

const running = suite('documents run')
for (const { place, code } of blocks) running(place, () => runsAsItSays(code))
running('there are some', () => assert.ok(blocks.length > 15, `${blocks.length}`))
running.run()

const compiling = suite('documents compile')
compiling('as modules of a user', () => {
  const texts = new Map(blocks.map(({ code }, k) =>
    [`${root}test/docs/block-${k}.ts`, `${code.replaceAll("'wirtinger'", "'../../index.ts'")}\nexport {}\n`]))
  const program = compile(texts, { verbatimModuleSyntax: false })
  const problems = [...texts.keys()].flatMap((file, k) =>
    errors(program, file).map((message) => `${blocks[k]!.place}: ${message}`))
  assert.is(problems.join('\n'), '')
})
compiling.run()

/** `[text](other.md#heading)` */
const links = (name: string): readonly string[] =>
  [...readFileSync(`${root}docs/${name}`, 'utf8').matchAll(/\]\(([^)#\s]+\.md)[^)]*\)/g)].map((match) => match[1]!)

const linking = suite('documents link')
linking('to each other', () => {
  const broken = documents.flatMap((name) =>
    links(name).filter((to) => !documents.includes(to)).map((to) => `${name}: ${to}`))
  assert.equal(broken, [])
})
linking.run()
