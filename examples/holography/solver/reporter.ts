// What the page is told of a minimization: every loss, in bundles, and pictures as often as they are cheap.
import type { Size } from '../choices.ts'
import type { Point, Report } from '../messages.ts'
import type { Pixels } from './hologram.ts'

export interface Counts { readonly iterations: number, readonly evaluations: number, readonly seconds: number }

export const plus = (a: Counts, b: Counts): Counts => ({
  iterations: a.iterations + b.iterations,
  evaluations: a.evaluations + b.evaluations,
  seconds: a.seconds + b.seconds,
})

interface Progress extends Counts { readonly params: Pixels, readonly value: number }

export interface Reporter {
  readonly note: (progress: Progress) => void
  /** The rest of the numbers, and the last picture. */
  readonly finish: (solution: Progress) => Promise<void>
}

/** Milliseconds between two bundles of numbers, and at least between two pictures. */
const reportEvery = 50
/** Pictures take at most one part in so many of the time. */
const share = 5

/** `look` reads the far field and the phase, one after the other. */
export const openReporter = (
  send: (report: Report, transfer?: readonly ArrayBuffer[]) => void, size: Size, before: Counts,
  look: (phase: Pixels) => Promise<Float32Array>,
): Reporter => {
  const pixels = size * size
  let points: Point[] = []
  let nextReport = 0
  let nextPicture = 0
  let picture: Promise<void> | null = null

  const tell = (counts: Counts): void => {
    const { evaluations, seconds } = plus(before, counts)
    send({ kind: 'progress', points, evaluations, seconds })
    points = []
    nextReport = performance.now() + reportEvery
  }

  const show = async (params: Pixels): Promise<void> => {
    const began = performance.now()
    const both = await look(params)
    const [shown, phase] = [both.slice(0, pixels), both.slice(pixels)]
    send({ kind: 'frame', size, shown, phase }, [shown.buffer, phase.buffer])
    const now = performance.now()
    nextPicture = now + Math.max(reportEvery, (share - 1) * (now - began))
  }

  return {
    note: (progress) => {
      points.push({ iteration: before.iterations + progress.iterations, loss: progress.value / pixels })
      const now = performance.now()
      if (now >= nextReport) tell(progress)
      // A picture that fails is no reason to stop: the minimization will meet the same error by itself.
      if (now >= nextPicture && picture === null) {
        picture = show(progress.params).catch(() => {}).finally(() => { picture = null })
      }
    },
    finish: async (solution) => {
      await picture
      tell(solution)
      await show(solution.params)
    },
  }
}
