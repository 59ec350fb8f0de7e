// A program: the structure of a piece of the graph, without any data. Its key is flat integers, so equal structures
// are compiled once however often they are traced; every number and captured tensor is an input.
import { code } from './dtype.ts'
import type { Program } from './equation.ts'
import { TraceError } from './errors.ts'
import type { Node } from './node.ts'
import { primitives, type Primitive } from './primitive.ts'

export type { Equation, Program } from './equation.ts'

/** A program being looked up: nodes in topological order, the leaves among them, and where each operand stands. */
export interface Linear {
  readonly nodes: readonly Node[]
  readonly position: ReadonlyMap<Node, number>
  /** Nodes that become the program's inputs, in order of appearance. */
  readonly leaves: readonly Node[]
  readonly outputs: readonly Node[]
}

const opcode = Object.fromEntries(primitives.map((p, k) => [p, k])) as Readonly<Record<Primitive, number>> // all keys are there

/** Aliases and stops mean something to derivatives only. */
export const through = (node: Node): Node => {
  let n = node
  while (n.data === null && (n.primitive === 'alias' || n.primitive === 'stop' || n.primitive === 'custom')) n = n.args[0]!
  return n
}

const isLeaf = (n: Node): boolean => n.data !== null || n.primitive === 'variable'

/** Orders what `outputs` need, operands first, without recursion. Nodes with a value are leaves. */
export const linearise = (outputs: readonly Node[], variables: ReadonlySet<Node> | null = null): Linear => {
  const nodes: Node[] = []
  const leaves: Node[] = []
  const position = new Map<Node, number>()
  const open = new Set<Node>()
  const stack: Node[] = []
  for (const output of outputs) {
    stack.push(through(output))
    while (stack.length > 0) {
      const n = stack[stack.length - 1]!
      if (position.has(n)) {
        stack.pop()
      } else if (isLeaf(n)) {
        if (n.data === null && !variables?.has(n)) {
          throw new TraceError(`a tensor of the finished trace of '${n.owner?.name ?? 'a function'}' is used outside it: return it from the function instead`)
        }
        stack.pop()
        position.set(n, nodes.length)
        nodes.push(n)
        leaves.push(n)
      } else if (!open.has(n)) {
        open.add(n)
        for (let k = n.args.length - 1; k >= 0; k--) {
          const a = through(n.args[k]!)
          if (!position.has(a)) stack.push(a)
        }
      } else {
        stack.pop()
        position.set(n, nodes.length)
        nodes.push(n)
      }
    }
  }
  return { nodes, position, leaves, outputs: outputs.map(through) }
}

let key = new Int32Array(1024)

/** Writes the structure into a shared buffer; returns its length. */
const writeKey = ({ nodes, position, outputs }: Linear): number => {
  let k = 0
  const reserve = (more: number): void => {
    if (k + more <= key.length) return
    const longer = new Int32Array(2 * (k + more))
    longer.set(key)
    key = longer
  }
  for (const n of nodes) {
    const inner = !isLeaf(n)
    reserve(5 + n.args.length + n.attrs.length)
    key[k++] = (inner ? opcode[n.primitive] : opcode.input) * 8 + code(n.dtype)
    key[k++] = n.info.id
    if (!inner) continue
    for (const a of n.args) key[k++] = position.get(through(a))!
    key[k++] = -1 - n.attrs.length
    for (const a of n.attrs) key[k++] = a
  }
  reserve(outputs.length + 1)
  key[k++] = -1
  for (const o of outputs) key[k++] = position.get(o)!
  return k
}

export const toProgram = ({ nodes, position, leaves, outputs }: Linear): Program => ({
  equations: nodes.map((n) => isLeaf(n)
    ? { primitive: 'input', args: [], attrs: [], dtype: n.dtype, shape: n.info, outputs: null }
    : { primitive: n.primitive, args: n.args.map((a) => position.get(through(a))!), attrs: n.attrs, dtype: n.dtype, shape: n.info, outputs: n.outputs }),
  inputs: leaves.map((n) => position.get(n)!),
  outputs: outputs.map((o) => position.get(o)!),
})

/** A program as text, one equation a line. */
export const showProgram = ({ equations, inputs, outputs }: Program): string => {
  const width = String(equations.length - 1).length + 1
  const name = (k: number): string => `%${k}`
  const lines = equations.map((e, k) => {
    const operands = [...e.args.map(name), ...e.attrs.length > 0 ? [`{${e.attrs.join(' ')}}`] : []].join(' ')
    return `${name(k).padStart(width)} = ${`${e.primitive} ${operands}`.trimEnd().padEnd(28)} ${e.dtype} [${e.shape.dims.join(', ')}]`
  })
  return [`inputs ${inputs.map(name).join(' ')}`, ...lines, `returns ${outputs.map(name).join(' ')}`].join('\n')
}

/** Compiled programs by structure: least recently used ones leave when the cache holds too many equations. */
export class ProgramCache<A> {
  readonly #byHash = new Map<number, { readonly key: Int32Array; readonly size: number; readonly compiled: A }[]>()
  readonly #compile: (program: Program) => A
  readonly #limit: number
  #equations = 0
  /** How often a program was compiled and found, for tests of what recompiles. */
  readonly counts = { compiled: 0, found: 0 }

  constructor(compile: (program: Program) => A, limit = 1_000_000) {
    this.#compile = compile
    this.#limit = limit
  }

  get(linear: Linear): A {
    const length = writeKey(linear)
    let hash = length
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ key[i]!, 0x9e3779b1) ^ (hash >>> 15)
    const bucket = this.#byHash.get(hash)
    const hit = bucket?.find((e) => {
      if (e.key.length !== length) return false
      for (let i = 0; i < length; i++) if (e.key[i] !== key[i]) return false
      return true
    })
    if (bucket !== undefined && hit !== undefined) {
      this.counts.found++
      this.#byHash.delete(hash)
      this.#byHash.set(hash, bucket)
      return hit.compiled
    }
    this.counts.compiled++
    const own = key.slice(0, length)
    const entry = { key: own, size: linear.nodes.length, compiled: this.#compile(toProgram(linear)) }
    this.#byHash.set(hash, [...bucket ?? [], entry])
    this.#equations += entry.size
    for (const [h, old] of this.#byHash) {
      if (this.#equations <= this.#limit || h === hash) break
      this.#byHash.delete(h)
      for (const e of old) this.#equations -= e.size
    }
    return entry.compiled
  }
}
