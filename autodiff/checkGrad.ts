// Is the gradient right? Finite differences in every direction, and a report for people.
import { isComplex, realOf } from '../core/dtype.ts'
import { hostArray } from '../core/evaluate.ts'
import { leaf, type Node } from '../core/node.ts'
import { options as known } from '../core/operations/options.ts'
import { unflatten, type Structure } from '../core/tree.ts'
import { grad } from './grad.ts'
import { largest, objective, parameters } from './scope.ts'
import type { CheckGrad, CheckOptions, Direction, GradReport } from './types.ts'

const paths = (s: Structure, path = ''): readonly string[] =>
  s.kind === 'leaf' ? [path]
    : s.items.flatMap((item, k) => paths(item, s.kind === 'array' ? `${path}[${k}]` : `${path}.${s.keys[k]!}`))

const indexOf = (x: Node, element: number): string =>
  x.info.rank === 0 ? '' : `[${x.info.dims.map((d, k) => Math.floor(element / x.info.strides[k]!) % d).join(', ')}]`

/** Weights of the central difference of order six. */
const weights = [45 / 60, -9 / 60, 1 / 60]

/**
 * The slope at 0 by central differences of two step sizes; the one nearer to `expected` counts, as each has its own
 * noise.
 */
const slope = (f: (step: number) => number, scale: number, single: boolean, expected: number): number => {
  const steps = single ? [0.1, 0.02] : [2e-3, 5e-4]
  const slopes = steps.map((s) => {
    const h = s * scale
    return weights.reduce((sum, w, k) => sum + w * (f((k + 1) * h) - f(-(k + 1) * h)), 0) / h
  })
  return slopes.reduce((best, d) => (Math.abs(d - expected) < Math.abs(best - expected) ? d : best))
}

const moved = (x: Node, k: number, step: number): Node => {
  const data = hostArray(x, 'checkGrad').slice()
  data[k]! += step
  return leaf(data, x.dtype, x.info)
}

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((r) => r[c]!.length)))
  return rows.map((r) => `  ${r.map((text, c) => text.padEnd(widths[c]!)).join('  ')}`.trimEnd()).join('\n')
}

const describe = (check: Omit<GradReport, 'toString'>, failed: number): string => {
  const head = check.ok
    ? `gradient check passed: ${check.checked} directions, largest error ${check.largestError.toExponential(1)}`
    : `gradient check FAILED: ${failed} of ${check.checked} directions are off by more than ${check.tolerance}`
  const rows = check.worst.map((d) => [d.entry === '' ? '(scalar)' : d.entry, d.along, d.gradient.toPrecision(8),
    d.difference.toPrecision(8), d.error.toExponential(1)])
  return `${head}\n${table([['entry', 'along', 'gradient', 'difference', 'error'], ...rows])}`
}

/**
 * Compares the gradient of `f` with central differences of order six along every direction: 1, and for complex entries
 * also i. The result prints as a table of the worst directions. It finds wrong `customVjp` rules, values read by
 * `item()` that matter, kinks and jumps.
 *
 * @throws the errors of `grad`
 * @example
 * ```ts
 * import { checkGrad, tensor } from 'wirtinger'
 * const check = checkGrad((z) => z.abs2().sum(), tensor([{ re: 1, im: 2 }]))
 * console.log(check.ok, String(check)) // true gradient check passed: 2 directions, …
 * ```
 */
export const checkGrad: CheckGrad = (f, params, options: CheckOptions = {}) => {
  known('checkGrad', options, ['tolerance', 'worst'])
  const { leaves, structure } = parameters('checkGrad', params)
  const gradient = parameters('checkGrad', grad(f as never)(params as never)).leaves // untyped inside
  const names = paths(structure)
  const single = leaves.some((x) => realOf(x.dtype) === 'float32')
  const tolerance = options.tolerance ?? (single ? 1e-2 : 1e-6)
  const values = gradient.map((g) => hostArray(g, 'checkGrad'))
  const most = Math.max(0, ...gradient.map((x) => largest(x, 'checkGrad')))

  const valueAt = (which: number, k: number) => (step: number): number => {
    const at = leaves.map((x, i) => (i === which ? moved(x, k, step) : x))
    return hostArray(objective('checkGrad', f(unflatten(structure, at) as never)), 'checkGrad')[0]! // the structure of params
  }
  const all = leaves.flatMap((x, which) => {
    const width = isComplex(x.dtype) ? 2 : 1
    return Array.from({ length: x.info.size * width }, (_, k): Direction => {
      const g = values[which]![k]!
      const size = Math.max(1, Math.abs(hostArray(x, 'checkGrad')[k]!))
      const difference = slope(valueAt(which, k), single ? 0.1 * size : size, single, g)
      const error = Math.abs(g - difference) / (1 + most)
      return {
        entry: names[which]! + indexOf(x, Math.floor(k / width)),
        along: k % width === 0 ? '1' : 'i',
        gradient: g,
        difference,
        error: Number.isNaN(error) ? Infinity : error,
      }
    })
  }).sort((a, b) => b.error - a.error)
  const failed = all.filter((d) => d.error > tolerance).length
  const check = {
    ok: failed === 0,
    tolerance,
    checked: all.length,
    largestError: all[0]?.error ?? 0,
    worst: all.slice(0, options.worst ?? 8),
  }
  const text = describe(check, failed)
  return { ...check, toString: () => text }
}
