// The objective, compiled for one minimization: one program moves the parameters along the updates and evaluates value,
// gradient, slope and the gradient's norm there.
import { valueAndGrad } from '../../autodiff/grad.ts'
import { objective, requireFunction } from '../../autodiff/scope.ts'
import { typed } from '../../core/dual.ts'
import { ObjectiveError } from '../../core/errors.ts'
import { jit } from '../../core/jit.ts'
import type { Node } from '../../core/node.ts'
import { flatten, unflatten, type Structure } from '../../core/tree.ts'
import { moved } from '../applyUpdates.ts'
import { largest, leavesOf, norm, vdotReal } from '../ravel.ts'
import { factored } from '../scaled.ts'
import type { Point } from '../driver.ts'

type Leaves = readonly Node[]
export type Objective = (params: unknown) => unknown

/** A point of the minimization. */
export interface Evaluated extends Point {
  /** Of the gradient, as the tolerance measures it. */
  readonly norm: number
}

/** A point whose numbers have not been read: value, slope along the bases of the updates, norm of the gradient. */
export interface Unread extends Omit<Evaluated, 'at' | 'norm'> {
  readonly numbers: readonly Node[]
  readonly factor: number
}

export interface Problem {
  /** The objective at params + step·updates. */
  readonly probe: (params: unknown, updates: unknown, step: number) => Unread
  /** The objective itself, checked. */
  readonly valueFn: Objective
}

/** A zero that follows from the structure of the objective, whatever the numbers. */
const isZero = (x: Node): boolean => {
  let n = x
  while (n.primitive === 'expand' || n.primitive === 'reshape' || n.primitive === 'cast' || n.primitive === 'complexView') {
    n = n.args[0]!
  }
  return n.primitive === 'constant' && n.attrs[1] === 0 && n.attrs[2] === 0
}

const checked = (name: string, f: Objective): Objective => (params) => objective(name, f(params))

export const problem = (name: string, f: Objective, structure: Structure, measure: 2 | 'max', isCompiled: boolean): Problem => {
  requireFunction(name, f)
  const valueFn = checked(name, f)
  const differentiated = valueAndGrad(typed<(x: Node) => never>(valueFn))
  const evaluate = (xs: Leaves, us: Leaves, t: Node): Leaves => {
    const at = xs.map((x, k) => moved(x, us[k]!, t))
    const { value, grad } = typed<(p: unknown) => { value: Node; grad: unknown }>(differentiated)(unflatten(structure, at))
    const gs = flatten(grad).leaves
    if (isCompiled && gs.every((g) => g.info.size === 0 || isZero(g))) {
      throw new ObjectiveError(`${name}: the objective does not depend on its parameters, or only through what has no derivative `
        + '(item(), stopGradient(), round() …): compute its value from the parameters it is given')
    }
    return [value, vdotReal(gs, us), measure === 2 ? norm(gs) : largest(gs), ...at, ...gs]
  }
  const run = isCompiled ? jit(evaluate) : evaluate
  return {
    valueFn,
    probe: (params, updates, step) => {
      const xs = leavesOf(params)
      const { factor, bases } = factored(leavesOf(updates))
      const results = run(xs, bases, typed(step * factor))
      const [value, slope, size] = results
      return {
        params: unflatten(structure, results.slice(3, 3 + xs.length)),
        grad: unflatten(structure, results.slice(3 + xs.length)),
        value: value!, numbers: [value!, slope!, size!], factor,
      }
    },
  }
}
