// Gradients of the composite operations, also where formulas usually break: at zero, at ties, at huge and tiny numbers.
import { suite } from 'uvu'
import { grad as typedGrad } from '../../../autodiff/grad.ts'
import { checkGrad as typedCheck } from '../../../autodiff/checkGrad.ts'
import type { Node } from '../../../core/node.ts'
import { add, abs2, clip, hypot, imag, mul, real, relu } from '../../../core/operations/elementwise.ts'
import { matmul, matrixPower } from '../../../core/operations/contraction.ts'
import { diag, tril } from '../../../core/operations/diagonal.ts'
import { einsum } from '../../../core/operations/einsum.ts'
import { fft, irfft, rfft } from '../../../core/operations/fourier.ts'
import { sort, take } from '../../../core/operations/indexing.ts'
import { norm } from '../../../core/operations/norm.ts'
import { concat, pad, reshape, roll, tile } from '../../../core/operations/movement.ts'
import { mean, prod, std, variance } from '../../../core/operations/reduction.ts'
import { logSoftmax, logsumexp, softmax } from '../../../core/operations/softmax.ts'
import { sum } from '../../../core/operations/sum.ts'
import { complex } from '../../../core/construct.ts'
import * as assert from 'uvu/assert'
import { c, close, exact, flat, numbers, precision, read, relative, tensor } from './fixture.ts'

const test = suite('derivatives of composites')
const { far } = precision

// The typed face speaks of tensors; these tests speak of nodes.
const grad = typedGrad as unknown as (f: (x: Node) => Node) => (x: Node) => Node
interface Report { readonly ok: boolean; readonly toString: () => string }
const checkGrad = typedCheck as unknown as (f: (x: Node) => Node, x: Node) => Report

const second = (f: (x: Node) => Node, x: Node, direction: Node) => grad((y) => sum(mul(grad(f)(y), direction)))(x)

test('norm: z/‖z‖, 0 at zero, right at the ends of the number range', () => {
  close(read(grad((z) => norm(z))(tensor([c(3, 4), c(0, 12)]))), [c(3 / 13, 4 / 13), c(0, 12 / 13)], 1e-15)
  relative(read(grad((x) => norm(x))(tensor([3 * far, 4 * far]))), [0.6, 0.8], 1e-15)
  relative(read(grad((x) => norm(x))(tensor([3 / far, 4 / far]))), [0.6, 0.8], 1e-15)
  for (const ord of [1, 1.5, 2, 3, 4, Infinity]) {
    exact(read(grad((x) => norm(x, { ord }))(tensor([0, 0]))), [0, 0], `at zero, ord ${ord}`)
  }
  close(read(grad((x) => norm(x, { ord: 1.5 }))(tensor([4, 0]))), [1, 0], 1e-15)
  close(read(grad((x) => norm(x, { ord: 0.5 }))(tensor([4, 0]))), [1, 0], 1e-15)
  close(read(grad((x) => norm(x, { ord: Infinity }))(tensor([-2, 2, 1]))), [-0.5, 0.5, 0], 0)
})

test('norm: second derivatives are finite, also where an entry is zero', () => {
  // ∇²‖x‖ = (I − x·xᵀ/‖x‖²)/‖x‖
  close(read(second((x) => norm(x), tensor([3, 4]), tensor([1, 0]))), [16 / 125, -12 / 125], 1e-15)
  exact(read(second((x) => norm(x), tensor([0, 0]), tensor([1, 0]))), [0, 0])
  close(read(second((x) => norm(x), tensor([2, 0]), tensor([0, 1]))), [0, 0.5], 1e-15)
  // (16 + y⁴)^¼ has the fourth derivative 24/(4·16^¾) at y = 0.
  const quartic = (y: Node): Node => norm(concat([tensor([2]), y]), { ord: 4 })
  const fourth = [1, 2, 3].reduce<(y: Node) => Node>((f) => grad((y) => sum(f(y))), grad(quartic))
  close(read(fourth(tensor([0]))), [0.75], 1e-14)
})

test('std is 0 at zero variance, with gradient 0', () => {
  exact(read(grad((x) => std(x))(tensor([2, 2, 2]))), [0, 0, 0])
  const x = [1, 2, 6]
  close(read(grad((t) => std(t))(tensor(x))), x.map((v) => (v - 3) / (3 * Math.sqrt(14 / 3))), 1e-15)
})

test('prod: the product of the others, also with zeros, to any order', () => {
  exact(read(grad((x) => prod(x))(tensor([2, 3, 5]))), [15, 10, 6])
  exact(read(grad((x) => prod(x))(tensor([2, 0, 5]))), [0, 10, 0])
  exact(read(grad((x) => prod(x))(tensor([0, 0, 5]))), [0, 0, 0])
  exact(read(second((x) => prod(x), tensor([0, 0, 5]), tensor([1, 0, 0]))), [0, 5, 0])
})

test('logsumexp and softmax at infinities', () => {
  close(read(grad((x) => logsumexp(x))(tensor([-Infinity, 0, 0]))), [0, 0.5, 0.5], 1e-15)
  exact(read(grad((x) => logsumexp(x))(tensor([-Infinity, -Infinity]))), [0, 0])
  const weights = tensor([1, 2, 3])
  close(read(grad((x) => sum(mul(softmax(x), weights)))(tensor([-Infinity, 0, 0]))), [0, -0.25, 0.25], 1e-15)
  close(read(grad((x) => sum(mul(logSoftmax(x), weights)))(tensor([0, 0, 0]))), [-1, 0, 1], 1e-15)
})

test('relu, clip and hypot at their corners', () => {
  exact(read(grad((x) => sum(relu(x)))(tensor([-1, 0, 2]))), [0, 0, 1])
  exact(read(grad((x) => sum(clip(x, -1, 1)))(tensor([-3, -1, 0, 1, 3]))), [0, 0.5, 1, 0.5, 0])
  exact(read(grad((x) => sum(hypot(x, x)))(tensor([0]))), [0])
})

test('irfft: exactly no gradient for what it ignores', () => {
  const v = tensor([1, -2, 3, 0.5, 7, -1])
  const z = tensor([c(1, 1), c(2, 3), c(4, 5), c(6, 7)])
  const g = flat(imag(grad((t) => sum(mul(irfft(t, { n: 6 }), v)))(z)))
  exact([Math.abs(Number(g[0])), Math.abs(Number(g[3]))], [0, 0])
  assert.ok(Math.abs(Number(g[1])) > 0.1)
})

test('everything against finite differences', () => {
  if (precision.name === 'single') return // differences of 32 bits say nothing
  const w = tensor(numbers(64, 3))
  const weighted = (y: Node): Node => {
    const flattened = reshape(y, [y.info.size])
    const weights = take(w, Array.from({ length: y.info.size }, (_, k) => k))
    const others = take(w, Array.from({ length: y.info.size }, (_, k) => 63 - k))
    const parts = add(mul(real(flattened), weights), mul(imag(flattened), others))
    return sum(parts)
  }
  const x = reshape(tensor(numbers(9, 4)), [3, 3])
  const z = complex(x, reshape(tensor(numbers(9, 8)), [3, 3]))
  const cases: readonly (readonly [string, (t: Node) => Node, readonly Node[]])[] = [
    ['mean', (t) => mean(t, { axis: 0 }), [x, z]],
    ['variance', (t) => variance(t, { axis: 1, ddof: 1 }), [x, z]],
    ['std', (t) => std(t), [x, z]],
    ['prod', (t) => prod(t, { axis: 1 }), [x, z]],
    ['norm 2', (t) => norm(t, { axis: 0 }), [x, z]],
    ['norm 1.5', (t) => norm(t, { ord: 1.5 }), [x, z]],
    ['norm 4', (t) => norm(t, { ord: 4, axis: 1 }), [x, z]],
    ['norm Infinity', (t) => norm(t, { ord: Infinity }), [x, z]],
    ['logsumexp', (t) => logsumexp(t, { axis: 1 }), [x, z]],
    ['softmax', (t) => softmax(t), [x, z]],
    ['logSoftmax', (t) => logSoftmax(t, { axis: 0 }), [x, z]],
    ['matrixPower', (t) => matrixPower(t, 3), [x, z]],
    ['matmul batch', (t) => matmul(reshape(t, [3, 1, 3]), t), [x, z]],
    ['einsum', (t) => einsum('ij,kj,ii->ik', t, t, t), [x, z]],
    ['diag and tril', (t) => add(diag(diag(t, 1), 1), tril(t)), [x, z]],
    ['pad, roll, tile', (t) => tile(roll(pad(t, [1, 0], { value: 2 }), [1, -1], [0, 1]), [1, 2]), [x, z]],
    ['fft', (t) => fft(t, { n: 4, norm: 'ortho' }), [x, z]],
    ['rfft', (t) => rfft(t, { axis: 0 }), [x]],
    ['irfft', (t) => irfft(t, { n: 5, norm: 'forward' }), [x, z]],
    ['sort', (t) => sort(t, { axis: 0, descending: true }), [x]],
    ['gather', (t) => take(abs2(t), [[2, 0], [1, 1]].flat(), 1), [x, z]],
  ]
  for (const [name, f, points] of cases) {
    for (const point of points) {
      const report = checkGrad((t) => weighted(f(t)), point)
      assert.ok(report.ok, `${name} of ${point.dtype}: ${String(report)}`)
    }
  }
})

test.run()
