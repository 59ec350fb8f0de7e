// Giving nodes their values: at once for concrete tensors, when its trace closes for what a transformation built,
// and on reading for lazy values inside an open trace.
import { DeviceArray, placeOf, type Storage } from './backend.ts'
import { programsOf } from './compiled.ts'
import { BackendError, TraceError } from './errors.ts'
import { leaf, type Node, type Trace } from './node.ts'
import { linearise, through, type Linear } from './program.ts'
import type { HostArray } from './dtype.ts'

const dataOf = (n: Node): Storage => n.data!

const execute = (linear: Linear): readonly Storage[] =>
  programsOf(placeOf(linear.leaves, dataOf)).get(linear).run(linear.leaves.map(dataOf))

const store = (n: Node, data: Storage): Storage => {
  n.data = data
  if (n.owner === null) { // no derivative will walk through it any more
    n.args = []
    n.attrs = []
    n.primitive = 'input'
  }
  return data
}

/** A node of a closed lazy trace becomes an ordinary concrete tensor; one of a closed abstract trace has escaped. */
export const settle = (n: Node): void => {
  if (n.owner === null || n.owner.open) return
  if (n.owner.abstract) {
    throw new TraceError(`a tensor ${n.dtype} [${n.shape.join(', ')}] made while '${n.owner.name}' was traced by jit is used after the trace: `
      + 'return it from the function instead')
  }
  n.owner = null
}

const unreadable = (n: Node, operation: string): TraceError => new TraceError(
  `${operation}: the tensor ${n.dtype} [${n.shape.join(', ')}] has no value while '${n.owner?.name ?? 'the function'}' is traced by jit: `
  + 'use where() for choices, return the tensor and read it outside, or pass { jit: false } to minimize')

/** The value of a node. Inside an open lazy trace every node on the way keeps its value, so k reads cost O(n) in all. */
export const force = (n: Node, operation = 'read'): Storage => {
  if (n.data !== null) return n.data
  settle(n)
  if (n.owner === null) return store(n, execute(linearise([n]))[0]!)
  const target = through(n)
  if (target.data === null) {
    const pending = [target]
    const seen = new Set<Node>()
    while (pending.length > 0) {
      const at = pending[pending.length - 1]!
      if (at.data !== null) {
        pending.pop()
      } else if (at.primitive === 'variable') {
        throw unreadable(at, operation)
      } else if (!seen.has(at)) {
        seen.add(at)
        for (const a of at.args) {
          const below = through(a)
          if (below.data === null) pending.push(below)
        }
      } else {
        pending.pop()
        if (at.outputs === null) at.data = execute(linearise([at]))[0]! // several results are computed with their picks
      }
    }
  }
  return target.data!
}

/** The numbers of a node, which have to be on the host. @throws BackendError where they are on a device. */
export const hostArray = (n: Node, operation = 'read'): HostArray => {
  const data = force(n, operation)
  if (!(data instanceof DeviceArray)) return data
  if (data.known !== null) return data.known
  throw new BackendError(`${operation}: the tensor ${n.dtype} [${n.shape.join(', ')}] is on ${data.backend.name}, from where numbers come `
    + 'asynchronously: await x.read() first')
}

/** Runs what `trace`, now closed, owns of `outputs` as one program; what depends on an outer trace stays symbolic. */
export const realize = (outputs: readonly Node[], trace: Trace): Node[] => {
  const mine = [...new Set(outputs.filter((o) => o.owner === trace && o.data === null))]
  if (mine.length === 0) return [...outputs]
  const results = execute(linearise(mine))
  const concrete = new Map(mine.map((o, k) => [o, leaf(results[k]!, o.dtype, o.info)]))
  return outputs.map((o) => concrete.get(o) ?? (o.owner === trace ? leaf(o.data!, o.dtype, o.info) : o))
}
