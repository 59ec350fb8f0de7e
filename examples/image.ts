// Photographs as numbers: a grey PNG becomes a square map of values in [0, 1].
import { readFileSync } from 'node:fs'
import { PNG } from 'pngjs'

export interface GreyImage {
  readonly width: number
  readonly height: number
  /** Row by row, from black 0 to white 1. */
  readonly data: Float64Array
}

export const readGrey = (path: string | URL): GreyImage => {
  // pngjs hands every picture over as RGBA bytes; in a grey one the three colours are equal.
  const { width, height, data } = PNG.sync.read(readFileSync(path))
  return { width, height, data: Float64Array.from({ length: width * height }, (_, i) => data[4 * i]! / 255) }
}

/** The output's pixel i covers [i·n/m, (i + 1)·n/m) of the input's n: each input pixel counts by its covered part. */
const boxWeights = (n: number, m: number, i: number): readonly (readonly [index: number, weight: number])[] => {
  const [from, to] = [(i * n) / m, ((i + 1) * n) / m]
  const first = Math.floor(from)
  return Array.from({ length: Math.min(Math.ceil(to), n) - first }, (_, k) => {
    const index = first + k
    return [index, ((Math.min(index + 1, to) - Math.max(index, from)) * m) / n] as const
  })
}

/** Averages over boxes, so that brightness is kept: `size`×`size` values, row by row. */
export const resample = (image: GreyImage, size: number): Float64Array => {
  const columns = Array.from({ length: size }, (_, x) => boxWeights(image.width, size, x))
  const rows = Array.from({ length: size }, (_, y) => boxWeights(image.height, size, y))
  const across = (y: number, x: number): number =>
    columns[x]!.reduce((sum, [index, weight]) => sum + weight * image.data[y * image.width + index]!, 0)
  return Float64Array.from({ length: size * size }, (_, i) =>
    rows[Math.floor(i / size)]!.reduce((sum, [index, weight]) => sum + weight * across(index, i % size), 0))
}
