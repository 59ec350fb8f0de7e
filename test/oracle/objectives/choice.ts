// Concatenation and choice.
import { concat, stack, tensor } from '../../../index.ts'
import { inner, type Objectives } from '../objective.ts'

const mask = tensor([true, false, true, false])

export const choice: Objectives = {
  cat_mixed: ({ x, z, W }) => inner(W, concat([x, z])),
  stack_c: ({ a, b, W }) => inner(W, stack([a, b.conj(), a.mul(b)], 1)),
  where_cc: ({ a, b, W }) => inner(W, mask.where(a, b.mul(b))),
  where_rc: ({ x, z, W }) => inner(W, mask.where(x, z)),
}
