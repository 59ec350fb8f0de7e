// A piece of graph kept to be run again with other inputs. This is how the linear part of a derivative outlives its
// trace: the graph is cut into residuals, computed once, and a linear map from them and a direction.
import { realize } from '../core/evaluate.ts'
import { make } from '../core/make.ts'
import { alias, Trace, within, type Node, type Pullback } from '../core/node.ts'
import type { Primitive } from '../core/primitive.ts'

interface Step {
  readonly node: Node
  readonly primitive: Primitive
  readonly args: readonly Node[]
  readonly attrs: readonly number[]
  readonly pullback: Pullback | null
}

export interface Recording {
  readonly inputs: readonly Node[]
  readonly steps: readonly Step[]
  /** What the steps use besides the inputs. */
  readonly residuals: readonly Node[]
  readonly outputs: readonly Node[]
}

/** What lies between `inputs` and `outputs`. To be called while the trace is open. */
export const record = (outputs: readonly Node[], inputs: readonly Node[]): Recording => {
  const floor = inputs.reduce((low, v) => Math.min(low, v.id), Infinity)
  const seen = new Set<Node>()
  const stack = [...outputs]
  for (let n = stack.pop(); n !== undefined; n = stack.pop()) {
    if (seen.has(n)) continue
    seen.add(n)
    if (n.id >= floor) stack.push(...n.args)
  }
  const reached = new Set(inputs)
  const steps: Step[] = []
  for (const node of [...seen].sort((a, b) => a.id - b.id)) {
    if (reached.has(node) || !node.args.some((a) => reached.has(a))) continue
    reached.add(node)
    const { primitive, args, attrs, pullback } = node
    steps.push({ node, primitive, args, attrs, pullback })
  }
  const used = new Set([...steps.flatMap((s) => s.args), ...outputs])
  return { inputs, steps, residuals: [...used].filter((n) => !reached.has(n)), outputs }
}

/** Runs the recording, with the residuals' values, on new inputs: one program, the same for all inputs. */
export const replay = (
  name: string, recording: Recording, residuals: readonly Node[], inputs: readonly Node[],
): readonly Node[] => {
  const trace = new Trace(name, false)
  return realize(within(trace, () => {
    const value = new Map<Node, Node>()
    recording.inputs.forEach((v, k) => value.set(v, alias(trace, inputs[k]!)))
    recording.residuals.forEach((r, k) => value.set(r, residuals[k]!))
    for (const { node, primitive, args, attrs, pullback } of recording.steps) {
      value.set(node, make(primitive, args.map((a) => value.get(a)!), attrs, pullback))
    }
    return recording.outputs.map((o) => value.get(o)!)
  }), trace)
}
