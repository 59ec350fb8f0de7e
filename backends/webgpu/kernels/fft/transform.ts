// One pass over the data: a workgroup loads some columns, transforms them where all its threads see them, and stores
// them. The stages decimate in frequency, in place: until they are stored, frequencies lie with their digits reversed.
import { butterfly } from './butterfly.ts'
import type { Stage } from './tables.ts'
import { lines, plus, product, range, times } from './text.ts'
import { accessOf, tileSize, type Tiling } from './tile.ts'

/** How a pass loads and stores: statements about column `g` of p0, then an expression or a statement for each row. */
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

type Values = readonly string[]

/** A butterfly between statements that name its inputs and those that use its outputs. */
const through = (inputs: Values, use: (outputs: Values) => Values, prefix = 'x'): Values => {
  const names = inputs.map((_, k) => `${prefix}${k}`)
  const { statements, outputs } = butterfly(names, `${prefix}_`)
  return [...inputs.map((value, k) => `let ${names[k]!} = ${value};`), ...statements, ...use(outputs)]
}

/** Multiplies by the stage's factors of butterfly p. */
const twiddled = ({ radix, length, at }: Stage, values: Values): Values =>
  values.map((value, k) =>
    k === 0 ? value : `product(${value}, stage(${plus('p', at + (k - 1) * (length / radix))}))`)

const assign = (places: Values, values: Values): Values => values.map((value, k) => `${places[k]!} = ${value};`)

const inside = ({ columns }: Tiling, body: Values): Values =>
  [`let g = ${plus(times('group', columns), 'column')};`, 'if (g < p0) {', ...body, '}']

const build = (tiling: Tiling, { enter, load, leave, store }: Ports, filter: Filter | null): Text => {
  const rows = product(tiling.radices)
  const { stages, each, eachInside, where, whereSorted, slots } = accessOf(tiling)
  const [first, last] = [stages[0]!, stages[stages.length - 1]!]
  const between = stages.slice(1, -1)
  const spread = (stage: Stage, start: string): Values =>
    range(0, stage.radix).map((k) => plus(start, (k * rows) / stage.radix))
  const leaving = (stage: Stage, start: string) => (outputs: Values): Values =>
    [leave, ...spread(stage, start).map((row, k) => store(row, outputs[k]!))]
  /** To the frequencies, through the filter, and with real and imaginary parts exchanged back by the same butterfly. */
  const filtered = (inputs: Values, start: string, use: (outputs: Values) => Values): Values =>
    through(inputs, (there) =>
      through(there.map((value, k) => `product(${value}, ${filter!.factor(plus(start, k))}).yx`), use, 'y'))

  const opening = each(first, tiling.loadAcross, inside(tiling, [
    where(first), enter,
    ...through(spread(first, 'p').map(load), (outputs) => assign(slots(first), twiddled(first, outputs))),
  ]))
  const forth = between.map((stage) => eachInside(stage, [
    where(stage), ...through(slots(stage), (outputs) => assign(slots(stage), twiddled(stage, outputs)))]))

  const alone = (): readonly string[] => {
    const all = spread(last, '0u').map(load)
    const use = leaving(last, '0u')
    return [each(last, true, inside(tiling, filter === null
      ? [enter, ...through(all, use)]
      : [enter, filter.enter, ...filtered(all, '0u', use)]))]
  }
  const sorted = (): readonly string[] => [
    opening, ...forth,
    each(last, tiling.storeAcross, inside(tiling, [whereSorted, ...through(slots(last), leaving(last, 'j'))])),
  ]
  const mirrored = ({ enter: enterFilter }: Filter): readonly string[] => [
    opening, ...forth,
    eachInside(last, inside(tiling, [
      where(last), `let place = ${times('j', last.radix)};`, enterFilter,
      ...filtered(slots(last), 'place', (outputs) => assign(slots(last), outputs))])),
    ...[...between].reverse().map((stage) => eachInside(stage, [
      where(stage), ...through(twiddled(stage, slots(stage)), (outputs) => assign(slots(stage), outputs))])),
    each(first, tiling.storeAcross, inside(tiling, [
      where(first), ...through(twiddled(first, slots(first)), leaving(first, 'p'))])),
  ]

  const phases = stages.length === 1 ? alone() : filter === null ? sorted() : mirrored(filter)
  const declarations = lines(
    'fn product(a: vec2f, b: vec2f) -> vec2f { return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }',
    stages.length === 1 ? [] : [
      'fn stage(i: u32) -> vec2f { return vec2f(stages(2u * i), stages(2u * i + 1u)); }',
      `var<workgroup> tile: array<vec2f, ${tileSize(tiling)}>;`])
  return { declarations, body: phases.join('\nworkgroupBarrier();\n') }
}

/** Loads, transforms and stores; rows come and go in their natural order. */
export const transform = (tiling: Tiling, ports: Ports): Text => build(tiling, ports, null)

/**
 * Loads, transforms, multiplies by the filter and transforms back, but for the factor 1/rows and the exchange of real
 * and imaginary parts with which an inverse transform ends. The stages that lead back mirror those that led there, so
 * nothing needs sorting.
 */
export const convolve = (tiling: Tiling, ports: Ports, filter: Filter): Text => build(tiling, ports, filter)
