// The discrete Fourier transform by its definition, one axis after the other. Angles are reduced as integers, so
// that every root of unity is right to the last digit, and 1, i, −1, −i exactly.
import type { Complex, DType } from '../../core/dtype.ts'
import type { Equation } from '../../core/program.ts'
import { complex, plus, times } from './complex.ts'
import { at, build, replace, tabulate, elementAt, type Value } from './value.ts'

/** exp(2πi·j/n): by quarters, then by eighths. */
const root = (j: number, n: number): Complex => {
  const r = ((j % n) + n) % n
  const quarter = Math.floor(4 * r / n)
  const rest = 4 * r - quarter * n // in units of a quarter turn / n
  const angle = Math.PI / 2 * (rest / n)
  const opposite = Math.PI / 2 * ((n - rest) / n)
  const [c, s] = 2 * rest <= n ? [Math.cos(angle), Math.sin(angle)] : [Math.sin(opposite), Math.cos(opposite)]
  return [complex(c, s), complex(-s, c), complex(-c, -s), complex(s, -c)][quarter]!
}

const complexAt = (x: Value, index: readonly number[]): Complex => {
  const z = at(x, index)
  return typeof z === 'number' ? complex(z, 0) : z
}

/** Unscaled; the storage between two axes is double. */
export const fft = ([z]: readonly Value[], e: Equation): Value => {
  const sign = e.attrs[0] === 1 ? 1 : -1
  const between = { dtype: 'complex128' satisfies DType, shape: e.shape } as const
  let x = tabulate(between, (k) => elementAt(z!, k))
  for (const axis of e.attrs.slice(1)) {
    const n = e.shape.dims[axis]!
    const from = x
    x = build(between, (index) => {
      let total = complex(0, 0)
      for (let j = 0; j < n; j++) {
        total = plus(total, times(complexAt(from, replace(index, axis, j)), root(sign * j * index[axis]!, n)))
      }
      return total
    })
  }
  return tabulate(e, (k) => elementAt(x, k))
}
