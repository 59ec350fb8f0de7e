// How a pass is spread over workgroups and threads.
import type { Target } from '../../dispatch.ts'
import { tileSize, type Tiling } from './tile.ts'
import { product } from './text.ts'

/** Neighbouring columns from which on threads rather go across them than along rows. */
export const wide = 4

/** Numbers that a workgroup holds if there are enough of them, and workgroups that keep a device busy. */
const [numbersAtATime, busy] = [2048, 256]

/** Numbers of a thread: a butterfly of radix 8, on average. */
const numbersOfThread = 8

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, Math.floor(value)))

/**
 * `loads` and `stores` are the numbers of columns that lie side by side in memory, of `total` in all. A pass of one
 * stage needs no workgroup memory: each thread transforms a column.
 */
export const tilingOf = (
  radices: readonly number[], loads: number, stores: number, total: number, target: Target,
): Tiling => {
  if (radices.length === 1) return { radices, columns: 64, threads: 64, loadAcross: true, storeAcross: true }
  const rows = product(radices)
  const most = Math.min(256, target.workgroupThreads)
  const tiling = (columns: number): Tiling => ({
    radices, columns,
    threads: clamp(2 ** Math.ceil(Math.log2(rows * columns / numbersOfThread)), 64, most),
    loadAcross: loads >= wide, storeAcross: stores >= wide,
  })
  const fewest = loads >= wide || stores >= wide ? wide : 1
  let columns = clamp(Math.min(numbersAtATime / rows, total / busy), Math.min(fewest, total), total)
  while (columns > 1 && 8 * tileSize(tiling(columns)) > target.workgroupBytes) columns--
  return tiling(columns)
}
