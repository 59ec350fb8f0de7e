// How a pass is spread over workgroups and threads.
import type { Target } from '../../dispatch.ts'
import type { Pass } from './factor.ts'
import { tileSize, type Tiling } from './tile.ts'
import { product } from './text.ts'

/** Neighbouring columns from which on threads rather go across them than along rows. */
const wide = 4

/** Numbers that a workgroup of a hardware device holds if there are enough, and the workgroups that keep it busy. */
const [numbersAtATime, fewestWorkgroups] = [2048, 256]

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, Math.floor(value)))

/** `loads` and `stores` are the numbers of columns that lie side by side in memory, of `total` in all. */
export const tilingOf = (radices: Pass, loads: number, stores: number, total: number, target: Target): Tiling => {
  const rows = product(radices)
  if (radices.length === 1) {
    return { radices, columns: 64, threads: 64, loadAcross: true, storeAcross: true }
  }
  const sides = { loadAcross: loads >= wide, storeAcross: stores >= wide }
  const most = target.workgroupBytes / 8
  const wanted = target.isSoftware
    ? Math.min(total, most / rows)
    : clamp(Math.min(numbersAtATime / rows, total / fewestWorkgroups), sides.loadAcross || sides.storeAcross ? 4 : 1, total)
  const with_ = (columns: number): Tiling => {
    const threads = target.isSoftware ? 64 : clamp(2 ** Math.ceil(Math.log2((rows * columns) / 8)), 64, Math.min(256, target.workgroupThreads))
    return { radices, columns, threads, ...sides }
  }
  let columns = Math.max(1, Math.floor(wanted))
  while (columns > 1 && tileSize(with_(columns)) > most) columns--
  return with_(columns)
}
