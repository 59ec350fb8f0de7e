// The loss over the iterations. The curve of an earlier run stays, faintly, so that optimizers and backends can be compared.
import uPlot from 'uplot'
import type { Point } from '../messages.ts'

interface Run { readonly label: string, readonly losses: (number | null)[] }

export interface Chart {
  /** A new curve; the latest ones before it stay. */
  readonly begin: (label: string) => void
  readonly rename: (label: string) => void
  readonly add: (points: readonly Point[]) => void
}

const remembered = 3
const palette = ['#8ab4ff', '#f0a878', '#7fd1ae', '#c79bf2']
const [ink, grid] = ['#8b93a7', '#232838']
const font = '12px system-ui, sans-serif'

/** A line for each power of ten. */
const powers: uPlot.Axis.Splits = (_, __, least, most) => {
  const [first, last] = [Math.round(Math.log10(least)), Math.round(Math.log10(most))]
  return Array.from({ length: last - first + 1 }, (_x, k) => 10 ** (first + k))
}
const plain = (_: uPlot, splits: readonly number[]): string[] => splits.map((x) => String(Number(x.toPrecision(1))))

const axis = { stroke: ink, font, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } }

/** From a power of ten to a power of ten around all losses. */
const decades: uPlot.Range.Function = (_, least, most) =>
  [10 ** Math.floor(Math.log10(least ?? 0.1)), 10 ** Math.ceil(Math.log10(most ?? 1))]

export const openChart = (host: HTMLElement): Chart => {
  let runs: readonly Run[] = []
  let colour = -1
  const colours = new Map<Run, string>()

  const sizeOf = () => ({ width: Math.max(200, host.clientWidth), height: 190 })
  const data = (): uPlot.AlignedData => {
    const length = Math.max(2, ...runs.map((run) => run.losses.length))
    const iterations = Array.from({ length }, (_, k) => k)
    return [iterations, ...runs.map((run) => iterations.map((k) => run.losses[k] ?? null))]
  }
  const series = (): uPlot.Series[] => runs.map((run, k) => ({
    label: run.label,
    stroke: colours.get(run)!,
    width: k === runs.length - 1 ? 2 : 1.5,
    alpha: k === runs.length - 1 ? 1 : 0.55,
    spanGaps: true,
    points: { show: false },
    value: (_: uPlot, loss: number | null) => (loss === null ? '–' : loss.toExponential(2)),
  }))
  const make = (): uPlot => new uPlot({
    ...sizeOf(),
    scales: { x: { time: false, range: (_, __, last) => [0, Math.max(10, last ?? 0)] }, y: { distr: 3, range: decades } },
    axes: [axis, { ...axis, splits: powers, values: plain, filter: (_, splits) => splits, size: 56 }],
    series: [{ label: 'Iteration' }, ...series()],
    cursor: { y: false },
  }, data(), host)

  let plot = make()
  // Curves come and go seldom, and uPlot's legend knows them only from the beginning: it is made anew.
  const remake = (): void => {
    plot.destroy()
    plot = make()
  }
  new ResizeObserver(() => plot.setSize(sizeOf())).observe(host)

  let isStale = false
  const redraw = (): void => {
    if (isStale) return
    isStale = true
    requestAnimationFrame(() => {
      isStale = false
      plot.setData(data())
    })
  }

  const named = (run: Run, label: string): Run => {
    const next = { ...run, label }
    colours.set(next, colours.get(run)!)
    return next
  }

  return {
    begin: (label) => {
      const run: Run = { label, losses: [] }
      colour = (colour + 1) % palette.length
      colours.set(run, palette[colour]!)
      runs = [...runs.filter((x) => x.losses.length > 0).slice(-remembered), run]
      remake()
    },
    rename: (label) => {
      const current = runs.at(-1)
      if (current === undefined || current.label === label) return
      runs = [...runs.slice(0, -1), named(current, label)]
      remake()
    },
    add: (points) => {
      const current = runs.at(-1)
      if (current === undefined) return
      for (const { iteration, loss } of points) current.losses[iteration] = loss
      redraw()
    },
  }
}
