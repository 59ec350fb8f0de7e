// The figures beside the curve: loss, iterations, evaluations, their rate, time.
import type { Report } from '../messages.ts'
import { byId } from './elements.ts'

type Progress = Extract<Report, { readonly kind: 'progress' }>

interface Mark { readonly iteration: number, readonly seconds: number }

/** Seconds over which the rate is taken. */
const span = 2

const figure = (id: string): ((text: string) => void) => {
  const element = byId(id, HTMLElement)
  return (text) => { element.textContent = text }
}

export interface Figures {
  readonly clear: () => void
  readonly show: (progress: Progress) => void
}

export const openFigures = (): Figures => {
  const [loss, iterations, evaluations] = [figure('loss'), figure('iterations'), figure('evaluations')]
  const [rate, seconds, quality] = [figure('rate'), figure('seconds'), figure('quality')]
  let marks: readonly Mark[] = []
  return {
    clear: () => {
      marks = []
      for (const show of [loss, iterations, evaluations, rate, seconds]) show('–')
      quality(' ')
    },
    show: (progress) => {
      seconds(`${progress.seconds.toFixed(1)} s`)
      evaluations(String(progress.evaluations))
      const last = progress.points.at(-1)
      if (last === undefined) return
      const now: Mark = { iteration: last.iteration, seconds: progress.seconds }
      marks = [...marks.filter((mark) => mark.seconds > now.seconds - span && mark.seconds <= now.seconds), now]
      const first = marks[0]!
      if (now.seconds > first.seconds) {
        const perSecond = (now.iteration - first.iteration) / (now.seconds - first.seconds)
        rate(perSecond.toFixed(perSecond < 10 ? 1 : 0))
      }
      iterations(String(last.iteration))
      loss(last.loss.toExponential(2))
      quality(`It differs from the target by ${(100 * Math.sqrt(last.loss)).toPrecision(2)} % of its amplitude.`)
    },
  }
}
