// Every `@example` in a docstring is compiled as a user would compile it, then run; what it prints must be what its
// comments say: `console.log(x) // expected`. An expectation that ends with … is the beginning of the output.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, errors, root } from '../types/compile.ts'
import { needsGpu } from './blocks.ts'
import { examples } from './docstrings.ts'
import { expectations, runsAsItSays } from './running.ts'

const running = suite('examples run')
for (const { place, code } of examples) if (!needsGpu(code)) running(place, () => runsAsItSays(code))
running('there are examples, and most of them print', () => {
  assert.ok(examples.length > 150, `${examples.length} examples`)
  assert.ok(examples.filter(({ code }) => expectations(code).length > 0).length > 150)
})
running.run()

const compiling = suite('examples compile')
compiling('as modules of a user', () => {
  const texts = new Map(examples.map(({ code }, k) =>
    [`${root}test/docs/example-${k}.ts`, `${code.replaceAll("'wirtinger'", "'../../index.ts'")
      .replaceAll("'wirtinger/webgpu'", "'../../backends/webgpu/index.ts'")}\nexport {}\n`]))
  // Examples are read, and may be written, as plain JavaScript.
  const program = compile(texts, { noImplicitAny: false, verbatimModuleSyntax: false })
  const problems = [...texts.keys()].flatMap((file, k) =>
    errors(program, file).map((message) => `${examples[k]!.place}: ${message}`))
  assert.is(problems.join('\n'), '')
})
compiling.run()
