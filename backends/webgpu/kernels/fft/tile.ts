// One pass over the data: a workgroup loads some columns of `rows` complex numbers each, transforms them where all its
// threads see them, and stores them. The stages are decimation in frequency in place; nothing is reordered on the way.
import { butterfly } from './butterfly.ts'
import { stagesOf, type Stage } from './tables.ts'
import { lines, modulo, over, plus, product, range, times } from './text.ts'

export interface Tiling {
  readonly radices: readonly number[]
  /** Columns of a workgroup. */
  readonly columns: number
  readonly threads: number
  /** Whether neighbouring threads take neighbouring columns as they load and store, or neighbouring rows. */
  readonly loadAcross: boolean
  readonly storeAcross: boolean
}

/** How a pass loads and stores: statements about column `g` of all columns, then an expression or a statement per row. */
export interface Ports {
  readonly enter: string
  readonly load: (row: string) => string
  readonly leave: string
  readonly store: (row: string, value: string) => string
}

/** The factors of a convolution: statements about column `g`, and the factor at a place of the transformed column. */
export interface Filter {
  readonly enter: string
  readonly factor: (place: string) => string
}

export interface Text {
  readonly declarations: string
  readonly body: string
}

/** Whether all of a tile lies column beside column, or each column by itself. */
const isAcross = ({ loadAcross, storeAcross }: Tiling): boolean => loadAcross && storeAcross

/** A gap after every part of the first stage, and one after each column, keep strided threads on different banks. */
const pitch = ({ radices }: Tiling): number => product(radices) + radices[0]! + 1

/** Workgroup memory, in complex numbers. */
export const tileSize = (tiling: Tiling): number => {
  if (tiling.radices.length === 1) return 0
  return tiling.columns * (isAcross(tiling) ? product(tiling.radices) : pitch(tiling))
}

/** Loops over the butterflies of a stage: `column` in the workgroup and `j` among those of a column. */
const items = ({ columns, threads }: Tiling, butterflies: number, across: boolean, body: string): string => {
  const [column, j] = across
    ? [modulo('t', columns), over('t', columns)]
    : [over('t', butterflies), modulo('t', butterflies)]
  const numbered = lines(
    `let column = ${columns === 1 ? '0u' : column};`, `let j = ${butterflies === 1 ? '0u' : j};`, body)
  const total = columns * butterflies
  if (total === threads) return lines('{', 'let t = local;', numbered, '}')
  if (total < threads) return lines(`if (local < ${total}u) {`, 'let t = local;', numbered, '}')
  return lines(`for (var t = local; t < ${total}u; t += ${threads}u) {`, numbered, '}')
}

/** Statements and names: x0, x1, … = the values. */
const named = (values: readonly string[], prefix: string): readonly string[] =>
  values.map((value, k) => `let ${prefix}${k} = ${value};`)
const names = (count: number, prefix: string): readonly string[] => range(0, count).map((k) => `${prefix}${k}`)

const build = (tiling: Tiling, ports: Ports, filter?: Filter): Text => {
  const { radices, columns } = tiling
  const rows = product(radices)
  const stages = stagesOf(radices)
  const [first, last] = [stages[0]!, stages[stages.length - 1]!]
  const across = isAcross(tiling)

  const rowPitch = across ? columns : 1
  const place = (row: string): string =>
    across ? plus('column', times(row, columns)) : plus(times('column', pitch(tiling)), row)
  /** From one input of a butterfly to the next. */
  const step = ({ radix, length }: Stage): number =>
    (length / radix) * rowPitch + (!across && length === rows ? 1 : 0)
  const slot = (stage: Stage, k: number): string => `tile[${plus('at', k * step(stage))}]`
  const inside = (body: string): string =>
    lines(`let g = ${plus(times('group', columns), 'column')};`, 'if (g < p0) {', body, '}')

  /** The stage's factor number k of butterfly p. */
  const twiddled = ({ radix, length, at }: Stage, k: number, value: string): string =>
    k === 0 || length === radix ? value : `product(${value}, stage(${plus('p', at + (k - 1) * (length / radix))}))`

  /** Where butterfly j of a stage begins. The gaps are those of the parts of the first stage. */
  const where = ({ radix, length }: Stage): string => {
    const m = length / radix
    if (length === rows) return lines('let p = j;', `let at = ${place('p')};`)
    const row = m === 1 ? times('j', radix) : plus(times(over('j', m), length), 'p')
    const gaps = across ? '0u' : over('j', first.length / first.radix / radix)
    return lines(m === 1 ? '' : `let p = ${modulo('j', m)};`, `let at = ${plus(place(row), gaps)};`)
  }
  const read = (stage: Stage): readonly string[] => range(0, stage.radix).map((k) => slot(stage, k))
  const write = (stage: Stage, values: readonly string[]): readonly string[] =>
    values.map((value, k) => `${slot(stage, k)} = ${value};`)
  const rowOf = ({ radix, length }: Stage, k: number, start: string): string => plus(start, (k * length) / radix)

  const forth = (stage: Stage, inputs: readonly string[], done: (outputs: readonly string[]) => readonly string[]): string => {
    const { statements, outputs } = butterfly(names(stage.radix, 'x'), 'a')
    return lines(named(inputs, 'x'), statements, done(outputs))
  }
  const filtered = (inputs: readonly string[], at: string, done: (outputs: readonly string[]) => readonly string[]): string => {
    const there = butterfly(names(last.radix, 'x'), 'a')
    const back = butterfly(names(last.radix, 'y'), 'b')
    const factors = there.outputs.map((value, k) => `product(${value}, ${filter!.factor(plus(at, k))}).yx`)
    return lines(named(inputs, 'x'), there.statements, named(factors, 'y'), back.statements, done(back.outputs))
  }
  const load = (start: string): readonly string[] => range(0, first.radix).map((k) => ports.load(rowOf(first, k, start)))
  const store = (stage: Stage, values: readonly string[], start: string): readonly string[] =>
    values.map((value, k) => ports.store(plus(start, k * (rows / stage.radix)), value))

  const phases: string[] = []
  if (stages.length === 1) {
    const body = filter
      ? filtered(load('0u'), '0u', (outputs) => [ports.leave, ...store(last, outputs, '0u')])
      : forth(last, load('0u'), (outputs) => [ports.leave, ...store(last, outputs, '0u')])
    phases.push(items(tiling, 1, true, inside(lines(ports.enter, filter?.enter ?? '', body))))
  } else {
    const entering = forth(first, load('p'), (outputs) => write(first, outputs.map((value, k) => twiddled(first, k, value))))
    phases.push(items(tiling, rows / first.radix, tiling.loadAcross, inside(lines(where(first), ports.enter, entering))))

    const between = stages.slice(1, -1)
    for (const stage of between) {
      const body = forth(stage, read(stage), (outputs) => write(stage, outputs.map((value, k) => twiddled(stage, k, value))))
      phases.push(items(tiling, rows / stage.radix, across, lines(where(stage), body)))
    }

    if (filter) {
      const body = filtered(read(last), 'place', (outputs) => write(last, outputs))
      phases.push(items(tiling, rows / last.radix, across, inside(lines(
        where(last), `let place = ${times('j', last.radix)};`, filter.enter, body))))
      const back = (stage: Stage): readonly string[] => read(stage).map((value, k) => twiddled(stage, k, value))
      for (const stage of [...between].reverse()) {
        const body = forth(stage, back(stage), (outputs) => write(stage, outputs))
        phases.push(items(tiling, rows / stage.radix, across, lines(where(stage), body)))
      }
      const leaving = forth(first, back(first), (outputs) => [ports.leave, ...store(first, outputs, 'p')])
      phases.push(items(tiling, rows / first.radix, tiling.storeAcross, inside(lines(where(first), leaving))))
    } else {
      // Butterfly j has the frequencies j + k·rows/radix: its digits, in reverse, say where its inputs lie.
      const digits = stages.slice(0, -1).map(({ radix, length }) => {
        const value = modulo(over('j', rows / length), radix)
        return { value: radix === 1 ? '0u' : value, pitch: length / radix }
      })
      const row = plus(...digits.map(({ value, pitch }) => times(value, pitch)))
      const gaps = across ? '0u' : modulo('j', first.radix)
      const leaving = forth(last, read(last), (outputs) => [ports.leave, ...store(last, outputs, 'j')])
      phases.push(items(tiling, rows / last.radix, tiling.storeAcross, inside(lines(
        `let at = ${plus(place(row), gaps)};`, leaving))))
    }
  }

  const declarations = lines(
    'fn product(a: vec2f, b: vec2f) -> vec2f { return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }',
    stages.length === 1 ? '' : 'fn stage(i: u32) -> vec2f { return vec2f(stages(2u * i), stages(2u * i + 1u)); }',
    stages.length === 1 ? '' : `var<workgroup> tile: array<vec2f, ${tileSize(tiling)}>;`)
  return { declarations, body: phases.join('\nworkgroupBarrier();\n') }
}

/** Loads, transforms and stores; rows come and go in their natural order. */
export const transform = (tiling: Tiling, ports: Ports): Text => build(tiling, ports)

/**
 * Loads, transforms, multiplies by the filter and transforms back, but for the factor 1/rows and the exchange of real
 * and imaginary parts with which an inverse transform ends. The stages that lead back mirror those that led there, so
 * nothing needs reordering.
 */
export const convolve = (tiling: Tiling, ports: Ports, filter: Filter): Text => build(tiling, ports, filter)
