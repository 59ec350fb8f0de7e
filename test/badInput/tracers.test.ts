// Symbolic tensors that are read where they have no value, or used after their function has returned.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { grad, jit, minimize, tensor, vjp, type Tensor } from '../../index.ts'
import { exact, rejectsError, throwsError } from '../close.ts'
import { js, type Loose } from './untyped.ts'

type Vector = Tensor<'float64', [2]>
const it = suite('tracers')
const x: Vector = tensor([1, 2])
const number = (y: unknown): number => y as number // as JavaScript sees it

it('reading under jit', () => {
  const hint = /'peek' is traced by jit: use where\(\) for choices, return the tensor and read it outside, or pass \{ jit: false \} to minimize/
  for (const method of ['toArray', 'toTypedArray', 'view'] as const) {
    const peek = (y: Loose): Loose => { y[method](); return y }
    const error = throwsError(() => js.jit(peek)(x), 'TraceError', hint)
    assert.match(String(error), new RegExp(`${method}: the tensor float64 \\[2\\] has no value`))
  }
  const peek = (y: Loose): Loose => { y.sum().item(); return y }
  throwsError(() => js.jit(peek)(x), 'TraceError', hint)
})

it('reading under jit later, by a promise', async () => {
  let later: Promise<unknown> = Promise.resolve()
  jit((y: Vector) => {
    later = y.read()
    later.catch(() => {})
    return y
  })(x)
  await rejectsError(() => later, 'TraceError', /read: the tensor float64 \[2\] has no value/)
})

it('reading in an objective of minimize, and the way out', () => {
  const f = (p: Vector) => (p.sum().item() > 0 ? p.square().sum() : p.abs().sum())
  throwsError(() => minimize(f, x), 'TraceError', /item: .* pass \{ jit: false \} to minimize/)
  assert.is(minimize(f, x, { jit: false }).status._tag, 'ConvergedByGradient')
})

it('a tensor, traced or not, is no number', () => {
  const message = /a tensor is not a number: use add\(\), mul\(\), less\(\) …, or item\(\)/
  const uses: readonly ((y: unknown) => unknown)[] = [
    (y) => number(y) > 0, (y) => number(y) + 1, (y) => -number(y), (y) => Math.sin(number(y)), (y) => 'text' + String(number(y) * 2),
  ]
  for (const use of uses) {
    throwsError(() => use(tensor(1)), 'TraceError', message)
    throwsError(() => jit((y: Tensor<'float64', []>) => { use(y); return y })(tensor(1)), 'TraceError', message)
    throwsError(() => grad((y: Tensor<'float64', []>) => { use(y); return y })(tensor(1)), 'TraceError', message)
  }
})

it('a number handed to jit is a tensor inside, and the error says so', () => {
  const f = js.jit((y: Loose, n: number) => (n > 2 ? y : y.neg()))
  throwsError(() => f(x, 3), 'TraceError', /a number handed to jit is a tensor inside.*capture it from outside/)
})

it('printing never fails', () => {
  let text = ''
  let kept: Vector = x
  jit((y: Vector) => {
    text = `${y}`
    kept = y.mul(2)
    return y
  })(x)
  assert.is(text, 'Tensor float64 [2] (traced: no value yet)')
  assert.is(String(kept), text)
})

it('a tensor that leaks out of jit says so wherever it is used', () => {
  let leak: Vector = x
  let variable: Vector = x
  const leaky = (y: Vector): Vector => {
    variable = y
    leak = y.mul(2)
    return y
  }
  jit(leaky)(x)
  const message = /made while 'leaky' was traced by jit is used after the trace: return it from the function instead/
  const uses: readonly ((t: Vector) => unknown)[] = [
    (t) => t.add(1), (t) => t.toArray(), (t) => t.sum(), (t) => jit((y: Vector) => y.add(t))(x),
    (t) => grad((y: Vector) => y.mul(t).sum())(x), (t) => jit((y: Vector) => y.mul(2))(t), (t) => minimize((p: Vector) => p.square().sum(), t),
  ]
  for (const use of uses) {
    throwsError(() => use(leak), 'TraceError', message)
    throwsError(() => use(variable), 'TraceError', message)
  }
  throwsError(() => grad((y: Vector) => y.sum())(leak), 'TraceError', /is used (after|outside)/)
})

it('also when the function has thrown, and out of minimize', () => {
  let leak: Tensor<'float64', []> = tensor(0)
  assert.throws(() => jit((y: Vector): Vector => {
    leak = y.sum()
    throw new Error('mine')
  })(x), /mine/)
  throwsError(() => leak.item(), 'TraceError', /used after the trace/)
  minimize((p: Vector) => (leak = p.square().sum()), x)
  throwsError(() => leak.item(), 'TraceError', /used after the trace/)
})

it('what leaves grad, vjp or a minimization without jit is an ordinary tensor', () => {
  let kept: Vector = x
  grad((y: Vector) => {
    kept = y.mul(2)
    return y.sum()
  })(x)
  exact(kept.add(1).toArray(), [3, 5])
  vjp((y: Vector) => (kept = y.mul(3)))(x)
  exact(kept.toArray(), [3, 6])
  const losses: Tensor<'float64', []>[] = []
  const { value } = minimize((p: Vector) => {
    const loss = p.square().sum()
    losses.push(loss)
    return loss
  }, x, { jit: false })
  assert.is(Math.min(...losses.map((l) => l.item())), value)
})

it.run()
