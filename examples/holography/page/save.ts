// The phase as a file for a light modulator: 256 grey levels for 0 to 2π.
import { greys, painter, phaseIndex } from './paint.ts'

export const savePhase = (phase: Float32Array, size: number): void => {
  const canvas = document.createElement('canvas')
  painter(canvas, greys, phaseIndex)(phase, size)
  canvas.toBlob((blob) => {
    if (blob === null) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = `hologram-${size}.png`
    link.click()
    URL.revokeObjectURL(link.href)
  })
}
