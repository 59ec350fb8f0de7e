// Where a minimization runs: parameters and checkpoints are brought there.
import { currentBackend, DeviceArray, type Backend } from '../../core/backend.ts'
import { BackendError, OptionError } from '../../core/errors.ts'
import { leaf, Node } from '../../core/node.ts'
import { to } from '../../core/read.ts'
import { mapLeaves } from '../../core/tree.ts'
import { fetching, settled, type Steps } from '../effects.ts'
import { backendOf } from '../precision.ts'

/** The parameters on the backend that was asked for; without such an option, where they are. */
export const placed = (name: string, x0: unknown, leaves: readonly Node[], backend: Backend | undefined, isAsync: boolean): unknown => {
  if (backend !== undefined && backend.place === undefined && backend !== currentBackend()) {
    throw new OptionError(`${name}: ${backend.name} computes on the host, where ${currentBackend().name} is chosen: useBackend() chooses it`)
  }
  const home = backend ?? backendOf(leaves)
  if (!isAsync && home.read !== undefined) {
    throw new BackendError(`${name}: the parameters are on ${home.name}, from where numbers come asynchronously: use minimizeAsync`)
  }
  return backend === undefined ? x0 : mapLeaves((x: Node) => to(x, backend), x0)
}

/** Tensors of a plain structure that are somewhere else than on `backend`. */
const strangers = (structure: unknown, backend: Backend): readonly Node[] => {
  const found: Node[] = []
  const seen = new Set<object>()
  const visit = (x: unknown): void => {
    if (typeof x !== 'object' || x === null || seen.has(x)) return
    seen.add(x)
    if (!(x instanceof Node)) Object.values(x).forEach(visit)
    else if (x.data instanceof DeviceArray ? x.data.backend !== backend : x.data !== null && backend.place !== undefined) found.push(x)
  }
  visit(structure)
  return found
}

/** The structure with its tensors replaced; what was one thing remains one. */
const replaced = (structure: unknown, by: ReadonlyMap<Node, Node>): unknown => {
  const made = new Map<object, unknown>()
  const visit = (x: unknown): unknown => {
    if (typeof x !== 'object' || x === null) return x
    if (x instanceof Node) return by.get(x) ?? x
    if (!made.has(x)) {
      made.set(x, Array.isArray(x) ? x.map(visit) : Object.fromEntries(Object.entries(x).map(([key, part]) => [key, visit(part)])))
    }
    return made.get(x)
  }
  return visit(structure)
}

/** A plain structure of tensors and numbers, on another backend: what is on a device comes by way of the host. */
export const brought = function* (structure: unknown, backend: Backend): Steps<unknown> {
  const found = strangers(structure, backend)
  if (found.length === 0) return structure
  const copies = yield* settled(fetching(found, (data) => data.map((numbers, k) =>
    to(leaf(numbers, found[k]!.dtype, found[k]!.info), backend))))
  return replaced(structure, new Map(found.map((x, k) => [x, copies[k]!])))
}
