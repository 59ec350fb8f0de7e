// Einstein summation, as a sequence of diagonals, sums and matrix products.
import { OptionError, ShapeError } from '../errors.ts'
import type { Node } from '../node.ts'
import { show } from '../shape.ts'
import { matmul } from './contraction.ts'
import { productOf } from './dims.ts'
import { mul } from './elementwise.ts'
import { narrow, moveAxis, reshape, transpose } from './movement.ts'
import { sum } from './sum.ts'

/** A tensor and the label of each of its axes. */
interface Labelled { readonly x: Node; readonly labels: readonly string[] }

interface Subscripts { readonly inputs: readonly (readonly string[])[]; readonly output: readonly string[] }

const unique = (labels: readonly string[]): readonly string[] => [...new Set(labels)]

const parse = (subscripts: string): Subscripts => {
  const match = /^([a-zA-Z,]*)(?:->([a-zA-Z]*))?$/.exec(subscripts.replaceAll(' ', ''))
  if (match === null) throw new OptionError(`einsum: '${subscripts}' is not of the form 'ij,jk->ik'`)
  const inputs = match[1]!.split(',').map((labels) => [...labels])
  const all = inputs.flat()
  const output = match[2] === undefined
    ? unique(all).filter((label) => all.indexOf(label) === all.lastIndexOf(label)).sort()
    : [...match[2]]
  const stray = output.find((label, k) => !all.includes(label) || output.indexOf(label) !== k)
  if (stray !== undefined) {
    throw new OptionError(`einsum: in '${subscripts}' the output label ${stray} is repeated, or no operand has it`)
  }
  return { inputs, output }
}

const label = (subscripts: string, inputs: Subscripts['inputs'], operands: readonly Node[]): readonly Labelled[] => {
  if (inputs.length !== operands.length) {
    throw new OptionError(`einsum: '${subscripts}' names ${inputs.length} operands, and ${operands.length} are given`)
  }
  const sizes = new Map<string, number>()
  return operands.map((x, k) => {
    const labels = inputs[k]!
    if (labels.length !== x.info.rank) {
      throw new ShapeError(`einsum: '${labels.join('')}' in '${subscripts}' names ${labels.length} axes `
        + `of a tensor of shape ${show(x.info)}`)
    }
    labels.forEach((name, axis) => {
      const n = x.shape[axis]!
      const known = sizes.get(name) ?? n
      if (known !== n) {
        throw new ShapeError(`einsum: in '${subscripts}' the label ${name} stands for both ${known} and ${n}`)
      }
      sizes.set(name, n)
    })
    return { x, labels }
  })
}

/** Takes the diagonal for labels that an operand repeats. */
const diagonals = ({ x, labels }: Labelled): Labelled => {
  const second = labels.findIndex((name, k) => labels.indexOf(name) !== k)
  if (second < 0) return { x, labels }
  const first = labels.indexOf(labels[second]!)
  const n = x.shape[first]!
  const rest = x.info.rank - 2
  const square = moveAxis(moveAxis(x, second, rest + 1), first, rest)
  const diagonal = narrow(reshape(square, [...square.shape.slice(0, rest), n * n]), rest, 0, n, n + 1)
  return diagonals({ x: diagonal, labels: [...labels.filter((_, k) => k !== first && k !== second), labels[first]!] })
}

/** Sums over the labels that nobody else needs. */
const sumOut = ({ x, labels }: Labelled, needed: readonly string[]): Labelled => ({
  x: sum(x, { axis: labels.flatMap((name, k) => (needed.includes(name) ? [] : [k])) }),
  labels: labels.filter((name) => needed.includes(name)),
})

const arrange = ({ x, labels }: Labelled, order: readonly string[]): Node =>
  transpose(x, ...order.map((name) => labels.indexOf(name)))

/** The labels of two operands by their part in the product. */
const roles = (a: readonly string[], b: readonly string[], needed: readonly string[]) => {
  const shared = a.filter((name) => b.includes(name))
  return {
    batch: shared.filter((name) => needed.includes(name)),
    contracted: shared.filter((name) => !needed.includes(name)),
    left: a.filter((name) => !b.includes(name)),
    right: b.filter((name) => !a.includes(name)),
  }
}

/** The sizes of some of the axes. */
const sizes = ({ x, labels }: Labelled, names: readonly string[]): readonly number[] =>
  names.map((name) => x.shape[labels.indexOf(name)]!)

const contract = (a: Labelled, b: Labelled, needed: readonly string[]): Labelled => {
  const { batch, contracted, left, right } = roles(a.labels, b.labels, needed)
  const [outer, rows, columns] = [sizes(a, batch), sizes(a, left), sizes(b, right)]
  const [B, M, K, N] = [productOf(outer), productOf(rows), productOf(sizes(a, contracted)), productOf(columns)]
  const x = arrange(a, [...batch, ...left, ...contracted])
  const y = arrange(b, [...batch, ...contracted, ...right])
  const labels = [...batch, ...left, ...right]
  const to = [...outer, ...rows, ...columns]
  if (contracted.length === 0) return { x: reshape(mul(reshape(x, [B, M, 1]), reshape(y, [B, 1, N])), to), labels }
  if (left.length === 0 && right.length === 0) {
    return { x: reshape(sum(mul(reshape(x, [B, K]), reshape(y, [B, K])), { axis: 1 }), to), labels }
  }
  const product = batch.length === 0 ? matmul(reshape(x, [M, K]), reshape(y, [K, N]))
    : matmul(reshape(x, [B, M, K]), reshape(y, [B, K, N]))
  return { x: reshape(product, to), labels }
}

/** Contracts the pair with the smallest result, again and again. */
const contractAll = (terms: readonly Labelled[], output: readonly string[]): Labelled => {
  const pairs = terms.flatMap((a, i) => terms.slice(i + 1).map((b, k) => {
    const others = terms.filter((t) => t !== a && t !== b).flatMap((t) => t.labels)
    const needed = [...output, ...others]
    const { batch, left, right } = roles(a.labels, b.labels, needed)
    const size = productOf([...sizes(a, [...batch, ...left]), ...sizes(b, right)])
    return { i, j: i + 1 + k, needed, size }
  }))
  const [first] = pairs.sort((p, q) => p.size - q.size)
  if (first === undefined) return terms[0]!
  const { i, j, needed } = first
  const product = contract(terms[i]!, terms[j]!, needed)
  return contractAll(terms.flatMap((t, k) => (k === i ? [product] : k === j ? [] : [t])), output)
}

export const einsum = (subscripts: string, ...operands: readonly Node[]): Node => {
  if (typeof subscripts !== 'string') {
    throw new OptionError("einsum: the subscripts come first: einsum('ij,jk->ik', a, b)")
  }
  const { inputs, output } = parse(subscripts)
  const terms = label(subscripts, inputs, operands).map(diagonals)
  const reduced = terms.map((term, k) =>
    sumOut(term, [...output, ...terms.flatMap((other, j) => (j === k ? [] : other.labels))]))
  return arrange(contractAll(reduced, output), output)
}
