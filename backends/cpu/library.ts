// The kernel kinds that are not loop nests, bound to their sizes: each becomes a function of argument and result arrays.
import { widthOf, type HostArray } from '../../core/dtype.ts'
import { IndexError } from '../../core/errors.ts'
import type { ShapeInfo } from '../../core/shape.ts'
import type { Buffer, LibraryPrimitive, Step } from '../lower/kernel.ts'
import { storageKind } from '../lower/memory.ts'
import { fftAlong } from './fft/index.ts'
import { argExtremum } from './kernels/argextremum.ts'
import { contraction } from './kernels/contraction.ts'
import { cumsum } from './kernels/cumsum.ts'
import { gather, scatterAdd } from './kernels/gather.ts'
import { lbfgs } from './kernels/lbfgs.ts'
import { sort } from './kernels/sort.ts'
import { threefryFill } from './kernels/threefry.ts'

/** Runs on the arrays of a step's arguments and results. */
export type Bound = (args: readonly HostArray[], results: readonly HostArray[]) => void
type LibraryStep = Extract<Step, { kind: 'library' }>

const product = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1)

/** A shape as outer × n × inner around one axis. */
const around = (shape: ShapeInfo, axis: number): readonly [number, number, number] =>
  [product(shape.dims.slice(0, axis)), shape.dims[axis]!, product(shape.dims.slice(axis + 1))]

type Floats = Float64Array | Float32Array
const floats = (data: HostArray): Floats => {
  if (data instanceof Float64Array || data instanceof Float32Array) return data
  throw new TypeError('floating-point storage expected')
}
const ints = (data: HostArray): Int32Array => {
  if (data instanceof Int32Array) return data
  throw new TypeError('integer storage expected')
}

const outside = (operation: string, body: () => void): void => {
  try {
    body()
  } catch (e) {
    if (e instanceof RangeError) throw new IndexError(`${operation}: ${e.message}`, { cause: e })
    throw e
  }
}

const fft = (step: LibraryStep, codegen: boolean): Bound => {
  const { shape, dtype } = step.operands[0]!
  const inverse = step.attrs[0] === 1
  const storage = storageKind(dtype) === 'float32' ? 'float32' : 'float64'
  const axes = step.attrs.slice(1).filter((axis) => shape.dims[axis]! > 1).sort((p, q) => q - p) // rows first
  const passes = axes.map((axis) => {
    const [outer, n, inner] = around(shape, axis)
    return fftAlong({ outer, n, inner, inverse, storage, codegen })
  })
  return ([source], [target]) => {
    if (passes.length === 0) target!.set(source!)
    passes.forEach((pass, k) => pass(floats(k === 0 ? source! : target!), floats(target!)))
  }
}

const kinds: Readonly<Record<LibraryPrimitive, (step: LibraryStep, codegen: boolean) => Bound>> = {
  fft,
  argmax: (step) => {
    const run = argExtremum(...around(step.operands[1]!.shape, step.attrs[0]!), true)
    return ([x], [out]) => run(x!, ints(out!))
  },
  argmin: (step) => {
    const run = argExtremum(...around(step.operands[1]!.shape, step.attrs[0]!), false)
    return ([x], [out]) => run(x!, ints(out!))
  },
  cumsum: (step) => {
    const x = step.operands[1]!
    const run = cumsum(...around(x.shape, step.attrs[0]!), step.attrs[1] === 1, widthOf(x.dtype))
    return ([a], [out]) => run(a!, out!)
  },
  gather: (step) => {
    const [, x, index] = step.operands
    const batch = step.attrs[0]!
    const lead = product(x!.shape.dims.slice(0, batch))
    const run = gather(lead, x!.shape.dims[batch]!, index!.shape.dims[batch]!, product(x!.shape.dims.slice(batch + 1)), widthOf(x!.dtype))
    return ([a, i], [out]) => outside('gather', () => run(a!, ints(i!), out!))
  },
  scatterAdd: (step) => {
    const [, x, index] = step.operands
    const batch = step.attrs[0]!
    const lead = product(x!.shape.dims.slice(0, batch))
    const run = scatterAdd(lead, x!.shape.dims[batch]!, index!.shape.dims[batch]!, product(x!.shape.dims.slice(batch + 1)), widthOf(x!.dtype))
    return ([base, i, source], [out]) => outside('scatterAdd', () => run(base!, ints(i!), source!, out!))
  },
  sort: (step) => {
    const run = sort(...around(step.operands[1]!.shape, step.attrs[0]!), step.attrs[1] === 1)
    return ([x], [values, indices]) => run(x!, values!, ints(indices!))
  },
  threefry: () => ([key], [out]) => threefryFill(ints(key!), ints(out!)),
  lbfgs: ({ attrs }) => {
    const run = lbfgs(attrs[0]!, attrs[1]!, attrs[2] === 1)
    return (args, [direction, memory]) => run(args as readonly Floats[] /* as its rule says */, floats(direction!), floats(memory!))
  },
}

const bindContraction = (step: Extract<Step, { kind: 'contraction' }>, buffers: readonly Buffer[]): Bound => {
  const { batch, m, k, n, a, b } = step
  const storage = storageKind(buffers[step.result]!.dtype)
  const run = contraction({ batch, m, k, n, a, b, kind: storage === 'bool' ? 'int32' : storage })
  return ([x, y], [out]) => run(x!, y!, out!)
}

/** A step as a function of arrays. Without `codegen` it compiles nothing at run time. */
export const bindStep = (
  step: Exclude<Step, { kind: 'loops' }>, buffers: readonly Buffer[], codegen: boolean,
): Bound => {
  switch (step.kind) {
    case 'fill': return (_, [out]) => { out!.fill(step.value) }
    case 'contraction': return bindContraction(step, buffers)
    case 'library': return kinds[step.primitive](step, codegen)
  }
}
