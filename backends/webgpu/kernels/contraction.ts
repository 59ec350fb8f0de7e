// Batched matrix products: folds what can be folded, and chooses the kernel by the sizes.
import type { Dispatch, Maker, Target } from '../dispatch.ts'
import { blockCount, blocks } from './contraction/blocks.ts'
import { dots } from './contraction/dots.ts'
import { outer } from './contraction/outer.ts'
import { sumPartials } from './contraction/partials.ts'
import { batches, productOf, type ContractionStep, type Product } from './contraction/product.ts'
import { bytesOf, threadsOf, tiled, tilesOf, type Tile } from './contraction/tiled.ts'
import { eachElement, numberType, store } from './elements.ts'

/** Tiles with what a thread's multiplication costs in them: larger ones read workgroup memory less. */
const tiles: readonly { readonly tile: Tile; readonly cost: number }[] = [
  { tile: { rows: 128, columns: 64, depth: 16, perThread: 8 }, cost: 1 },
  { tile: { rows: 64, columns: 64, depth: 16, perThread: 4 }, cost: 1.4 },
  { tile: { rows: 32, columns: 32, depth: 16, perThread: 4 }, cost: 2 },
]
const complexTiles: typeof tiles = [
  { tile: { rows: 64, columns: 64, depth: 8, perThread: 4 }, cost: 1 },
  { tile: { rows: 32, columns: 32, depth: 16, perThread: 4 }, cost: 1.4 },
]
/** Threads that keep a large device busy. */
const busy = 2 ** 16
/** A range of k is not divided into shorter ones. */
const shortestRange = 256

/** Ranges of k such that `items` of `threads` each occupy the device. */
const splitsFor = (target: Target, k: number, items: number, threads: number): number => {
  const wanted = (target.isSoftware ? 128 : busy) / (items * threads)
  return Math.max(1, Math.min(Math.floor(wanted), Math.floor(k / shortestRange), 256))
}

const chooseTile = (p: Product, target: Target): { readonly tile: Tile; readonly splits: number } => {
  const time = ({ tile, cost }: typeof tiles[number]): number => {
    const splits = splitsFor(target, p.k, tilesOf(p, tile), threadsOf(tile))
    const rounds = Math.ceil(tilesOf(p, tile) * splits * threadsOf(tile) / busy)
    return rounds * p.k / splits * tile.perThread * cost
  }
  const fitting = (p.parts === 2 ? complexTiles : tiles)
    .filter(({ tile }) => threadsOf(tile) <= target.workgroupThreads && bytesOf(p, tile) <= target.workgroupBytes)
  const { tile } = fitting.reduce((best, t) => (time(t) < time(best) ? t : best))
  return { tile, splits: splitsFor(target, p.k, tilesOf(p, tile), threadsOf(tile)) }
}

/** Whether every element had better be a sum of its own. */
const isThin = (p: Product): boolean => Math.min(p.m, p.n) === 1 && p.k > 2 || p.m * p.n <= 4 && p.k >= 64

const byTiles = (p: Product, target: Target): boolean =>
  !target.isSoftware && p.k >= 16 && (p.m * p.n >= 1024 || p.k >= 512 && batches(p) < 64) && p.m >= 4 && p.n >= 4

const zeros = (p: Product, maker: Maker): Dispatch => eachElement(maker.target, {
  label: 'product of no terms', arrays: [{ name: 'c', buffer: p.result, access: 'write' }],
  count: batches(p) * p.m * p.n * p.parts,
  body: store(maker, p.result, 'c', 'i', numberType(maker.buffers[p.result]!.dtype) === 'i32' ? '0i' : '0.0'),
})

export const contractionKernels = (step: ContractionStep, maker: Maker): readonly Dispatch[] => {
  const p = productOf(step, maker)
  const count = batches(p) * p.m * p.n * p.parts
  if (count === 0) return []
  if (p.k === 0) return [zeros(p, maker)]
  if (isThin(p) || maker.isRoot(p.result)) return dots(p, maker)
  if (p.k <= 2 && !maker.target.isSoftware) return [outer(p, maker)]
  const choice = byTiles(p, maker.target) ? chooseTile(p, maker.target) : null
  const splits = choice?.splits ?? splitsFor(maker.target, p.k, blockCount(p), 1)
  const output = splits === 1 ? p.result : maker.scratch(p.integer ? 'int32' : 'float32', splits * count)
  const first = choice === null ? blocks(p, maker, splits, output) : tiled(p, maker, choice.tile, splits, output)
  return splits === 1 ? [first]
    : [first, sumPartials({ source: output, result: p.result, count, splits, pairs: false, integer: p.integer }, maker)]
}
