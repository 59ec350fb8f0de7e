// Loop nests for devices that run a thread at each point: partial reductions apart from the rest, axes of length one gone,
// short sums written out, loops over contiguous storage merged.
import type { Kernel, Statement } from './kernel.ts'
import { mergeLoops, sizeOf, unroll } from './loops.ts'

const withoutUnits = (kernel: Kernel): Kernel => {
  const k = kernel.extents.indexOf(1)
  return k < 0 ? kernel : withoutUnits(unroll(kernel, k))
}

/** The axes over which a partial reduction runs; the rest of a kernel (stores, full reductions) has none. */
const pattern = (s: Statement): string => (s.kind === 'reduce' && s.over.includes(false) ? s.over.join() : '')

/** Kernels of which each holds one pattern of reduction. */
export const byPattern = (kernel: Kernel): readonly Kernel[] => {
  const groups = new Map<string, Statement[]>()
  for (const s of kernel.statements) {
    const p = pattern(s)
    const group = groups.get(p)
    if (group === undefined) groups.set(p, [s])
    else group.push(s)
  }
  return [...groups.values()].map((statements) => ({ ...kernel, statements }))
}

const longestShort = 8
const mostWritten = 300

/** Sums over a short axis become expressions. */
const writeShort = (kernel: Kernel): Kernel => {
  const s = kernel.statements[0]!
  if (s.kind !== 'reduce' || !s.over.includes(false)) return kernel
  const size = sizeOf(kernel)
  const k = s.over.findIndex((over, j) => over && kernel.extents[j]! <= longestShort && kernel.extents[j]! * size <= mostWritten)
  return k < 0 ? kernel : writeShort(unroll(kernel, k))
}

export const plainLoops = (kernel: Kernel): readonly Kernel[] =>
  byPattern(withoutUnits(kernel)).map((k) => mergeLoops(writeShort(k)))
