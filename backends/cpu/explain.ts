// A plan as text: its steps in order, with the generated source of each loop kernel.
import type { Plan, Step } from '../lower/kernel.ts'

const title = (step: Step, plan: Plan): string => {
  const buffer = (b: number): string => `%${b}: ${plan.buffers[b]!.dtype}(${plan.buffers[b]!.length})`
  switch (step.kind) {
    case 'loops': return `loop nest [${step.kernel.extents.join(', ')}]`
    case 'fill': return `fill ${buffer(step.buffer)} with ${step.value}`
    case 'contraction': {
      const sizes = [...step.batch, step.m, step.k, step.n].join('×')
      return `matmul ${buffer(step.a.buffer)} · ${buffer(step.b.buffer)} → ${buffer(step.result)}  (${sizes})`
    }
    case 'library':
      return `${step.primitive} ${step.args.map(buffer).join(', ')} → ${step.results.map(buffer).join(', ')}`
  }
}

/** `sources[k]` is what was generated for step k: nothing, or an empty text, if nothing was. */
export const explainPlan = (plan: Plan, sources: readonly string[]): string => plan.steps.flatMap((step, k) => {
  const source = sources[k] ?? ''
  return [`kernel ${k + 1}: ${title(step, plan)}`, ...source === '' ? [] : source.split('\n').map((l) => '  ' + l)]
}).join('\n')
