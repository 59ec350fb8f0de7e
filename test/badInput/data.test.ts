// Data: typed arrays that change later, empty tensors, infinities, integers at the end of their range, positions outside.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fromTypedArray, grad, jit, minimize, ones, random, tensor, wrap, zeros, type Tensor } from '../../index.ts'
import { close, exact, throwsError } from '../close.ts'
import { js, loose } from './untyped.ts'

const it = suite('data')

it('a typed array that changes later changes no tensor made from it', () => {
  const data = Float64Array.of(1, 2)
  const x = fromTypedArray(data)
  const doubled = x.mul(2)
  data[0] = 9
  exact(x.toArray(), [1, 2])
  exact(doubled.toArray(), [2, 4])
})

it('wrap shares the array, as it says, and so does a view', () => {
  const data = Float64Array.of(1, 2)
  const x = wrap(data)
  data[0] = 9
  exact(x.toArray(), [9, 2])
  assert.is(x.view(), data)
})

it('what is read is a copy, and a shape cannot be written', () => {
  const x = tensor([1, 2])
  x.toTypedArray()[0] = 9
  exact(x.toArray(), [1, 2])
  const dims = x.shape as unknown as number[] // as JavaScript sees it
  assert.throws(() => { dims[0] = 5 }, /read only/)
})

it('minimize never writes into a wrapped starting point', () => {
  for (const n of [2, 5000]) {
    const data = new Float64Array(n).fill(3)
    const { params } = minimize((x) => x.square().sum(), wrap(data))
    assert.ok(data.every((x) => x === 3))
    assert.ok(params.abs().max().item() < 1e-5)
  }
})

it('bytes are no truth values, unless that is said', () => {
  throwsError(() => fromTypedArray(Uint8Array.of(0, 200)), 'DTypeError', /fromTypedArray: these bytes .* Float64Array\.from\(data\).*'bool'/)
  throwsError(() => wrap(Uint8Array.of(0, 200)), 'DTypeError', /wrap: bool is stored as 0 and 1/)
  assert.equal(fromTypedArray(Uint8Array.of(0, 200), [2], 'bool').toArray(), [false, true])
})

it('typed arrays of another length or kind', () => {
  throwsError(() => fromTypedArray(new Float64Array(5), [2, 2]), 'ShapeError', /needs 4 numbers, the array holds 5/)
  throwsError(() => fromTypedArray(new Float64Array(5), [2], 'complex128'), 'ShapeError', /needs 4 .* holds 5 \(re and im/)
  throwsError(() => js.fromTypedArray(new Float64Array(2), [2], 'float32'), 'DTypeError', /stored in a Float32Array, not a Float64Array/)
  throwsError(() => js.fromTypedArray(new Int16Array(2)), 'DTypeError', /expected a Float64Array/)
  throwsError(() => js.fromTypedArray([1, 2]), 'DTypeError', /use tensor\(…\) for arrays/)
})

it('nested arrays with holes, without end, or of other things', () => {
  throwsError(() => js.tensor([1, , 3]), 'DTypeError', /tensor: the value at \[1\] is undefined/) // eslint-disable-line no-sparse-arrays
  const endless: unknown[] = []
  endless[0] = endless
  throwsError(() => js.tensor(endless), 'ShapeError', /contain themselves/)
  throwsError(() => js.tensor([[1, 2], [3]]), 'ShapeError', /the array at \[1\] has length 1 where its neighbours have 2/)
  throwsError(() => js.tensor([tensor(1)]), 'DTypeError', /a tensor float64 \[\].*use stack\(\) or concat\(\)/)
  throwsError(() => js.tensor('1'), 'DTypeError', /tensor: the value is the string '1'/)
})

it('empty tensors: what has a neutral element has a value, the rest refuses', () => {
  const none = zeros([0])
  exact([none.sum().item(), none.prod().item(), none.norm().item()], [0, 1, 0])
  assert.equal(none.any().item(), false)
  exact(zeros([2, 0]).matmul(zeros([0, 3])).toArray(), [[0, 0, 0], [0, 0, 0]])
  exact(grad((x: Tensor<'float64', [0]>) => x.square().sum())(none).toArray(), [])
  throwsError(() => none.max(), 'ShapeError', /max: a tensor of shape \[0\] has no max over an empty axis/)
  throwsError(() => jit((x: Tensor<'float64', [0]>) => x.max())(none), 'ShapeError', /max: a tensor of shape \[0\]/)
  throwsError(() => none.mean(), 'ShapeError', /mean: nothing to average in a tensor of shape \[0\]/)
  throwsError(() => none.fft(), 'OptionError', /fft: the length along axis 0 of \[0\]/)
  throwsError(() => none.item(), 'ShapeError', /has 0 elements/)
})

it('infinity and NaN in data follow IEEE', () => {
  exact(tensor([1, 0, -1]).div(0).toArray(), [Infinity, NaN, -Infinity])
  exact(tensor([Infinity, -Infinity]).sum().item(), NaN)
  exact(tensor([NaN, 1]).max().item(), NaN)
  exact(tensor([-Infinity, -Infinity]).logsumexp().item(), -Infinity)
  exact(tensor([Infinity, 1]).softmax().toArray(), [1, 0])
})

it('int32 wraps, and its quotient is float64', () => {
  const most = tensor([2 ** 31 - 1], 'int32')
  exact(most.add(1).toArray(), [-(2 ** 31)])
  exact(most.mul(most).toArray(), [1])
  exact(tensor([2 ** 31 - 1, 1], 'int32').sum().item(), -(2 ** 31))
  exact(jit((x: Tensor<'int32', [1]>) => x.mul(x).add(1).mul(3))(most).toArray(), [6])
  exact(tensor([[65536, 1]], 'int32').matmul(tensor([[65536], [5]], 'int32')).toArray(), [[5]])
  exact(tensor([1, 0, -1], 'int32').div(0).toArray(), [Infinity, NaN, -Infinity])
  throwsError(() => most.add(2 ** 31), 'DTypeError', /add: 2147483648 is no 32-bit integer/)
  throwsError(() => tensor([2 ** 31], 'int32'), 'DTypeError', /2147483648 is no int32: use float64/)
  exact(tensor([0], 'int32').add(-(2 ** 31)).toArray(), [-(2 ** 31)])
})

it('positions outside their axis', () => {
  const x = tensor([1, 2, 3])
  const outside = tensor([0, 5], 'int32')
  exact(x.gather(tensor([-1, 0], 'int32')).toArray(), [3, 1])
  throwsError(() => x.gather(outside), 'IndexError', /gather: index 5 is out of bounds for an axis of length 3/)
  throwsError(() => jit((y: Tensor<'float64', [3]>) => y.gather(outside))(x), 'IndexError', /gather: index 5/)
  throwsError(() => jit((y: Tensor<'float64', [3]>, k: Tensor<'int32', [2]>) => y.gather(k))(x, outside), 'IndexError', /index 5/)
  throwsError(() => x.take([3]), 'IndexError', /take: index 3/)
  throwsError(() => x.at(3), 'IndexError', /at: index 3 is outside axis 0, whose length is 3/)
  throwsError(() => x.at(0.5), 'OptionError', /at: an index is an integer, not 0\.5/)
  throwsError(() => x.scatterAdd(outside, ones([2])), 'IndexError', /scatterAdd: index 5/)
  throwsError(() => grad((y: Tensor<'float64', [3]>) => y.gather(outside).sum())(x), 'IndexError', /index 5/)
})

it('random: what is no key, seed, dtype or option', () => {
  const normal = loose(random.normal)
  throwsError(() => normal(7, [2]), 'DTypeError', /random\.normal: the first argument is a key, made by random\.key/)
  throwsError(() => normal(random.key(0), [2], 'int32'), 'DTypeError', /dtype is a floating point type, not int32/)
  throwsError(() => random.key(0.5), 'OptionError', /random\.key: a seed is an integer/)
  throwsError(() => loose(random.uniform)(random.key(0), [2], 'float32'), 'OptionError', /random\.uniform: options are an object/)
  throwsError(() => random.uniform(random.key(0), [2], { low: 3, high: 1 }), 'OptionError', /low 3 must be less than high 1/)
  close(random.uniform(random.key(0), [2], { low: 3, high: 3.5 }).toArray(), [3.25, 3.25], 0.1)
})

it.run()
