// Storage that a minimization has let go of is handed back to the backend at once: without this the collector would let
// several times the memory pile up. Only what nobody else can hold is handed back.
import type { Backend, Storage } from '../../core/backend.ts'
import { Node } from '../../core/node.ts'

/** The storage that a plain structure of tensors holds. */
const collect = (x: unknown, into: Set<Storage>): void => {
  if (x instanceof Node) {
    if (x.data !== null) into.add(x.data)
    else x.args.forEach((a) => collect(a, into))
  } else if (typeof x === 'object' && x !== null) {
    for (const part of Object.values(x)) collect(part, into)
  }
}

export interface Recycler {
  /** Never to be handed back: somebody else knows it. */
  readonly pin: (...structures: readonly unknown[]) => void
  /** Hands back what `old` holds and `kept` does not. */
  readonly recycle: (old: readonly unknown[], kept: readonly unknown[]) => void
}

const idle: Recycler = { pin: () => {}, recycle: () => {} }

export const recycler = (backend: Backend, isAllowed: boolean): Recycler => {
  if (!isAllowed || backend.release === undefined) return idle
  const pinned = new Set<Storage>()
  return {
    pin: (...structures) => collect(structures, pinned),
    recycle: (old, kept) => {
      const [going, staying] = [new Set<Storage>(), new Set<Storage>()]
      collect(old, going)
      collect(kept, staying)
      for (const data of going) if (!staying.has(data) && !pinned.has(data)) backend.release?.(data)
    },
  }
}
