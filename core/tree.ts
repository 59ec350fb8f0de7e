// Trees: any nesting of arrays and records with tensors at the leaves. A structure is what remains without the leaves.
import { describe, isPlain } from './describe.ts'
import { TreeError } from './errors.ts'
import { Node } from './node.ts'

export type Structure =
  | { readonly kind: 'leaf' }
  | { readonly kind: 'array'; readonly items: readonly Structure[] }
  | { readonly kind: 'record'; readonly keys: readonly string[]; readonly items: readonly Structure[] }

const leafStructure: Structure = { kind: 'leaf' }

/** Deeper nesting than anybody writes: a tree that contains itself. */
const deepest = 1000

/** Class instances are refused: what comes back would not be one. */
const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && isPlain(x)

const wayOut = (x: unknown): string =>
  typeof x === 'number' || typeof x === 'boolean' ? ': wrap it in tensor(), or pass it as data, after the parameters'
    : ArrayBuffer.isView(x) ? ': make a tensor of it with fromTypedArray()'
      : typeof x === 'object' && x !== null ? ': spread its tensors into a plain record' : ''

/**
 * The tensors of a tree in a fixed order (records by sorted key, so key order never matters), and its structure.
 * @throws TreeError for any other leaf.
 */
export const flatten = (tree: unknown, operation = 'tree'): { readonly leaves: readonly Node[]; readonly structure: Structure } => {
  const leaves: Node[] = []
  const walk = (x: unknown, path: string, depth: number): Structure => {
    if (depth > deepest) {
      throw new TreeError(`${operation}: the parameters are nested without end: they contain themselves`)
    }
    if (x instanceof Node) {
      leaves.push(x)
      return leafStructure
    }
    if (Array.isArray(x)) return { kind: 'array', items: Array.from(x, (y, k) => walk(y, `${path}[${k}]`, depth + 1)) }
    if (isRecord(x)) {
      const keys = Object.keys(x).sort()
      return { kind: 'record', keys, items: keys.map((k) => walk(x[k], `${path}.${k}`, depth + 1)) }
    }
    throw new TreeError(`${operation}: parameters are tensors, or arrays and records of tensors, `
      + `but ${path === '' ? 'this' : path} is ${describe(x)}${wayOut(x)}`)
  }
  const structure = walk(tree, '', 0)
  return { leaves, structure }
}

/** The tree of this structure with these leaves. */
export const unflatten = <A>(structure: Structure, leaves: readonly A[]): unknown => {
  let next = 0
  const build = (s: Structure): unknown => {
    if (s.kind === 'leaf') return leaves[next++]!
    if (s.kind === 'array') return s.items.map(build)
    return Object.fromEntries(s.keys.map((k, i) => [k, build(s.items[i]!)]))
  }
  return structure.kind === 'leaf' ? leaves[0]! : build(structure)
}

export const sameStructure = (a: Structure, b: Structure): boolean => {
  if (a === b) return true
  if (a.kind === 'leaf' || b.kind === 'leaf') return a.kind === b.kind
  if (a.kind !== b.kind || a.items.length !== b.items.length) return false
  if (a.kind === 'record' && b.kind === 'record' && a.keys.some((k, i) => k !== b.keys[i])) return false
  return a.items.every((x, i) => sameStructure(x, b.items[i]!))
}

/** Leaf by leaf over trees of one structure. @throws TreeError when the structures differ. */
export const mapLeaves = (f: (...leaves: Node[]) => Node, tree: unknown, ...others: readonly unknown[]): unknown => {
  const first = flatten(tree)
  const rest = others.map((t) => flatten(t))
  for (const r of rest) {
    if (!sameStructure(first.structure, r.structure)) throw new TreeError('tree: these trees have different structures, so their leaves cannot be paired')
  }
  return unflatten(first.structure, first.leaves.map((x, k) => f(x, ...rest.map((r) => r.leaves[k]!))))
}
