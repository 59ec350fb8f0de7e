// The direction of L-BFGS by its definition: Nocedal and Wright, algorithm 7.4, on combinations of the vectors at hand.
// A combination lists the multiple of each vector; inner products of two come from the table of all inner products.
import type { Equation } from '../../core/equation.ts'
import { epsilon } from '../../core/dtype.ts'
import { alongAt, cosineAt, outcomeAt, outcomes, productsAt, slopeAt } from '../../core/lbfgs.ts'
import { realAt, tabulate, type Value } from './value.ts'

type Vector = readonly number[]
const vector = (x: Value): Vector => Array.from({ length: x.shape.size }, (_, k) => realAt(x, k))
const dot = (x: Vector, y: Vector): number => x.reduce((sum, v, k) => sum + v * y[k]!, 0)
const axpy = (a: number, x: Vector, y: Vector): Vector => y.map((v, k) => v + a * x[k]!)

/** By name, such as 's0 y2'; the two may come either way round. */
type Table = ReadonlyMap<string, number>
interface Pair { readonly s: string; readonly y: string }
type Combination = ReadonlyMap<string, number>

const product = (table: Table, name: string, x: Combination): number =>
  [...x].reduce((sum, [other, factor]) => sum + factor * (table.get(`${name} ${other}`) ?? table.get(`${other} ${name}`))!, 0)
const plus = (x: Combination, factor: number, name: string): Combination => new Map(x).set(name, (x.get(name) ?? 0) + factor)
const times = (factor: number, x: Combination): Combination => new Map([...x].map(([name, a]) => [name, factor * a]))

const twoLoop = (pairs: readonly Pair[], table: Table, isScaled: boolean): Combination => {
  const curvature = ({ s, y }: Pair): number => table.get(`${s} ${y}`)!
  const newest = pairs.at(-1)!
  const alphas: number[] = []
  let q: Combination = new Map([['g', 1]])
  for (const pair of [...pairs].reverse()) {
    const alpha = product(table, pair.s, q) / curvature(pair)
    alphas.unshift(alpha)
    q = plus(q, -alpha, pair.y)
  }
  const gamma = isScaled ? curvature(newest) / table.get(`${newest.y} ${newest.y}`)! : 1
  return pairs.reduce((r, pair, j) => plus(r, alphas[j]! - product(table, pair.y, r) / curvature(pair), pair.s), times(gamma, q))
}

export const lbfgs = (args: readonly Value[], e: Equation): readonly Value[] => {
  const [k, memorySize, isScaled] = [e.attrs[0]!, e.attrs[1]!, e.attrs[2] === 1]
  const vectors = new Map<string, Vector>()
  const [g, s, y] = args.slice(0, 3).map(vector) as [Vector, Vector, Vector] // as its rule says
  vectors.set('g', g).set(`s${k}`, s).set(`y${k}`, y)
  for (let j = 0; j < k; j++) vectors.set(`s${j}`, vector(args[4 + 2 * j]!)).set(`y${j}`, vector(args[5 + 2 * j]!))

  const table = new Map<string, number>()
  for (const [name, x] of vectors) table.set(`${name} g`, dot(x, g)).set(`${name} y${k}`, dot(x, y))
  for (let j = 0; j < k; j++) {
    for (let i = 0; i <= j; i++) {
      const at = productsAt(i, j)
      table.set(`s${i} y${j}`, realAt(args[3]!, at)).set(`y${i} y${j}`, realAt(args[3]!, at + 1))
    }
  }
  const ss = dot(s, s)
  const cosine = ss === 0 ? -2 : dot(s, y) / Math.sqrt(ss) / Math.sqrt(dot(y, y))
  const isSafe = cosine > epsilon(e.dtype)
  const numbers = isSafe ? [...Array(k + 1).keys()].slice(k === memorySize ? 1 : 0) : [...Array(k).keys()]
  const pairs = numbers.map((j): Pair => ({ s: `s${j}`, y: `y${j}` }))
  const gradient: Combination = new Map([['g', 1]])
  const found = ss === 0 || pairs.length === 0 ? null : twoLoop(pairs, table, isScaled)
  const isAscent = found !== null && product(table, 'g', found) > 0
  const chosen = isAscent ? found : times(isScaled ? Math.min(1, 1 / Math.sqrt(dot(g, g))) : 1, gradient)
  const direction = [...chosen].reduce<Vector>((sum, [name, factor]) => axpy(factor, vectors.get(name)!, sum), g.map(() => 0))

  const memory = new Map<number, number>()
  memory.set(outcomeAt, !isAscent ? outcomes.dropped : isSafe ? outcomes.accepted : outcomes.refused)
  memory.set(slopeAt, dot(g, direction)).set(cosineAt, cosine)
  if (ss !== 0) {
    numbers.forEach((q, j) => {
      memory.set(alongAt(memorySize, j), table.get(`s${q} g`)!).set(alongAt(memorySize, j) + 1, table.get(`y${q} g`)!)
      numbers.slice(0, j + 1).forEach((p, i) => {
        memory.set(productsAt(i, j), table.get(`s${p} y${q}`)!).set(productsAt(i, j) + 1, table.get(`y${p} y${q}`)!)
      })
    })
  }
  const [first, second] = e.outputs!
  return [
    tabulate({ dtype: first!.dtype, shape: first!.info }, (i) => direction[i]!),
    tabulate({ dtype: second!.dtype, shape: second!.info }, (i) => memory.get(i) ?? 0),
  ]
}
