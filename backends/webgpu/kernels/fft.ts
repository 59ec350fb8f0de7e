// Fourier transforms along axes, as dispatches: complex to complex, unscaled, of any lengths.
import type { Step } from '../../lower/kernel.ts'
import type { Dispatch, Maker } from '../dispatch.ts'
import { factor } from './fft/factor.ts'
import { bluestein, stockham, type Axis, type Move } from './fft/passes.ts'
import { product } from './fft/text.ts'

type LibraryStep = Extract<Step, { kind: 'library' }>

const movesAlong = (axis: Axis, maker: Maker): readonly Move[] => {
  const { convolved, passes } = factor(axis.n, axis.inner, maker.target)
  return convolved ? [bluestein(axis, passes, maker)] : stockham(axis, passes, maker)
}

const copy = (length: number): Move => ({
  inPlace: true,
  dispatches: (source, target) => source === target ? [] : [{
    label: 'fft of single numbers',
    arrays: [{ name: 'xs', buffer: source, access: 'read' }, { name: 'ys', buffer: target, access: 'write' }],
    declarations: '',
    body: 'if (thread < p0) { set_ys(thread, xs(thread)); }',
    workgroupSize: 64,
    workgroups: Math.ceil(length / 64),
    parameters: [length],
  }],
})

/**
 * Where each move writes: the last to the result, and each of the others to where the next one works in place, or else
 * to the one of two arrays that the next does not write.
 */
const targets = (moves: readonly Move[], source: number, result: number, scratch: () => number): readonly number[] => {
  let spare: number | undefined
  const found: number[] = []
  for (let k = moves.length - 1, target = result; k >= 0; k--) {
    found[k] = target
    if (k > 0 && !moves[k]!.inPlace) target = target === result ? (spare ??= scratch()) : result
  }
  if (!moves[0]!.inPlace && found[0] === source) found[0] = scratch()
  return found
}

/**
 * The discrete Fourier transform along the axes attrs[1], attrs[2], …, unscaled, inverse where attrs[0] is 1:
 *
 *   X_k = Σ_j x_j · exp(∓2πi·jk/n).
 *
 * Mixed radices up to the prime 13; lengths with larger prime factors become convolutions (Bluestein). O(n log n) for
 * every n.
 */
export const fftKernels = (step: LibraryStep, maker: Maker): readonly Dispatch[] => {
  const { dims } = step.operands[0]!.shape
  const [source, result] = [step.args[0]!, step.results[0]!]
  const length = 2 * product(dims)
  if (length === 0) return []
  const inverse = step.attrs[0] === 1
  const axes = step.attrs.slice(1).filter((axis) => dims[axis]! > 1).sort((a, b) => b - a)
  const moves = axes.flatMap((axis) => {
    const [outer, inner] = [product(dims.slice(0, axis)), product(dims.slice(axis + 1))]
    return movesAlong({ outer, n: dims[axis]!, inner, inverse }, maker)
  })
  const all = moves.length === 0 ? [copy(length)] : moves
  const places = targets(all, source, result, () => maker.scratch('float32', length))
  return all.flatMap((move, k) => move.dispatches(k === 0 ? source : places[k - 1]!, places[k]!))
}
