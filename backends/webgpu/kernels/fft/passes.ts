// The passes of a transform along one axis, as dispatches. An array is outer × n × inner; a pass of radix R takes it
// for columns of R rows, neighbouring columns side by side in memory.
import type { ArrayUse, Dispatch, Maker } from '../../dispatch.ts'
import type { Pass } from './factor.ts'
import { chirpTable, filterTable, passTable, stageTable } from './tables.ts'
import { lines, modulo, over, plus, product, range, times, type Size } from './text.ts'
import type { Tiling } from './tile.ts'
import { tilingOf } from './tiling.ts'
import { convolve, transform, type Ports, type Text } from './transform.ts'

/** An outer × n × inner array of complex numbers, to be transformed along its middle axis. */
export interface Axis {
  readonly outer: number
  readonly n: number
  readonly inner: number
  readonly inverse: boolean
}

/** A transform from one array to another; `inPlace` tells whether they may be the same. */
export interface Move {
  readonly inPlace: boolean
  readonly dispatches: (source: number, target: number) => readonly Dispatch[]
}

const pair = (name: string, at: string): string => `vec2f(${name}(2u * (${at})), ${name}(2u * (${at}) + 1u))`
const swapped = (value: string, swap: boolean): string => (swap ? `(${value}).yx` : value)
const storePair = (name: string, at: string, value: string): string =>
  `{ let i = 2u * (${at}); let z = ${value}; set_${name}(i, z.x); set_${name}(i + 1u, z.y); }`

/** The place of row 0 of column g: blocks of so many rows, each row `width` columns. */
const columnStart = (rows: Size, width: Size): string => plus(times(over('g', width), rows, width), modulo('g', width))

interface Sizes {
  readonly size: (value: number) => Size
  readonly parameters: readonly number[]
}

/**
 * Sizes as a kernel knows them. A pass of one stage takes them as parameters and serves all lengths; the kernels of
 * passes with several stages are made for a length anyway, and divide by constants.
 */
const sizes = ({ radices }: Tiling, total: number): Sizes => {
  const parameters = [total]
  return { parameters, size: (value) => (radices.length > 1 ? value : `p${parameters.push(value) - 1}`) }
}

const table = (name: string, buffer: number): ArrayUse => ({ name, buffer, access: 'read' })

/** Source and target as the kernel names them; a pass in place binds one array only. */
const ends = (source: number, target: number): { readonly arrays: readonly ArrayUse[], readonly ys: string } => {
  if (source === target) return { arrays: [{ name: 'xs', buffer: source, access: 'both' }], ys: 'xs' }
  return { arrays: [table('xs', source), { name: 'ys', buffer: target, access: 'write' }], ys: 'ys' }
}

/** A number times the factor of its row and of its lane, which is the place of its column among the groups. */
const turned = (value: string, row: string, lane: string, groups: Size): string =>
  row === '0u' ? value : `product(${value}, turn(${plus(times(row, groups), lane)}))`

interface Parts {
  readonly label: string
  readonly tiling: Tiling
  readonly arrays: readonly ArrayUse[]
  readonly text: Text
  readonly declarations?: readonly string[]
  /** The number of columns first. */
  readonly parameters: readonly number[]
}

const dispatch = (maker: Maker, { label, tiling, arrays, text, declarations = [], parameters }: Parts): Dispatch => ({
  label,
  arrays: [...arrays, ...(tiling.radices.length > 1 ? [table('stages', stageTable(maker, tiling.radices))] : [])],
  declarations: lines(
    text.declarations, declarations,
    arrays.some(({ name }) => name === 'turns')
      ? `fn turn(i: u32) -> vec2f { return ${pair('turns', 'i')}; }`
      : ''),
  body: text.body,
  workgroupSize: tiling.threads,
  workgroups: Math.ceil(parameters[0]! / tiling.columns),
  parameters,
})

/**
 * Stockham's passes (decimation in frequency, self-sorting). With m groups and stride s, a pass reads the rows
 * q + s·(p + m·k), transforms over k, multiplies by exp(-2πi·pk/(m·R)) and writes the rows q + s·(R·p + k).
 *
 * Source: C. Van Loan, "Computational Frameworks for the Fast Fourier Transform" (1992).
 */
export const stockham = (axis: Axis, passes: readonly Pass[], maker: Maker): readonly Move[] => {
  const { outer, n, inner, inverse } = axis
  let length = n
  return passes.map((radices, index) => {
    const [first, last] = [index === 0, index === passes.length - 1]
    const rows = product(radices)
    const m = length / rows
    const s = (n / length) * inner
    length = m
    const tiling = tilingOf(radices, s * m, s, outer * s * m, maker.target)
    const { size, parameters } = sizes(tiling, outer * s * m)
    const [width, stride, groups] = [size(s * m), size(s), size(m)]

    const ports = (ys: string): Ports => ({
      enter: `let start = ${columnStart(rows, width)};`,
      load: (row) => swapped(pair('xs', plus('start', times(row, width))), inverse && first),
      leave: last ? `let finish = ${columnStart(rows, width)};` : lines(
        `let lane = ${over(modulo('g', width), stride)};`,
        `let block = ${times(over('g', width), rows, width)};`,
        `let finish = ${plus('block', times('lane', stride, rows), modulo('g', stride))};`),
      store: (row, value) => storePair(ys, plus('finish', times(row, stride)),
        last ? swapped(value, inverse) : turned(value, row, 'lane', groups)),
    })
    const dispatches = (source: number, target: number): readonly Dispatch[] => {
      const { arrays, ys } = ends(source, target)
      const tables = last ? [] : [table('turns', passTable(maker, rows, m))]
      return [dispatch(maker, {
        label: `fft ${n}, radix ${rows}`,
        tiling, parameters, arrays: [...arrays, ...tables], text: transform(tiling, ports(ys)),
      })]
    }
    return { inPlace: last, dispatches }
  })
}

/**
 * Bluestein's algorithm: numbers times a chirp, convolved with a chirp in m ≥ 2n - 1 places, times the chirp again. All
 * passes but the last lead forth and, mirrored, back; the last does both and multiplies by the filter in between. They
 * work in place on outer × m × inner numbers, so frequencies never need sorting.
 */
export const bluestein = ({ outer, n, inner, inverse }: Axis, passes: readonly Pass[], maker: Maker): Move => {
  const radices = passes.map(product)
  const m = product(radices)
  const last = passes.length - 1
  const entering = `fn entering(at: u32, j: u32, n: u32) -> vec2f {
if (j >= n) { return vec2f(); }
return product(${swapped(pair('xs', 'at'), inverse)}, ${pair('chirp', 'j')});
}`
  const leaving = (ys: string): string => `fn leaving(at: u32, j: u32, n: u32, w: vec2f) {
if (j < n) ${storePair(ys, 'at', swapped(`product(w.yx, ${pair('chirp', 'j')})`, inverse))}
}`

  type Direction = 'forth' | 'both' | 'back'
  const pass = (index: number, direction: Direction, source: number, target: number, work: number): Dispatch => {
    const opens = index === 0 && direction !== 'back'
    const closes = index === 0 && direction !== 'forth'
    const { arrays, ys } = ends(opens ? source : work, closes ? target : work)
    const rows = radices[index]!
    const before = product(radices.slice(0, index))
    const m1 = m / before / rows
    const total = outer * before * m1 * inner
    const tiling = tilingOf(passes[index]!, m1 * inner, m1 * inner, total, maker.target)
    const { size, parameters } = sizes(tiling, total)
    const [width, groups, depth, length] = [size(m1 * inner), size(m1), size(inner), size(n)]

    /** Where a column begins in the work array, or outside of it, where there are n rows only. */
    const start = (outside: boolean): string =>
      outside ? plus(times(over('g', width), length, depth), modulo('g', width)) : columnStart(rows, width)
    const lane = over(modulo('g', width), depth)
    const ports: Ports = {
      enter: lines(`let start = ${start(opens)};`, `let lane = ${lane};`),
      load: (row) => {
        const at = plus('start', times(row, width))
        if (opens) return `entering(${at}, ${plus(times(row, groups), 'lane')}, ${plus(length)})`
        return direction === 'back' ? turned(pair('xs', at), row, 'lane', groups) : pair('xs', at)
      },
      leave: lines(`let finish = ${start(closes)};`, `let same_lane = ${lane};`),
      store: (row, value) => {
        const at = plus('finish', times(row, width))
        if (closes) return `leaving(${at}, ${plus(times(row, groups), 'same_lane')}, ${plus(length)}, ${value});`
        return storePair(ys, at, direction === 'forth' ? turned(value, row, 'same_lane', groups) : value)
      },
    }
    const filter = {
      enter: `let block = ${modulo(over('g', depth), size(before))};`,
      factor: (place: string) => pair('spectrum', plus(times('block', rows), place)),
    }
    const text = direction === 'both' ? convolve(tiling, ports, filter) : transform(tiling, ports)
    const tables = [
      ...(opens || closes ? [table('chirp', chirpTable(maker, n))] : []),
      direction === 'both'
        ? table('spectrum', filterTable(maker, n, [...radices.slice(0, -1), ...passes[last]!]))
        : table('turns', passTable(maker, rows, m1)),
    ]
    return dispatch(maker, {
      label: `fft ${n}, convolution in ${m}, radix ${rows} ${direction}`,
      tiling, parameters, arrays: [...arrays, ...tables], text,
      declarations: [...(opens ? [entering] : []), ...(closes ? [leaving(ys)] : [])],
    })
  }

  const dispatches = (source: number, target: number): readonly Dispatch[] => {
    const work = last > 0 ? maker.scratch('float32', 2 * outer * m * inner) : -1
    const outside = range(0, last)
    return [
      ...outside.map((index) => pass(index, 'forth', source, target, work)),
      pass(last, 'both', source, target, work),
      ...outside.map((index) => pass(last - 1 - index, 'back', source, target, work)),
    ]
  }
  return { inPlace: true, dispatches }
}
