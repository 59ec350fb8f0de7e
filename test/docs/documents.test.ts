// Every code block in docs/ stands alone: it is compiled as a user would compile it, then run, and prints what it says.
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, errors, root } from '../types/compile.ts'
import { blocks, documents, needsGpu } from './blocks.ts'
import { runsAsItSays } from './running.ts'

const running = suite('documents run')
for (const { place, code } of blocks) if (!needsGpu(code)) running(place, () => runsAsItSays(code))
running('there are some', () => assert.ok(blocks.length > 15, `${blocks.length}`))
running.run()

const compiling = suite('documents compile')
compiling('as modules of a user', () => {
  const texts = new Map(blocks.map(({ code }, k) =>
    [`${root}test/docs/block-${k}.ts`, `${code.replaceAll("'wirtinger'", "'../../index.ts'").replaceAll("'wirtinger/webgpu'", "'../../backends/webgpu/index.ts'")}\nexport {}\n`]))
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
