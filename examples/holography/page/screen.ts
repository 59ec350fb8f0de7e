// The hologram and what it shows. Only the newest frame is painted, when the browser is ready for it.
import type { Report } from '../messages.ts'
import { canvas } from './elements.ts'
import { greyIndex, greys, painter, phaseColours, phaseIndex } from './paint.ts'

type Frame = Extract<Report, { readonly kind: 'frame' }>

export interface Screen {
  readonly show: (frame: Frame) => void
  /** The frame that was shown last. */
  readonly last: () => Frame | null
}

export const openScreen = (): Screen => {
  const paintPhase = painter(canvas('hologram'), phaseColours(canvas('wheel')), phaseIndex)
  const paintShown = painter(canvas('shown'), greys, greyIndex)
  let last: Frame | null = null
  let isWaiting = false
  const paint = (): void => {
    isWaiting = false
    if (last === null) return
    paintPhase(last.phase, last.size)
    paintShown(last.shown, last.size)
  }
  return {
    show: (frame) => {
      last = frame
      if (isWaiting) return
      isWaiting = true
      requestAnimationFrame(paint)
    },
    last: () => last,
  }
}
