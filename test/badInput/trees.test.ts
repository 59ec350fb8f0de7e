// Parameters that are no trees of tensors, and arguments that jit could not watch.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { jit, tensor } from '../../index.ts'
import { exact, throwsError } from '../close.ts'
import { js, loose, type Loose } from './untyped.ts'

const it = suite('trees')
const x = tensor([1, 2])
class Layer { readonly weights = x }
const endless: Record<string, unknown> = { x }
endless['self'] = endless

const rows: readonly (readonly [unknown, RegExp])[] = [
  [3, /this is the number 3: wrap it in tensor\(\)/],
  [[x, 2], /\[1\] is the number 2: wrap it in tensor\(\), or pass it as data/],
  [{ a: { b: [x, true] } }, /\.a\.b\[1\] is true: wrap it/],
  [{ re: 1, im: 2 }, /\.im is the number 2/],
  [null, /this is null$/],
  [undefined, /this is undefined$/],
  [{ a: undefined }, /\.a is undefined$/],
  [[x, , x], /\[1\] is undefined$/], // eslint-disable-line no-sparse-arrays
  [{ f: () => x }, /\.f is a function$/],
  ['abc', /this is the string 'abc'$/],
  [new Layer(), /this is an instance of Layer: spread its tensors into a plain record/],
  [{ a: new Map([['x', x]]) }, /\.a is an instance of Map/],
  [new Date(0), /this is an instance of Date/],
  [Promise.resolve(x), /this is an instance of Promise/],
  [{ a: new Float64Array(1e6) }, /\.a is a Float64Array of length 1000000: make a tensor of it with fromTypedArray\(\)/],
  [endless, /nested without end: they contain themselves/],
]

it('leaves that are no tensors are named with their path', () => {
  const f = () => tensor(1)
  for (const [tree, message] of rows) {
    for (const run of [() => js.grad(f)(tree), () => js.minimize(f, tree), () => js.vjp(f)(tree)]) {
      const error = throwsError(run, 'TreeError', message)
      assert.match(String(error), /(grad|minimize|vjp): (parameters are tensors|the parameters are nested)/)
    }
  }
})

it('records without a prototype and frozen ones are records', () => {
  const bare: unknown = Object.assign(Object.create(null), { a: x })
  for (const tree of [bare, Object.freeze({ a: x })]) {
    const g = loose(js.grad((p: { readonly a: Loose }) => p.a.square().sum())(tree)) as unknown as { readonly a: Loose }
    exact(g.a.toArray() as never, [2, 4])
  }
})

it('integers and trees of another structure', () => {
  const f = (p: Loose) => p.sum()
  throwsError(() => js.grad(f)(tensor([1], 'int32')), 'DTypeError', /grad: a parameter is int32 \[1\].*cast\('float64'\) it, or pass it as data/)
  throwsError(() => js.jvp(f)(x, { a: x }), 'TreeError', /jvp: the direction has another structure/)
  throwsError(() => js.jvp(f)(x, tensor([1])), 'ShapeError', /jvp: a direction is \[1\] but belongs to a tensor \[2\]/)
  throwsError(() => js.applyUpdates({ a: x }, { b: x }), 'TreeError', /applyUpdates: the updates have another structure/)
  throwsError(() => js.applyUpdates(x, tensor([1])), 'ShapeError', /applyUpdates: an update is \[1\] but its parameter is \[2\]/)
})

it('jit refuses arguments that may change behind its back', () => {
  const f = js.jit((_: unknown) => x)
  throwsError(() => f(new Float64Array(2)), 'TreeError', /jit: argument 0 is a Float64Array of length 2.*fromTypedArray/)
  throwsError(() => f({ model: new Layer() }), 'TreeError', /jit: argument 0\.model is an instance of Layer.*plain records/)
  assert.equal(loose(f('text')).toArray(), [1, 2])
})

it('jit gives back numbers, texts and nothing as they were', () => {
  const f = jit((y: typeof x) => ({ doubled: y.mul(2), count: 3, name: 'n' }))
  for (const at of [x, x.add(1)]) {
    const { doubled, count, name } = f(at)
    exact(doubled.toArray(), at.mul(2).toArray())
    assert.equal([count, name], [3, 'n'])
  }
  assert.is(jit(() => 3)(), 3)
  assert.is(jit(() => undefined)(), undefined)
  throwsError(() => js.jit((y: unknown) => Promise.resolve(y))(x), 'TraceError', /returned a promise.*await outside/)
})

it.run()
