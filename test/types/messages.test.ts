// What the compiler says to someone who makes a mistake. The first error of each snippet is kept in messages.snap.json;
// `UPDATE_SNAPSHOTS=1 node --import tsx test/types/messages.test.ts` writes it anew, to be read before it is committed.
import { readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, errors, root } from './compile.ts'

const preamble = `
import {
  all, and, chain, grad, hessian, jacobian, matmul, max, minimize, pipe, scale, scaleByZoomLinesearch, sub,
  valueAndGrad,
  wirtinger, zeros, type Tensor, type Transformation, type TransformationF,
} from './public.ts'
declare const A: Tensor<'complex128', [32, 64]>, z: Tensor<'complex128', [64]>, b: Tensor<'float64', [32]>
interface Curvature<P> { readonly hessian: P }
interface NewtonF extends TransformationF { readonly State: null, readonly Needs: Curvature<this['P']> }
declare const newton: Transformation<NewtonF>
const search = chain(scale(-1), scaleByZoomLinesearch())
`

const snippets: Readonly<Record<string, string>> = {
  'grad of a complex objective': 'grad((z: Tensor<"complex128", [64]>) => A.matmul(z).sum())',
  'grad of a non-scalar': 'grad((z: Tensor<"complex128", [64]>) => A.matmul(z).abs())',
  'grad of an integer objective': 'grad((x: Tensor<"float64", [64]>) => x.cast("int32").sum())',
  'grad of integer parameters': 'grad((x: Tensor<"int32", [64]>) => x.cast("float64").sum())',
  'grad of a tree with integers':
    'grad((p: { w: Tensor<"float64", [3]>, k: Tensor<"int32", [3]> }) => p.w.mul(p.k).sum())',
  'grad of a tree with a number': 'grad((p: { w: Tensor<"float64", [3]>, rate: number }) => p.w.sum())',
  'grad of a number': 'grad((x: Tensor<"float64", []>) => x.item())',
  'matmul of mismatched literals': 'A.matmul(b)',
  'matmul of mismatched literals, data first': 'matmul(A, b)',
  'matmul of mismatched literals in a pipe': 'pipe(A, matmul(b))',
  'shapes that do not broadcast': 'A.sub(b)',
  'shapes that do not broadcast, data first': 'sub(A, b)',
  'max of complex': 'z.max()',
  'max of complex, data first': 'max(z)',
  'max of complex in a pipe': 'pipe(z, max)',
  'maximum with a complex number': 'b.maximum({ re: 1, im: 0 })',
  'erf of complex': 'z.erf()',
  'logic of numbers': 'and(b, b)',
  'cast from complex to real': 'z.cast("float64")',
  'adjoint of a vector': 'z.adjoint()',
  'more indices than axes': 'A.at(0, all, 0)',
  'rfft of complex': 'z.rfft()',
  'hessian of complex parameters': 'hessian((z: Tensor<"complex128", [3]>) => z.abs2().sum())',
  'jacobian of complex parameters': 'jacobian((z: Tensor<"complex128", [3]>) => z.abs2())',
  'wirtinger of real parameters': 'wirtinger((x: Tensor<"float64", [3]>) => x.sum())',
  'an annotation against the dtype': 'const wrong: Tensor<"complex128", [3]> = zeros([3])',
  'a chain with a line search, without valueFn':
    'search.update(z, search.init(z), z, valueAndGrad((z: Tensor<"complex128", [64]>) => z.abs2().sum())(z))',
  'a chain with a line search, without anything': 'search.update(z, search.init(z), z)',
  'minimize with an optimizer that it cannot feed': 'minimize((z) => z.abs2().sum(), z, { optimizer: newton })',
  'minimize of a complex objective': 'minimize((z) => z.sum(), z)',
  'minimize from numbers': 'minimize((x) => x[0].square(), [1, 2, 3])',
  'minimize from integers': 'minimize((x) => x.cast("float64").sum(), zeros([3], "int32"))',
}

const here = `${root}test/types/`
const snapshotFile = `${here}messages.snap.json`

/** The first error of each snippet, all compiled as one program. */
const messages = (): Readonly<Record<string, string>> => {
  const fileOf = (k: number): string => `${here}snippet-${k}.ts`
  const texts = new Map(Object.values(snippets).map((code, k) => [fileOf(k), `${preamble}${code}\n`]))
  texts.set(`${here}public.ts`, "export * from '../../index.ts'\nexport { pipe } from '../../core/fp.ts'\n")
  const program = compile(texts)
  return Object.fromEntries(Object.keys(snippets).map((name, k) => [name, errors(program, fileOf(k))[0] ?? 'compiles']))
}

const actual = messages()
if (process.env['UPDATE_SNAPSHOTS'] === '1') writeFileSync(snapshotFile, `${JSON.stringify(actual, null, 2)}\n`)
const kept: unknown = JSON.parse(readFileSync(snapshotFile, 'utf8'))
const expected = new Map(Object.entries(kept as Readonly<Record<string, string>>)) // written above

const test = suite('compile errors')
for (const [name, message] of Object.entries(actual)) {
  test(name, () => {
    assert.is.not(message, 'compiles')
    assert.is(message, expected.get(name))
  })
}
test('no message is kept of what is not compiled', () => assert.equal([...expected.keys()], Object.keys(snippets)))
test.run()
