// The page: controls send orders to the worker, and what the worker reports is shown.
import type { Availability, Report } from '../messages.ts'
import { attachBrush } from './brush.ts'
import { openChart } from './chart.ts'
import { openControls } from './controls.ts'
import { button, byId, canvas, context2d, radios } from './elements.ts'
import { openFigures } from './figures.ts'
import { openGallery } from './gallery.ts'
import { drawPicture, greyOf, light, paper, type PictureName } from './pictures.ts'
import { savePhase } from './save.ts'
import { openScreen } from './screen.ts'
import { settingsOf } from './settings.ts'
import { openSolver } from './solver.ts'
import { openStatus } from './status.ts'
import { throttle } from './throttle.ts'

const settings = settingsOf(location.search)
const controls = openControls(settings)
const screen = openScreen()
const status = openStatus()
const figures = openFigures()
const chart = openChart(byId('chart', HTMLElement))
const target = canvas('target')
const drawing = context2d(target)
const device = byId('device', HTMLElement)

// ---- orders ----------------------------------------------------------------------------------------------------------

const restart = (): void => {
  const task = controls.task()
  figures.clear()
  chart.begin(controls.label())
  order({ kind: 'start', task, grey: greyOf(target, task.size), backend: controls.backend.get() })
}

const change = throttle(200, () => {
  if (status.phase() === 'starting' || status.phase() === 'idle') return
  order({ kind: 'change', grey: greyOf(target, controls.task().size) })
})

const pick = async (name: PictureName): Promise<void> => {
  await drawPicture(name, drawing)
  change()
}

// ---- reports ---------------------------------------------------------------------------------------------------------

const warn = (text: string, reason: string): void => {
  device.textContent = text
  device.title = reason
  device.classList.add('warning')
}

const begin = (webgpu: Availability): void => {
  if (webgpu.available) {
    device.textContent = webgpu.isSoftware
      ? `${webgpu.device}. A processor plays this GPU: the CPU backend may well be faster.` : webgpu.device
  } else {
    controls.backend.disable('webgpu')
    controls.backend.set('cpu')
    warn(
      'This browser offers no WebGPU here, so it runs on the CPU, in a worker: more slowly, with the same result.',
      webgpu.reason)
  }
  status.enter('idle', 'Ready')
  if (settings.run) restart()
}

const listen = (report: Report): void => {
  switch (report.kind) {
    case 'ready':
      return begin(report.webgpu)
    case 'running':
      controls.backend.set(report.backend)
      chart.rename(controls.label())
      if (report.instead !== null) warn('The GPU failed, so it goes on on the CPU.', report.instead)
      return status.enter('running', `Running on ${report.backend === 'webgpu' ? 'WebGPU' : 'the CPU'}`)
    case 'progress':
      chart.add(report.points)
      return figures.show(report)
    case 'frame':
      button('save').disabled = false
      return screen.show(report)
    case 'resting':
      return status.enter(report.finished ? 'finished' : 'paused', report.reason)
    case 'failed':
      return status.enter('paused', report.message)
  }
}

const order = openSolver(listen)

// ---- controls --------------------------------------------------------------------------------------------------------

button('run').addEventListener('click', () => {
  if (status.phase() === 'idle') restart()
  else order({ kind: status.phase() === 'running' ? 'pause' : 'resume' })
})
button('restart').addEventListener('click', restart)
button('save').addEventListener('click', () => {
  const frame = screen.last()
  if (frame !== null) savePhase(frame.phase, frame.size)
})
controls.onTask(restart)
controls.backend.onChange((backend) => order({ kind: 'move', backend }))
openGallery(byId('pictures', HTMLElement), (name) => { void pick(name) })

const ink = radios('ink', ['light', 'dark'])
const width = byId('width', HTMLInputElement)
attachBrush(drawing, {
  canvas: target,
  cursor: byId('cursor', HTMLElement),
  colour: () => (ink.get() === 'light' ? light : paper),
  width: () => Number(width.value),
  onStroke: change,
})
await drawPicture(settings.picture, drawing)
