// The pictures to begin with: photographs, and drawings that are made here. A drawing lies on dark grey paper: complete
// darkness is dear, since a hologram that only delays light has nowhere else to put it.

export const pictureNames = ['camera', 'moon', 'flower', 'rays', 'letter', 'paper'] as const
export type PictureName = (typeof pictureNames)[number]

export const labels: Readonly<Record<PictureName, string>> = {
  camera: 'Photographer', moon: 'Moon', flower: 'Flower', rays: 'Rays', letter: 'Letter', paper: 'Empty paper',
}

/** Grey levels of 0 to 255. */
export const paper = '#242424'
export const light = '#ffffff'

type Draw = (context: CanvasRenderingContext2D, size: number) => void | Promise<void>

const photograph = (url: string): Draw => async (context, size) => {
  const image = new Image()
  image.src = url
  await image.decode()
  context.drawImage(image, 0, 0, size, size)
}

/** A drawing in white, in coordinates from −100 to 100. */
const drawing = (draw: (context: CanvasRenderingContext2D) => void): Draw => (context, size) => {
  context.save()
  context.fillStyle = paper
  context.fillRect(0, 0, size, size)
  context.setTransform(size / 200, 0, 0, size / 200, size / 2, size / 2)
  context.fillStyle = light
  context.beginPath()
  draw(context)
  context.fill('evenodd')
  context.restore()
}

const flower = drawing((context) => {
  const steps = 360
  for (let k = 0; k <= steps; k++) {
    const angle = (2 * Math.PI * k) / steps
    const radius = 50 + 30 * Math.cos(6 * angle)
    context.lineTo(radius * Math.cos(angle), radius * Math.sin(angle))
  }
  context.moveTo(12, 0)
  context.arc(0, 0, 12, 0, 2 * Math.PI)
})

const rays = drawing((context) => {
  const count = 18
  for (let k = 0; k < count; k++) {
    const angle = (2 * Math.PI * k) / count
    context.moveTo(0, 0)
    context.arc(0, 0, 84, angle, angle + Math.PI / count)
  }
  context.closePath()
})

const letter = drawing((context) => {
  context.font = '150px Georgia, "Times New Roman", serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText('ψ', 0, 0)
})

const draws: Readonly<Record<PictureName, Draw>> = {
  camera: photograph(new URL('../../camera.png', import.meta.url).href),
  moon: photograph(new URL('../../moon.png', import.meta.url).href),
  flower, rays, letter,
  paper: drawing(() => {}),
}

/** Draws a picture over the whole of a square canvas. */
export const drawPicture = async (name: PictureName, context: CanvasRenderingContext2D): Promise<void> => {
  await draws[name](context, context.canvas.width)
}

/** A canvas as size×size amplitudes in [0, 1]. A screen's grey level is about the amplitude: intensities go as its square. */
export const greyOf = (canvas: HTMLCanvasElement, size: number): Float32Array => {
  const small = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true })
  if (small === null) throw new Error('this browser cannot draw on a canvas')
  small.imageSmoothingQuality = 'high'
  small.drawImage(canvas, 0, 0, size, size)
  const { data } = small.getImageData(0, 0, size, size)
  return Float32Array.from({ length: size * size }, (_, i) => data[4 * i]! / 255)
}
