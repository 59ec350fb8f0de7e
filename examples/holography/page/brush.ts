// A brush on a canvas: with the pointer, or by keys. Arrows move it, and with Shift it draws.
export interface BrushOptions {
  readonly canvas: HTMLCanvasElement
  /** A ring that shows where the brush is, laid over the canvas. */
  readonly cursor: HTMLElement
  readonly colour: () => string
  /** Diameter, in pixels of the canvas. */
  readonly width: () => number
  readonly onStroke: () => void
}

interface Spot { readonly x: number, readonly y: number }

const arrows: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 },
}
const keyStep = 8

export const attachBrush = (context: CanvasRenderingContext2D, options: BrushOptions): void => {
  const { canvas, cursor, colour, width, onStroke } = options
  let at: Spot = { x: canvas.width / 2, y: canvas.height / 2 }

  const spotOf = (event: PointerEvent): Spot => {
    const box = canvas.getBoundingClientRect()
    return {
      x: ((event.clientX - box.left) / box.width) * canvas.width,
      y: ((event.clientY - box.top) / box.height) * canvas.height,
    }
  }
  const point = (spot: Spot): void => {
    at = spot
    cursor.hidden = false
    cursor.style.left = `${(100 * spot.x) / canvas.width}%`
    cursor.style.top = `${(100 * spot.y) / canvas.height}%`
    cursor.style.width = `${(100 * width()) / canvas.width}%`
  }
  const line = (from: Spot, to: Spot): void => {
    context.strokeStyle = colour()
    context.lineWidth = width()
    context.lineCap = 'round'
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
    context.stroke()
    onStroke()
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    canvas.setPointerCapture(event.pointerId)
    point(spotOf(event))
    line(at, at)
  })
  canvas.addEventListener('pointermove', (event) => {
    const isDrawing = canvas.hasPointerCapture(event.pointerId)
    const passed = isDrawing ? event.getCoalescedEvents() : []
    for (const spot of [...passed, event].map(spotOf)) {
      if (isDrawing) line(at, spot)
      point(spot)
    }
  })
  canvas.addEventListener('pointerleave', () => { cursor.hidden = true })
  canvas.addEventListener('blur', () => { cursor.hidden = true })
  canvas.addEventListener('focus', () => { if (canvas.matches(':focus-visible')) point(at) })
  canvas.addEventListener('keydown', (event) => {
    const step = arrows[event.key]
    if (step === undefined) return
    event.preventDefault()
    const clamp = (x: number): number => Math.min(canvas.width, Math.max(0, x))
    const to = { x: clamp(at.x + keyStep * step.x), y: clamp(at.y + keyStep * step.y) }
    if (event.shiftKey) line(at, to)
    point(to)
  })
}
