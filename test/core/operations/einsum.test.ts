import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Node } from '../../../core/node.ts'
import { complex } from '../../../core/construct.ts'
import { einsum } from '../../../core/operations/einsum.ts'
import { matmul } from '../../../core/operations/contraction.ts'
import { reshape } from '../../../core/operations/movement.ts'
import { throwsError } from '../../close.ts'
import { c, close, flat, numbers, read, tensor } from './fixture.ts'

const test = suite('einsum')

const sizes: Readonly<Record<string, number>> = { i: 2, j: 3, k: 4, l: 2, r: 3 }
const dims = (labels: string): readonly number[] => [...labels].map((label) => sizes[label]!)
const count = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1)
const of = (labels: string, seed: number): Node => {
  const shape = dims(labels)
  return reshape(complex(tensor(numbers(count(shape), seed)), tensor(numbers(count(shape), seed + 100))), shape)
}

/** The sum over all values of all labels, by its definition. */
const loops = (inputs: readonly string[], output: string, operands: readonly Node[]) => {
  const labels = [...new Set(inputs.join(''))]
  const result = Array.from({ length: count(dims(output)) }, () => ({ re: 0, im: 0 }))
  const elements = operands.map((x) => flat(x).map((v) => (typeof v === 'number' ? c(v, 0) : v)))
  const offset = (names: string, value: Readonly<Record<string, number>>): number =>
    [...names].reduce((at, name) => at * sizes[name]! + value[name]!, 0)
  for (let p = 0; p < count(labels.map((label) => sizes[label]!)); p++) {
    const value: Record<string, number> = {}
    let rest = p
    for (const label of labels) {
      value[label] = rest % sizes[label]!
      rest = Math.floor(rest / sizes[label]!)
    }
    const product = inputs.map((names, k) => elements[k]![offset(names, value)]!)
      .reduce((a, b) => c(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re))
    const to = result[offset(output, value)]!
    to.re += product.re
    to.im += product.im
  }
  return result
}

const cases = [
  'ij->ij', 'ij->ji', 'ij->', 'ij->j', 'ii->i', 'ii->', 'iij->j', 'iji->ij', 'ij,jk->ik', 'ij,jk->ki', 'ij,ij->',
  'ij,ij->ij',
  'i,j->ij', 'i,j->ji', 'ij,jk,kl->il', 'ir,jr,kr->ijk', 'ij,ikj->k', 'rij,rjk->rik', 'ijk,l->', 'ij,j,i->', 'i,i,i->i',
  'ii,ij->j', 'ijk,kji->', ',ij->ij', 'ij,jk,ik->',
]

test('every expression agrees with the loops', () => {
  for (const subscripts of cases) {
    const [left, output] = subscripts.split('->') as [string, string] // each case has one arrow
    const inputs = left.split(',')
    const operands = inputs.map((names, k) => of(names, k + 1))
    const y = einsum(subscripts, ...operands)
    assert.equal(y.shape, dims(output), subscripts)
    close(flat(y), loops(inputs, output, operands), 1e-13, subscripts)
  }
})

test('without an arrow the output has the labels that occur once, in alphabetical order', () => {
  const [a, b] = [of('ij', 1), of('jk', 2)]
  close(read(einsum('ij,jk', a, b)), read(matmul(a, b)), 1e-14)
  assert.equal(einsum('kji', of('kji', 1)).shape, dims('ijk'))
  assert.equal(einsum(' i j , j k -> i k ', a, b).shape, dims('ik'))
})

test('mixed real and complex operands, integers', () => {
  const real = tensor([[1, 2, 3], [4, 5, 6]])
  close(read(einsum('ij,j->i', real, tensor([c(0, 1), c(1, 0), c(0, 0)]))), [c(2, 1), c(5, 4)], 1e-15)
  assert.is(einsum('ij->', tensor([[1, 2]], 'int32')).dtype, 'int32')
})

test('errors name what does not fit', () => {
  const a = of('ij', 1)
  throwsError(() => einsum('ij,jk->ik', a), 'OptionError', /einsum: 'ij,jk->ik' names 2 operands, and 1 are given/)
  throwsError(() => einsum('ijk->i', a), 'ShapeError',
    /einsum: 'ijk' in 'ijk->i' names 3 axes of a tensor of shape \[2, 3\]/)
  throwsError(() => einsum('ij,ji->', a, a), 'ShapeError', /einsum: in 'ij,ji->' the label j stands for both 3 and 2/)
  throwsError(() => einsum('ij->ik', a), 'OptionError', /output label k is repeated, or no operand has it/)
  throwsError(() => einsum('ij->ii', a), 'OptionError', /output label i/)
  throwsError(() => einsum('...j->j', a), 'OptionError', /not of the form 'ij,jk->ik'/)
})

test.run()
