// What the page is doing: it decides what the buttons offer.
import { button, byId } from './elements.ts'

export type Phase = 'starting' | 'idle' | 'running' | 'paused' | 'finished'

const offers: Readonly<Record<Phase, string>> =
  { starting: 'Run', idle: 'Run', running: 'Pause', paused: 'Resume', finished: 'Finished' }

export interface StatusLine {
  readonly phase: () => Phase
  readonly enter: (phase: Phase, text: string) => void
}

export const openStatus = (): StatusLine => {
  const [run, restart] = [button('run'), button('restart')]
  const line = byId('status', HTMLElement)
  let phase: Phase = 'starting'
  return {
    phase: () => phase,
    enter: (next, text) => {
      phase = next
      run.textContent = offers[next]
      run.disabled = next === 'starting' || next === 'finished'
      restart.disabled = next === 'starting' || next === 'idle'
      line.dataset['state'] = next
      line.textContent = text
    },
  }
}
