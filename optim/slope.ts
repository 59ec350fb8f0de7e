// The slope Re⟨g, u⟩ along updates. The program that makes an L-BFGS direction computes its slope on the way: it is noted
// here, so that the line search need not pass over both vectors again.
import { jit } from '../core/jit.ts'
import type { Node } from '../core/node.ts'
import { vdotReal } from './ravel.ts'

type Leaves = readonly Node[]

const known = new WeakMap<Node, { readonly grads: Leaves; readonly slope: Node }>()

const inner = jit((a: Leaves, b: Leaves) => vdotReal(a, b))

/** Notes Re⟨g, u⟩. */
export const noteSlope = (grads: Leaves, updates: Leaves, slope: Node): void => {
  const [first] = updates
  if (first !== undefined) known.set(first, { grads, slope })
}

/** Re⟨g, u⟩. */
export const slopeAlong = (grads: Leaves, updates: Leaves): Node => {
  const note = updates[0] === undefined ? undefined : known.get(updates[0])
  return note !== undefined && note.grads.length === grads.length && note.grads.every((g, k) => g === grads[k])
    ? note.slope : inner(grads, updates)
}
