// Running a plan where code may not be generated: its loop kernels are interpreted, a vector of points at a time.
import { interpretKernel, type Action } from './interpret/kernel.ts'
import { obtain } from './pool.ts'
import type { Prepared, Run } from './prepare.ts'

/** The steps of a plan, one after the other, on one list of all its arrays. */
export const interpret = (prepared: Prepared): Run => {
  const { plan, places, results } = prepared
  const actions = plan.steps.map((step): Action => {
    if (step.kind === 'loops') return interpretKernel(step.kernel)
    const call = prepared.call(step)
    return (arrays) => call.run(call.args.map((b) => arrays[b]!), call.results.map((b) => arrays[b]!))
  })
  const views = new Map(places.flatMap((place, b) => place.kind === 'arena' ? [[b, prepared.view(b)] as const] : []))
  return (inputs) => {
    const fresh = results.map(({ storage, length }) => obtain(storage, length))
    const arrays = places.map((place, b) =>
      place.kind === 'input' ? inputs[place.input]! : place.kind === 'result' ? fresh[place.result]! : views.get(b)!)
    for (const act of actions) act(arrays)
    return plan.outputs.map((b) => arrays[b]!)
  }
}
