// Numbers as colours: grey levels for amplitudes, a circle of equally bright colours for phases.
import { context2d } from './elements.ts'

type Colours = Uint32Array

/** The same in every byte order, since it is written and read as bytes. */
const coloursFrom = (bytes: ArrayLike<number>): Colours => new Uint32Array(Uint8ClampedArray.from(bytes).buffer)

const steps = 256

export const greys: Colours = coloursFrom(
  Array.from({ length: 4 * steps }, (_, i) => (i % 4 === 3 ? 255 : Math.floor(i / 4))))

/**
 * A circle through dark, blue, light and orange in a colour space where equal steps look equal, so that fringes are seen
 * by their lightness, too. The browser converts: each colour is drawn and read.
 */
export const phaseColours = (wheel: HTMLCanvasElement): Colours => {
  wheel.width = steps
  wheel.height = 1
  const context = context2d(wheel)
  for (let k = 0; k < steps; k++) {
    const [along, across] = [Math.cos((2 * Math.PI * k) / steps), Math.sin((2 * Math.PI * k) / steps)]
    context.fillStyle = `oklab(${0.55 - 0.33 * along} ${-0.05 * across} ${-0.13 * across})`
    context.fillRect(k, 0, 1, 1)
  }
  return coloursFrom(context.getImageData(0, 0, steps, 1).data)
}

/** Paints size×size numbers, each in the colour whose index `indexOf` gives. */
export const painter = (canvas: HTMLCanvasElement, colours: Colours, indexOf: (x: number) => number) => {
  const context = context2d(canvas)
  let image: ImageData | null = null
  return (numbers: Float32Array, size: number): void => {
    if (image?.width !== size) {
      canvas.width = size
      canvas.height = size
      // Pixels stay sharp when they are enlarged, and are averaged when they are too small for the screen.
      canvas.style.imageRendering = size > canvas.clientWidth * devicePixelRatio ? 'auto' : 'pixelated'
      image = context.createImageData(size, size)
    }
    const pixels = new Uint32Array(image.data.buffer)
    for (let i = 0; i < pixels.length; i++) pixels[i] = colours[indexOf(numbers[i]!)]!
    context.putImageData(image, 0, 0)
  }
}

export const greyIndex = (x: number): number => Math.max(0, Math.min(steps - 1, Math.round(x * (steps - 1))))

/** Whole turns do not count. */
export const phaseIndex = (phase: number): number => {
  const turns = phase / (2 * Math.PI)
  return Math.floor((turns - Math.floor(turns)) * steps) % steps
}
