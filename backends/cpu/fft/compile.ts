// Turns steps into code made for one shape and one kind of storage.
import type { Layout, Transform } from '../../lower/fft/layout.ts'
import { scratch } from '../../lower/fft/scratch.ts'
import { rowsOf } from '../../lower/fft/steps.ts'
import type { Step } from '../../lower/fft/steps.ts'
import { print } from './print.ts'

let compiled = 0

/**
 * Every call makes code of its own, so that each of its call sites sees one kind of array only: never share the result
 * between 32-bit and 64-bit storage. The number at the end keeps V8 from recognising a text that it knows; the functions
 * would then share what it has learnt about their arrays, and lose a tenth of their speed or, mixing kinds, much more.
 */
export const compile = (steps: readonly Step[], layout: Layout): Transform => {
  const [a, b] = scratch(2 * layout.width * Math.max(...steps.map(rowsOf)))
  const make = new Function('first', 'second', 'steps', `${print(steps, layout)} // ${compiled++}`)
  return make(a, b, steps)
}
