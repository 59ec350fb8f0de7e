// Matrix products by their definition.
import type { Equation } from '../../core/program.ts'
import { add, mul } from './scalar.ts'
import { at, build, type Scalar, type Value } from './value.ts'

type Meaning = (args: readonly Value[], e: Equation) => Value

/** c[…, i, j] = Σₖ a[…, i, k]·b[…, k, j]. */
const matmul: Meaning = ([a, b], e) => {
  const inner = a!.shape.dims.at(-1)!
  const wraps = e.dtype === 'int32'
  return build(e, (index) => {
    const batch = index.slice(0, -2)
    const [i, j] = index.slice(-2)
    let total: Scalar = 0
    for (let k = 0; k < inner; k++) {
      const [x, y]: readonly Scalar[] = [at(a!, [...batch, i!, k]), at(b!, [...batch, k, j!])]
      total = wraps ? (Number(total) + Math.imul(Number(x), Number(y))) | 0 : add(total, mul(x!, y!))
    }
    return total
  })
}

export const contractionMeanings = { matmul } as const satisfies Readonly<Record<string, Meaning>>
