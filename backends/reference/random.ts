// Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011), on
// unsigned 32-bit words.
import type { Equation } from '../../core/program.ts'
import { realAt, tabulate, type Value } from './value.ts'

type Words = readonly [number, number]

const rotation = [13, 15, 26, 6, 17, 29, 16, 24] as const
const sum = (...words: readonly number[]): number => words.reduce((total, w) => (total + w) % 2 ** 32)
const xor = (...words: readonly number[]): number => words.reduce((bits, w) => (bits ^ w) >>> 0)
const rotate = (w: number, by: number): number => ((w << by) | (w >>> (32 - by))) >>> 0

const encrypt = (key: Words, counter: Words): Words => {
  const schedule = [...key, xor(0x1bd11bda, ...key)]
  const inject = ([x, y]: Words, step: number): Words =>
    [sum(x, schedule[step % 3]!), sum(y, schedule[(step + 1) % 3]!, step)]
  let [x, y] = inject(counter, 0)
  for (let round = 0; round < 20; round++) {
    x = sum(x, y)
    y = xor(rotate(y, rotation[round % 8]!), x)
    if (round % 4 === 3) [x, y] = inject([x, y], (round + 1) / 4)
  }
  return [x, y]
}

/** Words 2i and 2i + 1 belong to counter i. */
export const threefry = ([key]: readonly Value[], e: Equation): Value => {
  const unsigned: Words = [realAt(key!, 0) >>> 0, realAt(key!, 1) >>> 0]
  return tabulate(e, (k) => encrypt(unsigned, [0, Math.floor(k / 2)])[k % 2]!)
}
