// The types tell the truth: each expression is both compiled and run. The result has the dtype and the shape that its
// type says (a size may be left open there); what does not compile throws, and what compiles does not.
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as wirtinger from '../../index.ts'
import { compile, root } from './compile.ts'

const dtypes = ['bool', 'int32', 'float32', 'float64', 'complex64', 'complex128'] as const
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

// For each dtype a vector v, a matrix m and a square matrix q.
const variables = dtypes.flatMap((d) =>
  [`v_${d} = ones([3], '${d}')`, `m_${d} = ones([2, 3], '${d}')`, `q_${d} = ones([3, 3], '${d}')`])
const prelude = `const ${variables.join(', ')}, index = tensor([0, 2], 'int32'), n: number = 2`

const unary = words(`neg reciprocal square sqrt exp expm1 log log1p log2 log10 sigmoid softplus erf lgamma sin cos tan
  asin acos atan sinh cosh tanh asinh acosh atanh abs abs2 angle real imag conj phase sign relu floor ceil round not
  isFinite isNaN`)
const binary = words(`add sub mul div pow hypot atan2 maximum minimum less lessEqual greater greaterEqual equal notEqual
  and or xor`)
const products = words('vdot outer kron dot matmul')
const reductions = words('sum mean prod max min any all logsumexp norm var std argmax argmin')
const others = words(`softmax logSoftmax cumsum sort argsort transpose flip fft ifft fft2 ifft2 fftn ifftn rfft fftshift
  ifftshift squeeze tril triu adjoint`)

/** `$v`, `$m` and `$q` stand for the variables of one dtype. */
const templates = [
  ...unary.map((op) => `$v.${op}()`),
  ...[...binary, ...products].flatMap((op) => dtypes.map((d) => `$v.${op}(v_${d})`)),
  ...binary.flatMap((op) => [`$v.${op}(1)`, `$v.${op}(true)`, `$v.${op}({ re: 1, im: 0 })`]),
  ...['sub', 'div', 'pow', 'less', 'atan2', 'equal'].flatMap((op) =>
    [`${op}(1, $v)`, `${op}({ re: 1, im: 1 }, $m)`, `$m.${op}($v)`]),
  ...reductions.flatMap((op) =>
    [`$m.${op}()`, `$m.${op}({ axis: 1 })`, `$m.${op}({ axis: -2, keepDims: true })`, `$m.${op}({ keepDims: true })`]),
  ...['sum', 'max', 'norm', 'logsumexp'].map((op) => `$m.${op}({ axis: [0, -1] })`),
  ...others.map((op) => `$m.${op}()`),
  ...dtypes.flatMap((d) => [
    `$v.cast('${d}')`, `$v.greater(0).where($v, v_${d})`, `concat([$v, v_${d}])`, `stack([$v, v_${d}], 1)`,
    `einsum('ij,j->i', $m, v_${d})`, `$m.matmul(v_${d})`, `$m.matmul(q_${d})`, `$m.scatterAdd([0, 1], m_${d})`,
    `complex($v, v_${d})`, `$v.clip(0, v_${d})`,
  ]),
  '$v.clip(0, 1)', '$v.pow(2)', '$v.where(1, 0)', 'where(v_bool, $v, 0)', '$v.cumsum(0)', 'zerosLike($m)',
  'full([2], $v.sum())', '$m.reshape([3, 2])', '$m.reshape([-1])', '$m.reshape([n, -1])', '$m.transpose(1, 0)',
  '$m.broadcastTo([4, 2, 3])', '$m.expandDims(1)', '$m.expandDims(-1)', '$m.expandDims(0).squeeze()',
  '$m.expandDims(0).squeeze(0)', '$v.diag()', '$q.diag()', '$m.diag()', '$v.diag(1)', '$m.roll(1)', '$m.tile(2)',
  '$m.at(0)', '$m.at(all, 1)', '$m.at(-1, range(1))', '$m.at([0, 1, 0])', '$m.at(all, index)', '$m.at(0, 0, 0)',
  '$m.slice([0, 1], [2, 3])', '$m.take([0, 1, 1], 1)', '$m.take(index.mul(0))', '$m.take($v)', '$m.pad([1, 2])',
  '$m.split(2)[0]', '$m.split([1], 1)[1]', '$m.gather(zeros([2, 1], "int32"))', '$q.trace()', '$q.matrixPower(2)',
  '$q.matrixPower(0)', '$v.adjoint()', '$m.fft({ n: 5 })', '$m.fft({ n: 5, axis: 0 })', '$m.rfft({ axis: 0 })',
  '$m.irfft()', '$m.fftn({ shape: [4, 4] })',
]
const single = [
  'tensor([[1, 2], [3, 4]])', 'tensor([1, { re: 0, im: 1 }])', 'tensor([true])', 'tensor(1)', 'tensor([])',
  'tensor([1], "float32")', 'fromTypedArray(new Float32Array(6), [2, 3])', 'wrap(new Int32Array(2))',
  'fromTypedArray(new Float64Array(6), [3], "complex128")', 'zeros([2, n])', 'ones([2], "bool")', 'full([2], true)',
  'full([2], { re: 1, im: 1 })', 'full([2], 1, "complex64")', 'eye(2)', 'eye(2, 3, "int32")', 'arange(3)',
  'linspace(0, 1, 5)', 'fftfreq(4)', 'complex(1, 2)', 'random.normal(random.key(1), [2, 3], "complex64")',
  'random.uniform(random.key(1), [2], { dtype: "float32" })', 'v_float32.scatterAdd([0], 1)', 'pow(2, v_float32)',
]
const expressions = [
  ...templates.flatMap((t) => dtypes.map((d) => t.replaceAll(/\$([vmq])/g, `$1_${d}`))),
  ...single,
]

interface Claim { readonly dtypes: readonly string[]; readonly shape: readonly (number | null)[] | null }

const sizeOf = (size: string): number | null => (size === 'number' ? null : Number(size))

/** `Tensor<"float64", [2, number]>` as a claim. */
const claimOf = (type: string, expression: string): Claim => {
  const match = /^Tensor<([^,]*), (?:\[(.*)\]|number\[\])>$/.exec(type)
  assert.ok(match !== null, `${expression} has the type ${type}`)
  const sizes = match[2]
  return {
    dtypes: match[1]!.split(' | ').map((text) => text.slice(1, -1)),
    shape: sizes === undefined ? null : sizes === '' ? [] : sizes.split(', ').map(sizeOf),
  }
}

const names = Object.keys(wirtinger).join(', ')

/** What the types say; null where it does not compile. */
const claims = (): readonly (Claim | null)[] => {
  const file = `${root}test/types/expressions.ts`
  const lines = expressions.map((e, k) => `export const r${k} = ${e}`)
  const text = [`import { ${names} } from '../../index.ts'`, prelude, ...lines].join('\n')
  const program = compile(new Map([[file, text]]), { noUncheckedIndexedAccess: false })
  const source = program.getSourceFile(file)!
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line - 2
  const wrong = new Set(program.getSemanticDiagnostics(source).map((d) => lineOf(d.start!)))
  assert.not.ok([...wrong].some((line) => line < 0), 'the prelude compiles')
  const checker = program.getTypeChecker()
  return source.statements.slice(2).filter(ts.isVariableStatement).map((statement, k) => {
    const type = checker.getTypeAtLocation(statement.declarationList.declarations[0]!)
    const shown = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)
    return wrong.has(k) ? null : claimOf(shown, expressions[k]!)
  })
}

interface Outcome { readonly dtype: string; readonly shape: readonly number[] }
type Runner = (library: typeof wirtinger) => readonly (() => Outcome)[]

const outcomes = (): readonly (() => Outcome)[] => {
  const thunks = expressions.map((e) => `() => ${e}`)
  const body = `const { ${names} } = library\n${prelude.replace('n: number', 'n')}\nreturn [${thunks.join(',\n')}]`
  return (new Function('library', body) as Runner)(wirtinger) // the text above
}

const run = (evaluate: () => Outcome): Outcome | Error => {
  try {
    return evaluate()
  } catch (error) {
    return error as Error // all that this library throws
  }
}

const show = (dtype: string, shape: readonly (number | null)[] | null): string =>
  `${dtype} [${shape === null ? '…' : shape.map((size) => size ?? 'number').join(', ')}]`

const fits = (claim: Claim, { dtype, shape }: Outcome): boolean =>
  claim.dtypes.includes(dtype) && (claim.shape === null || (claim.shape.length === shape.length
    && claim.shape.every((size, k) => size === null || size === shape[k])))

const disagreement = (claim: Claim | null, outcome: Outcome | Error): string | null => {
  if (outcome instanceof Error) {
    if (claim !== null) return `compiles, but throws ${outcome.message}`
    return outcome instanceof wirtinger.WirtingerError ? null : `throws ${outcome.stack}`
  }
  const is = show(outcome.dtype, outcome.shape)
  if (claim === null) return `does not compile, but gives ${is}`
  return fits(claim, outcome) ? null : `is said to be ${show(claim.dtypes.join(' | '), claim.shape)}, but is ${is}`
}

const test = suite('types and values agree')
test('in every expression', () => {
  const said = claims()
  const done = outcomes()
  assert.is(said.length, done.length)
  assert.ok(said.filter((claim) => claim === null).length > 100, 'refusals are among them')
  const found = done.flatMap((evaluate, k) => {
    const problem = disagreement(said[k]!, run(evaluate))
    return problem === null ? [] : [`${expressions[k]} ${problem}`]
  })
  assert.is(found.join('\n'), '', `${found.length} of ${expressions.length}`)
})
test.run()
