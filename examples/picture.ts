// The result of a phase retrieval in one picture: truth, start and recovered object as amplitude and phase,
// the error map and the way there. An SVG is composed and handed to a renderer, with the fonts beside it.
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import { rgb } from 'd3-color'
import { interpolateRgbBasisClosed } from 'd3-interpolate'
import { scaleLinear, scaleLog } from 'd3-scale'
import { interpolateGreys, interpolateInferno } from 'd3-scale-chromatic'
import { area, curveMonotoneX, line } from 'd3-shape'
import { PNG } from 'pngjs'

export interface PhaseRetrievalPicture {
  /** Every map is `size`×`size`, row by row; phases are in radians. */
  readonly size: number
  readonly truthAmplitude: Float64Array
  readonly truthPhase: Float64Array
  readonly startAmplitude: Float64Array
  readonly startPhase: Float64Array
  readonly recoveredAmplitude: Float64Array
  readonly recoveredPhase: Float64Array
  readonly error: Float64Array
  readonly curve: readonly CurvePoint[]
  readonly caption: string
}

export interface CurvePoint {
  readonly evaluation: number
  readonly value: number
}

/** From [0, 1] to a CSS colour. */
type ColourMap = (t: number) => string

const theme = {
  ground: '#0f1217',
  panel: '#161b22',
  ink: '#f0f3f6',
  soft: '#9aa4b2',
  rule: '#2b323c',
  accent: '#ffb454',
}

const grey: ColourMap = (t) => interpolateGreys(1 - t)
// Dark at ±π, pale at 0, cold below and warm above: a phase that wraps shows no false edge.
const cyclic = interpolateRgbBasisClosed(['#2b1640', '#4a4aa0', '#7fa6c4', '#efe7e2', '#d09a7c', '#a0405a'])

// Multiples of five design units become whole pixels at this zoom, and a panel 512 of them.
const zoom = 1.6
const panel = 320
const gap = 15
const left = 70
const top = 150
const rowPitch = panel + 40
const barWidth = 10
const barGap = 10
const rightColumn = left + 3 * panel + 2 * gap + barGap + 105
const plotWidth = panel + barGap + barWidth + 65
const width = rightColumn + plotWidth + 45
const height = top + rowPitch + panel + 65

// ---- SVG fragments ----

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

interface TextStyle {
  readonly size?: number
  readonly weight?: 400 | 500 | 600
  readonly fill?: string
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly turn?: boolean
}

const text = (x: number, y: number, content: string, style: TextStyle = {}): string => {
  const { size = 13, weight = 400, fill = theme.soft, anchor = 'start', turn = false } = style
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}"${
    turn ? ` transform="rotate(-90 ${x} ${y})"` : ''}>${escape(content)}</text>`
}

const rule = (x1: number, y1: number, x2: number, y2: number, stroke: string = theme.rule): string =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}"/>`

const digits: Readonly<Record<string, string>> = {
  '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹',
}

const power = (exponent: number): string => `10${[...String(exponent)].map((digit) => digits[digit]!).join('')}`

const scientific = (x: number): string => {
  if (x === 0) return '0'
  const [mantissa, exponent] = x.toExponential(1).split('e')
  return `${mantissa} × ${power(Number(exponent))}`
}

/** Numbers become the pixels of an embedded PNG. */
const bitmap = (x: number, y: number, w: number, h: number, columns: number, values: ArrayLike<number>,
  colour: ColourMap): string => {
  const palette = Array.from({ length: 256 }, (_, i) => rgb(colour(i / 255)))
  const png = new PNG({ width: columns, height: values.length / columns })
  for (let i = 0; i < values.length; i++) {
    const { r, g, b } = palette[Math.round(255 * Math.min(1, Math.max(0, values[i]!)))] ?? palette[0]!
    png.data.set([r, g, b, 255], 4 * i)
  }
  const uri = `data:image/png;base64,${PNG.sync.write(png).toString('base64')}`
  return `<image x="${x}" y="${y}" width="${w}" height="${h}" href="${uri}" preserveAspectRatio="none" `
    + 'image-rendering="optimizeSpeed"/>'
}

const colourBar = (x: number, y: number, colour: ColourMap,
  ticks: readonly (readonly [at: number, label: string])[]): string => [
  bitmap(x, y, barWidth, panel, 1, Array.from({ length: panel }, (_, i) => 1 - i / (panel - 1)), colour),
  ...ticks.map(([at, label]) => text(x + barWidth + 7, y + 5 + panel * (1 - at) + (at - 0.5) * 8, label)),
].join('')

// ---- Parts ----

const largest = (values: Float64Array): number => values.reduce((most, x) => Math.max(most, x), 0)

const convergence = (x: number, y: number, curve: readonly CurvePoint[]): string => {
  // A logarithm shows neither zero nor what is not finite.
  const points = curve.filter(({ value }) => value > 0 && Number.isFinite(value))
  const frame = `<rect x="${x}" y="${y}" width="${plotWidth}" height="${panel}" fill="${theme.panel}"/>`
  if (points.length === 0) return frame
  const inset = { left: x + 50, right: x + plotWidth - 20, top: y + 20, bottom: y + panel - 42 }
  const values = points.map(({ value }) => value)
  const decades = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))] as const
  const [low, high] = [decades[0], Math.max(decades[1], decades[0] + 1)]
  const across = scaleLinear([0, Math.max(1, points.at(-1)!.evaluation)], [inset.left, inset.right])
  const up = scaleLog([10 ** low, 10 ** high], [inset.bottom, inset.top])
  const step = Math.ceil((high - low) / 6)
  const exponents = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step)
  const at = { x: (p: CurvePoint) => across(p.evaluation), y: (p: CurvePoint) => up(p.value) }
  const stroke = line<CurvePoint>(at.x, at.y).curve(curveMonotoneX)(points) ?? ''
  const shade = area<CurvePoint>(at.x, inset.bottom, at.y).curve(curveMonotoneX)(points) ?? ''
  const last = points.at(-1)!
  return [
    frame,
    ...exponents.map((exponent) => rule(inset.left, up(10 ** exponent), inset.right, up(10 ** exponent))
      + text(inset.left - 8, up(10 ** exponent) + 4.5, power(exponent), { anchor: 'end' })),
    ...across.ticks(5).filter(Number.isInteger)
      .map((tick) => text(across(tick), inset.bottom + 19, String(tick), { anchor: 'middle' })),
    text((inset.left + inset.right) / 2, inset.bottom + 36, 'evaluations', { anchor: 'middle' }),
    `<path d="${shade}" fill="url(#shade)"/>`,
    `<path d="${stroke}" fill="none" stroke="${theme.accent}" stroke-width="2.2" stroke-linejoin="round"/>`,
    `<circle cx="${at.x(last)}" cy="${at.y(last)}" r="4" fill="${theme.accent}"/>`,
    text(x + plotWidth, y - 14, scientific(last.value), { size: 15, weight: 500, fill: theme.accent, anchor: 'end' }),
  ].join('')
}

const compose = (picture: PhaseRetrievalPicture): string => {
  const { size } = picture
  const [amplitudeMax, errorMax] = [largest(picture.truthAmplitude) || 1, largest(picture.error)]
  const columns = [0, 1, 2].map((column) => left + column * (panel + gap))
  const bars = columns[2]! + panel + barGap
  const [amplitudeRow, phaseRow] = [top, top + rowPitch]
  const map = (x: number, y: number, values: Float64Array, colour: ColourMap): string =>
    bitmap(x, y, panel, panel, size, values, colour)
  const amplitude = (values: Float64Array, column: number): string =>
    map(columns[column]!, amplitudeRow, values.map((a) => a / amplitudeMax), grey)
  const turn = (radians: number): number => {
    const turns = radians / (2 * Math.PI) + 0.5
    return turns - Math.floor(turns)
  }
  const phase = (values: Float64Array, column: number): string =>
    map(columns[column]!, phaseRow, values.map(turn), cyclic)
  const heading: TextStyle = { size: 16, weight: 500, fill: theme.ink }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Inter">`,
    `<defs><linearGradient id="shade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${theme.accent}" `
      + `stop-opacity="0.28"/><stop offset="1" stop-color="${theme.accent}" stop-opacity="0.02"/>`
      + '</linearGradient></defs>',
    `<rect width="${width}" height="${height}" fill="${theme.ground}"/>`,
    text(left, 62, 'Phase retrieval from coded diffraction patterns', { size: 28, weight: 600, fill: theme.ink }),
    text(left, 92, picture.caption, { size: 16 }),
    ...['Truth', 'Start', 'Recovered'].map((title, i) => text(columns[i]!, top - 14, title, heading)),
    text(left - 16, amplitudeRow + panel / 2, 'Amplitude', { ...heading, anchor: 'middle', turn: true }),
    text(left - 16, phaseRow + panel / 2, 'Phase', { ...heading, anchor: 'middle', turn: true }),
    amplitude(picture.truthAmplitude, 0),
    amplitude(picture.startAmplitude, 1),
    amplitude(picture.recoveredAmplitude, 2),
    colourBar(bars, amplitudeRow, grey, [0, 0.5, 1].map((t) => [t, String(Number((t * amplitudeMax).toPrecision(2)))])),
    phase(picture.truthPhase, 0),
    phase(picture.startPhase, 1),
    phase(picture.recoveredPhase, 2),
    colourBar(bars, phaseRow, cyclic, [[0, '−π'], [0.5, '0'], [1, 'π']]),
    text(rightColumn, top - 14, 'Error, modulo global phase', heading),
    map(rightColumn, amplitudeRow, picture.error.map((e) => (errorMax > 0 ? e / errorMax : 0)), interpolateInferno),
    colourBar(rightColumn + panel + barGap, amplitudeRow, interpolateInferno, [[0, '0'], [1, scientific(errorMax)]]),
    text(rightColumn, phaseRow - 14, 'Objective', heading),
    convergence(rightColumn, phaseRow, picture.curve),
    '</svg>',
  ].join('\n')
}

/** Renders the picture and returns the bytes of a PNG. */
export const renderPhaseRetrieval = (picture: PhaseRetrievalPicture): Uint8Array => {
  const fontFiles = ['400Regular/Inter_400Regular', '500Medium/Inter_500Medium', '600SemiBold/Inter_600SemiBold']
    .map((name) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${name}.ttf`)))
  return new Resvg(compose(picture), {
    fitTo: { mode: 'zoom', value: zoom },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' },
  }).render().asPng()
}
